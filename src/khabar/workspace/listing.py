"""What a workspace holds, part by part: articles, stories, events, figures, entities, places, and who says what.

Each function takes a connection, what to narrow to, how many rows (`limit`) and the `cursor` that the part before gave. A part
is a few statements however many rows it has. Copies are listed like other articles, but nothing is counted for them. Each
raises `BadCursor` where the cursor is not one of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from khabar.record import EntityType, Record
from khabar.workspace.among import among, listed
from khabar.workspace.loading import (
    ARTICLE,
    ENTITY,
    Local,
    article_of,
    entities_by,
    followed,
    linked,
    named_of,
    said_of,
    ties,
    vouchers,
)
from khabar.workspace.narrowing import (
    NO_DAY,
    Narrowed,
    narrow,
    of_articles,
    of_attributions,
    of_claims,
    of_entities,
    of_events,
    of_stories,
)
from khabar.workspace.paging import LARGEST, LIMIT, MOST, Key, fetch
from khabar.workspace.preparing import unpacked
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
    revisions,
    stories,
)
from khabar.workspace.views import (
    ArticleView,
    Claim,
    EventView,
    Evidence,
    Filter,
    Named,
    Naming,
    Page,
    Report,
    Statement,
    StoryPage,
    StoryView,
)

ALL = Filter()
MANY = 300
"""Articles."""
PLACES = 5
"""Places that are shown of a story, those of most articles first."""

Order = Literal["latest", "largest"]


def articles_page(connection: Connection, f: Filter = ALL, *, limit: int = LIMIT, cursor: str | None = None) -> Page[ArticleView]:
    """Articles, the latest first."""
    query = select(*ARTICLE).where(*of_articles(narrow(connection, f)))
    rows, following = fetch(connection, query, _latest_articles(), limit, cursor)
    return Page([article_of(row) for row in rows], following)


def article(connection: Connection, id: int) -> tuple[ArticleView, Record] | None:
    """An article and its record; None where there is none with this id."""
    if not 0 <= id <= LARGEST:
        return None
    current = (revisions.c.article == articles.c.id) & (revisions.c.number == articles.c.revision)
    query = select(*ARTICLE, revisions.c.record).join(revisions, current).where(articles.c.id == id)
    row = connection.execute(query).one_or_none()
    return (article_of(row), unpacked(row.record)) if row else None


def stories_page(
    connection: Connection, f: Filter = ALL, *, order: Order = "latest", limit: int = LIMIT, cursor: str | None = None
) -> Page[StoryView]:
    """Stories, those with the latest articles first, or those with most reports."""
    query = select(stories).where(*of_stories(narrow(connection, f)))
    first = Key(func.coalesce(stories.c.end, NO_DAY)) if order == "latest" else Key(stories.c.reports)
    rows, following = fetch(connection, query, [first, Key(stories.c.id)], limit, cursor)
    return Page(_stories(connection, rows), following)


def story(connection: Connection, id: int) -> StoryPage | None:
    """A story with its events and articles, at most the first 1,000 of each; None where there is none with this id."""
    if not 0 <= id <= LARGEST:
        return None
    row = connection.execute(select(stories).where(stories.c.id == id)).one_or_none()
    if row is None:
        return None
    day = func.coalesce(events.c.begin, NO_DAY)
    told = select(events).where(events.c.story == id, events.c.reports > 0).order_by(day, events.c.id).limit(MOST)
    inside = select(*ARTICLE).where(articles.c.story == id)
    inside = inside.order_by(func.coalesce(articles.c.day, NO_DAY), articles.c.id).limit(MOST)
    return StoryPage(
        story=_stories(connection, [row])[0],
        events=_events(connection, connection.execute(told).all()),
        articles=[article_of(row) for row in connection.execute(inside)],
    )


def events_page(
    connection: Connection, f: Filter = ALL, *, limit: int = LIMIT, cursor: str | None = None, figures: bool = False
) -> Page[EventView]:
    """Events with their reports, the latest first; with the figures claimed for them where they are asked for."""
    wanted = narrow(connection, f)
    if wanted.leading is None:
        query = select(events).where(*of_events(wanted))
        keys = [Key(func.coalesce(events.c.begin, NO_DAY)), Key(events.c.id)]
    else:  # the rows of one entity stand in the order of the list
        role, id = wanted.leading
        query = select(events).join(parties, parties.c.event == events.c.id).where(*of_events(wanted, but=role))
        query = query.where(parties.c.role == role, parties.c.entity == id)
        if f.end is not None:
            query = query.where(parties.c.begin <= f.end)
        keys = [Key(parties.c.begin), Key(parties.c.event)]
    rows, following = fetch(connection, query, keys, limit, cursor)
    return Page(_events(connection, rows, figures), following)


def event(connection: Connection, id: int) -> EventView | None:
    """An event with its reports and the figures claimed for it; None where there is none with this id."""
    if not 0 <= id <= LARGEST:
        return None
    row = connection.execute(select(events).where(events.c.id == id)).one_or_none()
    return _events(connection, [row], figures=True)[0] if row else None


def events_of(connection: Connection, ids: Sequence[int]) -> list[EventView]:
    """Events in the order of their ids here, with their reports and figures; those that are not there are left out."""
    rows = {row.id: row for row in connection.execute(select(events).where(events.c.id.in_(ids)))}
    return _events(connection, [rows[id] for id in ids if id in rows], figures=True)


def entities_of(connection: Connection, ids: Sequence[int]) -> list[Named]:
    """Entities in the order of their ids here; those that are not there are left out."""
    known = entities_by(connection, ids)
    return [known[id] for id in ids if id in known]


def claims_page(connection: Connection, f: Filter = ALL, *, limit: int = LIMIT, cursor: str | None = None) -> Page[Claim]:
    """Figures as articles claim them, the latest article first."""
    wanted = narrow(connection, f)
    query = _claiming(walked=not wanted.rare).where(*of_claims(wanted))
    keys = [*_latest_articles(), Key(claims.c.start, down=False), Key(claims.c.local, down=False)]
    rows, following = fetch(connection, query, keys, limit, cursor)
    return Page(_claims(connection, rows), following)


def entities_page(
    connection: Connection, f: Filter = ALL, *, type: EntityType | None = None, limit: int = LIMIT, cursor: str | None = None
) -> Page[Named]:
    """Entities, those that most articles name first. The filter is one of articles that name them."""
    wanted = narrow(connection, f)
    query = select(*ENTITY).where(*of_entities(wanted, walked=_many(connection, wanted)))
    if type is not None:
        query = query.where(entities.c.type == type)
    rows, following = fetch(connection, query, [Key(entities.c.articles), Key(entities.c.id)], limit, cursor)
    return Page([named_of(row) for row in rows], following)


def _many(connection: Connection, wanted: Narrowed) -> bool:
    """Whether so many articles are asked for that the entities they name are better asked one by one than gathered."""
    if wanted.rare or wanted.many:
        return not wanted.rare
    some = select(articles.c.id).where(*of_articles(wanted)).limit(MANY)
    return connection.execute(select(func.count()).select_from(some.subquery())).scalar_one() == MANY


def entity(connection: Connection, id: int) -> Named | None:
    """An entity; None where there is none with this id."""
    if not 0 <= id <= LARGEST:
        return None
    row = connection.execute(select(*ENTITY).where(entities.c.id == id)).one_or_none()
    return named_of(row) if row else None


def namings_page(
    connection: Connection, entity: int, f: Filter = ALL, *, limit: int = LIMIT, cursor: str | None = None
) -> Page[Naming]:
    """How articles name an entity, the latest article first."""
    own = article_entities.c
    query = select(*ARTICLE, own.local, own.type.label("kind"), own.name, own.name_en)
    query = query.join(article_entities, own.article == articles.c.id).where(own.entity == min(entity, LARGEST))
    query = query.where(*of_articles(narrow(connection, f)))
    rows, following = fetch(connection, query, [*_latest_articles(), Key(own.local, down=False)], limit, cursor)
    found = [Naming(article=article_of(row), local=row.local, type=row.kind, name=row.name, name_en=row.name_en) for row in rows]
    return Page(found, following)


def statements_page(connection: Connection, f: Filter = ALL, *, limit: int = LIMIT, cursor: str | None = None) -> Page[Statement]:
    """Who says what, the latest article first."""
    a = article_attributions.c
    query = select(*ARTICLE, a.article, a.local, a.channel, a.cue, a.start, a.stop, a.quote)
    wanted = narrow(connection, f)
    query = query.join(article_attributions, _of_article(a.article, walked=not wanted.rare)).where(*of_attributions(wanted))
    keys = [*_latest_articles(), Key(a.start, down=False), Key(a.local, down=False)]
    rows, following = fetch(connection, query, keys, limit, cursor)
    who = linked(connection, [(row.article, row.local) for row in rows], ("source", "via"))
    said = [said_of(row, who.get((row.article, row.local), {})) for row in rows]
    found = [Statement(article=article_of(row), local=row.local, cue=row.cue, said=s) for row, s in zip(rows, said, strict=True)]
    return Page(found, following)


def _latest_articles() -> list[Key]:
    return [Key(func.coalesce(articles.c.day, NO_DAY)), Key(articles.c.id)]


def _stories(connection: Connection, rows: Sequence[Row[Any]]) -> list[StoryView]:
    ids = [row.id for row in rows]
    if not ids:
        return []
    outlets: dict[int, Counter[str]] = {id: Counter() for id in ids}
    days: dict[int, Counter[str]] = {id: Counter() for id in ids}
    for row in connection.execute(_counted(), {"stories": listed(ids)}).all():
        if row.outlet is not None:
            outlets[row.story][row.outlet] += row.all
        if row.day is not None and row.reports:
            days[row.story][row.day] += row.reports
    places = _places_of_stories(connection, ids)
    return [
        StoryView(
            id=row.id,
            title=row.title,
            begin=row.begin,
            end=row.end,
            articles=row.articles,
            reports=row.reports,
            outlets=sorted(outlets[row.id], key=lambda name: (-outlets[row.id][name], name)),
            places=places.get(row.id, []),
            days=dict(sorted(days[row.id].items())),
        )
        for row in rows
    ]


@cache
def _counted() -> Select[Any]:
    """Articles and reports of stories by outlet and day."""
    heading = (articles.c.story, articles.c.outlet, articles.c.day)
    query = select(*heading, func.count().label("all"), (func.count() - func.count(articles.c.original)).label("reports"))
    return query.where(among(articles.c.story, "stories")).group_by(*heading)


@cache
def _placed() -> Select[Any]:
    """How many reports of stories name a place as one where something happened."""
    query = select(articles.c.story, links.c.entity, func.count(articles.c.id.distinct()).label("n"))
    query = query.join(links, (links.c.article == articles.c.id) & (links.c.role == "place") & links.c.entity.is_not(None))
    # no copies; said so that SQLite does not look up all articles that are none
    query = query.where(among(articles.c.story, "stories"), func.coalesce(articles.c.original, 0) == 0)
    return query.group_by(articles.c.story, links.c.entity)


def _places_of_stories(connection: Connection, ids: list[int]) -> dict[int, list[Named]]:
    """The places of most articles of each story."""
    most: dict[int, list[tuple[int, int]]] = {}
    for row in connection.execute(_placed(), {"stories": listed(ids)}).all():
        most.setdefault(row.story, []).append((-row.n, row.entity))
    shown = {id: [entity for _, entity in sorted(found)[:PLACES]] for id, found in most.items()}
    known = entities_by(connection, {entity for found in shown.values() for entity in found})
    return {id: [known[entity] for entity in found] for id, found in shown.items()}


def _events(connection: Connection, rows: Sequence[Row[Any]], figures: bool = False) -> list[EventView]:
    ids = [row.id for row in rows]
    if not ids:
        return []
    by: dict[int, list[Row[Any]]] = {}
    known: dict[int, ArticleView] = {}
    tellings = connection.execute(_tellings(), {"events": listed(ids)}).all()
    for told in tellings:
        by.setdefault(told.event, []).append(told)
        if told.article not in known:
            known[told.article] = article_of(told)
    said = vouchers(connection, [(told.article, told.local) for told in tellings])
    roles = _participants(connection, ids)
    counted = _claims_of(connection, ids) if figures else {}
    return [
        EventView(
            id=row.id,
            type=row.type,
            mode=row.mode,
            cameo=row.cameo,
            begin=row.begin,
            end=row.end,
            status=row.status,
            gloss=row.gloss,
            actors=roles.get((row.id, "actor"), []),
            recipients=roles.get((row.id, "recipient"), []),
            places=roles.get((row.id, "place"), []),
            story=row.story,
            reports=[_report(t, known[t.article], said.get((t.article, t.local), [])) for t in by.get(row.id, [])],
            claims=counted.get(row.id, []),
        )
        for row in rows
    ]


@cache
def _tellings() -> Select[Any]:
    """Tellings of events with their articles, the first first."""
    told = article_events.c
    columns = (
        told.article, told.local, told.event, told.gloss, told.status, told.begin, told.end, told.confidence, told.start,
        told.stop, told.quote,
    )  # fmt: skip
    query = select(*ARTICLE, *columns).join(articles, articles.c.id == told.article).where(among(told.event, "events"))
    return query.order_by(func.coalesce(articles.c.day, NO_DAY), told.article, told.start)


def _report(t: Row[Any], of: ArticleView, said: list[Any]) -> Report:
    words = Evidence(article=t.article, start=t.start, stop=t.stop, quote=t.quote)
    return Report(
        article=of, local=t.local, gloss=t.gloss, status=t.status, begin=t.begin, end=t.end, confidence=t.confidence,
        evidence=words, said=said,
    )  # fmt: skip


@cache
def _participating() -> Select[Any]:
    """Links of events to who takes part in them, with the event of the workspace."""
    told = article_events.c
    query = ties().add_columns(told.event)
    query = query.join(article_events, (told.article == links.c.article) & (told.local == links.c.head))
    return query.where(among(told.event, "events"), links.c.role.in_(("actor", "recipient", "place")))


def _participants(connection: Connection, ids: list[int]) -> dict[tuple[int, str], list[Named]]:
    """Who takes part in events, by event and role: those whom most reports name first."""
    counts: dict[tuple[int, str], Counter[object]] = {}
    known: dict[object, Named] = {}
    for row, entity in followed(connection, connection.execute(_participating(), {"events": listed(ids)}).all()):
        name: object = entity.id if entity.id is not None else (entity.type, entity.name)
        known.setdefault(name, entity)
        counts.setdefault((row.event, row.role), Counter())[name] += 1
    return {key: [known[name] for name, _ in found.most_common()] for key, found in counts.items()}


def _of_article(article: ColumnElement[int], walked: bool) -> ColumnElement[bool]:
    """The condition that a row is an article's. With `walked`, SQLite goes through the articles by their index, the latest first,
    and stops when a part is full: it cannot look the articles up by a sum."""
    return article == (articles.c.id + 0 if walked else articles.c.id)


@cache
def _claiming(walked: bool = False) -> Any:
    """Figures with their article and the event of the workspace."""
    told = article_events.c
    this = (told.article == claims.c.article) & (told.local == claims.c.event)
    columns = [c for c in claims.c if c.name != "event"]
    query = select(*ARTICLE, *columns, told.event.label("joined"), told.begin)
    return query.select_from(articles.join(claims, _of_article(claims.c.article, walked)).outerjoin(article_events, this))


def _claims_of(connection: Connection, ids: list[int]) -> dict[int, list[Claim]]:
    day = func.coalesce(claims.c.as_of, articles.c.day, NO_DAY)
    query = _claiming().where(article_events.c.event.in_(ids)).order_by(day, claims.c.article, claims.c.start)
    found: dict[int, list[Claim]] = {}
    for claim in _claims(connection, connection.execute(query).all()):
        found.setdefault(claim.event or 0, []).append(claim)
    return found


def _claims(connection: Connection, rows: Sequence[Row[Any]]) -> list[Claim]:
    heads: list[Local] = [(row.article, row.local) for row in rows]
    places, said = linked(connection, heads, ("place",)), vouchers(connection, heads)
    found = []
    for row, head in zip(rows, heads, strict=True):
        of = article_of(row)
        found.append(
            Claim(
                article=of, local=row.local, kind=row.kind, low=row.low, best=row.best, high=row.high, as_of=row.as_of,
                reported=of.day, places=places.get(head, {}).get("place", []), said=said.get(head, []),
                evidence=Evidence(article=row.article, start=row.start, stop=row.stop, quote=row.quote),
                event=row.joined, story=of.story, happened=row.begin, part=row.part, mark=row.mark,
            )
        )  # fmt: skip
    return found


__all__ = [
    "article",
    "articles_page",
    "claims_page",
    "entities_of",
    "entities_page",
    "entity",
    "event",
    "events_of",
    "events_page",
    "namings_page",
    "statements_page",
    "stories_page",
    "story",
]
