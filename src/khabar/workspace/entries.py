"""Figures of many articles as entries of a ledger: who claims what, and who merely repeats it.

An entry is one amount of one kind, for one area and day, from its originating sources. Two outlets that quote one source make one
entry with two outlets; an outlet in its own voice is its own source. A figure that an article gives without a source beside the
same figure with one (its title, its lead) is from that source. Copies are shown and add nothing. What comes out does not depend
on the order of what goes in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

import msgspec

from khabar.record import FigureKind
from khabar.workspace.identity import folded
from khabar.workspace.views import Claim, Named

Amount = tuple[int | None, int | None, int | None]


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """An originating source: an entity that is quoted, or an outlet in its own voice. `key` tells sources apart."""

    key: str
    name: str
    entity: int | None = None
    outlet: bool = False
    organization: bool = False


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry counts: kind, place (its most specific place, None where none is told), part, and which happening."""

    kind: FigureKind
    place: Named | None
    part: str | None
    occasion: str | None
    """First day of the happening, where the claims tell of several; else None."""
    within: bool = False
    """Whether its article has a larger figure of the same from the same source or in its own voice, of which it is a part."""
    earlier: bool = False
    """Whether its article tells it as the toll before, beside another."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One amount as its sources claim it: the claims that say it, the first one first, those of copies last.

    `sources` said it first, `origin` are their keys, `voices` those of each claim that is no copy; `carriers` carried their
    words. `day` is the day it holds for; where no claim is dated (`dated` false) that is the day of the first report. `area` are
    the keys of all its places, `part` is the noun that it counts where that is not everybody (جندي). `denied`: it is told as
    untrue or as no longer holding. `lowers`: it is told as putting right what was said before.
    """

    scope: Scope
    claims: list[Claim]
    copies: int
    """How many of the claims, at the end, are those of copies: they count for nothing."""
    sources: list[Origin]
    origin: list[str]
    voices: list[list[str]]
    carriers: list[Named]
    day: str | None
    dated: bool
    area: list[str]
    denied: bool = False
    lowers: bool = False

    @property
    def point(self) -> int:
        """The amount in one number: best, else low, else high."""
        return point_of(self.amount)

    @property
    def claim(self) -> Claim:
        """The claim that stands for the others."""
        return self.claims[0]

    @property
    def part(self) -> str | None:
        """The part that is counted."""
        return self.scope.part

    @property
    def amount(self) -> Amount:
        """low, best, high"""
        return amount_of(self.claim)

    @property
    def reports(self) -> list[Claim]:
        """The claims that are no copy's."""
        return self.claims[: len(self.claims) - self.copies]

    @property
    def outlets(self) -> list[str]:
        """The outlets that carry it, copies too."""
        return sorted({c.article.outlet for c in self.claims if c.article.outlet})


def amount_of(claim: Claim) -> Amount:
    """low, best, high"""
    return claim.low, claim.best, claim.high


def point_of(amount: Amount) -> int:
    """An amount in one number: best, else low, else high."""
    low, best, high = amount
    return next((n for n in (best, low, high) if n is not None), 0)


def range_of(amount: Amount) -> tuple[float, float]:
    """What amounts a claim allows: at least 20 allows 25; about 50 allows a tenth more or less."""
    low, best, high = amount
    if low is None and high is None:
        return (best - best / 10, best + best / 10) if best is not None else (0.0, float("inf"))
    return (float(low) if low is not None else 0.0, float(high) if high is not None else float("inf"))


def compatible(a: Amount, b: Amount) -> bool:
    """Whether two amounts can both be true."""
    (a1, a2), (b1, b2) = range_of(a), range_of(b)
    return max(a1, b1) <= min(a2, b2)


# who says it


def origins(claim: Claim) -> list[Origin]:
    """The originating sources of a claim as its article gives them; none where the article says it in its own voice."""
    found = [_origin(named, claim) for said in claim.said for named in said.sources]
    if not found:
        found = [_origin(said.via, claim) for said in claim.said if said.via]
    return list({o.key: o for o in found}.values())


def _origin(named: Named, claim: Claim) -> Origin:
    if named.id is not None:
        return Origin(key=f"entity {named.id}", name=named.name, entity=named.id, organization=named.type == "organization")
    if named.type == "organization":
        return Origin(key=f"name {folded(named.name)}", name=named.name, organization=True)
    return Origin(key=f"name {folded(named.name)} in {claim.article.id}", name=named.name)


def outlet_of(claim: Claim) -> Origin:
    """The outlet of a claim as a source."""
    name = claim.article.outlet or claim.article.key
    return Origin(key=f"outlet {name}", name=name, outlet=True)


def voices(claims: Sequence[Claim]) -> dict[tuple[int, str], list[Origin]]:
    """The sources of each claim (by article and local id): what the article says, else what it says of the same figure elsewhere,
    else the outlet. One organisation has one key, as a quoted source and as an outlet alike."""
    told = {id_of(c): origins(c) for c in claims}
    same: dict[tuple[object, ...], list[Origin]] = defaultdict(list)
    for c in claims:
        same[c.article.id, c.kind, c.part, amount_of(c)] += told[id_of(c)]
    found = {}
    for c in claims:
        here = told[id_of(c)] or sorted(same[c.article.id, c.kind, c.part, amount_of(c)], key=lambda o: o.key)
        found[id_of(c)] = list({o.key: o for o in here}.values()) or [outlet_of(c)]
    return _one_key(found)


def _one_key(found: dict[tuple[int, str], list[Origin]]) -> dict[tuple[int, str], list[Origin]]:
    """Give sources of one name one key, the first of theirs: an outlet and the organisation that others quote, the spokesman of a
    ministry in two articles. A single word (المصدر) names nobody, unless it is an organisation's or an outlet's name."""
    named: dict[str, str] = {}
    everyone = sorted((o for os in found.values() for o in os), key=lambda o: o.key)
    telling = [o for o in everyone if (name := folded(o.name)) and (o.outlet or o.organization or " " in name)]
    for o in telling:
        named.setdefault(folded(o.name), o.key)
    keys = {o.key: named[folded(o.name)] for o in telling}
    for key, to in list(keys.items()):  # a source may be written under several names: its key leads to that of the first
        keys[key] = keys.get(to, to)
    return {
        claim: list({o.key: o for o in (msgspec.structs.replace(o, key=keys.get(o.key, o.key)) for o in os)}.values())
        for claim, os in found.items()
    }


# what is counted


def id_of(claim: Claim) -> tuple[int, str]:
    """What tells claims apart: the article, and the id in its record."""
    return claim.article.id, claim.local


def occasions(claims: Sequence[Claim], gap: int = 4) -> dict[tuple[int, str], str | None]:
    """Which happening each claim is about, by the first day of its event: days not more than `gap` apart are of one. An event
    that no article dates is as old as its first report, and then it must be nearer by a day. A claim without an event is of the
    happening that most claims are about, which is written None."""
    told: dict[int, list[str]] = defaultdict(list)
    reported: dict[int, list[str]] = defaultdict(list)
    for c in claims:
        if c.event is not None:
            told[c.event] += [c.happened] if c.happened else []
            reported[c.event] += [c.reported] if c.reported else []
    event_days = {event: min(told[event] or reported[event], default=None) for event in reported}

    def day_of(c: Claim) -> str:
        return c.happened or (event_days.get(c.event) if c.event is not None else None) or ""

    days = sorted({day for c in claims if _ordinal(day := day_of(c)) is not None})
    dated = {day for days_ in told.values() for day in days_}
    first: dict[str, str] = {}
    for n, day in enumerate(days):
        near = n > 0 and (_ordinal(day) or 0) - (_ordinal(days[n - 1]) or 0) <= gap - (day not in dated)
        first[day] = first[days[n - 1]] if near else day
    counts = Counter(first[day_of(c)] for c in claims if day_of(c) in first)
    main = min(counts, key=lambda d: (-counts[d], d), default=None)
    of = {id_of(c): first.get(day_of(c), main) for c in claims}
    return {claim: None if day == main else day for claim, day in of.items()}


def _ordinal(day: str) -> int | None:
    try:
        return date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return None


def place_of(claim: Claim) -> Named | None:
    """The most specific place of a claim: the first that is no country, else the country."""
    towns = [p for p in claim.places if p.type != "country"]
    return next(iter(towns or claim.places), None)


def place_key(place: Named | None) -> str:
    """What tells places apart."""
    return "" if place is None else f"entity {place.id}" if place.id is not None else f"name {folded(place.name)}"


def scope_key(scope: Scope) -> tuple[str, str, str, str]:
    """What tells scopes apart, and how they sort."""
    part = scope.part or ("within" if scope.within else "")
    return scope.kind, scope.occasion or "", f"{part} within" if scope.part and scope.within else part, place_key(scope.place)


def entries(claims: Iterable[Claim]) -> list[Entry]:
    """The entries of a ledger, sorted by kind, day and article. Every claim stands in exactly one of them."""
    every = sorted({id_of(c): c for c in claims}.values(), key=_order)
    held = {_said(c.article.id, c) for c in every if c.article.original is None}
    copies = [c for c in every if c.article.original is not None and _said(c.article.original, c) in held]
    shown = {id_of(c) for c in copies}
    own = [c for c in every if id_of(c) not in shown]
    said, when = voices(own), occasions(own)
    inner, before = _within(own, said, when), _before(own)
    scopes = {
        id_of(c): Scope(
            kind=c.kind, place=place_of(c), part=c.part, occasion=when[id_of(c)],
            within=id_of(c) in inner, earlier=id_of(c) in before,
        )
        for c in own
    }  # fmt: skip
    groups = [list(g) for _, g in groupby(sorted(own, key=lambda c: _same(c, scopes)), key=lambda c: _same(c, scopes))]
    found = [_entry(part, said, scopes) for group in groups for part in _split(group, said)]
    found.sort(key=lambda n: (n.scope.kind, n.day or "9999", _order(n.claim)))
    return _with_copies(found, copies)


def _within(
    claims: Sequence[Claim], said: dict[tuple[int, str], list[Origin]], when: dict[tuple[int, str], str | None]
) -> set[tuple[int, str]]:
    """Claims beside which their article has a larger figure of the same: of 15 dead, 5 soldiers and 10 trainees, each a part."""
    by: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for c in claims:
        if c.mark != "earlier":
            by[c.article.id, c.kind, c.part, when[id_of(c)], c.mark].append(c)
    found = set()
    for same in by.values():
        for c in same:
            for d in same:
                near = place_of(c) is None or place_of(d) is None or place_key(place_of(c)) == place_key(place_of(d))
                own = not c.said or not d.said or {o.key for o in said[id_of(c)]} & {o.key for o in said[id_of(d)]}
                if near and own and range_of(amount_of(c))[1] < range_of(amount_of(d))[0]:
                    found.add(id_of(c))
    return found


def _before(claims: Sequence[Claim]) -> set[tuple[int, str]]:
    """Claims that their article tells as the toll before, beside a greater amount of the same."""
    others: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for c in claims:
        if c.mark != "earlier":
            others[c.article.id, c.kind, c.part].append(point_of(amount_of(c)))
    told = [c for c in claims if c.mark == "earlier"]
    return {id_of(c) for c in told if max(others[c.article.id, c.kind, c.part], default=0) > point_of(amount_of(c))}


def _order(c: Claim) -> tuple[bool, str, str, int, int, str]:
    return (
        c.article.original is not None,
        c.reported or "9999",
        c.article.published or "",
        c.article.id,
        c.evidence.start,
        c.local,
    )


def _said(article: int, c: Claim) -> tuple[object, ...]:
    return article, c.kind, c.part, amount_of(c), c.mark


def _same(c: Claim, scopes: dict[tuple[int, str], Scope]) -> tuple[object, ...]:
    low, best, high = (-1 if n is None else n for n in amount_of(c))
    return scope_key(scopes[id_of(c)]), low, best, high, c.mark == "withdrawn", scopes[id_of(c)].earlier


def _split(group: list[Claim], said: dict[tuple[int, str], list[Origin]]) -> list[list[Claim]]:
    """Claims of one amount, parted by source and by the day that they hold for; those of one article, or with a source in common,
    stay together. What has no day of its own goes with the first that has one, from the same source."""
    parent = {id_of(c): id_of(c) for c in group}

    def root(key: tuple[int, str]) -> tuple[int, str]:
        while parent[key] != key:
            key = parent[key]
        return key

    first: dict[object, tuple[int, str]] = {}
    days = sorted({c.as_of for c in group if c.as_of})
    for day in [*days, None]:
        for c in (c for c in group if c.as_of == day):
            for key in [("article", c.article.id), *(("source", o.key) for o in said[id_of(c)])]:
                options = [(key, day)] if day else [(key, d) for d in [*days, None]]
                there = next((first[o] for o in options if o in first), None)
                if there is None:
                    first[key, day] = id_of(c)
                else:
                    a, b = sorted((root(there), root(id_of(c))))
                    parent[b] = a
    parts: dict[tuple[int, str], list[Claim]] = defaultdict(list)
    for c in group:
        parts[root(id_of(c))].append(c)
    return [part for _, part in sorted(parts.items())]


def _entry(part: list[Claim], said: dict[tuple[int, str], list[Origin]], scopes: dict[tuple[int, str], Scope]) -> Entry:
    part = sorted(part, key=_order)
    head = part[0]
    sources = {o.key: o for c in part for o in sorted(said[id_of(c)], key=lambda o: (o.outlet, o.key))}
    carriers = {place_key(s.via): s.via for c in part for s in c.said if s.via}
    reported = min((c.reported for c in part if c.reported), default=None)
    as_of = min((c.as_of for c in part if c.as_of), default=None)
    return Entry(
        scope=scopes[id_of(head)],
        claims=part,
        copies=0,
        sources=[sources[key] for key in sorted(sources)],
        origin=sorted(sources),
        voices=[sorted(o.key for o in said[id_of(c)]) for c in part],
        carriers=[carriers[key] for key in sorted(carriers)],
        day=as_of or reported,
        dated=as_of is not None,
        area=sorted({place_key(p) for c in part for p in c.places}),
        denied=head.mark == "withdrawn",
        lowers=any(c.mark == "corrects" for c in part),
    )


def _with_copies(found: list[Entry], copies: list[Claim]) -> list[Entry]:
    """Put each copy's claim to the entry of its original's."""
    where = {_said(c.article.id, c): n for n, entry in reversed(list(enumerate(found))) for c in entry.claims}
    for c in copies:
        n = where[_said(c.article.original or 0, c)]
        found[n] = msgspec.structs.replace(found[n], claims=[*found[n].claims, c], copies=found[n].copies + 1)
    return found
