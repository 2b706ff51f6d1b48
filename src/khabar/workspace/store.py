"""Opening a workspace: SQLite in one file, or PostgreSQL by URL; migrations; transactions; and the one line when it fails."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

WAIT = 60_000
"""Milliseconds that a writer waits for another."""

MIGRATIONS = Path(__file__).with_name("migrations")
"""Where the migrations stand, in versions/."""

LOCK = 0x6B686272
"""The advisory lock of PostgreSQL that writers of a workspace take one after another."""


class WorkspaceError(Exception):
    """A workspace that cannot be opened, read or written; the message is one line that says what to do."""


class Workspace:
    """A workspace: `reading` and `writing` give connections of SQLAlchemy. Open it with `Workspace.open`."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.engine, self.name = engine, name

    @classmethod
    def open(cls, where: str | Path, *, create: bool = False) -> Workspace:
        """Open the SQLite file `where` or the database of that URL (`postgresql://…`), brought up to today's tables.

        Without `create`, a file that is not there, or a database without tables, is an error. Raises `WorkspaceError`.
        """
        url, name = _url(where)
        if not create and url.drivername == "sqlite" and "uri" not in url.query and not Path(url.database or "").is_file():
            raise WorkspaceError(f"{name}: there is no such workspace; make it with khabar add PATHS --workspace {name}")
        workspace = cls(_engine(url), name)
        with workspace._said():
            _migrate(workspace.engine, create, name)
        return workspace

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def postgres(self) -> bool:
        """Whether it is on PostgreSQL; else it is on SQLite."""
        return self.engine.dialect.name == "postgresql"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the workspace and does not wait for writers."""
        with self._said(), self.engine.connect() as connection:
            if self.postgres:  # SQLite does so by itself
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction of the only writer: it is kept whole when the block ends, and not at all when the block fails."""
        with self._said(), self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            if self.postgres:
                connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
            yield connection

    @contextmanager
    def _said(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise WorkspaceError(f"{self.name}: {_reason(error)}") from error
        except sqlite3.Error as error:
            raise WorkspaceError(f"{self.name}: {_words(str(error))}") from error


_KNOWN = {
    "disk is full": "the disk is full; make room and run it again (what was added before is kept)",
    "disk i/o error": "the disk fails, or files may not grow so large; what was added before is kept",
    "readonly database": "it cannot be written; make the file and its folder writable",
    "unable to open": "it cannot be opened; see that its folder exists and may be written",
    "not a database": "this file is no workspace; name another",
    "malformed": "the file is damaged; restore it from a copy",
    "is locked": "another program keeps writing to it; try again when it is done",
    "connection refused": "the database server does not answer; see that it runs and that the URL is right",
}


def _reason(error: DBAPIError) -> str:
    words = _words(str(error.orig))
    low = words.lower()
    return next((said for sign, said in _KNOWN.items() if sign in low), words)


def _words(message: str) -> str:
    return " ".join(message.split())[:300]


def _url(where: str | Path) -> tuple[URL, str]:
    if "://" not in str(where):
        return URL.create("sqlite", database=str(where)), str(where)
    try:
        url = make_url(str(where))
    except ArgumentError:
        raise WorkspaceError(f"{where}: no database URL; write postgresql://user@host/name or name a file") from None
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    return url, url.render_as_string(hide_password=True).replace("+psycopg", "")


def _engine(url: URL) -> Engine:
    try:
        if not url.drivername.startswith("sqlite"):
            return create_engine(url)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        needs = "install khabar[postgres]" if "psycopg" in str(error) else "workspaces are on SQLite or PostgreSQL"
        raise WorkspaceError(f"{url.render_as_string()}: {needs}") from None
    engine = create_engine(url, connect_args={"timeout": WAIT / 1000})
    event.listen(engine, "connect", _sqlite_connected)
    event.listen(engine, "begin", _sqlite_begins)
    return engine


def _sqlite_connected(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # transactions begin where _sqlite_begins says, not where the driver thinks
    connection.execute(f"PRAGMA busy_timeout={WAIT}")
    _to_wal(connection)
    for setting in ("synchronous=NORMAL", "foreign_keys=ON", "cache_size=-16384"):
        connection.execute(f"PRAGMA {setting}")


def _to_wal(connection: Any) -> None:
    """Let readers and a writer not wait for each other. Where two programs turn a fresh file to that at once, SQLite refuses one
    without waiting, whatever its timeout: try again for as long."""
    until = monotonic() + WAIT / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or monotonic() > until:
                raise
            sleep(0.01)


def _sqlite_begins(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _migrate(engine: Engine, create: bool, name: str) -> None:
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(MIGRATIONS))
    head = scripts.get_current_head()
    with engine.connect() as connection:
        now = MigrationContext.configure(connection).get_current_revision()
    if now == head:
        return
    if now is None and not create:
        raise WorkspaceError(f"{name}: no workspace is there; make it with khabar add PATHS --workspace {name}")
    if now is not None and now not in {script.revision for script in scripts.walk_revisions()}:
        raise WorkspaceError(f"{name}: made by a newer Khabar (its tables are {now}); update Khabar")
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        # another program may have been quicker
        context = MigrationContext.configure(connection, opts={"fn": lambda revision, _: scripts._upgrade_revs("head", revision)})
        with Operations.context(context):
            context.run_migrations()
