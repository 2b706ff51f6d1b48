"""Review: doubtful readings and contradicting figures one after another, each decided with one key, and what was decided."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter
from sqlalchemy import Connection, func, select
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from khabar.web import access
from khabar.web.answers import Refused
from khabar.web.api.judging import decided, taken_back
from khabar.web.asking import reading
from khabar.web.pages.front import ours
from khabar.web.rendering import page
from khabar.web.threads import aside
from khabar.workspace import judgements, judging, listing
from khabar.workspace.disputes import After, Dispute, disputed
from khabar.workspace.narrowing import NO_DAY
from khabar.workspace.tables import article_events, events
from khabar.workspace.views import EventView, Report

router = APIRouter()
DOUBTFUL = 0.6
"""Confidence under which a reading is asked about."""

SHOWN = 12
FIGURES = 8
"""Fewer, since the ledgers of their stories are made for them."""
AMOUNT = ("low", "best", "high")


class Doubt(msgspec.Struct, frozen=True):
    """A reading that is asked about: one article's telling of an event, or an event joined of several."""

    event: EventView
    report: Report | None
    why: str


@router.get("/review")
def review(request: Request) -> Response:
    """The queue."""
    asked = request.query_params.get("queue")
    queue = asked if asked in ("figures", "joins") else "doubtful"
    doubts: list[Doubt] = []
    disputes: list[Dispute] = []
    after: After | None = None
    with reading(request) as c:
        made = judgements.listed(c, limit=15)
        if queue == "figures":
            disputes, after = disputed(c, FIGURES, _after(request.query_params.get("after")))
        else:
            doubts = _joined(c) if queue == "joins" else _doubtful(c)
    further = f"/review?{urlencode({'queue': queue, 'after': f'{after[0]}.{after[1]}'})}" if after else None
    return page(request, "review.html", doubts=doubts, disputes=disputes, further=further, queue=queue, made=made)


def _after(words: str | None) -> After | None:
    """Where the queue goes on, from the address. Raises `Refused`."""
    day, _, story = (words or "").partition(".")
    if not words:
        return None
    if _int(story) is None or len(day) > 10:
        raise Refused(422, "after is not one of this queue; begin again at /review?queue=figures")
    return day, int(story)


def _doubtful(connection: Connection) -> list[Doubt]:
    """Tellings of events that nobody has judged and the reader is least sure of; where it does not say how sure it is, those
    without a day."""
    c = article_events.c
    query = select(c.article, c.local, c.event).where(c.event.is_not(None), c.judged.is_(None)).limit(SHOWN)
    sure = query.where(c.confidence < DOUBTFUL).order_by(c.confidence, c.article, c.local)
    rows, why = connection.execute(sure).all(), "the reader is not sure"
    if not rows:
        undated = query.where(c.begin.is_(None)).order_by(c.article.desc(), c.local)
        rows, why = connection.execute(undated).all(), "no day was found"
    known = {event.id: event for event in listing.events_of(connection, [row.event for row in rows])}
    found = []
    for row in rows:
        told = known[row.event]
        report = next(r for r in told.reports if (r.article.id, r.local) == (row.article, row.local))
        found.append(Doubt(told, report, why))
    return found


def _joined(connection: Connection) -> list[Doubt]:
    """Events that were put together of several reports, the latest first; those left out that somebody decided about."""
    lately = [j for j in judgements.listed(connection, limit=500) if not j.undone and j.layer == "event"]
    nodes = {node for j in lately for node in j.nodes}
    day = func.coalesce(events.c.begin, NO_DAY)
    query = select(events.c.id).where(events.c.reports > 1).order_by(day.desc(), events.c.id.desc())
    ids = [id for id in connection.execute(query.limit(SHOWN + len(nodes))).scalars() if id not in nodes][:SHOWN]
    return [Doubt(event, None, "put together of several reports") for event in listing.events_of(connection, ids)]


@router.post("/review/judge")
async def judge(request: Request) -> Response:
    """Keep a judgement and go on."""
    form = await access.checked_form(request)
    who = str(form.get("who") or "").strip()[:80] or access.who(request)
    if getattr(request.state, "who", None):
        who = access.who(request)
    await aside(request, decided, request, _draft(form, who))
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
        id = await aside(request, _last, request)
    await aside(request, taken_back, request, id)
    return RedirectResponse(ours(form.get("next")), 303)


def _last(request: Request) -> int:
    with reading(request) as c:
        standing = next((j.id for j in judgements.listed(c, limit=100) if not j.undone), None)
    if standing is None:
        raise Refused(422, "nothing was decided that could be taken back")
    return standing


def _int(value: Any) -> int | None:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10 else None


def _amount(form: FormData) -> dict[str, int | None]:
    """The amounts of a corrected figure, all of them where one is another; where it was exact (12), the amount alone makes it so
    again. Blank is none."""
    said = {name: str(form.get(f"set-{name}") or "").strip() for name in AMOUNT}
    now, was = {name: _int(value) for name, value in said.items()}, {name: _int(form.get(f"was-{name}")) for name in AMOUNT}
    for name, value in said.items():
        if value and now[name] is None:
            raise Refused(422, f"{name} is a whole number such as 12, not {value[:40]}")
    if now == was:
        return {}
    exact = len(set(was.values())) == 1 and now == {**was, "best": now["best"]}
    return dict.fromkeys(AMOUNT, now["best"]) if exact else now


def _draft(form: FormData, who: str) -> judging.Draft:
    """The judgement in a form: fields `set-NAME` are a correction's, blank ones are left as they are."""
    change: dict[str, Any] = {}
    for name, value in form.multi_items():
        if name.startswith("set-") and isinstance(value, str) and value.strip() and value != form.get(f"was-{name[4:]}"):
            change[name[4:]] = value.strip()
    change = {**{field: value for field, value in change.items() if field not in AMOUNT}, **_amount(form)}
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
