"""What the rows of a page hang on, fetched for the whole page at once: articles, entities, places, who vouches."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from khabar.workspace.among import among, listed, those
from khabar.workspace.tables import article_attributions, article_entities, articles, entities, links
from khabar.workspace.views import ArticleView, Evidence, Named, Said

Local = tuple[int, str]
"""Something in the record of an article: the article and the id in its record."""

ARTICLE = (
    articles.c.id, articles.c.key, articles.c.outlet, articles.c.url, articles.c.title, articles.c.published, articles.c.day,
    articles.c.revision, articles.c.original, articles.c.copy, articles.c.story,
)  # fmt: skip
ENTITY = (
    entities.c.id, entities.c.type, entities.c.name, entities.c.name_en, entities.c.country, entities.c.latitude,
    entities.c.longitude, entities.c.identifiers, entities.c.articles,
)  # fmt: skip
_ARTICLE = [c.name for c in ARTICLE]
_ENTITY = [c.name for c in ENTITY]


def article_of(row: Any) -> ArticleView:
    """An article from a row that begins with the columns `ARTICLE`."""
    return ArticleView(**dict(zip(_ARTICLE, row, strict=False)))


def named_of(row: Any) -> Named:
    """An entity from a row that begins with the columns `ENTITY`."""
    return Named(**dict(zip(_ENTITY, row, strict=False)))


_ENTITIES = select(*ENTITY).where(among(entities.c.id, "ids"))


def entities_by(connection: Connection, ids: Collection[int]) -> dict[int, Named]:
    """Entities by id."""
    return {row.id: named_of(row) for row in connection.execute(_ENTITIES, {"ids": listed(ids)}).all()} if ids else {}


@cache
def ties() -> Select[Any]:
    """Links of a head (an event, an attribution, a figure) to entities: article, head, role, tail, entity; then, where the tail
    is joined to no entity of the workspace, what it is in its own article."""
    own = article_entities.c
    alone = (own.article == links.c.article) & (own.local == links.c.tail) & links.c.entity.is_(None)
    query = select(links.c.article, links.c.head, links.c.role, links.c.tail, links.c.entity)
    return query.outerjoin(article_entities, alone).add_columns(own.type, own.name, own.name_en, own.country)


def followed(connection: Connection, rows: Sequence[Row[Any]]) -> list[tuple[Row[Any], Named]]:
    """Rows of `ties`, by article and ids, with the entities that they lead to; what is joined to none has no id. Sorted here:
    asked for it, SQLite goes through all links in that order instead."""
    known = entities_by(connection, {row.entity for row in rows if row.entity is not None})
    rows = sorted((row for row in rows if row.entity is not None or row.name is not None), key=by_ids)
    return [(row, _own(row) if row.entity is None else known[row.entity]) for row in rows]


def _own(row: Row[Any]) -> Named:
    return Named(id=None, type=row.type, name=row.name, name_en=row.name_en, country=row.country)


def by_ids(row: Row[Any]) -> tuple[Any, ...]:
    """What rows of links are sorted by: article and ids."""
    return row.article, len(row.head), row.head, len(row.tail), row.tail


@cache
def _linked(roles: tuple[str, ...]) -> Select[Any]:
    return ties().where(those(links.c.article, links.c.head, "heads"), links.c.role.in_(roles))


def linked(connection: Connection, heads: Collection[Local], roles: tuple[str, ...]) -> dict[Local, dict[str, list[Named]]]:
    """The entities that heads are linked to, by role."""
    found: dict[Local, dict[str, list[Named]]] = {}
    if heads:
        rows = connection.execute(_linked(roles), {"heads": listed(heads)}).all()
        for row, entity in followed(connection, rows):
            found.setdefault((row.article, row.head), {}).setdefault(row.role, []).append(entity)
    return found


@cache
def _vouchers() -> Select[Any]:
    a = article_attributions.c
    said = (a.article == links.c.article) & (a.local == links.c.tail)
    query = select(links.c.article, links.c.head, links.c.tail, a.channel, a.start, a.stop, a.quote)
    return query.join(article_attributions, said).where(those(links.c.article, links.c.head, "heads"), links.c.role == "voucher")


def vouchers(connection: Connection, heads: Collection[Local]) -> dict[Local, list[Said]]:
    """Who vouches for events and figures."""
    found: dict[Local, list[Said]] = {}
    if not heads:
        return found
    rows = sorted(connection.execute(_vouchers(), {"heads": listed(heads)}).all(), key=by_ids)
    who = linked(connection, [(row.article, row.tail) for row in rows], ("source", "via"))
    for row in rows:
        found.setdefault((row.article, row.head), []).append(said_of(row, who.get((row.article, row.tail), {})))
    return found


def said_of(row: Any, who: dict[str, list[Named]]) -> Said:
    """An attribution from its row and its links."""
    via = who.get("via", [])
    return Said(
        sources=who.get("source", []),
        via=via[0] if via else None,
        channel=row.channel,
        content=Evidence(article=row.article, start=row.start, stop=row.stop, quote=row.quote),
    )
