"""Articles into the workspace: read, stored and joined, a batch a transaction."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from itertools import groupby, islice
from typing import Any, Literal

import msgspec
from msgspec import structs
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from khabar import __version__
from khabar.pool import Failure, ordered_map
from khabar.record import FORMAT, Article, Record
from khabar.sources import Problem
from khabar.workspace.correcting import Judgement, corrected
from khabar.workspace.identity import sketches
from khabar.workspace.judgements import of_articles
from khabar.workspace.linking import Added, link, unlink
from khabar.workspace.preparing import Prepared, digest, prepare, unpacked
from khabar.workspace.rows import OF_RECORD, rows_of
from khabar.workspace.store import Workspace
from khabar.workspace.tables import articles, revisions

BATCH = 32
"""Articles of one transaction: few enough that another writer never waits long, many enough that the disk does not decide."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

What = Literal["added", "changed", "known", "failed"]


class Outcome(msgspec.Struct, frozen=True):
    """What became of an input. `problem` says why it failed, or what is odd about it though it was read."""

    item: Article | Problem
    what: What
    problem: str | None = None


class Known(msgspec.Struct, frozen=True):
    """An article that the workspace has already, word for word."""

    article: Article


def add(workspace: Workspace, items: Iterable[Article | Problem], *, fast: bool = False, jobs: int = 1) -> Iterator[Outcome]:
    """Read articles and store them; gives what became of each, in order, after it is safely stored.

    An article that is there already word for word is left alone; one that changed becomes a new revision and the old one is
    kept. What was given back is stored whatever happens later. Raises `WorkspaceError`, and `CannotStart` of the pool.
    """
    storable = (_storable(item) if isinstance(item, Article) else item for item in items)
    with closing(ordered_map(_reading, (fast,), _unknown(workspace, storable), jobs)) as results:
        while batch := list(islice(results, BATCH)):
            yield from _stored(workspace, batch, fast)


def _storable(article: Article) -> Article:
    """An article without what not every database can hold (NUL, halves of surrogate pairs): U+FFFD stands for each, so that
    nothing moves."""
    texts = {name: value for name, value in structs.asdict(article).items() if isinstance(value, str)}
    odd = {name: _UNSTORABLE.sub("\ufffd", value) for name, value in texts.items() if _UNSTORABLE.search(value)}
    return structs.replace(article, **odd) if odd else article


def _reading(fast: bool) -> Callable[[Article | Problem | Known], Prepared | None]:
    from khabar.reader import Reader

    reader = Reader(fast=fast)
    return lambda item: prepare(item, reader.read(item)) if isinstance(item, Article) else None


def _unknown(workspace: Workspace, items: Iterable[Article | Problem]) -> Iterator[Article | Problem | Known]:
    """The items, with what need not be read marked as known."""
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        found = [item for item in batch if isinstance(item, Article)]
        with workspace.reading() as connection:
            current = _current(connection, [a.id for a in found])
        for item in batch:
            known = isinstance(item, Article) and item.id in current and current[item.id][2] == digest(item)
            yield Known(item) if known and isinstance(item, Article) else item


def _current(connection: Connection, keys: Sequence[str]) -> dict[str, tuple[int, int, str]]:
    """Of the articles with these keys that are there: id, number and digest of the current revision."""
    query = select(articles.c.key, articles.c.id, articles.c.revision, revisions.c.digest).join(
        revisions, (revisions.c.article == articles.c.id) & (revisions.c.number == articles.c.revision)
    )
    return {key: (id, number, d) for key, id, number, d in connection.execute(query.where(articles.c.key.in_(keys)))}


def _stored(
    workspace: Workspace, batch: Sequence[tuple[Article | Problem | Known, Prepared | Failure | None]], fast: bool
) -> list[Outcome]:
    """Store what was read, in one transaction."""
    read = [result for _, result in batch if isinstance(result, Prepared)]
    what: dict[str, What] = {}
    if read:
        with workspace.writing() as connection:
            what = put(connection, read, fast)
    return [_outcome(item, result, what) for item, result in batch]


def _outcome(item: Article | Problem | Known, result: Prepared | Failure | None, what: dict[str, What]) -> Outcome:
    if isinstance(item, Known):
        return Outcome(item.article, "known")
    if isinstance(item, Problem):
        return Outcome(item, "failed" if item.fatal else "known", str(item))
    if isinstance(result, Failure):
        where = f"{item.path}:{item.line}" if item.path and item.line else item.path or item.id
        return Outcome(item, "failed", f"{where}: {result.reason}")
    return Outcome(item, what[item.id])


def put(connection: Connection, read: Sequence[Prepared], fast: bool) -> dict[str, What]:
    """Store articles that were read and join them to the others; gives what became of each, by key."""
    current = _current(connection, [p.article.id for p in read])
    what: dict[str, What] = {}
    fresh, changed = [], []
    for p in {p.article.id: p for p in read}.values():
        there = current.get(p.article.id)
        what[p.article.id] = "added" if there is None else "known" if there[2] == p.digest else "changed"
        if there is None:
            fresh.append(p)
        elif there[2] != p.digest:
            changed.append((there[0], there[1] + 1, p))
    records = {p.article.id: unpacked(p.blob) for p in [*fresh, *(p for _, _, p in changed)]}
    numbered = [(id, 1, p) for id, p in zip(_inserted(connection, fresh, records), fresh, strict=True)]
    if changed:
        cleared(connection, [id for id, _, _ in changed])
        values = [{"of": id, "revision": n, **heading(p.article, records[p.article.id])} for id, n, p in changed]
        connection.execute(update(articles).where(articles.c.id == bindparam("of")), values)
    if numbered or changed:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        rows = [_revision(id, n, p, fast, now) for id, n, p in [*numbered, *changed]]
        connection.execute(insert(revisions), rows)
        fill(connection, [Added(id, p, records[p.article.id]) for id, _, p in [*numbered, *changed]])
    return what


def _inserted(connection: Connection, fresh: Sequence[Prepared], records: dict[str, Record]) -> list[int]:
    if not fresh:
        return []
    rows = [{"key": p.article.id, "revision": 1, **heading(p.article, records[p.article.id])} for p in fresh]
    query = insert(articles).returning(articles.c.id, sort_by_parameter_order=True)
    return list(connection.execute(query, rows).scalars())


def heading(article: Article, record: Record) -> dict[str, str | None]:
    """What the table of articles says of one."""
    day = record.published[:10] if record.published else None
    said = {"outlet": record.source.outlet, "url": article.url, "title": record.title}
    return {**said, "published": record.published, "day": day}


def _revision(id: int, number: int, p: Prepared, fast: bool, now: str) -> dict[str, Any]:
    given = {k: v for k, v in structs.asdict(p.article).items() if k != "text" and v is not None}
    made = {"format": FORMAT, "version": __version__, "fast": fast}
    return {"article": id, "number": number, "digest": p.digest, "added": now, "given": given, "record": p.blob, **made}


def cleared(connection: Connection, ids: Sequence[int]) -> None:
    """Take out what an earlier record said; the revisions stay."""
    unlink(connection, ids)
    for table in reversed(OF_RECORD):
        connection.execute(delete(table).where(table.c.article.in_(ids)))


def fill(connection: Connection, batch: Sequence[Added]) -> None:
    """The rows of records as people corrected them, and their joins."""
    decided = of_articles(connection, [added.article for added in batch])
    batch, marks = zip(*(_as_decided(added, decided.get(added.article, [])) for added in batch), strict=True)
    found = sorted(
        (
            (table.name, table, row)
            for added, marked in zip(batch, marks, strict=True)
            for table, row in rows_of(added.article, added.record, marked)
        ),
        key=lambda r: r[0],
    )
    for _, group in groupby(found, key=lambda r: r[0]):
        same = list(group)
        connection.execute(insert(same[0][1]), [row for _, _, row in same])
    link(connection, batch)


def _as_decided(added: Added, judgements: list[Judgement]) -> tuple[Added, dict[str, int]]:
    if not judgements:
        return added, {}
    record, marks = corrected(added.article, added.record, judgements)
    return Added(added.article, structs.replace(added.prepared, entities=sketches(record)), record), marks
