"""One number out of many claims: by a policy that is named in every output.

`latest` is the last claim by the day it holds for; `min` and `max` the claims with the least and the greatest amount; `ranked`
the last claim of the first source in a ranking that said anything, else `latest`; `ucdp` gives best, low and high as the Uppsala
Conflict Data Program does (Sundberg & Melander 2013, "Introducing the UCDP Georeferenced Event Dataset"): best from the last
claim, low and high the least and the greatest that any source says last.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import msgspec

from khabar.workspace.tolls import Entry, Ledger

Policy = Literal["latest", "min", "max", "ranked", "ucdp"]
POLICIES: tuple[str, ...] = get_args(Policy)


class Current(msgspec.Struct, frozen=True, kw_only=True):
    """What a policy makes of a ledger: the amounts, their day, the entries they are from (by their place), and how many
    contradictions there are among the claims that it chose from."""

    policy: Policy
    kind: str
    area: list[str]
    low: int | None
    best: int | None
    high: int | None
    day: str | None
    entries: list[int]
    conflicts: int


def current(ledger: Ledger, policy: Policy = "latest", ranking: Sequence[str] = ()) -> Current | None:
    """The amounts of a ledger now, for its main area; None where no claim stands.

    The main area is the one that most sources speak of; claims of a part, and claims that are denied or that their own source
    took back, do not count. `ranking` names sources as `Entry.origin` does, the most trusted first.
    """
    chosen = _main(ledger)
    if not chosen:
        return None
    numbers = [n for n, _ in chosen]
    last = max(chosen, key=_late)
    used = [last]
    low, best, high = _amounts(last[1])
    if policy in ("min", "max"):
        used = [_least(chosen)] if policy == "min" else [_greatest(chosen)]
        low, best, high = _amounts(used[0][1])
    elif policy == "ranked":
        used = [_ranked(chosen, ranking) or last]
        low, best, high = _amounts(used[0][1])
    elif policy == "ucdp":
        used = _lasts(chosen)
        low = min((v for v in map(_low, used) if v is not None), default=None)
        high = max((v for v in map(_high, used) if v is not None), default=None)
    conflicts = sum(r.kind == "conflict" and r.first in numbers and r.second in numbers for r in ledger.relations)
    return Current(
        policy=policy,
        kind=ledger.kind,
        area=sorted({place for _, e in chosen for place in e.area}),
        low=low,
        best=best,
        high=high,
        day=last[1].day if policy in ("latest", "ucdp") else used[0][1].day,
        entries=sorted(n for n, _ in used),
        conflicts=conflicts,
    )


Numbered = tuple[int, Entry]


def _main(ledger: Ledger) -> list[Numbered]:
    """The entries of the area that most sources speak of."""
    taken_back = {r.first for r in ledger.relations if r.kind == "retraction"}
    standing = [(n, e) for n, e in enumerate(ledger.entries) if not e.denied and n not in taken_back]
    whole = [(n, e) for n, e in standing if e.part is None] or standing
    places = sorted({place for _, e in whole for place in e.area})
    if not places:
        return whole
    origins = {p: {o for _, e in whole if p in e.area for o in e.origin} for p in places}
    own = {n: sum(c.article.original is None for c in e.claims) for n, e in whole}
    reports = {p: sum(own[n] for n, e in whole if p in e.area) for p in places}
    main = max(places, key=lambda p: (len(origins[p]), reports[p], p))
    return [(n, e) for n, e in whole if not e.area or main in e.area]


def _late(numbered: Numbered) -> tuple[str, int, str, int]:
    n, e = numbered
    published = max((c.article.published or "" for c in e.claims), default="")
    return e.day or "", len(e.origin), published, -n


def _amounts(entry: Entry) -> tuple[int | None, int | None, int | None]:
    return entry.claim.low, entry.claim.best, entry.claim.high


def _middle(entry: Entry) -> float:
    low, best, high = _amounts(entry)
    given = [v for v in (best, low, high) if v is not None]
    return float(given[0]) if given else 0.0


def _least(chosen: Sequence[Numbered]) -> Numbered:
    return min(chosen, key=lambda c: (_middle(c[1]), c[0]))


def _greatest(chosen: Sequence[Numbered]) -> Numbered:
    return max(chosen, key=lambda c: (_middle(c[1]), -c[0]))


def _ranked(chosen: Sequence[Numbered], ranking: Sequence[str]) -> Numbered | None:
    for source in ranking:
        said = [c for c in chosen if source in c[1].origin]
        if said:
            return max(said, key=_late)
    return None


def _lasts(chosen: Sequence[Numbered]) -> list[Numbered]:
    """The last entry of each source."""
    last: dict[str, Numbered] = {}
    for numbered in sorted(chosen, key=_late):
        for source in numbered[1].origin:
            last[source] = numbered
    return sorted({n: (n, e) for n, e in last.values()}.values())


def _low(numbered: Numbered) -> int | None:
    low, best, _ = _amounts(numbered[1])
    return low if low is not None else best


def _high(numbered: Numbered) -> int | None:
    _, best, high = _amounts(numbered[1])
    return high if high is not None else best
