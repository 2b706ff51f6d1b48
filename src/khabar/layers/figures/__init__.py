"""Figures: numbers of human and material impact, as claims."""

from khabar.layers.amounts import Amount
from khabar.layers.figures.sentence import Sentence
from khabar.record import Attribution, Entity, Event, Figure, Time
from khabar.script import Text


def find(
    text: Text,
    amounts: list[Amount],
    times: list[Time],
    entities: list[Entity],
    attributions: list[Attribution],
    events: list[Event],
) -> list[Figure]:
    """Figures of a text, in order."""
    forms = [t.form for t in text.tokens]
    at = {a.tokens[0]: a for a in amounts}
    hedged = {a.tokens[0]: text.token_from(a.span[0]) for a in amounts}
    figures: list[Figure] = []
    last: str | None = None
    for first, end in text.sentences:
        for found in Sentence(forms, first, end, at, hedged, last).read():
            c = found.phrase
            last = found.kind
            start = c.amount.span[0] if c.amount else text.tokens[c.first].start + c.at
            span = (start, text.tokens[c.end - 1].end)
            figures.append(
                Figure(
                    id=f"f{len(figures) + 1}",
                    span=span,
                    quote=text.quote(span),
                    kind=found.kind,  # type: ignore[arg-type]
                    low=c.low,
                    best=c.best,
                    high=c.high,
                )
            )
    return figures
