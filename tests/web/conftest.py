"""Workbenches for tests."""

from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient

from khabar.web import Settings, create_app
from tests.web.asking import client_of


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
