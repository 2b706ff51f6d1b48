"""The full-text index: the last step of linking.

On SQLite `article_words` is a table of FTS5 that keeps no text (the record has it); taking an article out of such a table needs
the very words that were put in, so `article_terms` keeps them, compressed. On PostgreSQL `article_words` has a tsvector. Both
hold the terms that `forms` makes, so that both find the same. An article has three parts: title, body, and the Latin names of
its entities, each as often as it is named.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Integer, LargeBinary, Text, column, delete, insert, select, table, text

from khabar.record import Record
from khabar.workspace.forms import terms
from khabar.workspace.tables import article_entities, entities, entity_names, name_words

if TYPE_CHECKING:
    from khabar.workspace.linking import Added

MOST = 30_000
"""Words of an article at most; a tsvector holds no more."""
NAMED = 3
"""A name counts this often at most, however often the article names who bears it."""

WORDS = table(
    "article_words", column("rowid", Integer), column("title"), column("body"), column("names"), column("article_words")
)
TERMS = table("article_terms", column("article", Integer), column("terms", LargeBinary))
VECTORS = table("article_words", column("article", Integer), column("words", Text))

_SQLITE = (
    "CREATE VIRTUAL TABLE article_words USING fts5(title, body, names, content='', tokenize='ascii')",
    "CREATE TABLE article_terms (article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE, terms BLOB NOT NULL)",
)
_POSTGRES = (
    "CREATE TABLE article_words (article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,"
    " words tsvector NOT NULL)",
    "CREATE INDEX ix_article_words_words ON article_words USING gin (words)",
)


def make(connection: Connection) -> None:
    """Make the tables of full text, which are each database's own."""
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRES:
        connection.execute(text(statement))


def searched(record: Record) -> str:
    """What an article is searched by: the terms of its title, its body and its names, one line each."""
    title = record.title or ""
    body = record.text[len(title) :] if record.text.startswith(title) else record.text
    names = [
        word for entity in record.entities if entity.name_en for word in terms(entity.name_en) * min(NAMED, len(entity.mentions))
    ]
    return "\n".join(" ".join(part[:MOST]) for part in (terms(title), terms(body), names))


def add(connection: Connection, batch: Sequence[Added]) -> None:
    """Index new articles, and the words of what their entities are called."""
    texts = [(added.article, added.prepared.words) for added in batch]
    if connection.dialect.name == "sqlite":
        connection.execute(insert(WORDS), [_parts(id, words) for id, words in texts])
        connection.execute(insert(TERMS), [{"article": id, "terms": zlib.compress(words.encode(), 6)} for id, words in texts])
    else:
        put = text("INSERT INTO article_words (article, words) VALUES (:article, CAST(:words AS tsvector))")
        connection.execute(put, [{"article": id, "words": _vector(words)} for id, words in texts])
    own = article_entities.c
    query = select(own.entity).where(own.article.in_([id for id, _ in texts]), own.entity.is_not(None)).distinct()
    name(connection, connection.execute(query).scalars())


def remove(connection: Connection, articles: Sequence[int]) -> None:
    """Take articles out of the index."""
    if connection.dialect.name == "sqlite":
        there = select(TERMS).where(TERMS.c.article.in_(articles))
        gone = [_parts(row.article, zlib.decompress(row.terms).decode()) for row in connection.execute(there)]
        if gone:
            connection.execute(insert(WORDS), [{**row, "article_words": "delete"} for row in gone])
        connection.execute(delete(TERMS).where(TERMS.c.article.in_(articles)))
    else:
        connection.execute(delete(VECTORS).where(VECTORS.c.article.in_(articles)))


def name(connection: Connection, ids: Iterable[int]) -> None:
    """Let entities be found by each word of their names, those too that are known by now and were not before."""
    wanted = sorted(set(ids))
    called: dict[int, set[str]] = {}
    for query in (
        select(entities.c.id, entities.c.name, entities.c.name_en).where(entities.c.id.in_(wanted)),
        select(entity_names.c.entity, entity_names.c.name).where(entity_names.c.entity.in_(wanted)),
    ):
        for id, *names in connection.execute(query):
            called.setdefault(id, set()).update(word for known in names if known for word in terms(known))
    there = select(name_words.c.entity, name_words.c.word).where(name_words.c.entity.in_(wanted))
    known_already = {tuple(row) for row in connection.execute(there)}
    rows = [{"entity": id, "word": w} for id in sorted(called) for w in sorted(called[id]) if (id, w) not in known_already]
    if rows:
        connection.execute(insert(name_words), rows)


def _parts(id: int, words: str) -> dict[str, Any]:
    title, body, names = words.split("\n")
    return {"rowid": id, "title": title, "body": body, "names": names}


def _vector(words: str) -> str:
    """The terms as PostgreSQL writes a tsvector; terms are letters and digits, so that nothing in them has to be escaped."""
    found: dict[str, list[str]] = {}
    at = 0
    for part, weight in zip(words.split("\n"), "ADC", strict=True):
        for word in part.split():
            at += 1
            found.setdefault(word, []).append(f"{at}{weight}")
        at += 1  # no phrase reaches from one part into the next
    return " ".join(f"'{word}':{','.join(places)}" for word, places in found.items())
