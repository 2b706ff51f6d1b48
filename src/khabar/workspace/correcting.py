"""What people decided about an article, applied to its record: pure functions of the record and the judgements.

A judgement is anchored at words of the article, not at ids of a record, so that it outlives a re-reading, and it finds its words
again when they move in a new revision.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, get_args

import msgspec

from khabar.layers.events.gloss import gloss
from khabar.lexicon import load
from khabar.record import (
    EVENT_TYPES,
    FIGURE_KINDS,
    STATUSES,
    Attribution,
    Entity,
    EntityType,
    Event,
    Figure,
    Record,
    Span,
)

Layer = Literal["event", "figure", "attribution", "entity", "story"]
Verdict = Literal["confirm", "reject", "correct", "merge", "split"]
Item = Event | Figure | Attribution | Entity


class Anchor(msgspec.Struct, frozen=True):
    """The words of an article that a judgement is about; `kind` is the type that stood there; `people` says for each list of
    entities in a correction where the article first names each of them."""

    article: int
    start: int
    stop: int
    quote: str
    kind: str = ""
    people: dict[str, list[Span]] = {}


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody decided, and when and why; `undone` is when it was taken back. Times are UTC, ISO 8601."""

    id: int
    layer: Layer
    verdict: Verdict
    anchors: list[Anchor]
    nodes: list[int]
    change: dict[str, Any]
    before: dict[str, Any]
    who: str
    made: str
    why: str | None = None
    undone: str | None = None


PEOPLE = {"actors", "recipients", "places", "sources", "via"}
"""Fields of a correction that name entities: of workspace ids where they are given, of the article's where they are applied."""

FIELDS: dict[str, tuple[str, ...]] = {
    "event": ("type", "mode", "status", "begin", "end", "actors", "recipients", "places"),
    "figure": ("kind", "low", "best", "high", "as_of", "places"),
    "attribution": ("sources", "via", "channel"),
    "entity": ("name", "name_en", "type", "country", "latitude", "longitude"),
    "story": ("title",),
}
"""What can be corrected."""

CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    ("event", "type"): EVENT_TYPES,
    ("event", "status"): STATUSES,
    ("figure", "kind"): FIGURE_KINDS,
    ("entity", "type"): get_args(EntityType),
}


def items(record: Record, layer: str) -> Sequence[Item]:
    """The readings of one layer."""
    found: dict[str, Sequence[Item]] = {
        "event": record.events,
        "figure": record.figures,
        "attribution": record.attributions,
        "entity": record.entities,
    }
    return found[layer]


def spans(item: Item) -> list[Span]:
    """Where a reading stands: the triggers of an event, the figure, the content, the mentions."""
    if isinstance(item, Event):
        return [t.span for t in item.triggers]
    if isinstance(item, Entity):
        return [m.span for m in item.mentions]
    return [item.content.span if isinstance(item, Attribution) else item.span]


def kind(item: Item) -> str:
    """The type or kind of a reading."""
    return item.kind if isinstance(item, Figure) else "" if isinstance(item, Attribution) else item.type


def anchor(article: int, record: Record, item: Item) -> Anchor:
    """The anchor of a reading: its first words."""
    start, stop = spans(item)[0]
    return Anchor(article, start, stop, record.text[start:stop], kind(item))


def find(record: Record, layer: str, at: Anchor) -> Item | None:
    """The reading that stands where an anchor is; None where there is none any more."""
    start = _start(record.text, at)
    if start is None:
        return None
    stop = start + len(at.quote)

    def overlap(item: Item) -> int:
        return max(min(stop, b) - max(start, a) for a, b in spans(item))

    over = [item for item in items(record, layer) if spans(item) and overlap(item) > 0]
    return max(over, key=lambda item: (kind(item) == at.kind, overlap(item)), default=None)


def _start(text: str, at: Anchor) -> int | None:
    """Where the words of an anchor stand now: where they stood, else the nearest place."""
    if text[at.start : at.stop] == at.quote:
        return at.start
    before, after = text.rfind(at.quote, 0, at.stop), text.find(at.quote, at.start)
    places = [n for n in (before, after) if n >= 0]
    return min(places, key=lambda n: abs(n - at.start), default=None)


def corrected(article: int, record: Record, judgements: Iterable[Judgement]) -> tuple[Record, dict[str, int]]:
    """The record as people want it, and for each local id that a judgement is about that judgement's id.

    Judgements apply in their order; the later one wins. Those of stories, and merges and splits, are not about one record.
    """
    marks: dict[str, int] = {}
    for judgement in judgements:
        if judgement.verdict in ("merge", "split") or judgement.layer == "story" or judgement.undone:
            continue
        for at in judgement.anchors:
            item = find(record, judgement.layer, at) if at.article == article else None
            if item is None:
                continue
            if judgement.verdict == "reject":
                record = _without(record, item.id)
                continue
            if judgement.verdict == "correct":
                record = _changed(record, judgement, item, at)
            elif isinstance(item, Event | Entity):
                record = _replaced(record, judgement.layer, msgspec.structs.replace(item, confidence=1.0))
            marks[item.id] = judgement.id
    return record, marks


def _changed(record: Record, judgement: Judgement, item: Item, at: Anchor) -> Record:
    change = {field: value for field, value in judgement.change.items() if field not in PEOPLE}
    for field in judgement.change.keys() & PEOPLE:
        named = [find(record, "entity", msgspec.structs.replace(at, start=a, stop=b, quote=record.text[a:b], kind=""))
                 for a, b in at.people.get(field, [])]  # fmt: skip
        ids = [entity.id for entity in named if entity is not None]
        if len(ids) == len(judgement.change[field] or []):  # otherwise the article does not name them all: leave it
            change[field] = ids if field != "via" else ids[0] if ids else None
    if isinstance(item, Event):
        event = msgspec.structs.replace(item, **change, confidence=1.0)
        if "type" in change or "mode" in change:
            codes = load("types")[event.type]["cameo"]
            event.cameo = codes.get(event.mode, codes["*"])
        event.gloss = gloss(event, record.entities, record.attributions)
        return _replaced(record, "event", event)
    return _replaced(record, judgement.layer, msgspec.structs.replace(item, **change))


def _replaced(record: Record, layer: str, new: Item) -> Record:
    name = {"event": "events", "figure": "figures", "attribution": "attributions", "entity": "entities"}[layer]
    return msgspec.structs.replace(record, **{name: [new if old.id == new.id else old for old in items(record, layer)]})


def _without(record: Record, id: str) -> Record:
    """The record without one of its readings, and without any reference to it."""

    def rest(ids: list[str]) -> list[str]:
        return [i for i in ids if i != id]

    replace = msgspec.structs.replace
    return replace(
        record,
        entities=[e for e in record.entities if e.id != id],
        attributions=[
            replace(a, sources=rest(a.sources), via=None if a.via == id else a.via) for a in record.attributions if a.id != id
        ],
        events=[
            replace(
                v,
                actors=rest(v.actors),
                recipients=rest(v.recipients),
                places=rest(v.places),
                attributions=rest(v.attributions),
            )
            for v in record.events
            if v.id != id
        ],
        figures=[
            replace(f, event=None if f.event == id else f.event, places=rest(f.places), attributions=rest(f.attributions))
            for f in record.figures
            if f.id != id
        ],
    )
