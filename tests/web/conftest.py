"""Workbenches for tests."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from khabar.web import Settings, create_app
from tests.web.asking import client_of
from tests.web.examples import fill


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
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a workspace with the examples and an article that means harm; nothing is changed in it."""
    path = tmp_path_factory.mktemp("filled") / "w.db"
    fill(path)
    return path


@pytest.fixture(scope="session")
def desk(filled: Path) -> Iterator[TestClient]:
    """A workbench that shows it."""
    with client_of(create_app(Settings(fast=True, workspace=str(filled)))) as client:
        yield client


@pytest.fixture
def own(filled: Path, tmp_path: Path) -> Path:
    """A copy of it that may be changed."""
    path = tmp_path / "w.db"
    with sqlite3.connect(filled) as source, sqlite3.connect(path) as target:
        source.backup(target)
    return path
