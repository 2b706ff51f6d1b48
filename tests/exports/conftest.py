"""A workspace with the made records in it, on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection

from khabar.exports import Options
from khabar.workspace import Workspace
from khabar.workspace.views import Filter
from tests.exports.writing import written
from tests.workspace import made
from tests.workspace.conftest import another, place, postgres, workspace

__all__ = ["another", "place", "postgres", "workspace"]

Export = Callable[..., bytes]


@pytest.fixture
def connection(workspace: Workspace) -> Iterator[Connection]:
    made.fill(workspace)
    with workspace.reading() as found:
        yield found


@pytest.fixture
def export(connection: Connection) -> Export:
    """Exports the workspace of the made records: `export("csv", layer="events", type="PROTEST")`."""

    def export(
        format: str, *, copies: bool = False, policy: str = "latest", layer: str | None = None, **narrowed: object
    ) -> bytes:
        options = Options(copies=copies, policy=policy, layer=layer)
        return written(format, connection, Filter(**narrowed), options)  # type: ignore[arg-type]

    return export
