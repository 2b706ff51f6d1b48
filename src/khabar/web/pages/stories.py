"""Stories, and one story."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Path
from sqlalchemy import Connection, select
from starlette.requests import Request
from starlette.responses import Response

from khabar.web import access
from khabar.web.accounts import accounts
from khabar.web.asking import filter_of, found, moved, reading
from khabar.web.drawing.claims import chart
from khabar.web.drawing.network import network
from khabar.web.drawing.sparkline import sparkline
from khabar.web.language import Language
from khabar.web.pages.listed import following, points, policy_of
from khabar.web.rendering import page
from khabar.workspace import ledger, listing
from khabar.workspace.tables import articles, claims
from khabar.workspace.views import EventView, Filter, Named, Statement

router = APIRouter()
Id = Annotated[int, Path(ge=0, le=2**31 - 1)]


class Toll(msgspec.Struct, frozen=True):
    """The latest claim of a kind in a story."""

    kind: str
    low: int | None
    best: int | None
    high: int | None


@router.get("/stories")
def stories(request: Request) -> Response:
    """The list."""
    f = filter_of(request.query_params)
    order = "largest" if request.query_params.get("order") == "largest" else "latest"
    language = access.spoken(request)
    with reading(request) as c:
        part = listing.stories_page(c, f, order=order, limit=30, cursor=request.query_params.get("cursor"))  # type: ignore[arg-type]
        tolls = _tolls(c, [s.id for s in part.items])
    rows = [(s, _spark(s.days, language), tolls.get(s.id, [])) for s in part.items]
    return page(request, "stories.html", rows=rows, f=f, order=order, next=following(request, part.next))


def _spark(days: dict[str, int], language: Language) -> str:
    n = sum(days.values())
    label = language.count("%(n)s report", "%(n)s reports", n)
    return sparkline(days, label, language.right_to_left)


def _tolls(connection: Connection, ids: list[int]) -> dict[int, list[Toll]]:
    """The latest claims of killed and injured of each story, by the day that they hold for."""
    if not ids:
        return {}
    c = claims.c
    query = select(articles.c.story, c.kind, c.low, c.best, c.high, c.as_of, articles.c.day).join(
        articles, articles.c.id == c.article
    )
    query = query.where(articles.c.story.in_(ids), c.kind.in_(("killed", "injured")), articles.c.original.is_(None))
    last: dict[tuple[int, str], tuple[tuple[str, int], Toll]] = {}
    for row in connection.execute(query):
        key = (row.as_of or row.day or "", row.best or row.low or row.high or 0)
        if (row.story, row.kind) not in last or last[row.story, row.kind][0] < key:
            last[row.story, row.kind] = (key, Toll(row.kind, row.low, row.best, row.high))
    found: dict[int, list[Toll]] = {}
    for (story, _), (_, toll) in sorted(last.items(), key=lambda item: item[0][1] != "killed"):
        found.setdefault(story, []).append(toll)
    return found


@router.get("/stories/{id}")
def story(request: Request, id: Id) -> Response:
    """One story: timeline, ledger, map, network, articles, who quoted whom."""
    language, policy = access.spoken(request), policy_of(request)
    with reading(request) as c:
        if gone := moved(request, c, "story", id):
            return gone
        told = found(listing.story(c, id), "story")
        account = found(ledger.of_story(c, id, policy), "story")
        statements = listing.statements_page(c, Filter(story=id), limit=400).items
    ledgers = accounts(account)
    drawn = {a.kind: chart(a.marks(language), a.pairs, language.text("Claims over time"), language) for a in ledgers[:4]}
    return page(
        request,
        "story.html",
        told=told,
        spark=_spark(told.story.days, language),
        ledgers=ledgers,
        policy=policy,
        background=account.background,
        charts=drawn,
        days=_days(told.events),
        points=points(_places(told.events)),
        net=network(told.events, language.text("Who acts toward whom"), language.code == "ar"),
        quoting=_quoting(statements),
    )


def _days(events: list[EventView]) -> list[tuple[tuple[str | None, str | None], list[EventView]]]:
    """Events by the days they cover, in order; those with no day last."""
    days: dict[tuple[str | None, str | None], list[EventView]] = {}
    for event in sorted(events, key=lambda v: (v.begin is None, v.begin or "", v.end or "", -len(v.reports), v.id)):
        days.setdefault((event.begin, event.end), []).append(event)
    return list(days.items())


def _places(events: list[EventView]) -> list[tuple[Named, int]]:
    counts: Counter[int] = Counter()
    known: dict[int, Named] = {}
    for event in events:
        for place in event.places:
            if place.id is not None:
                known[place.id] = place
                counts[place.id] += 1
    return [(known[id], n) for id, n in counts.most_common(60)]


def _quoting(statements: list[Statement]) -> list[tuple[Named, Named | None, str | None, int]]:
    """Who is quoted, by whom, where: the most often first."""
    counts: Counter[tuple[Any, Any, str | None]] = Counter()
    known: dict[Any, Named] = {}
    for s in statements:
        via = s.said.via
        for source in s.said.sources:
            key = (source.id, source.name)
            known[key] = source
            carrier = (via.id, via.name) if via else None
            if via:
                known[carrier] = via
            counts[key, carrier, s.article.outlet] += 1
    return [(known[key], known.get(carrier), outlet, n) for (key, carrier, outlet), n in counts.most_common(25)]
