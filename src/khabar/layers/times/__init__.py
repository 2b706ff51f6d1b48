"""Times: temporal expressions, resolved to days."""

from dataclasses import replace

from khabar.layers.times import rules_days, rules_lengths, rules_periods
from khabar.layers.times.atoms import Atoms
from khabar.layers.times.composed import Moment
from khabar.layers.times.context import Context, published_at
from khabar.layers.times.grammar import Grammar
from khabar.layers.times.joining import Point, joined
from khabar.layers.times.meanings import Reading
from khabar.layers.times.tense import tense_before
from khabar.layers.times.traps import is_trap
from khabar.record import Time
from khabar.script import Text

GRAMMAR = Grammar([*rules_days.RULES, *rules_periods.RULES, *rules_lengths.RULES])


def find(text: Text, published: str | None) -> list[Time]:
    """Temporal expressions of a text, in order, resolved against `published` (ISO 8601 or None)."""
    atoms = Atoms(text)
    matches = GRAMMAR.matches(atoms.of, atoms.letters, text.sentences)
    points = [
        p for p in joined((Point(m.start, m.end, meaning) for m, meaning in matches), atoms) if not _trapped(text, atoms, p)
    ]
    today, now = published_at(published)
    context = Context(today=today, now=now)
    readings: list[Reading] = []
    for point in points:
        at = text.line_start(point.start) + atoms.of[point.start].cut
        sentence = text.line_start(text.sentences[text.sentence_of(point.start)][0])
        readings.append(point.meaning.resolve(replace(context, tense=tense_before(text, at, sentence))))
    _give_days(text, points, readings)
    return [_time(text, atoms, n, point, reading) for n, (point, reading) in enumerate(zip(points, readings, strict=True), 1)]


def _trapped(text: Text, atoms: Atoms, point: Point) -> bool:
    if point.end - point.start > 1:
        return False
    tokens, i = text.tokens, point.start
    before = tokens[i - 1].form if i else ""
    after = tokens[i + 1].form if i + 1 < len(tokens) else ""
    return is_trap(atoms.of[i].kind, before, after)


def _give_days(text: Text, points: list[Point], readings: list[Reading]) -> None:
    """Give a bare hour or part of the day (فجراً) the day of its clause: the one named in its sentence, else the last before."""
    for n, (point, reading) in enumerate(zip(points, readings, strict=True)):
        if not isinstance(point.meaning, Moment) or point.meaning.of is not None:
            continue
        sentence = text.sentence_of(point.start)
        near = [
            k for k in range(len(points)) if k != n and text.sentence_of(points[k].start) == sentence and _one_day(readings[k])
        ]
        near.sort(key=lambda k: abs(k - n))
        near += [k for k in range(n - 1, -1, -1) if _one_day(readings[k])]
        if near and (days := readings[near[0]].days):
            value = (reading.value or "").replace("XXXX-XX-XX", days[0].isoformat())
            readings[n] = replace(reading, days=days, value=value)


def _one_day(reading: Reading) -> bool:
    return reading.days is not None and reading.days[0] == reading.days[1]


def _time(text: Text, atoms: Atoms, number: int, point: Point, reading: Reading) -> Time:
    last = point.end - 1
    span = text.span(
        text.line_start(point.start) + atoms.of[point.start].cut, text.line_start(last) + len(text.tokens[last].form)
    )
    days = reading.days
    return Time(
        id=f"t{number}",
        span=span,
        quote=text.quote(span),
        type=reading.type,
        value=reading.value,
        mod=reading.mod,
        begin=days[0].isoformat() if days else None,
        end=days[1].isoformat() if days else None,
    )
