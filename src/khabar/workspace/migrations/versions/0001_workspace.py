"""The tables of a workspace."""

import sqlalchemy as sa
from alembic import op

from khabar.workspace import indexing

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("into", sa.Integer(), nullable=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("identifiers", sa.JSON(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["into"], ["entities.id"], name=op.f("fk_entities_into_entities")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entities")),
    )
    op.create_index("ix_entities_articles", "entities", ["articles", "id"], unique=False)
    op.create_table(
        "judgements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("layer", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("anchors", sa.JSON(), nullable=False),
        sa.Column("node", sa.Integer(), nullable=True),
        sa.Column("nodes", sa.JSON(), nullable=False),
        sa.Column("change", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("undone", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgements")),
    )
    op.create_index("ix_judgements_node", "judgements", ["layer", "node"], unique=False)
    op.create_table(
        "stories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("into", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("begin", sa.Text(), nullable=True),
        sa.Column("end", sa.Text(), nullable=True),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["into"], ["stories.id"], name=op.f("fk_stories_into_stories")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
    )
    op.create_index("ix_stories_end", "stories", ["end"], unique=False)
    op.create_index("ix_stories_largest", "stories", ["reports", "id"], unique=False)
    op.create_table(
        "terms",
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("term", name=op.f("pk_terms")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("day", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("original", sa.Integer(), nullable=True),
        sa.Column("copy", sa.Text(), nullable=True),
        sa.Column("story", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["original"], ["articles.id"], name=op.f("fk_articles_original_articles")),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name=op.f("fk_articles_story_stories")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("key", name=op.f("uq_articles_key")),
    )
    op.create_index("ix_articles_day", "articles", ["day"], unique=False)
    op.create_index("ix_articles_original", "articles", ["original"], unique=False)
    op.create_index("ix_articles_outlet", "articles", ["outlet"], unique=False)
    op.create_index("ix_articles_story", "articles", ["story"], unique=False)
    op.create_table(
        "entity_blocks",
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entity"], ["entities.id"], name=op.f("fk_entity_blocks_entity_entities")),
        sa.PrimaryKeyConstraint("block", "entity", name=op.f("pk_entity_blocks")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entity_keys",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entity"], ["entities.id"], name=op.f("fk_entity_keys_entity_entities")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_entity_keys")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entity_keys_entity", "entity_keys", ["entity"], unique=False)
    op.create_table(
        "entity_names",
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("script", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entity"], ["entities.id"], name=op.f("fk_entity_names_entity_entities")),
        sa.PrimaryKeyConstraint("entity", "folded", name=op.f("pk_entity_names")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entity_names_folded", "entity_names", ["folded"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("into", sa.Integer(), nullable=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=True),
        sa.Column("cameo", sa.Text(), nullable=True),
        sa.Column("begin", sa.Text(), nullable=True),
        sa.Column("end", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("gloss", sa.Text(), nullable=True),
        sa.Column("story", sa.Integer(), nullable=True),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["into"], ["events.id"], name=op.f("fk_events_into_events")),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name=op.f("fk_events_story_stories")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index("ix_events_begin", "events", ["begin"], unique=False)
    op.create_index("ix_events_story", "events", ["story"], unique=False)
    op.create_index("ix_events_type", "events", ["type", "begin"], unique=False)
    op.create_table(
        "name_words",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entity"], ["entities.id"], name=op.f("fk_name_words_entity_entities")),
        sa.PrimaryKeyConstraint("word", "entity", name=op.f("pk_name_words")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_name_words_entity", "name_words", ["entity"], unique=False)
    op.create_table(
        "story_profiles",
        sa.Column("story", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("profile", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name=op.f("fk_story_profiles_story_stories")),
        sa.PrimaryKeyConstraint("story", name=op.f("pk_story_profiles")),
    )
    op.create_table(
        "story_terms",
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("week", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("story", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name=op.f("fk_story_terms_story_stories")),
        sa.PrimaryKeyConstraint("term", "week", "story", name=op.f("pk_story_terms")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "article_attributions",
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("local", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("cue", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("judged", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name=op.f("fk_article_attributions_article_articles"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["judged"], ["judgements.id"], name=op.f("fk_article_attributions_judged_judgements")),
        sa.PrimaryKeyConstraint("article", "local", name=op.f("pk_article_attributions")),
    )
    op.create_table(
        "article_entities",
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("local", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=True),
        sa.Column("judged", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name=op.f("fk_article_entities_article_articles"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["entity"], ["entities.id"], name=op.f("fk_article_entities_entity_entities")),
        sa.ForeignKeyConstraint(["judged"], ["judgements.id"], name=op.f("fk_article_entities_judged_judgements")),
        sa.PrimaryKeyConstraint("article", "local", name=op.f("pk_article_entities")),
    )
    op.create_index("ix_article_entities_entity", "article_entities", ["entity"], unique=False)
    op.create_table(
        "article_events",
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("local", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=True),
        sa.Column("cameo", sa.Text(), nullable=True),
        sa.Column("begin", sa.Text(), nullable=True),
        sa.Column("end", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("gloss", sa.Text(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("event", sa.Integer(), nullable=True),
        sa.Column("judged", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name=op.f("fk_article_events_article_articles"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name=op.f("fk_article_events_event_events")),
        sa.ForeignKeyConstraint(["judged"], ["judgements.id"], name=op.f("fk_article_events_judged_judgements")),
        sa.PrimaryKeyConstraint("article", "local", name=op.f("pk_article_events")),
    )
    op.create_index("ix_article_events_event", "article_events", ["event"], unique=False)
    op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_bands_article_articles"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("band", "article", name=op.f("pk_bands")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "claims",
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("local", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("low", sa.Integer(), nullable=True),
        sa.Column("best", sa.Integer(), nullable=True),
        sa.Column("high", sa.Integer(), nullable=True),
        sa.Column("as_of", sa.Text(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=True),
        sa.Column("part", sa.Text(), nullable=True),
        sa.Column("mark", sa.Text(), nullable=True),
        sa.Column("judged", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_claims_article_articles"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["judged"], ["judgements.id"], name=op.f("fk_claims_judged_judgements")),
        sa.PrimaryKeyConstraint("article", "local", name=op.f("pk_claims")),
    )
    op.create_index("ix_claims_kind", "claims", ["kind"], unique=False)
    op.create_table(
        "event_blocks",
        sa.Column("block", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name=op.f("fk_event_blocks_event_events")),
        sa.PrimaryKeyConstraint("block", "event", name=op.f("pk_event_blocks")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "judgement_articles",
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("judgement", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name=op.f("fk_judgement_articles_article_articles"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["judgement"], ["judgements.id"], name=op.f("fk_judgement_articles_judgement_judgements")),
        sa.PrimaryKeyConstraint("article", "judgement", name=op.f("pk_judgement_articles")),
    )
    op.create_table(
        "links",
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("tail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_links_article_articles"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "head", "role", "tail", name=op.f("pk_links")),
    )
    op.create_index("ix_links_tail", "links", ["article", "tail"], unique=False)
    op.create_table(
        "revisions",
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("fast", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_revisions_article_articles"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "number", name=op.f("pk_revisions")),
    )
    op.create_table(
        "signatures",
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_signatures_article_articles"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_signatures")),
    )
    op.create_table(
        "tellings",
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("local", sa.Text(), nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("telling", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_tellings_article_articles"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name=op.f("fk_tellings_event_events")),
        sa.PrimaryKeyConstraint("article", "local", name=op.f("pk_tellings")),
    )
    op.create_index("ix_tellings_event", "tellings", ["event", "number"], unique=False)
    op.create_index("ix_articles_latest", "articles", [sa.text("coalesce(day, '')"), "id"])
    op.create_index("ix_events_latest", "events", [sa.text("coalesce(\"begin\", '')"), "id"])
    op.create_index("ix_stories_latest", "stories", [sa.text("coalesce(\"end\", '')"), "id"])
    indexing.make(op.get_bind())
