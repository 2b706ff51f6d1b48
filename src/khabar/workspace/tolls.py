"""Figures side by side: which claims say the same, contradict each other, update, or speak of another place or part.

Pure functions over claims. Two claims are of one *source* when those who first said it are the same: two outlets that quote one
ministry are one source, an outlet that speaks in its own voice is its own. It is a contradiction only where kind, area, part and
day agree, the amounts cannot both be true, and the sources are independent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations
from math import inf
from typing import Literal

import msgspec

from khabar.lexicon import tables
from khabar.script import fold, partings
from khabar.workspace.views import Claim, Named

Relating = Literal["conflict", "update", "scope", "retraction"]

ABOUT = 0.1
"""How far from "about N" an amount may lie and still agree with it."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What one source says, once: the claims that say it, the first one first.

    `day` is the day it holds for; where no claim is dated (`dated` false) that is the day of the report. `part` is the noun
    that it counts where that is not everybody (جنديا), folded. `denied`: it is told as untrue. `lowers`: it is told as putting
    right what was said before.
    """

    claims: list[Claim]
    origin: list[str]
    day: str | None
    dated: bool
    area: list[str]
    part: str | None = None
    denied: bool = False
    lowers: bool = False

    @property
    def claim(self) -> Claim:
        """The claim that stands for the others."""
        return self.claims[0]

    @property
    def outlets(self) -> list[str]:
        """The outlets that carry it."""
        return sorted({c.article.outlet for c in self.claims if c.article.outlet})


class Relation(msgspec.Struct, frozen=True):
    """How two entries of a ledger (by their place in it) hang together; the later one is `second`. `assumed` says what was taken
    for granted: that a claim without a day holds for that of its report, that a claim without a place is of the same one."""

    kind: Relating
    first: int
    second: int
    assumed: list[Literal["day", "area"]] = []


class Ledger(msgspec.Struct, frozen=True):
    """All claims of one kind about one happening, by day, and how they hang together."""

    kind: str
    entries: list[Entry]
    relations: list[Relation]


def ledgers(claims: Iterable[Claim], sentences: Mapping[tuple[int, str], str] | None = None) -> list[Ledger]:
    """The ledgers of a happening, one a kind, those with most entries first.

    `sentences` gives the sentence of a claim, by article and local id, which says whether it denies or puts right a toll.
    """
    by_kind: dict[str, list[Claim]] = {}
    for claim in sorted(claims, key=_order):
        by_kind.setdefault(claim.kind, []).append(claim)
    made = [_ledger(kind, found, sentences or {}) for kind, found in by_kind.items()]
    return sorted(made, key=lambda ledger: (-len(ledger.entries), ledger.kind))


def _order(claim: Claim) -> tuple[str, bool, str, str, int, int, str]:
    a = claim.article
    at = claim.evidence
    return claim.as_of or claim.reported or "", a.original is not None, a.published or "", a.key, at.start, at.stop, claim.local


def _ledger(kind: str, claims: Sequence[Claim], sentences: Mapping[tuple[int, str], str]) -> Ledger:
    entries: dict[tuple[object, ...], Entry] = {}
    told = {(c.article.id, c.low, c.best, c.high): origin(c) for c in claims if c.said}
    for claim in claims:
        # a headline that repeats what the text says of somebody says it of the same
        own = told.get((claim.article.id, claim.low, claim.best, claim.high)) if not claim.said else None
        sentence = sentences.get((claim.article.id, claim.local), "")
        entry = Entry(
            claims=[claim],
            origin=own or origin(claim),
            day=claim.as_of or claim.reported,
            dated=claim.as_of is not None,
            area=sorted({_who(p) for p in claim.places}),
            part=part(claim.evidence.quote),
            denied=_says(sentence, "denies", "truth"),
            lowers=_says(sentence, "lowers", "toll"),
        )
        amount = (claim.low, claim.best, claim.high)
        key = (*entry.origin, *amount, entry.day, *entry.area, entry.part, entry.denied)
        same = entries.get(key)
        entries[key] = entry if same is None else _repeated(same, entry)
    found = list(entries.values())
    return Ledger(kind, found, list(_relations(found)))


def _repeated(entry: Entry, again: Entry) -> Entry:
    """The claim that is no copy of another article stands for the others."""
    claims = sorted([*entry.claims, *again.claims], key=lambda c: (c.article.original is not None, _order(c)))
    dated, lowers = entry.dated or again.dated, entry.lowers or again.lowers
    return msgspec.structs.replace(entry, claims=claims, dated=dated, lowers=lowers)


def origin(claim: Claim) -> list[str]:
    """Who first said it: the sources, else the carrier, else the outlet in its own voice."""
    sources = {_who(s) for said in claim.said for s in said.sources}
    carriers = {_who(said.via) for said in claim.said if said.via is not None}
    return sorted(sources or carriers or {f"outlet {claim.article.outlet or claim.article.key}"})


def _who(entity: Named) -> str:
    return f"entity {entity.id}" if entity.id is not None else f"name {entity.name}"


def part(quote: str) -> str | None:
    """The noun that a figure in digits counts (12 جنديا), folded; None where it counts everybody or nothing is named."""
    words = fold(quote).split()
    numbers = [n for n, w in enumerate(words) if any(c.isdigit() for c in w) or _is(w, "scale")]
    after = words[numbers[-1] + 1 :] if numbers else []
    if not after or _is(after[0], "whole") or _is(after[0], "small"):
        return None
    return after[0]


@cache
def _forms(of: str) -> frozenset[str]:
    return frozenset(form for row in tables.rows("tolls") if row[0] == of for form in row[1].split())


def _says(sentence: str, verb: str, noun: str) -> bool:
    """Whether a word of one set stands in a sentence not far before a word of the other."""
    words = re.findall(r"\w+", fold(sentence))
    return any(_is(word, verb) and any(_is(w, noun) for w in words[n + 1 : n + 6]) for n, word in enumerate(words))


def _is(word: str, of: str) -> bool:
    return word in _forms(of) or any(parting.stem in _forms(of) for parting in partings(word))


def bounds(claim: Claim) -> tuple[float, float]:
    """The least and the greatest amount that agree with a claim."""
    if claim.low is None and claim.high is None and claim.best is not None:
        return claim.best * (1 - ABOUT), claim.best * (1 + ABOUT)
    low = claim.low if claim.low is not None else -inf
    return low, claim.high if claim.high is not None else inf


def agree(a: Claim, b: Claim) -> bool:
    """Whether two amounts can both be true."""
    (low, high), (least, most) = bounds(a), bounds(b)
    return low <= most and least <= high


def _relations(entries: Sequence[Entry]) -> Iterable[Relation]:
    standing = [(n, e) for n, e in enumerate(entries) if not e.denied]
    scopes: set[tuple[tuple[str, ...], str | None, tuple[str, ...], str | None]] = set()
    for (n, a), (m, b) in combinations(standing, 2):
        if a.part != b.part or not _one_area(a, b):
            key = (tuple(a.area), a.part, tuple(b.area), b.part)
            if key not in scopes and not agree(a.claim, b.claim):
                scopes.add(key)
                yield Relation("scope", n, m)
        elif a.day == b.day and not set(a.origin) & set(b.origin) and not agree(a.claim, b.claim):
            yield Relation("conflict", n, m, _assumed(a, b))
    for m, b in standing:
        before = _updated(standing, b)
        if before is not None:
            kind: Relating = "retraction" if b.lowers or _fell(entries[before], b) else "update"
            yield Relation(kind, before, m, _assumed(entries[before], b))


def _one_area(a: Entry, b: Entry) -> bool:
    """Whether two entries are of one area; one without a place is taken to be of the other's."""
    return not a.area or not b.area or bool(set(a.area) & set(b.area))


def _assumed(a: Entry, b: Entry) -> list[Literal["day", "area"]]:
    found: list[Literal["day", "area"]] = [] if a.dated and b.dated else ["day"]
    return found if a.area and b.area else [*found, "area"]


def _updated(standing: Sequence[tuple[int, Entry]], entry: Entry) -> int | None:
    """The place of the entry that this one follows on: the last before its day with another amount, of its own source if there
    is one; None where it follows on none."""
    if entry.day is None:
        return None
    before = [
        (bool(set(e.origin) & set(entry.origin)), e.day, n)
        for n, e in standing
        if e.day is not None
        and e.day < entry.day
        and e.part == entry.part
        and _one_area(e, entry)
        and _says_more(e.claim, entry.claim)
    ]
    return max(before)[2] if before else None


def _says_more(before: Claim, after: Claim) -> bool:
    """Whether a later claim says something else; "more than" a smaller amount does not."""
    if (before.low, before.best, before.high) == (after.low, after.best, after.high):
        return False
    return not (after.high is None and after.low is not None and after.low <= (before.best or before.low or 0))


def _fell(before: Entry, after: Entry) -> bool:
    """Whether one source says less than it said before: dead do not come back, so it takes something back."""
    cumulative = after.claim.kind in ("killed", "injured")
    return cumulative and bool(set(before.origin) & set(after.origin)) and bounds(after.claim)[1] < bounds(before.claim)[0]
