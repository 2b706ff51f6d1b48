"""The tables of a workspace.

What one article says stands in tables keyed by (article, local id of its record): `article_entities`, `article_events`,
`article_attributions`, `claims` (its figures), and `links`, which says how they hang together (an event's actors, recipients
and places; an attribution's source and carrier; who vouches for an event or a claim). What is joined across articles has ids
of its own: `entities`, `events`, `stories`; an article's rows point at them. The record itself, whole, is in `revisions`.

Days are ISO 8601 texts (`2024-09-03`), so that they sort and compare as text on every database.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.types import JSON

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _article(primary: bool = True) -> Column[int]:
    return Column("article", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=primary, nullable=False)


articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),  # the article's own id: given, else its url, else its path
    Column("outlet", Text),
    Column("url", Text),
    Column("title", Text),
    Column("published", Text),  # as the record has it
    Column("day", Text),  # its day
    Column("revision", Integer, nullable=False),  # the number of the current revision
    Column("original", Integer, ForeignKey("articles.id")),  # the article it is a copy of; null where it is no copy
    Column("copy", Text),  # exact or near; null where it is no copy
    Column("story", Integer, ForeignKey("stories.id")),
    Index("ix_articles_day", "day"),
    Index("ix_articles_latest", text("coalesce(day, '')"), "id"),
    Index("ix_articles_outlet", "outlet"),
    Index("ix_articles_original", "original"),
    Index("ix_articles_story", "story"),
)

revisions = Table(
    "revisions",
    metadata,
    _article(),
    Column("number", Integer, primary_key=True),  # 1 is the first
    Column("digest", Text, nullable=False),  # SHA-256 of what arrived
    Column("added", Text, nullable=False),  # when, UTC
    Column("given", JSON, nullable=False),  # the article as it arrived, without its text
    Column("record", LargeBinary, nullable=False),  # zlib of the record's JSON
    Column("format", Text, nullable=False),  # version of the record's format
    Column("version", Text, nullable=False),  # version of Khabar that read it
    Column("fast", Boolean, nullable=False),  # read without the tagger
)

article_entities = Table(
    "article_entities",
    metadata,
    _article(),
    Column("local", Text, primary_key=True),
    Column("type", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_en", Text),
    Column("country", Text),
    Column("start", Integer, nullable=False),  # span of the first mention
    Column("stop", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("entity", Integer, ForeignKey("entities.id")),
    Column("judged", Integer, ForeignKey("judgements.id")),  # the judgement that it follows
    Column("day", Text, nullable=False, server_default=""),  # of the article; empty where it has none
    Index("ix_article_entities_entity", "entity", "day", "article"),
)

article_events = Table(
    "article_events",
    metadata,
    _article(),
    Column("local", Text, primary_key=True),
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("cameo", Text),
    Column("begin", Text),
    Column("end", Text),
    Column("status", Text, nullable=False),
    Column("confidence", Float),
    Column("gloss", Text),
    Column("start", Integer, nullable=False),  # span of the first trigger
    Column("stop", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("event", Integer, ForeignKey("events.id")),
    Column("judged", Integer, ForeignKey("judgements.id")),  # the judgement that it follows
    Index("ix_article_events_event", "event"),
    Index(
        "ix_article_events_confidence",
        "confidence",
        "article",
        "local",
        sqlite_where=text("confidence IS NOT NULL"),
        postgresql_where=text("confidence IS NOT NULL"),
    ),
)

article_attributions = Table(
    "article_attributions",
    metadata,
    _article(),
    Column("local", Text, primary_key=True),
    Column("channel", Text),
    Column("cue", Text, nullable=False),
    Column("start", Integer, nullable=False),  # span of the content
    Column("stop", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("judged", Integer, ForeignKey("judgements.id")),  # the judgement that it follows
)

claims = Table(
    "claims",
    metadata,
    _article(),
    Column("local", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("low", Integer),
    Column("best", Integer),
    Column("high", Integer),
    Column("as_of", Text),
    Column("start", Integer, nullable=False),  # span of the figure
    Column("stop", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("event", Text),  # local id of its event
    Column("part", Text),  # what part of a toll it counts (جندي); null where it counts everybody
    Column("mark", Text),  # corrects (an earlier figure), withdrawn (it is denied), earlier (the toll before), past (long ago)
    Column("judged", Integer, ForeignKey("judgements.id")),  # the judgement that it follows
    Index("ix_claims_kind", "kind"),
)

links = Table(
    "links",
    metadata,
    _article(),
    Column("head", Text, primary_key=True),  # local id: v1, a1, f1
    Column("role", Text, primary_key=True),  # actor recipient place · source via · voucher
    Column("tail", Text, primary_key=True),  # local id: e1; of a voucher a1
    Column("entity", Integer),  # what the tail is joined to, as article_entities has it; null for a voucher
    Index("ix_links_tail", "article", "tail"),
    Index(
        "ix_links_entity",
        "entity",
        "role",
        "article",
        "head",
        sqlite_where=text("entity IS NOT NULL"),
        postgresql_where=text("entity IS NOT NULL"),
    ),
)

entities = Table(
    "entities",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("into", Integer, ForeignKey("entities.id")),  # the one that people merged it into
    Column("type", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_en", Text),
    Column("country", Text),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("identifiers", JSON, nullable=False),
    Column("articles", Integer, nullable=False),  # how many name it
    Index("ix_entities_articles", "articles", "id"),
    Index("ix_entities_country", "country", "type"),
    Index("ix_entities_latitude", "latitude", "longitude"),
)

entity_names = Table(
    "entity_names",
    metadata,
    Column("entity", Integer, ForeignKey("entities.id"), primary_key=True),
    Column("folded", Text, primary_key=True),  # what spellings of one name have in common (identity.folded)
    Column("name", Text, nullable=False),  # as it was first written
    Column("script", Text, nullable=False),  # arabic or latin
    Index("ix_entity_names_folded", "folded"),
    sqlite_with_rowid=False,
)

entity_keys = Table(
    "entity_keys",
    metadata,
    Column("key", Text, primary_key=True),  # what only this entity is known by (identity.sketches)
    Column("entity", Integer, ForeignKey("entities.id"), nullable=False),
    Index("ix_entity_keys_entity", "entity"),
    sqlite_with_rowid=False,
)

entity_blocks = Table(
    "entity_blocks",
    metadata,
    Column("block", Text, primary_key=True),  # what names have in common that may be spellings of one another
    Column("entity", Integer, ForeignKey("entities.id"), primary_key=True),
    sqlite_with_rowid=False,
)

name_words = Table(
    "name_words",
    metadata,
    Column("word", Text, primary_key=True),  # a word of a name of the entity, as it is searched by (forms)
    Column("entity", Integer, ForeignKey("entities.id"), primary_key=True),
    Index("ix_name_words_entity", "entity"),
    sqlite_with_rowid=False,
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("into", Integer, ForeignKey("events.id")),  # the one that people merged it into
    Column("type", Text, nullable=False),
    Column("mode", Text),
    Column("cameo", Text),
    Column("begin", Text),
    Column("end", Text),
    Column("status", Text, nullable=False),
    Column("gloss", Text),
    Column("story", Integer, ForeignKey("stories.id")),
    Column("reports", Integer, nullable=False),  # articles that tell it, copies not counted
    Index("ix_events_begin", "begin"),
    Index("ix_events_latest", text("coalesce(\"begin\", '')"), "id"),
    Index("ix_events_type", "type", text("coalesce(\"begin\", '')"), "id"),
    Index("ix_events_story", "story"),
)

parties = Table(  # who takes part in events by any telling of theirs; made from links, for lists and counts (parties.py)
    "parties",
    metadata,
    Column("role", Text, primary_key=True),  # actor recipient place
    Column("entity", Integer, primary_key=True, autoincrement=False),
    Column("begin", Text, primary_key=True),  # of the event; empty where it has no day
    Column("event", Integer, primary_key=True, autoincrement=False),
    Column("end", Text),
    Column("type", Text, nullable=False),
    Index("ix_parties_event", "event", "role", "entity"),
    sqlite_with_rowid=False,
)

tellings = Table(
    "tellings",
    metadata,
    _article(),
    Column("local", Text, primary_key=True),
    Column("event", Integer, ForeignKey("events.id"), nullable=False),
    Column("number", Integer, nullable=False),  # which telling of its event it was, from 0
    Column("telling", LargeBinary, nullable=False),  # what is compared, see happening.py; kept while an article is read again
    Index("ix_tellings_event", "event", "number"),
)

event_blocks = Table(
    "event_blocks",
    metadata,
    Column("block", BigInteger, primary_key=True, autoincrement=False),  # type, day and participant, see happening.py
    Column("event", Integer, ForeignKey("events.id"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

stories = Table(
    "stories",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("into", Integer, ForeignKey("stories.id")),  # the one that it turned out to be one with, or that people merged it into
    Column("title", Text),
    Column("begin", Text),  # first and last day of its articles
    Column("end", Text),
    Column("articles", Integer, nullable=False),
    Column("reports", Integer, nullable=False),  # articles that are no copies
    Index("ix_stories_end", "end"),
    Index("ix_stories_latest", text("coalesce(\"end\", '')"), "id"),
    Index("ix_stories_largest", "reports", "id"),
)

story_profiles = Table(
    "story_profiles",
    metadata,
    Column("story", Integer, ForeignKey("stories.id"), primary_key=True, autoincrement=False),
    Column("profile", LargeBinary, nullable=False),  # what it is about, see profiles.py
)

story_terms = Table(
    "story_terms",
    metadata,
    Column("term", Text, primary_key=True),
    Column("week", Integer, primary_key=True, autoincrement=False),  # of an article that brought the term; -1 without a day
    Column("story", Integer, ForeignKey("stories.id"), primary_key=True, autoincrement=False),
    Column("article", Integer, nullable=False),  # the article that put the story on the term's list
    sqlite_with_rowid=False,
)

terms = Table(
    "terms",
    metadata,
    Column("term", Text, primary_key=True),  # '' stands for all
    Column("articles", Integer, nullable=False),  # how many have it
    sqlite_with_rowid=False,
)

signatures = Table(
    "signatures",
    metadata,
    _article(),
    Column("signature", LargeBinary, nullable=False),  # MinHash of the body's runs of words, see shingles.py
)

bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),  # key of a band of a signature
    Column("article", Integer, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

judgements = Table(
    "judgements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("layer", Text, nullable=False),  # event · figure · attribution · entity · story
    Column("verdict", Text, nullable=False),  # confirm · reject · correct · merge · split
    Column("anchors", JSON, nullable=False),  # the words of articles that it is about
    Column("node", Integer),  # the entity or story that it is about as a whole
    Column("nodes", JSON, nullable=False),  # ids of entities, events or stories that it is about
    Column("change", JSON, nullable=False),  # field → value, of a correction
    Column("before", JSON, nullable=False),  # field → what stood there; of a merge or split, what was moved
    Column("who", Text, nullable=False),
    Column("made", Text, nullable=False),  # when, UTC
    Column("why", Text),
    Column("undone", Text),  # when it was taken back, UTC
    Index("ix_judgements_node", "layer", "node"),
)

judgement_articles = Table(
    "judgement_articles",
    metadata,
    _article(),
    Column("judgement", Integer, ForeignKey("judgements.id"), primary_key=True),
)

__all__ = [
    "article_attributions",
    "article_entities",
    "article_events",
    "articles",
    "bands",
    "claims",
    "entities",
    "entity_blocks",
    "entity_keys",
    "entity_names",
    "event_blocks",
    "events",
    "judgement_articles",
    "judgements",
    "links",
    "metadata",
    "name_words",
    "parties",
    "revisions",
    "signatures",
    "stories",
    "story_profiles",
    "story_terms",
    "tellings",
    "terms",
]
