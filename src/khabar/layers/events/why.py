"""Why an event was read as it was: its triggers with their entries, the features that weighed most, and every argument."""

from collections.abc import Iterable, Sequence

import msgspec

from khabar.layers.events import features
from khabar.layers.events.context import Context
from khabar.layers.events.reading import Reading
from khabar.layers.events.weights import Table, Weights
from khabar.record import Event, Quote

_SHOWN = 6


class Argument(msgspec.Struct, kw_only=True):
    """An entity that may take part: its role, its score, the slot in which its best mention stands, and whether it was taken."""

    entity: str
    name: str
    role: str
    score: float
    slot: str | None
    taken: bool


class TriggerReason(msgspec.Struct, kw_only=True):
    """A trigger: the words, the entry of the lexicon with its frame, how the form was read, and what weighed for or against."""

    trigger: Quote
    entry: str
    part: str
    form: str
    frame: dict[str, str]
    support_verb: str | None
    score: float
    tagger: float | None
    weighed: dict[str, float]
    arguments: list[Argument]
    time: str | None
    time_score: float
    statuses: dict[str, float]


class Reason(msgspec.Struct, kw_only=True):
    """Why an event was read: the event and the reasons of each of its triggers."""

    event: Event
    triggers: list[TriggerReason]


def reasons(events: Sequence[Event], groups: Sequence[Sequence[Reading]], context: Context, weights: Weights) -> list[Reason]:
    """Reasons of events, which were made from the groups of readings one by one."""
    return [
        Reason(event=event, triggers=[_trigger(r, event, context, weights) for r in group])
        for event, group in zip(events, groups, strict=True)
    ]


def _trigger(reading: Reading, event: Event, context: Context, weights: Weights) -> TriggerReason:
    c = reading.candidate
    span = context.span(c)
    return TriggerReason(
        trigger=Quote(span, context.text.quote(span)),
        entry=f"{c.entry.type} {c.entry.key}" if c.entry.part != "model" else f"{c.entry.type} (tagger)",
        part=c.entry.part,
        form=c.hit.code + ("+" + c.hit.pronoun if c.hit.pronoun else ""),
        frame=c.entry.frame,
        support_verb=c.light.entry.lemma if c.light is not None else None,
        score=round(reading.score, 4),
        tagger=reading.tagged,
        weighed=_heaviest(weights.event, features.event(c, context)),
        arguments=_arguments(reading, event, context),
        time=reading.when.quote if reading.when is not None else None,
        time_score=round(reading.when_score, 4),
        statuses={name: round(p, 4) for name, p in sorted(reading.statuses.items(), key=lambda x: -x[1])},
    )


def _heaviest(table: Table, names: Iterable[str]) -> dict[str, float]:
    """The features of greatest weight, for or against."""
    found = {n: table[n] for n in names if n in table}
    return dict(sorted(found.items(), key=lambda x: (-abs(x[1]), x[0]))[:_SHOWN])


def _arguments(reading: Reading, event: Event, context: Context) -> list[Argument]:
    slots = context.slots(reading.candidate)
    names = {e.id: e.name for e in context.entities}
    found: list[Argument] = []
    for role, scores, taken in (
        ("actor", reading.actors, event.actors),
        ("recipient", reading.recipients, event.recipients),
        ("place", reading.places, event.places),
    ):
        for entity, score in sorted(scores.items(), key=lambda x: (-x[1], x[0]))[:_SHOWN]:
            stands = [slots[r.first] for r in reading.candidate.sentence.refs if r.entity.id == entity and r.first in slots]
            slot = f"{stands[0].name} -> {stands[0].role}" if stands else None
            found.append(
                Argument(entity=entity, name=names[entity], role=role, score=round(score, 4), slot=slot, taken=entity in taken)
            )
    return found
