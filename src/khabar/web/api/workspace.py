"""The workspace over the API: listings with cursors, single things by their ids, search."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Depends, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from khabar.record import EntityType, Record
from khabar.web.answers import answer
from khabar.web.api.describing import gives
from khabar.web.asking import Cursor, Limit, asked, found, reading
from khabar.workspace import ledger, listing, search
from khabar.workspace.policies import Policy
from khabar.workspace.standing import standing
from khabar.workspace.views import (
    ArticleView,
    Claim,
    EventView,
    Filter,
    Hit,
    Named,
    Naming,
    Page,
    Statement,
    StoryPage,
    StoryView,
)

router = APIRouter(prefix="/api", tags=["workspace"])
Narrowed = Annotated[Filter, Depends(asked)]
Id = Annotated[int, Path(ge=0, le=2**31 - 1)]


class ArticleRecord(msgspec.Struct, frozen=True):
    """An article of the workspace and its current record."""

    article: ArticleView
    record: Record


@router.get("/stories", summary="Stories", responses=gives(Page[StoryView]))
def stories(
    request: Request, f: Narrowed, order: Literal["latest", "largest"] = "latest", limit: Limit = 50, cursor: Cursor = None
) -> Response:
    """Stories, those with the latest articles first, or those with most reports."""
    with reading(request) as c:
        return answer(request, listing.stories_page(c, f, order=order, limit=limit, cursor=cursor))


@router.get("/stories/{id}", summary="A story", responses=gives(StoryPage, 404))
def story(request: Request, id: Id) -> Response:
    """A story with its events and articles; of one that was merged into another, that one."""
    with reading(request) as c:
        return answer(request, found(listing.story(c, standing(c, "story", id)), "story"))


@router.get("/stories/{id}/ledger", summary="The ledger of a story", responses=gives(ledger.Account, 404))
def story_ledger(request: Request, id: Id, policy: Policy = "latest") -> Response:
    """Every figure claimed in a story, with source and day; conflicts and updates; and one number by a named policy."""
    with reading(request) as c:
        return answer(request, found(ledger.of_story(c, standing(c, "story", id), policy), "story"))


@router.get("/events/{id}/ledger", summary="The ledger of an event", responses=gives(ledger.Account, 404))
def event_ledger(request: Request, id: Id, policy: Policy = "latest") -> Response:
    """Every figure claimed for an event."""
    with reading(request) as c:
        return answer(request, found(ledger.of_event(c, standing(c, "event", id), policy), "event"))


@router.get("/articles", summary="Articles", responses=gives(Page[ArticleView]))
def articles(request: Request, f: Narrowed, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Articles, the latest first."""
    with reading(request) as c:
        return answer(request, listing.articles_page(c, f, limit=limit, cursor=cursor))


@router.get("/articles/{id}", summary="An article", responses=gives(ArticleRecord, 404))
def article(request: Request, id: Id) -> Response:
    """An article and its record."""
    with reading(request) as c:
        return answer(request, ArticleRecord(*found(listing.article(c, id), "article")))


@router.get("/events", summary="Events", responses=gives(Page[EventView]))
def events(request: Request, f: Narrowed, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Events with their reports, the latest first."""
    with reading(request) as c:
        return answer(request, listing.events_page(c, f, limit=limit, cursor=cursor))


@router.get("/events/{id}", summary="An event", responses=gives(EventView, 404))
def event(request: Request, id: Id) -> Response:
    """An event with its reports and the figures claimed for it; of one that was merged into another, that one."""
    with reading(request) as c:
        return answer(request, found(listing.event(c, standing(c, "event", id)), "event"))


@router.get("/figures", summary="Figures", responses=gives(Page[Claim]))
def figures(request: Request, f: Narrowed, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Figures as articles claim them, the latest article first."""
    with reading(request) as c:
        return answer(request, listing.claims_page(c, f, limit=limit, cursor=cursor))


@router.get("/entities", summary="Entities", responses=gives(Page[Named]))
def entities(request: Request, f: Narrowed, kind: EntityType | None = None, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Entities of one kind or all, those that most articles name first."""
    with reading(request) as c:
        return answer(request, listing.entities_page(c, f, type=kind, limit=limit, cursor=cursor))


@router.get("/entities/{id}", summary="An entity", responses=gives(Named, 404))
def entity(request: Request, id: Id) -> Response:
    """An entity; of one that was merged into another, that one."""
    with reading(request) as c:
        return answer(request, found(listing.entity(c, standing(c, "entity", id)), "entity"))


@router.get("/entities/{id}/namings", summary="How articles name an entity", responses=gives(Page[Naming]))
def namings(request: Request, f: Narrowed, id: Id, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """How articles name an entity, the latest article first."""
    with reading(request) as c:
        return answer(request, listing.namings_page(c, standing(c, "entity", id), f, limit=limit, cursor=cursor))


@router.get("/attributions", summary="Who says what", responses=gives(Page[Statement]))
def statements(request: Request, f: Narrowed, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """What articles say that somebody said, the latest article first."""
    with reading(request) as c:
        return answer(request, listing.statements_page(c, f, limit=limit, cursor=cursor))


@router.get("/search", summary="Search", responses=gives(Page[Hit]))
def searched(
    request: Request,
    f: Narrowed,
    q: Annotated[str, Query(max_length=500, description="Words, in Arabic or Latin letters.")] = "",
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Response:
    """Articles that have the words, the best first, with the words in their text."""
    with reading(request) as c:
        return answer(request, search.search(c, q, f, limit=limit, cursor=cursor))
