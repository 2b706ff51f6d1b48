"""One trigger read: how sure it is, who takes part, where, when, and whether it happened."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from math import exp, log

import msgspec

from khabar.layers.events import certain, features
from khabar.layers.events.context import Context
from khabar.layers.events.neural import Neural
from khabar.layers.events.triggers import Candidate, tagged
from khabar.layers.events.weights import Weights, probability, total, totals
from khabar.lexicon import load
from khabar.record import Time

UNREAD = 0.02
"""Probability of an argument or time that one of the two does not give at all."""
LEAST_SAID = 0.1
"""Probability from which on an argument that the tagger alone gives is looked at."""
LEAST = -3.0
"""Log-odds under which an argument is not worth keeping."""


SURE = 0.4
"""Probability that a trigger needs which the tagger alone names."""


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
    nothing: dict[str, float] = msgspec.field(default_factory=dict)
    """What the tagger gives to nobody playing a role (actor, recipient, place), and to no time; empty without it."""
    tops: tuple[frozenset[str], ...] = ()
    """Of each role, the entities that are likely: two at most."""
    lands: frozenset[str] = frozenset()
    """Countries (alpha-3) of the places that are likely."""
    whens: dict[str, float] = msgspec.field(default_factory=dict)
    """Probability of the times, by id."""
    when: Time | None = None
    when_score: float = 0.0
    statuses: dict[str, float] = msgspec.field(default_factory=dict)

    words: frozenset[str] = frozenset()
    """Longer words around the trigger, without article and clitics as far as that shows."""

    status: str = "happened"
    """The likeliest status."""


def read(context: Context, weights: Weights, neural: Neural | None = None) -> list[Reading]:
    """Readings of the candidates that are events, in order; with the tagger, of what it alone names too."""
    found: list[Reading] = []
    groups = context.groups if neural is None else with_tagged(context, neural)
    threshold = weights.thresholds["event"] if neural is None else weights.blend["threshold"][0]
    for group in groups:
        score, best = max(((judge(c, context, weights, neural), c) for c in group), key=lambda x: x[0])
        if score >= (threshold if best.entry.part != "model" else max(threshold, SURE)):
            reading = fill(Reading(candidate=best, context=context, score=score), weights)
            if neural is not None:
                reading.tagged = neural.probability(best)
            found.append(reading)
    if neural is not None:
        heed(found, weights, neural)
    return found


def judge(c: Candidate, context: Context, weights: Weights, neural: Neural | None) -> float:
    """Probability that a candidate is an event of its type, by lexicon, by tagger, or by both."""
    if neural is None:
        return probability(total(weights.event, features.event(c, context)))
    said = logit(neural.probability(c))
    if c.entry.part == "model":
        slope, constant = weights.blend["alone"]
        return probability(slope * said + constant)
    own, slope, constant = weights.blend["event"]
    return probability(own * total(weights.event, features.event(c, context)) + slope * said + constant)


def with_tagged(context: Context, neural: Neural) -> list[list[Candidate]]:
    """The groups of candidates, with one more for each trigger and type that the tagger names and the lexicon does not."""
    at = {t: group for group in context.groups for c in group for t in range(c.first, c.end)}
    groups = [list(group) for group in context.groups]
    place = {id(old): new for old, new in zip(context.groups, groups, strict=True)}
    for first, end, tag in neural.triggers:
        group = next((place[id(at[t])] for t in range(first, end) if t in at), None)
        if group is None:
            group = []
            groups.append(group)
        if all(c.entry.type != tag.label for c in group):
            group.append(tagged(context.sentences[context.number_of(first)], first, end, tag.label))
    groups.sort(key=lambda g: g[0].first)
    return groups


def heed(readings: list[Reading], weights: Weights, neural: Neural) -> None:
    """Weigh the tagger's arguments, times and statuses with those of the lexicon."""
    heads = [r.candidate for r in readings]
    if not readings:
        return
    context = readings[0].context
    refs = context.index.refs
    for role in ("actor", "recipient", "place"):
        own, slope, constant = weights.blend[role]
        for reading, said in zip(readings, neural.arguments(role, heads, refs), strict=True):
            table: dict[str, float] = getattr(reading, role + "s")
            for entity in list(dict.fromkeys([*table, *(e for e, p in said.items() if p > LEAST_SAID)])):
                odds = own * logit(table.get(entity, UNREAD)) + slope * logit(said.get(entity, UNREAD)) + constant
                table[entity] = probability(odds)
    own, slope, constant = weights.blend["when"]
    for reading, said in zip(readings, neural.times(heads, context.dates), strict=True):
        scores = {
            t.id: probability(own * logit(reading.whens.get(t.id, UNREAD)) + slope * logit(said.get(t.id, UNREAD)) + constant)
            for t in context.dates
        }
        reading.whens = scores
        _choose_time(reading, context.dates, scores, weights.blend["threshold"][1])
    for reading in readings:
        reading.nothing = {role: neural.nothing(role, reading.candidate) for role in ("actor", "recipient", "place", "time")}
        _heed_status(reading, weights, neural)
        _see_tops(reading)


def _choose_time(reading: Reading, times: Sequence[Time], scores: Mapping[str, float], threshold: float) -> None:
    """Give a reading its likeliest time: one of its own sentence where any there is likely enough, else one from around it."""
    number = reading.candidate.sentence.number
    likely = [(reading.context.time_tokens(t)[2] == number, scores[t.id], t) for t in times if scores[t.id] >= threshold]
    _, reading.when_score, reading.when = max(likely, key=lambda x: x[:2], default=(False, 0.0, None))


def _heed_status(reading: Reading, weights: Weights, neural: Neural) -> None:
    said = neural.statuses(reading.candidate)
    if not said or max(reading.statuses.values()) == 1.0:  # what grammar settles stays
        return
    share = weights.blend["status"][0]
    for status in reading.statuses:
        reading.statuses[status] = reading.statuses[status] * (1 - share) + said[status] * share
    reading.status = max(reading.statuses, key=lambda s: reading.statuses[s])


def logit(p: float) -> float:
    """Log-odds of a probability, bounded."""
    p = min(max(p, 0.002), 0.998)
    return log(p / (1 - p))


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
    _see_tops(reading)
    near = context.times_near(c)
    reading.whens = {t.id: probability(total(weights.when, features.when(c, t, context))) for t in near}
    _choose_time(reading, near, reading.whens, weights.thresholds["when"])
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
    reading.status = max(reading.statuses, key=lambda name: reading.statuses[name], default="happened")
    return reading


def _see_tops(reading: Reading) -> None:
    reading.tops = tuple(_top(role) for role in (reading.actors, reading.recipients, reading.places))
    reading.lands = frozenset(c for e in reading.tops[2] if (c := reading.context.country(e)))


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
