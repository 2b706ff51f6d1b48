"""The tables that the migrations make are those that the code works with."""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from khabar.workspace import Workspace
from khabar.workspace.tables import metadata


def test_the_migrations_make_what_the_tables_say(workspace: Workspace) -> None:
    def ours(name: str | None, kind: str, _: Any) -> bool:
        return kind != "table" or name in metadata.tables

    with workspace.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_opening_again_changes_nothing(place: str) -> None:
    for _ in range(2):
        with Workspace.open(place, create=True) as workspace, workspace.reading() as connection:
            assert MigrationContext.configure(connection).get_current_revision() == "0001"
