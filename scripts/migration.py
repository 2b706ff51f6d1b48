"""Write the next migration: what tables.py says and the migrations so far do not.

    python scripts/migration.py "name the column"

Read what it wrote: a renamed column looks to it like one dropped and one added, and data is not moved by it.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.operations.ops import MigrationScript, UpgradeOps
from alembic.runtime.migration import MigrationContext

from khabar.workspace import Workspace
from khabar.workspace.store import MIGRATIONS
from khabar.workspace.tables import metadata

VERSIONS = MIGRATIONS / "versions"


def main(message: str) -> int:
    """Write the file; gives the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = _missing(Path(folder) / "w.db")
    if wanted.upgrade_ops is None or wanted.upgrade_ops.is_empty():
        print("the migrations make what tables.py says; there is nothing to write")
        return 0
    last = max(path.name[:4] for path in VERSIONS.glob("[0-9]*.py"))
    path = VERSIONS / f"{int(last) + 1:04}_{re.sub(r'[^a-z0-9]+', '_', message.lower()).strip('_')}.py"
    path.write_text(_module(message, path.name[:4], last, wanted.upgrade_ops), encoding="utf-8")
    for command in (["format"], ["check", "--fix"], ["format"]):  # long lines are broken before they are checked
        subprocess.run([sys.executable, "-m", "ruff", *command, "-q", str(path)], check=True)
    print(f"wrote {path}; read it, and run the tests")
    return 0


def _missing(where: Path) -> MigrationScript:
    """What a new workspace lacks of tables.py."""
    with Workspace.open(where, create=True) as workspace, workspace.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _ours, "compare_type": True})
        return produce_migrations(context, metadata)


def _ours(name: str | None, kind: str, _: object) -> bool:
    """The tables of full text are each database's own (`search`), not in tables.py."""
    return kind != "table" or name in metadata.tables


def _module(message: str, revision: str, before: str, ops: UpgradeOps) -> str:
    code = render_python_code(ops)
    return f'''"""{message[:1].upper()}{message[1:].rstrip(".")}."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    {code}
'''


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit('usage: python scripts/migration.py "what changes"')
    sys.exit(main(sys.argv[1]))
