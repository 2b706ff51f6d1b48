"""One trigger read: how sure it is, who takes part, where, when, and whether it happened."""

from functools import cache, lru_cache
from math import exp

import msgspec

from khabar.layers.events import certain, features
from khabar.layers.events.context import Context
from khabar.layers.events.triggers import Candidate
from khabar.layers.events.weights import Weights, probability, total, totals
from khabar.lexicon import load
from khabar.record import Time

LEAST = -3.0
"""Log-odds under which an argument is not worth keeping."""


LIKELY = 0.4
"""Probability from which on an argument tells two events apart."""


REACH = 10
"""Words to either side of a trigger by which two triggers are compared."""


class Reading(msgspec.Struct, kw_only=True, eq=False):
    """A trigger with its scores: entities by probability for each role, the time and the probabilities of each status."""

    candidate: Candidate
    context: Context
    score: float
    tagged: float | None = None
    """What the tagger gives the trigger for its type; None without it."""
    actors: dict[str, float] = msgspec.field(default_factory=dict)
    recipients: dict[str, float] = msgspec.field(default_factory=dict)
    places: dict[str, float] = msgspec.field(default_factory=dict)
    tops: tuple[frozenset[str], ...] = ()
    """Of each role, the entities that are likely: two at most."""
    when: Time | None = None
    when_score: float = 0.0
    statuses: dict[str, float] = msgspec.field(default_factory=dict)

    words: frozenset[str] = frozenset()
    """Longer words around the trigger, without article and clitics as far as that shows."""

    status: str = "happened"
    """The likeliest status."""


def read(context: Context, weights: Weights) -> list[Reading]:
    """Readings of the candidates that are events, in order."""
    found: list[Reading] = []
    threshold = weights.thresholds["event"]
    for group in context.groups:
        scored = [(probability(total(weights.event, features.event(c, context))), c) for c in group]
        score, best = max(scored, key=lambda x: x[0])
        if score >= threshold:
            found.append(fill(Reading(candidate=best, context=context, score=score), weights))
    return found


def fill(reading: Reading, weights: Weights) -> Reading:
    """Arguments, time and status of a trigger."""
    c, context = reading.candidate, reading.context
    roles = (reading.actors, reading.recipients, reading.places)
    for ref in context.scope(c):
        odds = totals(weights.argument, features.argument(c, ref, context))
        for into, score in zip(roles, odds, strict=True):
            if score > LEAST:
                into[ref.entity.id] = max(probability(score), into.get(ref.entity.id, 0.0))
    s = c.sentence
    around = range(max(s.first, c.first - REACH), min(s.end, c.end + REACH))
    reading.words = frozenset(stem for t in around if t < c.first or t >= c.end if (stem := _stem(s.form(t))))
    reading.tops = tuple(_top(role) for role in roles)
    for time in context.times_near(c):
        score = probability(total(weights.when, features.when(c, time, context)))
        if score > reading.when_score:
            reading.when, reading.when_score = time, score
    if reading.when_score < weights.thresholds["when"]:
        reading.when = None
    settled = certain.status(c)
    if settled is not None:
        reading.statuses = {name: float(name == settled) for name in weights.status}
        reading.status = settled
        return reading
    seen = list(features.status(c, context))
    raw = {name: total(table, seen) for name, table in weights.status.items()}
    peak = max(raw.values(), default=0.0)
    norm = sum(exp(v - peak) for v in raw.values())
    reading.statuses = {name: exp(v - peak) / norm for name, v in raw.items()}
    return reading


def _top(scored: dict[str, float]) -> frozenset[str]:
    likely = sorted(((-p, e) for e, p in scored.items() if p >= LIKELY))[:2]
    return frozenset(e for _, e in likely)


@lru_cache(maxsize=1 << 15)
def _stem(form: str) -> str:
    """A word for comparison: without conjunction, preposition and article where these show, empty for short and common words."""
    bare = form.removeprefix("و").removeprefix("ب").removeprefix("ل")
    bare = bare.removeprefix("ال").removeprefix("ل")
    return bare if len(bare) > 2 and form not in _common() else ""


@cache
def _common() -> frozenset[str]:
    return frozenset(load("common")[:])
