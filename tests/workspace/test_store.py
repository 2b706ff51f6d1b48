"""The tables that the migrations make are those that the code works with."""

import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Timer
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, Connection, Index, text
from sqlalchemy.schema import CreateIndex

from khabar.workspace import Workspace
from khabar.workspace.tables import metadata


def expressions() -> list[Index]:
    """The indexes of what is computed from columns."""
    indexes = [index for table in metadata.sorted_tables for index in table.indexes]
    return [index for index in indexes if not all(isinstance(part, Column) for part in index.expressions)]


def differences(connection: Connection) -> Iterator[Any]:
    """What is otherwise in the database than the tables say."""

    def ours(name: str | None, kind: str, _: Any) -> bool:
        return kind != "table" or name in metadata.tables

    context = MigrationContext.configure(connection, opts={"include_name": ours, "compare_type": True})
    with warnings.catch_warnings():
        # SQLAlchemy reads no index of an expression back from SQLite, so that Alembic leaves those out and warns: they are
        # compared below by the words that made them, which SQLite keeps
        warnings.filterwarnings("ignore", "Skipped unsupported reflection of expression-based index")
        warnings.filterwarnings("ignore", "autogenerate skipping metadata-specified expression-based index")
        yield from compare_metadata(context, metadata)
    if connection.dialect.name == "sqlite":
        kept = dict(iter(connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'index'"))))
        for index in expressions():
            wanted = str(CreateIndex(index).compile(dialect=connection.dialect))
            if kept.get(str(index.name)) != wanted:
                yield index.name, kept.get(str(index.name)), wanted


def test_the_migrations_make_what_the_tables_say(workspace: Workspace) -> None:
    with workspace.engine.connect() as connection, warnings.catch_warnings():
        warnings.simplefilter("error")
        assert list(differences(connection)) == []


def test_another_index_of_an_expression_is_a_difference(workspace: Workspace) -> None:
    assert expressions()
    for index in expressions():
        with workspace.engine.connect() as connection:
            connection.execute(text(f"DROP INDEX {index.name}"))
            assert list(differences(connection)), "gone"
            assert index.table is not None
            connection.execute(text(f"CREATE INDEX {index.name} ON {index.table.name} (lower('x'), id)"))
            assert list(differences(connection)), "of something else"


def test_opening_again_changes_nothing(place: str) -> None:
    for _ in range(2):
        with Workspace.open(place, create=True) as workspace, workspace.reading() as connection:
            assert MigrationContext.configure(connection).get_current_revision() == "0002"


def test_a_fresh_file_that_another_program_is_writing_to_is_waited_for(tmp_path: Path) -> None:
    """Two programs that begin the same workspace: SQLite itself refuses the one that is a moment later."""
    file = tmp_path / "w.db"
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("CREATE TABLE soon (x)")
        other.execute("BEGIN IMMEDIATE")
        let_go = Timer(0.3, other.execute, ["ROLLBACK"])
        let_go.start()
        with Workspace.open(file, create=True) as workspace, workspace.writing() as connection:
            assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        let_go.join()
