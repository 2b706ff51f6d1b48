"""What several formats say of an event in the same way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from khabar.workspace.happening import SYMMETRIC
from khabar.workspace.ledger import account
from khabar.workspace.policies import Current
from khabar.workspace.views import Claim, EventView, Named, Said

TRUE = ("happened", "ongoing")
"""The statuses of what is told as true; a format without room for status has no other events."""


def moment(published: str | None) -> datetime | None:
    """A time of publication with its offset; None where the hour or the offset is not given."""
    try:
        found = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def label(named: Named) -> str:
    """The Latin name, else the Arabic one."""
    return named.name_en or named.name


def names(several: Iterable[Named]) -> list[str]:
    """The labels of entities, each once: two unnamed crowds have one."""
    return list(dict.fromkeys(label(n) for n in several))


def sides(v: EventView) -> tuple[list[Named], list[Named]]:
    """Those who do it, and those to whom it is done. Where two meet, agree or fight and all stand as actors, the others than the
    first are the other side."""
    both = v.type in SYMMETRIC or v.mode == "clash"
    return (v.actors[:1], v.actors[1:]) if both and not v.recipients and len(v.actors) > 1 else (v.actors, v.recipients)


def place_of(v: EventView) -> Named | None:
    """The first place of an event that has coordinates."""
    return next((p for p in v.places if p.latitude is not None and p.longitude is not None), None)


def sources_of(v: EventView) -> list[str]:
    """Who says so, over all reports; empty where the articles say it in their own voice."""
    return list(dict.fromkeys(label(s) for r in v.reports for said in r.said for s in said.sources))


def who_says(said: Sequence[Said]) -> list[str]:
    """The sources of a claim."""
    return list(dict.fromkeys(label(s) for one in said for s in one.sources))


def amounts(claims: Sequence[Claim]) -> list[dict[str, Any]]:
    """Every claim with its source: none is left out and none is chosen."""
    return [
        {"kind": c.kind, "low": c.low, "best": c.best, "high": c.high, "as_of": c.as_of, "reported": c.reported,
         "sources": who_says(c.said), "outlet": c.article.outlet, "quote": c.evidence.quote}
        for c in claims
    ]  # fmt: skip


def by_policy(v: EventView, policy: str, kind: str) -> Current | None:
    """What a policy makes of the claims of one kind."""
    found = account(v.claims, policy)  # type: ignore[arg-type]
    return next((c for c in found.current if c.kind == kind), None)


def outlets_of(v: EventView) -> list[str]:
    """The outlets that report an event."""
    return sorted({r.article.outlet for r in v.reports if r.article.outlet})


def link_of(v: EventView) -> str | None:
    """The address of the first report that has one."""
    return next((r.article.url for r in v.reports if r.article.url), None)
