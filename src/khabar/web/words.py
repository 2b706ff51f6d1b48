"""An article's text, cut where the values of its record begin and end, so that each word knows its cells.

Spans overlap (a figure inside what somebody said, a name inside a figure's words); HTML elements may not. So the text is cut
at every end of a span, and each piece names all that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import msgspec

from khabar.record import Block, BlockKind, Record, Span

PRINCIPAL = ("figure", "event", "time", "entity", "cue", "said")
"""Which layer colours a piece that belongs to several."""


class Piece(msgspec.Struct, frozen=True):
    """Words and the ids of the record's values that stand on them; `layer` is the one that colours them, None where none does.

    `marked` says that they belong to the span that the page was opened for, `first` that they are the first of it.
    """

    words: str
    of: tuple[str, ...]
    layer: str | None
    marked: bool = False
    first: bool = False


class Passage(msgspec.Struct, frozen=True):
    """A block of the article in pieces."""

    kind: BlockKind
    pieces: tuple[Piece, ...]


def spans_of(record: Record) -> Iterable[tuple[Span, str, str]]:
    """Every span of a record, with the id of the value that stands on it and its layer."""
    for entity in record.entities:
        for mention in entity.mentions:
            yield mention.span, entity.id, "entity"
    for time in record.times:
        yield time.span, time.id, "time"
    for attribution in record.attributions:
        yield attribution.cue.span, attribution.id, "cue"
        yield attribution.content.span, attribution.id, "said"
    for event in record.events:
        for trigger in event.triggers:
            yield trigger.span, event.id, "event"
    for figure in record.figures:
        yield figure.span, figure.id, "figure"


def passages(record: Record, at: Span | None = None) -> list[Passage]:
    """The text of a record, block by block, in pieces; `at` marks a span."""
    spans = [(span, id, layer) for span, id, layer in spans_of(record) if span[0] < span[1]]
    cuts = {end for span, _, _ in spans for end in span}
    if at is not None:
        cuts |= set(at)
    blocks = sorted(record.blocks, key=lambda b: b.span) or [_whole(record)]
    opening: dict[int, list[tuple[int, str, str]]] = {}
    for (start, stop), id, layer in spans:
        opening.setdefault(start, []).append((stop, id, layer))
    found = []
    active: list[tuple[int, str, str]] = []
    begun = False
    points = sorted(cuts | {end for b in blocks for end in b.span})
    parts = list(pairwise(points))
    n = 0
    for block in blocks:
        pieces = []
        while n < len(parts) and parts[n][0] < block.span[1]:
            start, stop = parts[n]
            n += 1
            active = [a for a in active if a[0] > start] + opening.get(start, [])
            if start < block.span[0]:  # between blocks: white space
                continue
            marked = at is not None and at[0] <= start < at[1]
            pieces.append(_piece(record.text[start:stop], active, marked, marked and not begun))
            begun = begun or marked
        found.append(Passage(block.kind, tuple(pieces)))
    return found


def _whole(record: Record) -> Block:
    return Block(kind="paragraph", span=(0, len(record.text)))


def _piece(words: str, active: list[tuple[int, str, str]], marked: bool, first: bool) -> Piece:
    layers = {layer for _, _, layer in active}
    principal = next((layer for layer in PRINCIPAL if layer in layers), None)
    return Piece(words, tuple(dict.fromkeys(id for _, id, _ in active)), principal, marked, first)
