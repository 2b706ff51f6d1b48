"""Events, figures, people and organisations, places, search, articles: tables whose rows open their evidence."""

from __future__ import annotations

from typing import Annotated, get_args

from fastapi import APIRouter, Path, Query
from sqlalchemy import Connection, func, select
from starlette.requests import Request
from starlette.responses import Response

from khabar.record import EntityType
from khabar.web.accounts import accounts
from khabar.web.answers import Refused
from khabar.web.asking import filter_of, found, moved, reading
from khabar.web.pages.listed import following, points, policy_of
from khabar.web.rendering import page
from khabar.web.sheet import Sheet
from khabar.workspace import ledger, listing, search
from khabar.workspace import places as places_of
from khabar.workspace.tables import articles, entities, name_words
from khabar.workspace.views import Filter, Named

router = APIRouter()
Id = Annotated[int, Path(ge=0, le=2**31 - 1)]
KINDS = get_args(EntityType)


@router.get("/events")
def event_table(request: Request) -> Response:
    """Events."""
    f = filter_of(request.query_params)
    with reading(request) as c:
        part = listing.events_page(c, f, limit=40, cursor=request.query_params.get("cursor"))
    return page(request, "events.html", rows=part.items, f=f, next=following(request, part.next))


@router.get("/events/{id}")
def event(request: Request, id: Id) -> Response:
    """An event with each article's telling of it."""
    with reading(request) as c:
        if gone := moved(request, c, "event", id):
            return gone
        told = found(listing.event(c, id), "event")
        account = found(ledger.of_event(c, id, policy_of(request)), "event")
    return page(
        request,
        "event.html",
        v=told,
        ledgers=accounts(account),
        policy=account.policy,
        points=points((p, 1) for p in told.places),
    )


@router.get("/figures")
def figure_table(request: Request) -> Response:
    """Figures."""
    f = filter_of(request.query_params)
    with reading(request) as c:
        part = listing.claims_page(c, f, limit=40, cursor=request.query_params.get("cursor"))
    return page(request, "figures.html", rows=part.items, f=f, next=following(request, part.next))


@router.get("/entities")
def entity_table(request: Request) -> Response:
    """People and organisations, and whatever else has a name."""
    f, kind = filter_of(request.query_params), request.query_params.get("kind") or None
    if kind is not None and kind not in KINDS:
        raise Refused(422, f"kind is one of {', '.join(KINDS)}")
    with reading(request) as c:
        part = listing.entities_page(c, f, type=kind, limit=60, cursor=request.query_params.get("cursor"))  # type: ignore[arg-type]
    return page(request, "entities.html", rows=part.items, f=f, kind=kind or "", kinds=KINDS, next=following(request, part.next))


@router.get("/entities/{id}")
def entity(request: Request, id: Id) -> Response:
    """An entity: how articles name it, what it does, and with whom it may be merged."""
    with reading(request) as c:
        if gone := moved(request, c, "entity", id):
            return gone
        named = found(listing.entity(c, id), "entity")
        namings = listing.namings_page(c, id, limit=40).items
        acts = listing.events_page(c, Filter(actor=id), limit=15).items
        suffered = listing.events_page(c, Filter(recipient=id), limit=15).items
        alike = _alike(c, named)
    return page(
        request, "entity.html", e=named, namings=namings, acts=acts, suffered=suffered, alike=alike, points=points([(named, 1)])
    )


def _alike(connection: Connection, named: Named) -> list[Named]:
    """Entities of the same type that share most words of their names with this one."""
    own, other = name_words.alias("own"), name_words.alias("other")
    query = (
        select(other.c.entity)
        .join(own, own.c.word == other.c.word)
        .join(entities, entities.c.id == other.c.entity)
        .where(own.c.entity == named.id, entities.c.type == named.type, entities.c.id != named.id, entities.c.articles > 0)
        .group_by(other.c.entity, entities.c.articles)
        .order_by(func.count().desc(), entities.c.articles.desc(), other.c.entity)
        .limit(8)
    )
    ids = connection.execute(query).scalars().all()
    return listing.entities_of(connection, ids)


@router.get("/places")
def places(request: Request) -> Response:
    """The places where things happened, on a map and as a table."""
    f = filter_of(request.query_params)
    with reading(request) as c:
        rows = [(p.place, p.events) for p in places_of.happened(c, f)]
    return page(request, "places.html", rows=rows, points=points(rows), f=f)


@router.get("/search")
def searching(request: Request, q: Annotated[str, Query(max_length=500)] = "") -> Response:
    """Search."""
    f = filter_of(request.query_params)
    hits, next_ = [], None
    if q.strip():
        with reading(request) as c:
            part = search.search(c, q, f, cursor=request.query_params.get("cursor"))
        hits, next_ = part.items, part.next
    return page(request, "search.html", q=q, hits=hits, f=f, next=following(request, next_))


@router.get("/articles/{id}")
def article(request: Request, id: Id, at: Annotated[str | None, Query(pattern=r"^\d{1,9}-\d{1,9}$")] = None) -> Response:
    """An article's record beside its text; `at` marks a span."""
    with reading(request) as c:
        view, record = found(listing.article(c, id), "article")
        copies = c.execute(select(func.count()).select_from(articles).where(articles.c.original == id)).scalar_one()
    span = None
    if at:
        start, stop = (int(n) for n in at.split("-"))
        span = (start, stop) if start < stop <= len(record.text) else None
    return page(request, "article.html", a=view, sheet=Sheet(record, span), copies=copies)
