"""What the rows of a page hang on, fetched for the whole page at once: articles, entities, places, who vouches."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, select, tuple_

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


def article_of(row: Any) -> ArticleView:
    """An article from a row that begins with the columns `ARTICLE`."""
    return ArticleView(**dict(zip((c.name for c in ARTICLE), row, strict=False)))


def named_of(row: Any) -> Named:
    """An entity from a row that begins with the columns `ENTITY`."""
    return Named(**dict(zip((c.name for c in ENTITY), row, strict=False)))


def articles_of(connection: Connection, ids: Iterable[int]) -> dict[int, ArticleView]:
    """Articles by id."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    return {row.id: article_of(row) for row in connection.execute(select(*ARTICLE).where(articles.c.id.in_(wanted)))}


def those(article: ColumnElement[int], local: ColumnElement[str], wanted: Iterable[Local]) -> ColumnElement[bool]:
    """The condition that a row is one of these. Said of the article first: SQLite looks up no pairs by index."""
    pairs = sorted(set(wanted))
    return and_(article.in_(sorted({of for of, _ in pairs})), tuple_(article, local).in_(pairs))


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


def linked(connection: Connection, heads: Iterable[Local], roles: Iterable[str]) -> dict[Local, dict[str, list[Named]]]:
    """The entities that heads are linked to, by role."""
    found: dict[Local, dict[str, list[Named]]] = {}
    wanted = set(heads)
    if wanted:
        query = participants().where(those(links.c.article, links.c.head, wanted), links.c.role.in_(list(roles)))
        for row in in_order(connection.execute(query)):
            found.setdefault((row.article, row.head), {}).setdefault(row.role, []).append(participant_of(row))
    return found


def vouchers(connection: Connection, heads: Iterable[Local]) -> dict[Local, list[Said]]:
    """Who vouches for events and figures."""
    wanted = set(heads)
    if not wanted:
        return {}
    query = select(links.c.article, links.c.head, links.c.tail)
    query = query.where(those(links.c.article, links.c.head, wanted), links.c.role == "voucher")
    rows = in_order(connection.execute(query))
    said = sayings(connection, [(row.article, row.tail) for row in rows])
    found: dict[Local, list[Said]] = {}
    for row in rows:
        found.setdefault((row.article, row.head), []).append(said[row.article, row.tail])
    return found


def sayings(connection: Connection, attributions: Iterable[Local]) -> dict[Local, Said]:
    """Attributions: who says it, who carried it, in which words."""
    wanted = set(attributions)
    if not wanted:
        return {}
    who = linked(connection, wanted, ("source", "via"))
    a = article_attributions.c
    query = select(a.article, a.local, a.channel, a.start, a.stop, a.quote).where(those(a.article, a.local, wanted))
    return {(row.article, row.local): said_of(row, who.get((row.article, row.local), {})) for row in connection.execute(query)}


def said_of(row: Any, who: dict[str, list[Named]]) -> Said:
    """An attribution from its row and its links."""
    via = who.get("via", [])
    return Said(
        sources=who.get("source", []),
        via=via[0] if via else None,
        channel=row.channel,
        content=Evidence(article=row.article, start=row.start, stop=row.stop, quote=row.quote),
    )
