"""Review: doubtful readings one after another, each decided with one key; and what was decided, which can be taken back."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter
from sqlalchemy import Connection, select
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from khabar.web import access
from khabar.web.answers import Refused
from khabar.web.api.judging import decided, taken_back
from khabar.web.asking import reading
from khabar.web.pages.front import ours
from khabar.web.rendering import page
from khabar.workspace import judgements, judging, listing
from khabar.workspace.tables import article_events, events
from khabar.workspace.views import EventView, Report

router = APIRouter()
DOUBTFUL = 0.6
"""Confidence under which a reading is asked about."""

SHOWN = 12


class Doubt(msgspec.Struct, frozen=True):
    """A reading that is asked about: one article's telling of an event, or an event joined of several."""

    event: EventView
    report: Report | None
    why: str


@router.get("/review")
def review(request: Request) -> Response:
    """The queue."""
    queue = "joins" if request.query_params.get("queue") == "joins" else "doubtful"
    with reading(request) as c:
        made = judgements.listed(c, limit=15)
        doubts = _joined(c) if queue == "joins" else _doubtful(c)
    return page(request, "review.html", doubts=doubts, queue=queue, made=made)


def _judged(connection: Connection) -> tuple[set[tuple[int, int]], set[int]]:
    """What was decided lately: words of articles, and events."""
    standing = [j for j in judgements.listed(connection, limit=500) if not j.undone and j.layer == "event"]
    words = {(a.article, a.start) for j in standing for a in j.anchors}
    return words, {node for j in standing for node in j.nodes}


def _doubtful(connection: Connection) -> list[Doubt]:
    """Tellings of events that the reader is least sure of; where it does not say how sure it is, those without a
    day."""
    words, _ = _judged(connection)
    c = article_events.c
    query = select(c.article, c.local, c.start, c.event, c.confidence).where(c.event.is_not(None))
    sure = query.where(c.confidence < DOUBTFUL).order_by(c.confidence, c.article, c.local).limit(SHOWN + len(words))
    rows, why = connection.execute(sure).all(), "the reader is not sure"
    if not rows:
        undated = query.where(c.begin.is_(None)).order_by(c.article.desc(), c.local)
        rows, why = connection.execute(undated.limit(SHOWN + len(words))).all(), "no day was found"
    found = []
    for row in [r for r in rows if (r.article, r.start) not in words][:SHOWN]:
        event = listing.event(connection, row.event)
        report = next((r for r in event.reports if (r.article.id, r.local) == (row.article, row.local)), None) if event else None
        if event is not None and report is not None:
            found.append(Doubt(event, report, why))
    return found


def _joined(connection: Connection) -> list[Doubt]:
    """Events that were put together of several reports, the latest first."""
    _, nodes = _judged(connection)
    query = select(events.c.id).where(events.c.reports > 1).order_by(events.c.begin.desc(), events.c.id.desc())
    ids = [id for id in connection.execute(query.limit(SHOWN + len(nodes))).scalars() if id not in nodes][:SHOWN]
    return [Doubt(e, None, "put together of several reports") for id in ids if (e := listing.event(connection, id)) is not None]


@router.post("/review/judge")
async def judge(request: Request) -> Response:
    """Keep a judgement and go on."""
    form = await access.checked_form(request)
    who = str(form.get("who") or "").strip()[:80] or access.who(request)
    if getattr(request.state, "who", None):
        who = access.who(request)
    await run_in_threadpool(decided, request, _draft(form, who))
    response = RedirectResponse(ours(form.get("next")), 303)
    if form.get("who"):
        access.keep(response, request, access.WHO, who)
    return response


@router.post("/review/undo")
async def undo(request: Request) -> Response:
    """Take a judgement back; without an id, the last one that stands."""
    form = await access.checked_form(request)
    id = _int(form.get("id"))
    if id is None:
        id = await run_in_threadpool(_last, request)
    await run_in_threadpool(taken_back, request, id)
    return RedirectResponse(ours(form.get("next")), 303)


def _last(request: Request) -> int:
    with reading(request) as c:
        standing = next((j.id for j in judgements.listed(c, limit=100) if not j.undone), None)
    if standing is None:
        raise Refused(422, "nothing was decided that could be taken back")
    return standing


def _int(value: Any) -> int | None:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10 else None


def _draft(form: FormData, who: str) -> judging.Draft:
    """The judgement in a form: fields `set-NAME` are a correction's, blank ones are left as they are."""
    change: dict[str, Any] = {}
    for name, value in form.multi_items():
        if name.startswith("set-") and isinstance(value, str) and value.strip() and value != form.get(f"was-{name[4:]}"):
            field = name[4:]
            change[field] = _int(value) if field in ("low", "best", "high") else value.strip()
    others = [n for v in str(form.get("others") or "").replace(",", " ").split() if (n := _int(v)) is not None]
    values: dict[str, Any] = {
        "layer": form.get("layer"),
        "verdict": form.get("verdict"),
        "who": who,
        "node": _int(form.get("node")),
        "article": _int(form.get("article")),
        "local": str(form.get("local") or "") or None,
        "others": others,
        "change": change,
        "why": str(form.get("why") or "").strip()[:1000] or None,
    }
    try:
        return msgspec.convert(values, judging.Draft)
    except msgspec.ValidationError as error:
        raise Refused(422, f"the judgement is not right: {error}") from None
