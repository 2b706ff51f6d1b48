"""Articles that have the words of a query, as conditions of SQL on either database.

A Latin word is looked for in the text, among the names of the article's entities as the article's record has them, and among
all names of the entities that they are joined to: Haftar finds an article in which there is only القائد العام, where that is
joined to him.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    FromClause,
    Integer,
    Select,
    and_,
    cast,
    false,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from khabar.workspace.forms import terms
from khabar.workspace.indexing import VECTORS, WORDS
from khabar.workspace.querying import Clause, clauses, fts5, tsquery
from khabar.workspace.tables import article_entities, entities, name_words

WEIGHTS = (4.0, 1.0, 1.0)
"""What a word counts in the title, in the body, as the name of an entity."""

_BM25 = f"bm25(article_words, {', '.join(map(str, WEIGHTS))})"
_RANK = "{0.25, 0.25, 0.25, 1.0}"
"""The same of PostgreSQL, which names its weights D C B A."""


class Match(msgspec.Struct, frozen=True):
    """Which articles have the words of a query: a condition on their id, and what scores them (None where nothing does)."""

    clauses: list[Clause]
    having: ColumnElement[Any]
    scores: Any


def match(connection: Connection, query: str, id: ColumnElement[int]) -> Match | None:
    """What a query asks of an article whose id is `id`; None where it asks for nothing."""
    if not query.strip():
        return None
    asked = clauses(query)
    if not asked:
        return Match([], false(), None)
    sqlite = connection.dialect.name == "sqlite"
    known = _known(connection, {word for clause in asked for word in clause.latin})
    alone = [c for c in asked if not (c.latin and known.issuperset(c.latin))]
    named = [c for c in asked if c not in alone]
    wanted, unwanted = [c for c in alone if not c.negative], [c for c in alone if c.negative]
    conditions: list[ColumnElement[bool]] = []
    if wanted:
        conditions.append(id.in_(_found(_all(wanted, unwanted, sqlite), sqlite)))
    elif unwanted:
        conditions.append(id.not_in(_found(_any(unwanted, sqlite), sqlite)))
    for positive in (True, False):
        for run in _runs([c for c in named if c.negative is not positive]):
            has = or_(id.in_(_found(_all(run, [], sqlite), sqlite)), id.in_(_naming([w for c in run for w in c.latin])))
            conditions.append(has if positive else not_(has))
    positives = [c for c in asked if not c.negative]
    scored = None if not positives else _any(positives, sqlite) if named else _all(wanted, unwanted, sqlite)
    return Match(asked, and_(*conditions), None if scored is None else _scored(scored, sqlite))


def articles_with(connection: Connection, query: str, id: ColumnElement[int]) -> list[ColumnElement[bool]]:
    """The condition that an article has the words of a query; none where the query asks for nothing."""
    found = match(connection, query, id)
    return [] if found is None else [found.having]


def called(words: Sequence[str]) -> Select[Any]:
    """The ids of the entities that have all these words (terms) in their names; of one that was merged, the one it is in."""
    into = entities.alias("into_other")
    wanted = sorted(set(words))
    named = select(name_words.c.entity).where(name_words.c.word.in_(wanted))
    named = named.group_by(name_words.c.entity).having(func.count() == len(wanted))
    joined = entities.outerjoin(into, into.c.id == entities.c.into)
    whole = func.coalesce(into.c.into, into.c.id, entities.c.id)
    return select(whole).select_from(joined).where(entities.c.id.in_(named)).distinct()


def ids_called(connection: Connection, name: str) -> list[int]:
    """The entities that are called so, in either script: all words of `name` stand in their names."""
    words = terms(name)
    return sorted(connection.execute(called(words)).scalars()) if words else []


def _known(connection: Connection, words: set[str]) -> set[str]:
    """Those of some words that stand in the name of an entity."""
    if not words:
        return set()
    return set(connection.execute(select(name_words.c.word).where(name_words.c.word.in_(sorted(words))).distinct()).scalars())


def _runs(found: list[Clause]) -> list[list[Clause]]:
    """Clauses that are one name together: all that are asked for, each alone of those that are not."""
    return [[c] for c in found] if any(c.negative for c in found) else [found] if found else []


def _naming(words: Sequence[str]) -> Select[Any]:
    """Articles that name an entity that is called so."""
    own = article_entities.c
    return select(own.article).where(own.entity.in_(called(words)))


def _all(wanted: Sequence[Clause], unwanted: Sequence[Clause], sqlite: bool) -> str:
    if sqlite:
        without = f" NOT ({' OR '.join(map(fts5, unwanted))})" if unwanted else ""
        return f"({' AND '.join(map(fts5, wanted))}){without}"
    return " & ".join([*map(tsquery, wanted), *(f"!{tsquery(clause)}" for clause in unwanted)])


def _any(wanted: Sequence[Clause], sqlite: bool) -> str:
    return " OR ".join(map(fts5, wanted)) if sqlite else " | ".join(map(tsquery, wanted))


def _found(expression: str, sqlite: bool) -> Select[Any]:
    """Ids of the articles that an expression finds."""
    if sqlite:
        return select(WORDS.c.rowid).where(WORDS.c.article_words.op("MATCH")(expression))
    return select(VECTORS.c.article).where(VECTORS.c.words.op("@@")(cast(expression, TSQUERY)))


def _scored(expression: str, sqlite: bool) -> FromClause:
    """Rows of what an expression finds: `article`, `score`."""
    if sqlite:
        score = literal_column(f"-{_BM25}", Float())
        query = select(WORDS.c.rowid.label("article"), score.label("score"))
        query = query.where(WORDS.c.article_words.op("MATCH")(expression))
    else:
        asked = cast(expression, TSQUERY)
        # divided by 1 + the logarithm of the length
        rank = func.ts_rank(literal_column(f"'{_RANK}'"), VECTORS.c.words, asked, literal(1, Integer()), type_=Float())
        query = select(VECTORS.c.article, rank.label("score")).where(VECTORS.c.words.op("@@")(asked))
    return query.cte("scores").prefix_with("MATERIALIZED")


__all__ = ["Match", "articles_with", "called", "ids_called", "match"]
