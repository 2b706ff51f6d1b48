"""Figures: numbers of human and material impact, as claims.

Every number of the text that counts the killed, injured, missing, displaced, detained, affected, rescued, kidnapped, damaged or
deployed, with its bounds, its event and places, the day it holds for and who vouches for it. What is none: populations,
participants, percentages, money, ages, durations.
"""

from khabar.layers.amounts import Amount
from khabar.layers.attributions import covering
from khabar.layers.figures.counts import counts
from khabar.layers.figures.found import Found
from khabar.layers.figures.links import Links
from khabar.layers.figures.sentence import Sentence
from khabar.layers.figures.words import CUES, TRIGGERS
from khabar.layers.figures.zero import zeros
from khabar.record import Attribution, Entity, Event, Figure, FigureKind, Span, Time
from khabar.script import Text

__all__ = ["find"]


def find(
    text: Text,
    amounts: list[Amount],
    times: list[Time],
    entities: list[Entity],
    attributions: list[Attribution],
    events: list[Event],
) -> list[Figure]:
    """Figures of a text, in order.

    `span` covers the number with its hedge and its counted noun, or the dual or single noun that stands as the count.
    """
    links = Links(text, entities, events, times)
    figures: list[Figure] = []

    def add(kind: FigureKind, span: Span, cue: Span, bounds: tuple[int | None, int | None, int | None], tallied: bool) -> None:
        event = links.event(kind, span, cue)
        low, best, high = bounds
        figures.append(
            Figure(
                id="",
                span=span,
                quote=text.quote(span),
                kind=kind,
                low=low,
                best=best,
                high=high,
                event=event.id if event else None,
                places=links.places(event, span),
                as_of=links.as_of(span, tallied),
                attributions=covering(attributions, span),
            )
        )

    for nothing in zeros(text.line):
        span = text.span(nothing.start, nothing.end)
        first, end = text.sentences[text.sentence_of(text.token_at(nothing.start))]
        if nothing.kind == "injured" and not CUES["disease"].isdisjoint([t.form for t in text.tokens[first:end]]):
            continue
        add(nothing.kind, span, span, (0, 0, 0), False)
    for found in _sentences(text, amounts, times):
        c = found.phrase
        start = c.amount.span[0] if c.amount else text.tokens[c.first].start + c.at
        cue = text.tokens[found.cue]
        span = (start, text.tokens[c.end - 1].end)
        add(found.kind, span, (cue.start, cue.end), (c.low, c.best, c.high), found.tallied)
    figures.sort(key=lambda f: (f.span, f.kind))
    for n, figure in enumerate(figures, 1):
        figure.id = f"f{n}"
    return figures


def _sentences(text: Text, amounts: list[Amount], times: list[Time]) -> list[Found]:
    """What is found in each sentence; numbers that are part of a date count nothing."""
    forms = [t.form for t in text.tokens]
    dated: set[int] = set()
    for time in times:
        covered = text.tokens_in(time.span)
        # a bare "2000" before a counted noun is no year
        if len(covered) > 1 or not counts(forms, covered.stop):
            dated.update(covered)
    counted = [a for a in amounts if a.tokens[0] not in dated]
    hedges = {text.token_from(a.span[0]): a for a in counted}
    starts = {a.tokens[0]: text.token_from(a.span[0]) for a in counted}
    found: list[Found] = []
    last: FigureKind | None = None
    for first, end in text.sentences:
        if TRIGGERS.isdisjoint(forms[first:end]):
            continue
        got = Sentence(forms, first, end, hedges, starts, last).read()
        if got:
            last = got[-1].kind
            found += got
    return found
