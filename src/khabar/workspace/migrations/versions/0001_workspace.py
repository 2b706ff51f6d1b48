"""The tables of a workspace."""

from alembic import op

from khabar.workspace import indexing
from khabar.workspace.tables import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())
    indexing.make(op.get_bind())
