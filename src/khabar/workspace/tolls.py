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

from khabar.workspace.entries import Amount, Entry, Scope, compatible, entries, place_key, point_of, range_of, scope_key
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
    told, since = _told(found), _since(numbered)
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
        elif a.scope.earlier or b.scope.earlier or how is not None or a.day != b.day or since[n] != since[m]:
            continue
        elif _contradict(a, b) and _rivals(told[a.point], told[b.point]):
            made.append(Relation("conflict", n, m, _assumed(a, b)))
    for m, b in numbered:
        before = _updated(numbered, b) if since[m] == b.day else None  # else it repeats what was said before
        if before is not None:
            a = found[before]
            back = shares(a, b) and (b.lowers or _fell(a, b))
            if _fell(a, b) and not shares(a, b) and not b.lowers and not (a.dated and b.dated):
                if _contradict(a, b) and _rivals(told[a.point], told[b.point]):
                    made.append(Relation("conflict", before, m, _assumed(a, b)))
                continue
            made.append(Relation("retraction" if back else "update", before, m, _assumed(a, b)))
    made += _replaced(numbered)
    return sorted(made, key=lambda r: (r.first, r.second, r.kind))


def _since(numbered: Sequence[tuple[int, Entry]]) -> dict[int, str | None]:
    """The day since which the amount of each entry is claimed: of one without a day of its own, that of its first report."""
    same: dict[Amount, list[Entry]] = defaultdict(list)
    for _, e in numbered:
        if e.day is not None and not e.denied:
            same[e.amount].append(e)
    found: dict[int, str | None] = {}
    for n, a in numbered:
        before = [e.day for e in same[a.amount] if e.day and difference(a.scope, e.scope) is None]
        found[n] = a.day if a.dated or a.day is None or a.denied else min([a.day, *before])
    return found


def _contradict(a: Entry, b: Entry) -> bool:
    return not compatible(a.amount, b.amount) and independent(a, b)


Told = dict[int, list[tuple[Claim, list[str]]]]
"""By article: claims of one amount, each with its voices."""


def _told(found: Sequence[Entry]) -> dict[int, Told]:
    """Which articles tell each amount, and how."""
    told: dict[int, Told] = defaultdict(lambda: defaultdict(list))
    for entry in found:
        for claim, voices in zip(entry.reports, entry.voices, strict=True):
            told[entry.point][claim.article.id].append((claim, voices))
    return told


def _rivals(one: Told, other: Told) -> bool:
    """Whether two amounts may contradict each other: no article tells both without setting two sources against each other. An
    article that has both in its own voice, or from one source, counts two things."""
    both = sorted(one.keys() & other.keys())
    return all(any(_disputed(a, b) for a in one[article] for b in other[article]) for article in both)


def _disputed(one: tuple[Claim, list[str]], other: tuple[Claim, list[str]]) -> bool:
    (a, voices), (b, others) = one, other
    return bool(a.said and b.said) and not set(voices) & set(others)


def _replaced(numbered: Sequence[tuple[int, Entry]]) -> list[Relation]:
    """Of what an article tells as the toll before: what replaced it, the greatest that the article has of its scope."""
    made = []
    for n, a in numbered:
        if not a.scope.earlier:
            continue
        here = {c.article.id for c in a.reports}
        after = [
            (e.point, -m)
            for m, e in numbered
            if m != n and not e.denied and not e.scope.earlier and not e.scope.within and e.point != a.point
            and here & {c.article.id for c in e.reports} and difference(a.scope, e.scope) is None
        ]  # fmt: skip
        if after:
            m = -max(after)[1]
            made.append(Relation("update", n, m))
    return made


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
    if entry.day is None or entry.denied or entry.scope.earlier:
        return None
    before = [
        (shares(e, entry), e.day, n)
        for n, e in numbered
        if e.day is not None
        and e.day < entry.day
        and not e.denied
        and difference(e.scope, entry.scope) is None
        and says_more(e.amount, entry.amount)
    ]
    return max(before)[2] if before else None


def says_more(before: Amount, after: Amount) -> bool:
    """Whether a later claim says something else. "More than" a smaller amount does not, nor "up to" a larger one, nor a number
    after "dozens", nor the same number as a bound."""
    if point_of(before) == point_of(after) or (after[:2] == (None, None) and point_of(after) > point_of(before)):
        return False
    low, best, high = before
    if best is None and high is None and after[1] is not None and compatible(before, after):
        return False
    return not (after[2] is None and after[0] is not None and after[0] <= (best or low or high or 0))


def _fell(before: Entry, after: Entry) -> bool:
    """Whether less is said than before of what never falls: dead do not come back. One source takes something back by it, another
    one contradicts."""
    return after.scope.kind in ("killed", "injured", "damaged") and range_of(after.amount)[1] < range_of(before.amount)[0]


__all__ = ["Entry", "Ledger", "Relation", "agree", "difference", "independent", "ledgers", "relations", "says_more", "shares"]
