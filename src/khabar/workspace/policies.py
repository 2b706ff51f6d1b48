"""One number out of many claims: by a policy that is named in every output.

`latest` is the last claim by the day it holds for, an amount without a day being as old as its first report; `min` and `max` are
the claims with the least and the greatest amount; `ranked` is the last claim of the first source in a ranking that said anything,
and nothing where none did; `ucdp` gives best, low and high as the Uppsala Conflict Data Program does (Sundberg & Melander 2013,
"Introducing the UCDP Georeferenced Event Dataset"): low and high are the least and the greatest that any source says last, best
is what most independent sources say last, of equals the lower, since it codes conservatively.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Literal, get_args

import msgspec

from khabar.workspace.entries import Amount, Entry, scope_key
from khabar.workspace.identity import folded
from khabar.workspace.tolls import Ledger, shares

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


Numbered = tuple[int, Entry]


def current(ledger: Ledger, policy: Policy = "latest", ranking: Sequence[str] = ()) -> Current | None:
    """The amounts of a ledger now, for its main area; None where no claim stands, or none of a ranked source.

    The main area is the one that most outlets speak of; claims of a part, and claims that are denied or that their own source
    took back, do not count. `ranking` names sources as `Entry.origin` does, or by name, the most trusted first.
    """
    chosen = _main(ledger)
    if not chosen:
        return None
    numbers = {n for n, _ in chosen}
    picked = _picked(chosen, policy, ranking)
    if picked is None:
        return None
    used, (low, best, high) = picked
    return Current(
        policy=policy,
        kind=ledger.kind,
        area=sorted({place for _, e in chosen for place in e.area}),
        low=low,
        best=best,
        high=high,
        day=max((e.day for _, e in used if e.day), default=None),
        entries=sorted(n for n, _ in used),
        conflicts=sum(r.kind == "conflict" and r.first in numbers and r.second in numbers for r in ledger.relations),
    )


def series(ledger: Ledger) -> list[int]:
    """The places of the entries of the main area, by the day they hold for."""
    return [n for n, _ in sorted(_main(ledger), key=lambda c: (c[1].day or "9999", c[0]))]


def _main(ledger: Ledger) -> list[Numbered]:
    """The entries of the scope that most outlets speak of: everybody before a part, this happening before another. What names no
    place goes with the place that most is said of."""
    taken_back = {
        r.first for r in ledger.relations if r.kind == "retraction" and shares(ledger.entries[r.first], ledger.entries[r.second])
    }
    by: dict[tuple[str, ...], list[Numbered]] = defaultdict(list)
    for n, e in enumerate(ledger.entries):
        if not e.denied and n not in taken_back:
            by[scope_key(e.scope)].append((n, e))
    for key in [k for k in by if not k[3]]:
        placed = sorted((k for k in by if k[:3] == key[:3] and k[3]), key=lambda k: (*_weight(by[k]), k))
        if placed:
            by[placed[0]] += by.pop(key)
    ordered = sorted(by, key=lambda k: (bool(k[1]), bool(k[2]), *_weight(by[k]), k))
    return sorted(by[ordered[0]]) if ordered else []


def _weight(found: Sequence[Numbered]) -> tuple[int, bool, int]:
    """What sorts scopes: those that most outlets speak of first, of equals a country, which holds its towns, then those of most
    reports; copies count for nothing."""
    outlets = {c.article.outlet or c.article.key for _, e in found for c in e.reports}
    country = any(e.scope.place is not None and e.scope.place.type == "country" for _, e in found)
    return -len(outlets), not country, -sum(len(e.reports) for _, e in found)


def _picked(chosen: list[Numbered], policy: Policy, ranking: Sequence[str]) -> tuple[list[Numbered], Amount] | None:
    if policy == "ucdp":
        return _ucdp(chosen)
    one: Numbered | None
    if policy == "latest":
        one = _latest(chosen)
    elif policy == "min":
        one = min(chosen, key=lambda c: (_middle(c[1]), c[0]))
    elif policy == "max":
        one = max(chosen, key=lambda c: (_middle(c[1]), -c[0]))
    else:
        one = _ranked(chosen, ranking)
    return None if one is None else ([one], one[1].amount)


def _latest(chosen: Sequence[Numbered]) -> Numbered:
    """The entry of the latest day. An amount that was claimed before is as old as its first claim, unless somebody says that it
    still holds; of one day, what says as of when, then what puts right another, what was published last, what most say."""
    first: dict[Amount, str] = {}
    for _, e in chosen:
        first[e.amount] = min(first.get(e.amount, "9999"), e.day or "0000")
    chosen = [(n, e) for n, e in chosen if not e.scope.earlier and not _bound(e, chosen)] or chosen

    def order(numbered: Numbered) -> tuple[object, ...]:
        n, e = numbered
        day = (e.day or "0000") if e.dated else first[e.amount]
        published = max((c.article.published or "" for c in e.reports), default="")
        return day, e.dated, e.lowers, published, len(e.origin), -n

    return max(chosen, key=order)


def _bound(entry: Entry, chosen: Sequence[Numbered]) -> bool:
    """Whether an entry is but a bound of what was claimed before it: "more than 20" after 27, "up to 30" after it, say nothing
    new."""
    low, best, high = entry.amount
    if entry.lowers or any(e.amount == (entry.point,) * 3 for _, e in chosen):
        return False
    before = [e.point for _, e in chosen if (e.day or "9999") <= (entry.day or "0000") and not e.scope.earlier and e is not entry]
    if low is None and best is None:
        return any(point < entry.point for point in before)
    return high is None and low is not None and any(low < point for point in before)


def _middle(entry: Entry) -> int:
    low, best, high = entry.amount
    return next((v for v in (best, low, high) if v is not None), 0)


def _ranked(chosen: Sequence[Numbered], ranking: Sequence[str]) -> Numbered | None:
    for wanted in ranking:
        said = [c for c in chosen if any(wanted == o.key or folded(wanted) == folded(o.name) for o in c[1].sources)]
        if said:
            return _latest(said)
    return None


def _ucdp(chosen: Sequence[Numbered]) -> tuple[list[Numbered], Amount]:
    said: dict[str, list[Numbered]] = defaultdict(list)
    for n, e in chosen:
        for source in e.origin:
            said[source].append((n, e))
    last = [_latest(theirs) for _, theirs in sorted(said.items())]
    used = sorted({n: (n, e) for n, e in last}.values())
    support = Counter(e.amount for _, e in last)
    pointed = [e.amount for _, e in used if e.amount[1] is not None]
    best = min(pointed, key=lambda a: (-support[a], a[1] or 0))[1] if pointed else None
    numbers = [v for _, e in used for v in e.amount if v is not None]
    return used, (min(numbers, default=None), best, max(numbers, default=None))
