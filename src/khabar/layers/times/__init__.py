"""Times: temporal expressions, resolved to days."""

from dataclasses import replace

from khabar.layers.times import rules_days, rules_lengths, rules_periods
from khabar.layers.times.atoms import Atoms
from khabar.layers.times.context import Context, published_at
from khabar.layers.times.grammar import Grammar
from khabar.layers.times.joining import Point, joined
from khabar.layers.times.tense import tense_before
from khabar.record import Time
from khabar.script import Text

GRAMMAR = Grammar([*rules_days.RULES, *rules_periods.RULES, *rules_lengths.RULES])


def find(text: Text, published: str | None) -> list[Time]:
    """Temporal expressions of a text, in order, resolved against `published` (ISO 8601 or None)."""
    atoms = Atoms(text)
    points = [Point(m.start, m.end, meaning) for _, m, meaning in GRAMMAR.matches(atoms.of, atoms.letters, text.sentences)]
    today, now = published_at(published)
    context = Context(today=today, now=now)
    found: list[Time] = []
    for point in joined(points, atoms):
        first = point.start
        at = text.line_start(first) + atoms.of[first].cut
        sentence = text.line_start(text.sentences[text.sentence_of(first)][0])
        tense = tense_before(text, at, sentence)
        reading = point.meaning.resolve(replace(context, tense=tense))
        last = point.end - 1
        span = text.span(at, text.line_start(last) + len(text.tokens[last].form))
        days = reading.days
        found.append(
            Time(
                id=f"t{len(found) + 1}",
                span=span,
                quote=text.quote(span),
                type=reading.type,
                value=reading.value,
                mod=reading.mod,
                begin=days[0].isoformat() if days else None,
                end=days[1].isoformat() if days else None,
            )
        )
    return found
