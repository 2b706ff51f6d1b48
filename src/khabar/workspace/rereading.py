"""Reading the articles of a workspace again, after Khabar got better, and what that changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import bindparam, func, or_, select, update

from khabar import __version__
from khabar.pool import Failure, ordered_map
from khabar.record import FORMAT, Article, Record
from khabar.workspace.adding import BATCH, cleared, fill, heading
from khabar.workspace.linking import Added
from khabar.workspace.preparing import Prepared, prepare, unpacked
from khabar.workspace.store import Workspace
from khabar.workspace.tables import articles, revisions


class Stored(msgspec.Struct, frozen=True):
    """The current revision of an article, as it is in the workspace; `fast` says how it is to be read now."""

    article: int
    number: int
    fast: bool
    given: dict[str, Any]
    blob: bytes

    def arrived(self, record: Record) -> Article:
        """The article as it arrived."""
        return msgspec.convert({**self.given, "text": record.text}, Article)


class Change(msgspec.Struct, frozen=True):
    """What reading an article again changed: for each layer how many readings are new and how many are gone."""

    key: str
    layers: dict[str, tuple[int, int]]
    problem: str | None = None


def outdated(workspace: Workspace, *, everything: bool = False, tagger: bool = False) -> int:
    """How many articles `reread` would read."""
    with workspace.reading() as connection:
        return connection.execute(select(func.count()).select_from(_wanted(everything, tagger).subquery())).scalar_one()


def reread(workspace: Workspace, *, everything: bool = False, tagger: bool = False, jobs: int = 1) -> Iterator[Change]:
    """Read again what another version of Khabar read (or `everything`), each article as it was read before: without the tagger
    where it was added without. With `tagger`, what was read without it is read with it. What people decided stays.

    Gives each article's changes after its new record is stored. Stopped at any moment, it goes on where it was.
    """
    with closing(ordered_map(_reading, (), _stored(workspace, everything, tagger), jobs)) as results:
        while batch := list(islice(results, BATCH)):
            yield from _renewed(workspace, batch)


def _wanted(everything: bool, tagger: bool) -> Any:
    query = select(articles.c.id, revisions.c.number, revisions.c.fast, revisions.c.given, revisions.c.record).join(
        revisions, (revisions.c.article == articles.c.id) & (revisions.c.number == articles.c.revision)
    )
    old = or_(revisions.c.version != __version__, revisions.c.format != FORMAT)
    return query if everything else query.where(or_(old, revisions.c.fast)) if tagger else query.where(old)


def _stored(workspace: Workspace, everything: bool, tagger: bool) -> Iterator[Stored]:
    last = 0
    while True:
        with workspace.reading() as connection:
            query = _wanted(everything, tagger).where(articles.c.id > last).order_by(articles.c.id).limit(BATCH)
            rows = connection.execute(query).all()
        for id, number, fast, given, blob in rows:
            yield Stored(id, number, fast and not tagger, given, blob)
        if not rows:
            return
        last = rows[-1].id


def _reading() -> Callable[[Stored], Prepared]:
    from khabar.reader import Reader

    readers = {fast: Reader(fast=fast) for fast in (False, True)}

    def read(stored: Stored) -> Prepared:
        article = stored.arrived(unpacked(stored.blob))
        return prepare(article, readers[stored.fast].read(article))

    return read


def _renewed(workspace: Workspace, batch: Sequence[tuple[Stored, Prepared | Failure]]) -> list[Change]:
    """Put new records in the place of the old ones, in one transaction."""
    changes, renewed, rows = [], [], []
    with workspace.writing() as connection:
        numbers = select(articles.c.id, articles.c.revision).where(articles.c.id.in_([stored.article for stored, _ in batch]))
        current = {row.id: row.revision for row in connection.execute(numbers)}
        for stored, result in batch:
            if isinstance(result, Failure):
                changes.append(Change(stored.given["id"], {}, result.reason))
                continue
            if current.get(stored.article) != stored.number:  # a newer revision came meanwhile, read by this version
                continue
            record = unpacked(result.blob)
            changes.append(Change(result.article.id, difference(unpacked(stored.blob), record)))
            renewed.append(Added(stored.article, result, record))
            made = {"record": result.blob, "version": __version__, "format": FORMAT, "fast": stored.fast}
            rows.append({"of": stored.article, "nth": stored.number, **made})
        if renewed:
            cleared(connection, [added.article for added in renewed])
            heads = [{"of": a.article, **heading(a.prepared.article, a.record)} for a in renewed]
            connection.execute(update(articles).where(articles.c.id == bindparam("of")), heads)
            same = (revisions.c.article == bindparam("of")) & (revisions.c.number == bindparam("nth"))
            connection.execute(update(revisions).where(same), rows)
            fill(connection, renewed)
    return changes


_VALUES: dict[str, Callable[[Any], Hashable]] = {
    "entities": lambda e: (e.type, e.name, e.name_en, e.country),
    "times": lambda t: (t.span, t.value, t.begin, t.end),
    "attributions": lambda a: (a.cue.span, a.content.span),
    "events": lambda v: (v.type, v.triggers[0].span, v.begin, v.end, v.status),
    "figures": lambda f: (f.span, f.kind, f.low, f.best, f.high, f.as_of),
}


def difference(old: Record, new: Record) -> dict[str, tuple[int, int]]:
    """For each layer that differs: how many of its readings are new, how many are gone."""
    found = {}
    for layer, value in _VALUES.items():
        before, after = (Counter(map(value, getattr(record, layer))) for record in (old, new))
        if before != after:
            found[layer] = ((after - before).total(), (before - after).total())
    return found
