"""What a listing is narrowed to, as conditions of SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import asin, cos, pi, radians, sin, sqrt
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, FromClause, Select, func, or_, select, tuple_

from khabar.workspace.matching import articles_with, ids_called
from khabar.workspace.paging import LARGEST
from khabar.workspace.tables import (
    article_attributions,
    article_entities,
    article_events,
    articles,
    claims,
    entities,
    events,
    links,
    stories,
)
from khabar.workspace.views import Filter

EARTH = 6371.0
"""Kilometres"""
MANY = 1000
"""Articles."""

Conditions = list[ColumnElement[bool]]


class Narrowed(msgspec.Struct, frozen=True, kw_only=True):
    """A filter with its names and distances resolved to ids of entities; None narrows nothing, an empty list to nothing."""

    filter: Filter
    actor: list[int] | None = None
    recipient: list[int] | None = None
    place: list[int] | None = None
    source: list[int] | None = None
    text: list[ColumnElement[bool]] = []
    """Conditions on `articles.id`"""
    many: frozenset[str] = frozenset()
    """Of actor, recipient and place those that very many articles name: rows are walked, the latest first, and each is asked for
    them. Of others, which few rows have, those rows are looked up."""

    @property
    def rare(self) -> bool:
        """Whether few rows can be meant, which are better looked up than walked to."""
        few = any(role not in self.many for role, _ in _who(self)) or self.source is not None
        return few or self.filter.story is not None

    @property
    def telling(self) -> bool:
        """Whether it asks anything of events."""
        asked = (self.filter.type, self.filter.status, self.actor, self.recipient, self.place)
        return any(value is not None for value in asked)


def narrow(connection: Connection, wanted: Filter) -> Narrowed:
    """Resolve the names and distances of a filter."""
    safe = Filter(**{k: _storable(v) for k, v in msgspec.structs.asdict(wanted).items()})
    place = named(connection, safe.place, within=True)
    if safe.near is not None:
        close = near(connection, *safe.near)
        place = close if place is None else sorted(set(place) & set(close))
    roles = {"actor": named(connection, safe.actor), "recipient": named(connection, safe.recipient), "place": place}
    return Narrowed(
        filter=safe,
        actor=roles["actor"],
        recipient=roles["recipient"],
        place=place,
        many=frozenset(role for role, ids in roles.items() if ids and _articles(connection, ids) > MANY),
        source=named(connection, safe.source),
        text=articles_with(connection, safe.text, articles.c.id) if safe.text else [],
    )


def _storable(value: Any) -> Any:
    """A value as a database can be asked for it: whatever is asked for that cannot be there is still not there."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    return -1 if isinstance(value, int) and abs(value) > LARGEST else value


def named(connection: Connection, who: int | str | None, within: bool = False) -> list[int] | None:
    """The ids of the entities meant: an id, or a name in either script. With `within`, a country means its places too."""
    if who is None:
        return None
    found = [who] if isinstance(who, int) else ids_called(connection, who)
    if not within or not found:
        return found
    countries = select(entities.c.country).where(entities.c.id.in_(found), entities.c.type == "country")
    inside = select(entities.c.id).where(entities.c.type.in_(("place", "country")), entities.c.country.in_(countries))
    return sorted({*found, *connection.execute(inside).scalars()})


def _articles(connection: Connection, ids: list[int]) -> int:
    """How many articles name these entities, counted once for each that is named."""
    query = select(func.coalesce(func.sum(entities.c.articles), 0)).where(entities.c.id.in_(ids))
    return int(connection.execute(query).scalar_one())


def near(connection: Connection, latitude: float, longitude: float, radius: float) -> list[int]:
    """The places within `radius` kilometres of a point."""
    degrees = radius / EARTH * 180 / pi
    low, high = latitude - degrees, latitude + degrees
    query = select(entities.c.id, entities.c.latitude, entities.c.longitude).where(entities.c.latitude.between(low, high))
    rows = connection.execute(query.where(entities.c.longitude.is_not(None)))
    return sorted(row.id for row in rows if kilometres(latitude, longitude, row.latitude, row.longitude) <= radius)


def kilometres(a: float, b: float, c: float, d: float) -> float:
    """The distance from (latitude a, longitude b) to (c, d) on a sphere."""
    north, east = radians(c - a) / 2, radians(d - b) / 2
    h = sin(north) ** 2 + cos(radians(a)) * cos(radians(c)) * sin(east) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(h)))


def of_articles(wanted: Narrowed) -> Conditions:
    """Conditions of `articles`: what is asked of events is asked of one and the same event of an article."""
    f, found = wanted.filter, list(_heading(wanted))
    if wanted.telling and (wanted.many or not _who(wanted)):
        found.append(_tellings(wanted, article_events.c.local).where(article_events.c.article == articles.c.id).exists())
    elif wanted.telling:
        found.append(articles.c.id.in_(_tellings(wanted, article_events.c.article)))
    if wanted.source is not None:
        found.append(articles.c.id.in_(heads("source", wanted.source, links.c.article)))
    if f.figure is not None:
        found.append(articles.c.id.in_(select(claims.c.article).where(claims.c.kind == f.figure)))
    return [*found, *_between(articles.c.day, articles.c.day, f)]


def of_stories(wanted: Narrowed) -> Conditions:
    """Conditions of `stories`: they hold an article that is asked for, and days of theirs lie in the time asked for."""
    asked = of_articles(msgspec.structs.replace(wanted, filter=_lasting(wanted.filter, story=None)))
    found = [stories.c.reports > 0, *_between(stories.c.begin, stories.c.end, wanted.filter)]
    if wanted.filter.story is not None:
        found.append(stories.c.id == wanted.filter.story)
    if asked:
        found.append(stories.c.id.in_(select(articles.c.story).where(articles.c.story.is_not(None), *asked)))
    return found


def of_events(wanted: Narrowed) -> Conditions:
    """Conditions of `events`: each may hold by the words of another report."""
    f = wanted.filter
    found = [events.c.reports > 0, *_between(events.c.begin, events.c.end, f)]
    for column, value in ((events.c.type, f.type), (events.c.status, f.status), (events.c.story, f.story)):
        if value is not None:
            found.append(column == value)
    told = select(article_events.c.event).where(article_events.c.event.is_not(None))
    this = tuple_(article_events.c.article, article_events.c.local)
    for role, ids in _who(wanted):
        if role in wanted.many:
            own = article_events.alias()
            found.append(select(own.c.local).where(own.c.event == events.c.id, _linked(own, role, ids)).exists())
        else:
            own_event = (article_events.c.article == links.c.article) & (article_events.c.local == links.c.head)
            named_in = heads(role, ids, article_events.c.event).join(article_events, own_event)
            found.append(events.c.id.in_(named_in.where(article_events.c.event.is_not(None))))
    if wanted.source is not None:
        found.append(events.c.id.in_(told.where(this.in_(_vouched(wanted.source)))))
    if f.figure is not None:
        counted = select(claims.c.article, claims.c.event).where(claims.c.kind == f.figure)
        found.append(events.c.id.in_(told.where(this.in_(counted))))
    if heading := list(_heading(msgspec.structs.replace(wanted, filter=_lasting(f, story=None)))):
        found.append(events.c.id.in_(told.where(article_events.c.article.in_(select(articles.c.id).where(*heading)))))
    return found


def of_claims(wanted: Narrowed) -> Conditions:
    """Conditions of `claims` joined with their `articles`; a claim's place is its own or its event's."""
    f, found = wanted.filter, list(_heading(wanted))
    if f.figure is not None:
        found.append(claims.c.kind == f.figure)
    own, event = tuple_(claims.c.article, claims.c.local), tuple_(claims.c.article, claims.c.event)
    if wanted.place is not None:
        if "place" in wanted.many:
            found.append(or_(_linked(claims, "place", wanted.place), _linked(claims, "place", wanted.place, "event")))
        else:
            placed = heads("place", wanted.place)
            found.append(or_(own.in_(placed), event.in_(placed)))
    unplaced = msgspec.structs.replace(wanted, place=None)
    if unplaced.telling:
        found.append(event.in_(_tellings(unplaced, article_events.c.article, article_events.c.local)))
    if wanted.source is not None:
        found.append(own.in_(_vouched(wanted.source)))
    holds = func.coalesce(claims.c.as_of, articles.c.day)
    return [*found, *_between(holds, holds, f)]


def of_attributions(wanted: Narrowed) -> Conditions:
    """Conditions of `article_attributions` joined with their `articles`; events and figures are those that they vouch for."""
    f, found = wanted.filter, list(_heading(wanted))
    this = tuple_(article_attributions.c.article, article_attributions.c.local)
    if wanted.source is not None:
        found.append(this.in_(heads("source", wanted.source)))
    voucher = select(links.c.article, links.c.tail).where(links.c.role == "voucher")
    head = tuple_(links.c.article, links.c.head)
    if wanted.telling:
        told = _tellings(wanted, article_events.c.article, article_events.c.local)
        found.append(this.in_(voucher.where(head.in_(told))))
    if f.figure is not None:
        counted = select(claims.c.article, claims.c.local).where(claims.c.kind == f.figure)
        found.append(this.in_(voucher.where(head.in_(counted))))
    return [*found, *_between(articles.c.day, articles.c.day, f)]


def of_entities(wanted: Narrowed) -> Conditions:
    """Conditions of `entities`: an article that is asked for names them."""
    found = [entities.c.articles > 0]
    if asked := of_articles(wanted):
        naming = select(article_entities.c.entity).where(
            article_entities.c.entity.is_not(None), article_entities.c.article.in_(select(articles.c.id).where(*asked))
        )
        found.append(entities.c.id.in_(naming))
    return found


def _heading(wanted: Narrowed) -> Iterator[ColumnElement[bool]]:
    f = wanted.filter
    if f.outlet is not None:
        yield articles.c.outlet == f.outlet
    if f.story is not None:
        yield articles.c.story == f.story
    yield from wanted.text


def _lasting(f: Filter, **changes: Any) -> Filter:
    """The filter without its days, which are asked of another column."""
    return msgspec.structs.replace(f, begin=None, end=None, **changes)


def _between(first: ColumnElement[Any], last: ColumnElement[Any], f: Filter) -> Conditions:
    """What lasts from `first` to `last` touches the time asked for; what has no day does not."""
    found: Conditions = []
    if f.begin is not None:
        found.append((last if first is last else func.coalesce(last, first)) >= f.begin)
    if f.end is not None:
        found.append((first if first is last else func.coalesce(first, last)) <= f.end)
    return found


def heads(role: str, ids: Iterable[int], *columns: ColumnElement[Any]) -> Select[Any]:
    """What is linked in a role to one of these entities: article and local id, or the columns of `links` asked for."""
    query = select(*(columns or (links.c.article, links.c.head)))
    whose = (links.c.article == article_entities.c.article) & (links.c.tail == article_entities.c.local)
    query = query.select_from(article_entities.join(links, whose))
    return query.where(links.c.role == role, article_entities.c.entity.in_(list(ids)))


def _vouched(sources: list[int]) -> Select[Any]:
    """Events and figures that these entities vouch for: article and local id."""
    said = heads("source", sources)
    voucher = select(links.c.article, links.c.head).where(links.c.role == "voucher")
    return voucher.where(tuple_(links.c.article, links.c.tail).in_(said))


def _tellings(wanted: Narrowed, *columns: ColumnElement[Any]) -> Select[Any]:
    """Articles' events for which all that is asked of events holds."""
    query = select(*columns)
    if wanted.filter.type is not None:
        query = query.where(article_events.c.type == wanted.filter.type)
    if wanted.filter.status is not None:
        query = query.where(article_events.c.status == wanted.filter.status)
    this = tuple_(article_events.c.article, article_events.c.local)
    for role, ids in _who(wanted):
        query = query.where(_linked(article_events, role, ids) if role in wanted.many else this.in_(heads(role, ids)))
    return query


def _who(wanted: Narrowed) -> list[tuple[str, list[int]]]:
    roles = (("actor", wanted.actor), ("recipient", wanted.recipient), ("place", wanted.place))
    return [(role, ids) for role, ids in roles if ids is not None]


def _linked(own: FromClause, role: str, ids: list[int], local: str = "local") -> ColumnElement[bool]:
    """The condition that a row of an event or a claim is linked in a role to one of these entities, asked row by row."""
    link, entity = links.alias(), article_entities.alias()
    whose = (link.c.article == entity.c.article) & (link.c.tail == entity.c.local)
    query = select(link.c.tail).select_from(link.join(entity, whose))
    query = query.where(link.c.article == own.c.article, link.c.head == own.c[local], link.c.role == role)
    return query.where(entity.c.entity.in_(ids)).exists()
