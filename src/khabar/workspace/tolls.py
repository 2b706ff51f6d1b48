"""Figures side by side: which claims say the same, contradict each other, update, or speak of another place or part.

Pure functions over claims. Two claims are of one *source* when those who first said it are the same: two outlets that quote one
ministry are one source, an outlet that speaks in its own voice is its own. It is a contradiction only where kind, area, part and
day agree, the amounts cannot both be true, and the sources are independent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Literal

import msgspec

from khabar.workspace.entries import Entry, Scope, compatible, entries, place_key, range_of, scope_key
from khabar.workspace.views import Claim, Named

Relating = Literal["conflict", "update", "scope", "retraction"]
Difference = Literal["part", "contained", "other"]

PAIRED = 200
"""Entries of one kind that are compared pair by pair, at most: those with most outlets."""


class Relation(msgspec.Struct, frozen=True):
    """How two entries of a ledger (by their place in it) hang together; the later one is `second`. `assumed` says what was taken
    for granted: that a claim without a day holds for that of its report, that a claim without a place is of the same one. Of
    another scope `how` says whether one place is in the other, or another place or part is counted."""

    kind: Relating
    first: int
    second: int
    assumed: list[Literal["day", "area"]] = []
    how: Difference | None = None


class Ledger(msgspec.Struct, frozen=True):
    """All claims of one kind about one happening, by day, and how they hang together."""

    kind: str
    entries: list[Entry]
    relations: list[Relation]


def ledgers(claims: Iterable[Claim]) -> list[Ledger]:
    """The ledgers of a happening, one a kind, those with most entries first, in whatever order the claims come."""
    by_kind: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries(claims):
        by_kind[entry.scope.kind].append(entry)
    made = [Ledger(kind, found, relations(found)) for kind, found in by_kind.items()]
    return sorted(made, key=lambda ledger: (-len(ledger.entries), ledger.kind))


def agree(a: Claim, b: Claim) -> bool:
    """Whether two amounts can both be true."""
    return compatible((a.low, a.best, a.high), (b.low, b.best, b.high))


def independent(a: Entry, b: Entry) -> bool:
    """Whether some claim of one entry and some of the other stand on different originating sources. What an article says in its
    own voice is not independent of what it quotes."""
    for claim, voices in zip(a.reports, a.voices, strict=True):
        for other, others in zip(b.reports, b.voices, strict=True):
            own = not claim.said or not other.said
            if not set(voices) & set(others) and not (own and claim.article.id == other.article.id):
                return True
    return False


def relations(found: Sequence[Entry]) -> list[Relation]:
    """How the entries of one kind hang together, sorted."""
    kept = sorted(range(len(found)), key=lambda n: (-len(found[n].outlets), n))[:PAIRED]
    numbered = [(n, found[n]) for n in sorted(kept)]
    made = []
    scopes = set()
    for (n, a), (m, b) in combinations(numbered, 2):
        how = difference(a.scope, b.scope)
        if a.denied or b.denied:
            if how is None and a.denied != b.denied and _denies(a, b):
                made.append(Relation("retraction", n, m, _assumed(a, b)))
        elif how is not None and how != "occasion":
            if (key := (scope_key(a.scope), scope_key(b.scope))) not in scopes and not compatible(a.amount, b.amount):
                scopes.add(key)
                made.append(Relation("scope", n, m, how=how))
        elif how is None and a.day == b.day and not compatible(a.amount, b.amount) and independent(a, b):
            made.append(Relation("conflict", n, m, _assumed(a, b)))
    for m, b in numbered:
        before = _updated(numbered, b)
        if before is not None:
            a = found[before]
            back = shares(a, b) and (b.lowers or _fell(a, b))
            made.append(Relation("retraction" if back else "update", before, m, _assumed(a, b)))
    return sorted(made, key=lambda r: (r.first, r.second, r.kind))


def shares(a: Entry, b: Entry) -> bool:
    """Whether two entries have a source in common."""
    return bool(set(a.origin) & set(b.origin))


def difference(a: Scope, b: Scope) -> Difference | Literal["occasion"] | None:
    """How two scopes differ; None where they are one. What has no place is taken to be of the other's."""
    if a.occasion != b.occasion:
        return "occasion"
    if a.part != b.part or a.within or b.within:
        return "part"
    if place_key(a.place) == place_key(b.place) or a.place is None or b.place is None:
        return None
    return "contained" if _within(a.place, b.place) or _within(b.place, a.place) else "other"


def _within(inner: Named, outer: Named) -> bool:
    return outer.type == "country" and inner.type != "country" and outer.country is not None and inner.country == outer.country


def _denies(a: Entry, b: Entry) -> bool:
    """Whether the later one says that the amount of the other is untrue or holds no longer."""
    return b.denied and a.amount == b.amount and (a.day or "") <= (b.day or "")


def _assumed(a: Entry, b: Entry) -> list[Literal["day", "area"]]:
    found: list[Literal["day", "area"]] = [] if a.dated and b.dated else ["day"]
    return found if a.area and b.area else [*found, "area"]


def _updated(numbered: Sequence[tuple[int, Entry]], entry: Entry) -> int | None:
    """The place of the entry that this one follows on: the last before its day with another amount, of its own source if there
    is one; None where it follows on none."""
    if entry.day is None or entry.denied:
        return None
    before = [
        (shares(e, entry), e.day, n)
        for n, e in numbered
        if e.day is not None
        and e.day < entry.day
        and not e.denied
        and difference(e.scope, entry.scope) is None
        and _says_more(e, entry)
    ]
    return max(before)[2] if before else None


def _says_more(before: Entry, after: Entry) -> bool:
    """Whether a later claim says something else; "more than" a smaller amount does not."""
    if before.amount == after.amount:
        return False
    low, best, high = before.amount
    least, _, most = after.amount
    return not (most is None and least is not None and least <= (best or low or high or 0))


def _fell(before: Entry, after: Entry) -> bool:
    """Whether one source says less than it said before: dead do not come back, so it takes something back."""
    return after.scope.kind in ("killed", "injured") and range_of(after.amount)[1] < range_of(before.amount)[0]


__all__ = ["Entry", "Ledger", "Relation", "agree", "difference", "independent", "ledgers", "relations", "shares"]
