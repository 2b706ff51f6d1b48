"""What the rows of a page hang on, fetched for the whole page at once: articles, entities, places, who vouches."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, case, select

from khabar.workspace.among import listed, those
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


@cache
def participants() -> Select[Any]:
    """Links of a head (an event, an attribution, a figure) to entities: article, head, role, tail, then what the entity is.

    What is not joined to an entity of the workspace stands as its own article has it, without an id.
    """
    whose = (links.c.article == article_entities.c.article) & (links.c.tail == article_entities.c.local)
    own = [
        case((entities.c.id.is_not(None), entities.c[name]), else_=article_entities.c[name]).label(name)
        for name in ("type", "name", "name_en", "country")
    ]
    return (
        select(
            links.c.article, links.c.head, links.c.role, links.c.tail, entities.c.id, *own, entities.c.latitude,
            entities.c.longitude, entities.c.identifiers, entities.c.articles,
        )
        .select_from(links.join(article_entities, whose).outerjoin(entities, article_entities.c.entity == entities.c.id))
    )  # fmt: skip


def participant_of(row: Row[Any]) -> Named:
    """The entity of a row of `participants`."""
    return Named(
        id=row.id, type=row.type, name=row.name, name_en=row.name_en, country=row.country, latitude=row.latitude,
        longitude=row.longitude, identifiers=row.identifiers or {}, articles=row.articles or 0,
    )  # fmt: skip


def in_order(rows: Iterable[Row[Any]]) -> list[Row[Any]]:
    """Rows of links by article and ids. Sorted here: asked for it, SQLite goes through all links in that order instead."""
    return sorted(rows, key=lambda row: (row.article, len(row.head), row.head, len(row.tail), row.tail))


class Participants:
    """The entities of rows of `participants`, each made once."""

    def __init__(self) -> None:
        self.known: dict[object, Named] = {}

    def of(self, row: Row[Any]) -> Named:
        """The entity of a row."""
        key: object = row.id if row.id is not None else (row.article, row.tail)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = participant_of(row)
        return found


@cache
def _linked(roles: tuple[str, ...]) -> Select[Any]:
    return participants().where(those(links.c.article, links.c.head, "heads"), links.c.role.in_(roles))


def linked(connection: Connection, heads: Collection[Local], roles: tuple[str, ...]) -> dict[Local, dict[str, list[Named]]]:
    """The entities that heads are linked to, by role."""
    found: dict[Local, dict[str, list[Named]]] = {}
    if not heads:
        return found
    entity = Participants().of
    for row in in_order(connection.execute(_linked(roles), {"heads": listed(heads)}).all()):
        found.setdefault((row.article, row.head), {}).setdefault(row.role, []).append(entity(row))
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
    rows = in_order(connection.execute(_vouchers(), {"heads": listed(heads)}).all())
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
