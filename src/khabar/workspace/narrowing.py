"""What a listing is narrowed to, as conditions of SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import asin, cos, pi, radians, sin, sqrt
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, FromClause, Select, Text, func, literal_column, or_, select, tuple_

from khabar.workspace.among import one_of
from khabar.workspace.matching import articles_with, ids_called
from khabar.workspace.paging import LARGEST
from khabar.workspace.standing import standing
from khabar.workspace.tables import (
    article_attributions,
    article_entities,
    article_events,
    articles,
    claims,
    entities,
    events,
    links,
    parties,
    stories,
)
from khabar.workspace.views import Filter

EARTH = 6371.0
"""Kilometres"""
MANY = 1000
"""Articles."""
NO_DAY: ColumnElement[str] = literal_column("''", Text())
"""What has no day stands last. Written out, since an index of this expression is used for nothing else."""

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
    def walked(self) -> bool:
        """Whether what is asked of events may hold for so many articles that rows are better asked one by one, in their order,
        until a part is full."""
        return self.telling and not self.rare and not self.text

    @property
    def leading(self) -> tuple[str, int] | None:
        """A role that one entity alone may have: its events are read in their order."""
        return next(((role, ids[0]) for role, ids in _who(self) if len(ids) == 1), None)

    @property
    def telling(self) -> bool:
        """Whether it asks anything of events."""
        asked = (self.filter.type, self.filter.status, self.actor, self.recipient, self.place)
        return any(value is not None for value in asked)


def narrow(connection: Connection, wanted: Filter) -> Narrowed:
    """Resolve the names and distances of a filter."""
    safe = Filter(**{k: _storable(v) for k, v in msgspec.structs.asdict(wanted).items()})
    if safe.story is not None:
        safe = msgspec.structs.replace(safe, story=standing(connection, "story", safe.story))
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
    found = [standing(connection, "entity", who)] if isinstance(who, int) else ids_called(connection, who)
    if not within or not found:
        return found
    countries = select(entities.c.country).where(one_of(entities.c.id, found), entities.c.type == "country")
    inside = select(entities.c.id).where(entities.c.type.in_(("place", "country")), entities.c.country.in_(countries))
    return sorted({*found, *connection.execute(inside).scalars()})


def _articles(connection: Connection, ids: list[int]) -> int:
    """How many articles name these entities, counted once for each that is named."""
    query = select(func.coalesce(func.sum(entities.c.articles), 0)).where(one_of(entities.c.id, ids))
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
    return [*found, *_published(f)]


def of_stories(wanted: Narrowed) -> Conditions:
    """Conditions of `stories`: they hold an article that is asked for, and days of theirs lie in the time asked for."""
    asked = of_articles(msgspec.structs.replace(wanted, filter=_lasting(wanted.filter, story=None)))
    found = [stories.c.reports > 0, *_between(stories.c.begin, stories.c.end, wanted.filter)]
    if wanted.filter.story is not None:
        found.append(stories.c.id == wanted.filter.story)
    if asked and wanted.walked:
        inside = select(articles.c.id).where(articles.c.story == stories.c.id, *asked)
        found.append(inside.correlate(stories).exists())
    elif asked:
        found.append(stories.c.id.in_(select(articles.c.story).where(articles.c.story.is_not(None), *asked)))
    return found


def of_events(wanted: Narrowed, but: str | None = None) -> Conditions:
    """Conditions of `events`: each may hold by the words of another report. The role `but` is asked elsewhere."""
    f = wanted.filter
    found = [events.c.reports > 0, *_between(events.c.begin, events.c.end, f)]
    if f.end is not None:  # what the last condition says already, in words that an index knows
        found.append(func.coalesce(events.c.begin, NO_DAY) <= f.end)
    for column, value in ((events.c.type, f.type), (events.c.status, f.status), (events.c.story, f.story)):
        if value is not None:
            found.append(column == value)
    for role, ids in _who(wanted):
        if role == but:
            continue
        part = select(parties.c.event).where(parties.c.role == role)
        if role in wanted.many:
            this = part.where(parties.c.event == events.c.id, _among(parties.c.entity, ids))
            found.append(this.correlate(events).exists())
        else:
            found.append(events.c.id.in_(part.where(one_of(parties.c.entity, ids))))
    told = select(article_events.c.event).where(article_events.c.event.is_not(None))
    if wanted.source is not None:
        said, voucher = links.alias("said"), links.alias("voucher")
        own = (article_events.c.article == voucher.c.article) & (article_events.c.local == voucher.c.head)
        same = (voucher.c.article == said.c.article) & (voucher.c.tail == said.c.head) & (voucher.c.role == "voucher")
        vouched = told.select_from(said.join(voucher, same).join(article_events, own))
        found.append(events.c.id.in_(vouched.where(said.c.role == "source", one_of(said.c.entity, wanted.source))))
    if f.figure is not None:
        own = (article_events.c.article == claims.c.article) & (article_events.c.local == claims.c.event)
        counted = told.select_from(claims.join(article_events, own)).where(claims.c.kind == f.figure)
        found.append(events.c.id.in_(counted))
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
    if unplaced.walked:
        told = article_events.alias("told")
        this = (told.c.article == claims.c.article) & (told.c.local == claims.c.event)
        found.append(_asked(unplaced, told, told.c.local).where(this).correlate(claims).exists())
    elif unplaced.telling:
        found.append(event.in_(_tellings(unplaced, article_events.c.article, article_events.c.local)))
    if wanted.source is not None:
        found.append(own.in_(_vouched(wanted.source)))
    holds = func.coalesce(claims.c.as_of, articles.c.day)
    return [*found, *_between(holds, holds, f)]


def of_attributions(wanted: Narrowed) -> Conditions:
    """Conditions of `article_attributions` joined with their `articles`; events and figures are those that they vouch for."""
    f, found = wanted.filter, list(_heading(wanted))
    own = article_attributions.c
    this = tuple_(own.article, own.local)
    if wanted.source is not None:
        found.append(this.in_(heads("source", wanted.source)))
    voucher = select(links.c.article, links.c.tail).where(links.c.role == "voucher")
    head = tuple_(links.c.article, links.c.head)
    if wanted.walked:
        vouching, told = links.alias("vouching"), article_events.alias("told")
        here = (vouching.c.article == own.article) & (vouching.c.tail == own.local) & (vouching.c.role == "voucher")
        of = (told.c.article == vouching.c.article) & (told.c.local == vouching.c.head)
        vouched = _asked(wanted, told, told.c.local).select_from(vouching.join(told, of)).where(here)
        found.append(vouched.correlate(article_attributions).exists())
    elif wanted.telling:
        told_here = _tellings(wanted, article_events.c.article, article_events.c.local)
        found.append(this.in_(voucher.where(head.in_(told_here))))
    if f.figure is not None:
        counted = select(claims.c.article, claims.c.local).where(claims.c.kind == f.figure)
        found.append(this.in_(voucher.where(head.in_(counted))))
    return [*found, *_published(f)]


def of_entities(wanted: Narrowed, walked: bool = False) -> Conditions:
    """Conditions of `entities`: an article that is asked for names them. With `walked`, they are asked one by one."""
    found = [entities.c.articles > 0]
    f, own = wanted.filter, article_entities.c
    # the articles of those who take part are gathered, however many they are, since each is asked for again and again
    gathered = msgspec.structs.replace(wanted, filter=_lasting(f), many=frozenset())
    asked = of_articles(gathered)
    days: Conditions = []
    if f.begin is not None:
        days.append(own.day >= f.begin)
    if f.end is not None:
        days += [own.day <= f.end, own.day != ""]
    if walked and (asked or days):
        naming = select(own.article).where(own.entity == entities.c.id, *days)
        if asked and _who(wanted):
            naming = naming.where(own.article.in_(select(articles.c.id).where(*asked)))
        elif asked:
            naming = naming.join(articles, articles.c.id == own.article).where(*asked)
        found.append(naming.correlate(entities).exists())
    elif asked or days:
        inside = select(articles.c.id).where(*asked, *_published(f))
        found.append(entities.c.id.in_(select(own.entity).where(own.entity.is_not(None), own.article.in_(inside))))
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


def _published(f: Filter) -> Conditions:
    """Conditions that articles are of the time asked for, in the words of the index by which they are listed."""
    day, found = func.coalesce(articles.c.day, NO_DAY), []
    if f.begin is not None:
        found.append(day >= f.begin)
    if f.end is not None:
        found += [day <= f.end, articles.c.day.is_not(None)]
    return found


def heads(role: str, ids: Iterable[int], *columns: ColumnElement[Any]) -> Select[Any]:
    """What is linked in a role to one of these entities: article and local id, or the columns of `links` asked for."""
    query = select(*(columns or (links.c.article, links.c.head)))
    return query.where(links.c.role == role, one_of(links.c.entity, ids))


def _vouched(sources: list[int]) -> Select[Any]:
    """Events and figures that these entities vouch for: article and local id."""
    said = heads("source", sources)
    voucher = select(links.c.article, links.c.head).where(links.c.role == "voucher")
    return voucher.where(tuple_(links.c.article, links.c.tail).in_(said))


def _tellings(wanted: Narrowed, *columns: ColumnElement[Any]) -> Select[Any]:
    """Articles' events for which all that is asked of events holds."""
    return _asked(wanted, article_events, *columns)


def _asked(wanted: Narrowed, told: FromClause, *columns: ColumnElement[Any]) -> Select[Any]:
    """The same of `article_events` under another name."""
    query = select(*columns)
    if wanted.filter.type is not None:
        query = query.where(told.c.type == wanted.filter.type)
    if wanted.filter.status is not None:
        query = query.where(told.c.status == wanted.filter.status)
    this = tuple_(told.c.article, told.c.local)
    for role, ids in _who(wanted):
        query = query.where(_linked(told, role, ids) if role in wanted.many else this.in_(heads(role, ids)))
    return query


def _who(wanted: Narrowed) -> list[tuple[str, list[int]]]:
    roles = (("actor", wanted.actor), ("recipient", wanted.recipient), ("place", wanted.place))
    return [(role, ids) for role, ids in roles if ids is not None]


def _linked(own: FromClause, role: str, ids: list[int], local: str = "local") -> ColumnElement[bool]:
    """The condition that a row of an event or a claim is linked in a role to one of these entities, asked row by row."""
    link = links.alias()
    query = select(link.c.tail).where(link.c.article == own.c.article, link.c.head == own.c[local], link.c.role == role)
    return query.where(_among(link.c.entity, ids)).exists()


def _among(entity: ColumnElement[int], ids: list[int]) -> ColumnElement[bool]:
    """The condition that an entity is one of these, asked of rows that are found otherwise: SQLite, which would go through an
    index with each of a thousand ids, cannot look a sum up."""
    return entity == ids[0] if len(ids) == 1 else one_of(entity + 0, ids)
