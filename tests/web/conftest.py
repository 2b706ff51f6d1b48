"""Workbenches for tests."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url
from starlette.testclient import TestClient

from khabar.web import Settings, create_app
from tests.web.asking import client_of
from tests.web.examples import fill
from tests.workspace.conftest import database, postgres

__all__ = ["postgres"]


@pytest.fixture(scope="session")
def reader() -> Iterator[TestClient]:
    """A workbench without a workspace, as a program on this machine asks it."""
    with client_of(create_app(Settings(fast=True))) as client:
        yield client


@pytest.fixture
def workbench() -> Iterator[Callable[..., TestClient]]:
    """Makes workbenches with settings of one's own."""
    made: list[TestClient] = []

    def make(**settings: object) -> TestClient:
        client = client_of(create_app(Settings(fast=True, **settings)))  # type: ignore[arg-type]
        client.__enter__()
        made.append(client)
        return client

    yield make
    for client in made:
        client.__exit__()


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a workspace with the examples and an article that means harm; nobody opens it."""
    path = tmp_path_factory.mktemp("examples") / "w.db"
    fill(str(path))
    return path


@pytest.fixture(scope="session")
def model(request: pytest.FixtureRequest) -> tuple[str, str]:
    """The same in a database of PostgreSQL: the server's URL, and the name of the database, to which nobody is connected."""
    url: str = request.getfixturevalue("postgres")
    made = database(url)
    fill(made)
    return url, make_url(made).database or ""


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def kind(request: pytest.FixtureRequest) -> str:
    """Tests that ask for a workspace run on both databases."""
    return str(request.param)


@pytest.fixture(scope="session")
def filled(kind: str, request: pytest.FixtureRequest) -> str:
    """A workspace with the examples and an article that means harm; nothing is changed in it."""
    if kind == "sqlite":
        return str(request.getfixturevalue("examples"))
    return database(*request.getfixturevalue("model"))


@pytest.fixture(scope="session")
def desk(filled: str) -> Iterator[TestClient]:
    """A workbench that shows it."""
    with client_of(create_app(Settings(fast=True, workspace=filled))) as client:
        yield client


@pytest.fixture
def own(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A copy of it that may be changed."""
    if kind == "postgres":
        return database(*request.getfixturevalue("model"))
    path = tmp_path / "w.db"
    with sqlite3.connect(request.getfixturevalue("examples")) as source, sqlite3.connect(path) as target:
        source.backup(target)
    return str(path)
