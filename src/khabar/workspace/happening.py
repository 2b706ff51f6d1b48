"""Whether two articles tell of one event: how the two tellings compare, and what that weighs.

Tellings of one type are compared by day, actors, recipients, place, figures, words and story, each to one of a few levels; a
level weighs log2 of how much likelier it is between tellings of one event than between tellings of two (Fellegi and Sunter 1969).
The weights are in `weights.json`. Splink, which estimates such weights, is no part of the workspace: it links whole tables in
DuckDB, so that each new batch would cost a scan of all events and a copy of them there, where a look-up by index finds the few
that may be the same (`blocks`).

Only participants that are known across articles are compared: that two articles name an unnamed gunman tells nothing.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from hashlib import blake2b
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt

import msgspec

SYMMETRIC = frozenset(["CONSULT", "COOPERATE", "AGREE"])
"""Types in which who does it to whom may be told either way."""

NEAR_KM = 30.0
BEFORE, AFTER = 3, 1
"""A happening without a day is at most so many days before the day that it is reported on (and, planned, after)."""


class Party(msgspec.Struct, frozen=True, array_like=True):
    """A participant: its entity, and what can be compared besides."""

    entity: int
    country: str | None = None
    is_country: bool = False
    latitude: float | None = None
    longitude: float | None = None


class Telling(msgspec.Struct, array_like=True):
    """What one article says of an event, as far as it is compared. `begin` and `end` are ordinals of days; `day` is the one that
    it is looked up by: its first day, else the day of the report (then `dated` is False)."""

    type: str
    mode: str | None
    kind: str
    dated: bool
    day: int | None
    begin: int | None
    end: int | None
    actors: list[Party]
    recipients: list[Party]
    places: list[Party]
    amounts: list[tuple[str, int]]
    words: list[str]
    story: int | None


def ordinal(day: str | None) -> int | None:
    """The number of an ISO day; None where there is none."""
    try:
        return date.fromisoformat(day[:10]).toordinal() if day else None
    except ValueError:
        return None


def reality(status: str) -> str:
    """What kind of happening a status makes: what is feared or denied is not what happened."""
    return status if status in ("possible", "denied") else "real"


# how two tellings compare


def levels(a: Telling, b: Telling) -> dict[str, str] | None:
    """The level of each comparison; None where the two cannot be one event."""
    if a.type != b.type or a.kind != b.kind:
        return None
    day = _days(a, b)
    if day is None:
        return None
    actors, recipients = _who(a, b)
    places = _where(a.places, b.places)
    found = {"day": day, "actors": actors, "recipients": recipients, "places": places}
    return found | {"figures": _figures(a, b), "words": _words(a, b), "story": _story(a, b)}


def _days(a: Telling, b: Telling) -> str | None:
    if a.day is None or b.day is None:
        return None
    if a.dated and b.dated:
        if (a.begin, a.end) == (b.begin, b.end):
            return "same" if a.begin == a.end else "same span"
        apart = max(a.begin or 0, b.begin or 0) - min(a.end or 0, b.end or 0)
        longest = max((a.end or 0) - (a.begin or 0), (b.end or 0) - (b.begin or 0))
        if apart <= 0 and longest <= 7:
            return "overlap"
        return "next" if apart == 1 and longest <= 1 else None
    if a.dated != b.dated:
        told, dated = (b, a) if a.dated else (a, b)
        gap = (told.day or 0) - (dated.day or 0)
        if (dated.end or 0) - (dated.begin or 0) > 7:
            return None
        return "reported" if 0 <= gap <= 1 else "reported later" if -AFTER <= gap <= BEFORE else None
    gap = abs(a.day - b.day)
    return "both reported" if gap == 0 else "both reported next" if gap == 1 else None


def _who(a: Telling, b: Telling) -> tuple[str, str]:
    if a.type not in SYMMETRIC:
        return _parties(a.actors, b.actors), _parties(a.recipients, b.recipients)
    one, other = [*a.actors, *a.recipients], [*b.actors, *b.recipients]
    shared = {p.entity for p in one} & {p.entity for p in other}
    named = [p.entity for p in one if p.entity in shared and not p.is_country]
    first = _parties(one, other)
    if len(shared) > 1:
        return first, "shared" if len(set(named)) > 1 else "country"
    return first, "missing" if min(len(one), len(other)) < 2 else "different"


def _parties(one: list[Party], other: list[Party]) -> str:
    if not one or not other:
        return "missing"
    shared = {p.entity for p in one} & {p.entity for p in other}
    if any(p.entity in shared and not p.is_country for p in one):
        return "shared"
    if shared:
        return "country"
    lands = {p.country for p in one if p.country} & {p.country for p in other if p.country}
    return "compatriots" if lands else "different"


def _where(one: list[Party], other: list[Party]) -> str:
    if not one or not other:
        return "missing"
    shared = {p.entity for p in one} & {p.entity for p in other}
    if any(p.entity in shared and not p.is_country for p in one):
        return "shared"
    towns, others = [p for p in one if not p.is_country], [p for p in other if not p.is_country]
    if not towns or not others:  # a town and its country, or the country alone
        lands = {p.country for p in one if p.country} & {p.country for p in other if p.country}
        return "country" if shared or lands else "different"
    if any(_near(p, q) for p in towns for q in others):
        return "near"
    unplaced = any(p.latitude is None for p in [*towns, *others])
    lands = {p.country for p in towns if p.country} & {p.country for p in others if p.country}
    return "compatriots" if lands and unplaced else "different"


def _near(p: Party, q: Party) -> bool:
    if p.latitude is None or q.latitude is None or p.longitude is None or q.longitude is None:
        return False
    a, b = radians(p.latitude), radians(q.latitude)
    turn = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(q.longitude - p.longitude) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(turn))) <= NEAR_KM


def _figures(a: Telling, b: Telling) -> str:
    one, other = dict(a.amounts), dict(b.amounts)
    kinds = one.keys() & other.keys()
    if not kinds:
        return "missing"
    return "same" if any(one[k] == other[k] for k in kinds) else "different"


def _words(a: Telling, b: Telling) -> str:
    if set(a.words) & set(b.words):
        return "shared"
    if a.mode and b.mode:
        return "mode" if a.mode == b.mode else "different"
    return "missing"


def _story(a: Telling, b: Telling) -> str:
    if a.story is None or b.story is None:
        return "missing"
    return "same" if a.story == b.story else "different"


# what it weighs


class Weights(msgspec.Struct, frozen=True):
    """Comparison → level → log2 of its likelihood ratio; `prior` is that of two tellings which share a block; from `threshold` on
    two tellings are one event."""

    prior: float
    threshold: float
    levels: dict[str, dict[str, float]]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights that ship with Khabar."""
    data = files("khabar.workspace").joinpath("weights.json").read_bytes()
    return msgspec.json.decode(data, type=Weights)


def weight(a: Telling, b: Telling) -> float | None:
    """How much speaks for two tellings being of one event, in bits over the threshold; None where they cannot be."""
    found = levels(a, b)
    if found is None or not _enough(found):
        return None
    table = weights()
    return table.prior - table.threshold + sum(table.levels[name][level] for name, level in found.items())


def _enough(found: dict[str, str]) -> bool:
    """Whether something particular is the same: somebody or a town with the day, not the type and a country alone."""
    strong = [name for name in ("actors", "recipients", "places") if found[name] == "shared"]
    weak = [name for name in ("actors", "recipients", "places") if found[name] in ("country", "near")]
    alike = found["words"] in ("shared", "mode")
    clear = found["figures"] == "same" or found["story"] == "same"
    if "report" in found["day"] and not alike and not clear:
        return False  # no day and no word in common: two of many acts of the same side
    if found["figures"] == "different" and found["places"] != "shared":
        return False  # another toll, and no town to say that it is the same one later
    if found["places"] == "different" or "different" in (found["actors"], found["recipients"]):
        return len(strong) > 1 and clear and alike and found["day"] == "same"  # all else must agree
    if found["day"] in ("same", "same span") and alike and found["story"] == "same" and weak:
        return True
    return bool(strong and (len(strong) + len(weak) > 1 or clear)) or (len(weak) > 1 and clear)


# where the same may be found


def blocks(telling: Telling, *, look: bool) -> list[int]:
    """The lists on which an event stands (`look` False), or on which others are looked for: by type, day and participants."""
    if telling.day is None:
        return []
    if not look:
        days = [telling.day]
    elif telling.dated:
        days = list(range(telling.day - 1, telling.day + BEFORE + 1))
    else:
        days = list(range(telling.day - BEFORE, telling.day + AFTER + 1))
    return [_hashed(f"{telling.type} {telling.kind} {day} {name}") for name in _names(telling) for day in days]


_PARTIES = 4


def _names(telling: Telling) -> list[str]:
    parties = {p.entity: p for p in [*telling.places[:_PARTIES], *telling.actors[:_PARTIES], *telling.recipients[:_PARTIES]]}
    found = [f"e{id}" for id, p in parties.items() if not p.is_country]
    lands = sorted(id for id, p in parties.items() if p.is_country)
    found += [f"c{a} {b}" for n, a in enumerate(lands) for b in lands[n + 1 :]]
    if telling.story is not None:
        found += [f"s{telling.story} {id}" for id in lands]
    return found


def _hashed(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big", signed=True)


def days_of(begin: str | None, end: str | None, reported: str | None) -> tuple[bool, int | None, int | None, int | None]:
    """Whether an event is dated, the day that it is looked up by, its first and last day."""
    first, last = ordinal(begin), ordinal(end)
    if first is None and last is None:
        return False, ordinal(reported), None, None
    first = last if first is None else first
    last = first if last is None else last
    return True, first, first, last
