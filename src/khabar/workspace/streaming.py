"""Everything of a workspace one after the other, fetched part by part, so that memory does not grow with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from khabar.record import Record
from khabar.workspace.correcting import corrected
from khabar.workspace.judgements import of_articles
from khabar.workspace.paging import LIMIT
from khabar.workspace.preparing import unpacked
from khabar.workspace.tables import article_entities, articles, revisions
from khabar.workspace.views import ArticleView, Evidence, Filter, Naming, Page

T = TypeVar("T")


def everything(
    page: Callable[..., Page[T]], connection: Connection, f: Filter, *, limit: int = LIMIT, **more: Any
) -> Iterator[T]:
    """All items of a listing (a function of `listing.py`), `limit` fetched at once."""
    cursor = None
    while True:
        part = page(connection, f, limit=limit, cursor=cursor, **more)
        yield from part.items
        if (cursor := part.next) is None:
            return


def parts(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most `size`."""
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part


def records(connection: Connection, of: Sequence[ArticleView]) -> Iterator[tuple[ArticleView, Record]]:
    """These articles, each with its record as people corrected it, in two statements."""
    found = records_of(connection, [a.id for a in of])
    yield from ((view, found[view.id]) for view in of)


def records_of(connection: Connection, ids: Sequence[int]) -> dict[int, Record]:
    """The records of articles as people corrected them, in two statements."""
    current = (revisions.c.article == articles.c.id) & (revisions.c.number == articles.c.revision)
    query = select(articles.c.id, revisions.c.record).join(revisions, current).where(articles.c.id.in_(ids))
    blobs = {row.id: row.record for row in connection.execute(query.order_by(articles.c.id))}
    decided = of_articles(connection, ids)
    found = {}
    for id, blob in blobs.items():
        record = unpacked(blob)
        if judgements := decided.get(id):
            record, _ = corrected(id, record, judgements)
        found[id] = record
    return found


def namings(connection: Connection, of: Sequence[ArticleView]) -> Iterator[tuple[Naming, Evidence, int | None]]:
    """How these articles name entities, each with the words that do so first and the id of the entity that it is joined to."""
    own = article_entities.c
    columns = (own.article, own.local, own.type, own.name, own.name_en, own.start, own.stop, own.quote, own.entity)
    query = select(*columns).where(own.article.in_([a.id for a in of]))
    found: dict[int, list[Any]] = {}
    for row in connection.execute(query.order_by(own.article, own.start, own.local)):
        found.setdefault(row.article, []).append(row)
    for view in of:
        for row in found.get(view.id, []):
            words = Evidence(article=row.article, start=row.start, stop=row.stop, quote=row.quote)
            naming = Naming(article=view, local=row.local, type=row.type, name=row.name, name_en=row.name_en)
            yield naming, words, row.entity


__all__ = ["everything", "namings", "parts", "records", "records_of"]
