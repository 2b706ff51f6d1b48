"""Workspaces for tests: each test that asks for `workspace` runs on SQLite and on PostgreSQL."""

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from khabar.workspace import Workspace
from tests.workspace.server import binaries, serving

NAMES = (f"w{n}" for n in itertools.count())


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a server, with {name} where the database goes."""
    where = binaries()
    if where is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed, and in CI these tests may not be skipped")
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    with serving(where) as url:
        yield url


def database(url: str, template: str | None = None) -> str:
    """The URL of a new database of a server, empty or as the one named is, to which nobody may be connected then."""
    name = next(NAMES)
    engine = create_engine(
        url.format(name="postgres").replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else "")))
    engine.dispose()
    return url.format(name=name)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new workspace can be made."""
    if request.param == "sqlite":
        return str(tmp_path / "w.db")
    return database(request.getfixturevalue("postgres"))


@pytest.fixture
def workspace(place: str) -> Iterator[Workspace]:
    """An empty workspace."""
    with Workspace.open(place, create=True) as made:
        yield made


@pytest.fixture
def another(place: str) -> Callable[[], Workspace]:
    """Opens the same workspace again, as another program would."""
    return lambda: Workspace.open(place)
