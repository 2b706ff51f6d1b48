"""Who takes part in events, for lists and counts; the entity of a link, the day of an article's entity."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FILL = (
    "UPDATE article_entities SET day = coalesce((SELECT a.day FROM articles a WHERE a.id = article_entities.article), '')",
    "UPDATE links SET entity = (SELECT e.entity FROM article_entities e WHERE e.article = links.article AND e.local = links.tail)"
    " WHERE role <> 'voucher'",
    'INSERT INTO parties (role, entity, "begin", event, "end", type)'
    ' SELECT DISTINCT l.role, l.entity, coalesce(v."begin", \'\'), v.id, v."end", v.type'
    " FROM article_events t JOIN links l ON l.article = t.article AND l.head = t.local JOIN events v ON v.id = t.event"
    " WHERE l.role IN ('actor', 'recipient', 'place') AND l.entity IS NOT NULL",
)
"""What older workspaces hold, put where it is looked for now."""


def upgrade() -> None:
    op.create_table(
        "parties",
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("entity", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("begin", sa.Text(), nullable=False),
        sa.Column("event", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("end", sa.Text(), nullable=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("role", "entity", "begin", "event", name=op.f("pk_parties")),
        sqlite_with_rowid=False,
    )
    op.add_column("article_entities", sa.Column("day", sa.Text(), server_default="", nullable=False))
    op.add_column("links", sa.Column("entity", sa.Integer(), nullable=True))
    for statement in FILL:
        op.execute(sa.text(statement))
    op.create_index("ix_parties_event", "parties", ["event", "role", "entity"], unique=False)
    op.drop_index(op.f("ix_article_entities_entity"), table_name="article_entities")
    op.create_index("ix_article_entities_entity", "article_entities", ["entity", "day", "article"], unique=False)
    op.create_index(
        "ix_article_events_confidence",
        "article_events",
        ["confidence", "article", "local"],
        unique=False,
        sqlite_where=sa.text("confidence IS NOT NULL"),
        postgresql_where=sa.text("confidence IS NOT NULL"),
    )
    op.drop_index(op.f("ix_events_type"), table_name="events")
    op.create_index("ix_events_type", "events", ["type", sa.text("coalesce(\"begin\", '')"), "id"], unique=False)
    op.create_index(
        "ix_links_entity",
        "links",
        ["entity", "role", "article", "head"],
        unique=False,
        sqlite_where=sa.text("entity IS NOT NULL"),
        postgresql_where=sa.text("entity IS NOT NULL"),
    )
    op.create_index("ix_entities_country", "entities", ["country", "type"], unique=False)
    op.create_index("ix_entities_latitude", "entities", ["latitude", "longitude"], unique=False)
