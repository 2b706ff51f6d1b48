"""Search: articles that have the words of a query, the best first, with the words in their text.

What a query can say stands in `querying`, how words meet in `forms`. Articles whose words weigh the same come by their day, the
latest first.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Float, func, select

from khabar.workspace.forms import found as words_of
from khabar.workspace.listing import ALL
from khabar.workspace.loading import ARTICLE, article_of
from khabar.workspace.matching import Match, called, match
from khabar.workspace.narrowing import NO_DAY, narrow, of_articles
from khabar.workspace.paging import Key, fetch
from khabar.workspace.querying import Clause
from khabar.workspace.tables import article_entities, articles, revisions
from khabar.workspace.views import Filter, Hit, Page, Snippet

LIMIT = 20
BEFORE, LONG = 60, 240
"""Characters of a snippet before its first word, and of the whole."""

Span = tuple[int, int]


class _Text(msgspec.Struct):
    """What is read of a record."""

    text: str


_DECODER = msgspec.json.Decoder(_Text)


def search(connection: Connection, query: str, f: Filter = ALL, *, limit: int = LIMIT, cursor: str | None = None) -> Page[Hit]:
    """Articles that have the words of `query`, the best first; with an empty query, all that the filter lets through.

    Raises `BadCursor`.
    """
    wanted = narrow(connection, f)
    asked = match(connection, query, articles.c.id)
    columns = select(*ARTICLE, revisions.c.record).join(
        revisions, (revisions.c.article == articles.c.id) & (revisions.c.number == articles.c.revision)
    )
    chosen = select(articles.c.id).where(*of_articles(wanted))
    score: Any = None
    if asked is not None:
        if asked.scores is None:
            chosen = chosen.where(asked.having)
        elif any(c.latin for c in asked.clauses):
            chosen = chosen.outerjoin(asked.scores, asked.scores.c.article == articles.c.id).where(asked.having)
            score = func.coalesce(asked.scores.c.score, 0.0, type_=Float())
        else:  # what is scored is what is found
            chosen = chosen.join(asked.scores, asked.scores.c.article == articles.c.id)
            score = asked.scores.c.score
    keys = [*([] if score is None else [Key(score)]), Key(func.coalesce(articles.c.day, NO_DAY)), Key(articles.c.id)]
    rows, following = fetch(connection, chosen, keys, limit, cursor)
    ids = [row.id for row in rows]
    full = {row.id: row for row in connection.execute(columns.where(articles.c.id.in_(ids)))} if ids else {}
    named = _named(connection, ids, asked)
    hits = [_hit(full[row.id], 0.0 if score is None else row.key0, asked, named.get(row.id, [])) for row in rows]
    return Page(hits, following)


def _hit(row: Any, score: float, asked: Match | None, named: list[Span]) -> Hit:
    text = _DECODER.decode(zlib.decompress(row.record)).text
    wanted = [c for c in asked.clauses if not c.negative] if asked else []
    title = row.title or ""
    marks = list(_marks(title, 0, wanted))
    return Hit(article=article_of(row), score=round(score, 6), title=marks, snippet=snippet(text, wanted, named, len(title)))


def _named(connection: Connection, ids: Sequence[int], asked: Match | None) -> dict[int, list[Span]]:
    """Where articles first name the entities that Latin words of a query mean."""
    words = [word for clause in asked.clauses if not clause.negative for word in clause.latin] if asked else []
    if not words or not ids:
        return {}
    own = article_entities.c
    query = select(own.article, own.start, own.stop).where(own.article.in_(ids), own.entity.in_(called(words)))
    found: dict[int, list[Span]] = {}
    for row in connection.execute(query.order_by(own.article, own.start)):
        found.setdefault(row.article, []).append((row.start, row.stop))
    return found


def snippet(text: str, wanted: Iterable[Clause], named: list[Span], title: int) -> Snippet:
    """The first words of the body that a query asks for, with what stands around them; of the title where only it has any."""
    wanted = list(wanted)
    first = next(_marks(text, title, wanted), None)
    spans = [span for span in [first, *named] if span and span[0] >= title] or [*_marks(text[:title], 0, wanted), *named]
    at = min(spans)[0] if spans else title
    start = max(0 if at < title else title, at - BEFORE)
    while start < at and ((start and not text[start - 1].isspace()) or text[start].isspace()):
        start += 1
    stop = min(len(text), start + LONG)
    while stop < len(text) and stop > at + 1 and not text[stop].isspace():
        stop -= 1
    marks = {*_marks(text[start:stop], 0, wanted)}
    inside = {(a + start, b + start) for a, b in marks} | {(a, b) for a, b in named if start <= a and b <= stop}
    return Snippet(start=start, stop=stop, quote=text[start:stop], marks=_apart(inside))


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap as one."""
    done: list[Span] = []
    for a, b in sorted(spans):
        if done and a < done[-1][1]:
            done[-1] = (done[-1][0], max(b, done[-1][1]))
        else:
            done.append((a, b))
    return done


def _marks(text: str, begin: int, wanted: Sequence[Clause]) -> Iterator[Span]:
    """Where the rows of terms of clauses stand in a text, from `begin` on."""
    rows = [(row, clause.prefix) for clause in wanted for row in clause.rows]
    longest = max((len(row) for row, _ in rows), default=0)
    if not longest:
        return
    seen: list[tuple[str, int, int]] = []
    for word in words_of(text[begin:]):
        seen = [*seen[-longest + 1 :], word] if longest > 1 else [word]
        for row, prefix in rows:
            last = seen[-len(row) :]
            if len(last) == len(row) and _same([w[0] for w in last], row, prefix):
                yield last[0][1] + begin, last[-1][2] + begin


def _same(words: Sequence[str], row: Sequence[str], prefix: bool) -> bool:
    if prefix:
        return list(words[:-1]) == list(row[:-1]) and words[-1].startswith(row[-1])
    return list(words) == list(row)
