"""Finding the times of a text, and reading an expression that is nothing but a time."""

from dataclasses import replace
from datetime import date
from typing import Literal

from khabar.layers.times import rules_assistant, rules_days, rules_lengths, rules_periods
from khabar.layers.times.atoms import Atoms
from khabar.layers.times.calendars import Days
from khabar.layers.times.composed import After, Hangs, Moment
from khabar.layers.times.context import Context, published_at
from khabar.layers.times.grammar import Grammar
from khabar.layers.times.hanging import Hanging, open_times
from khabar.layers.times.hours import Hours
from khabar.layers.times.joining import Point, joined
from khabar.layers.times.meanings import Date, Meaning, Near, Reading
from khabar.layers.times.tense import comes_before, tense_before
from khabar.layers.times.traps import as_named, is_trap
from khabar.record import Span, Time
from khabar.script import Text

_NEAR = 2
"""Sentences: how far back the day of "the next day" or the year of "the same year" may have been told."""

_RULES = [*rules_days.RULES, *rules_periods.RULES, *rules_lengths.RULES]
NEWS = Grammar(_RULES)
ASSISTANT = Grammar([*rules_assistant.RULES, *_RULES])


Leads = Literal["past", "future"]


def find(text: Text, published: str | None, *, week_starts: int = 7, leads: Leads = "past") -> list[Time]:
    """Temporal expressions of a text, in order, resolved against `published` (ISO 8601 or None).

    `week_starts` is ISO's number of the week's first day. With `leads="future"` the words are taken as said to an assistant: a
    weekday or date that could be the last or the next is the next, an hour without a day is today's, في 27 is the day of a month.
    """
    today, now = published_at(published)
    return _resolved(text, Context(today=today, now=now, week_starts=week_starts, leads=leads))


def parse_time(text: str, published: str | None = None, *, week_starts: int = 7, leads: Leads = "past") -> Time | None:
    """The time that an expression names, None where it names none or more than one; options as for `find`.

    Relative expressions count from `published` (ISO 8601); days are null where nothing settles them.
    """
    found = find(Text(text), published, week_starts=week_starts, leads=leads)
    return found[0] if len(found) == 1 else None


def anchored(text: Text, times: list[Time]) -> list[Hanging]:
    """Those of a text's times that hang on another event and are still open, in order."""
    still_open = open_times(times)
    if not still_open:
        return []
    atoms = Atoms(text)
    hanging = []
    for point in _points(text, atoms):
        meaning, time = point.meaning, still_open.get(_span(text, atoms, point))
        if time is not None and isinstance(meaning, Hangs | After):
            head = text.token_span(point.head, point.head + 1) if point.head is not None else None
            direction = meaning.direction if isinstance(meaning, Hangs) else 1
            hanging.append(Hanging(time=time, unit=meaning.unit, count=meaning.count, direction=direction, head=head))
    return hanging


def _points(text: Text, atoms: Atoms, grammar: Grammar = NEWS) -> list[Point]:
    matches = grammar.matches(atoms, text.sentences)
    points = (Point(m.start, m.stop, meaning, m.head) for m, meaning in matches)
    return [p for point in joined(points, atoms) if not _trapped(atoms, point) and (p := _named(atoms, point))]


def _named(atoms: Atoms, point: Point) -> Point | None:
    date = point.meaning
    if not isinstance(date, Date) or not date.month or date.year or date.which is not None or date.weekday or not point.start:
        return point
    told = as_named(date, atoms.forms[point.start - 1])
    return None if told is None else point._replace(meaning=told)


def _resolved(text: Text, context: Context) -> list[Time]:
    atoms = Atoms(text)
    points = _points(text, atoms, ASSISTANT if context.leads == "future" else NEWS)
    if context.today is None:
        context = replace(context, today=_own_day(points))
    readings: list[Reading] = []
    last: Days | None = None
    last_sentence = 0
    told: dict[Meaning, Reading] = {}
    for point in points:
        sentence = text.sentence_of(point.start)
        near = last if sentence - last_sentence <= _NEAR else None
        reading = point.meaning.resolve(replace(context, tense=tense_before(text, point.start), last=near))
        if isinstance(point.meaning, Hangs) and point.meaning.count and reading.days is None and comes_before(text, point.start):
            # "the visit comes five days after …" is said of what the article reports, whose day stands first in it
            lead = next((r.days for r in readings if _one_day(r)), None)
            reading = replace(reading, days=lead, value=lead[0].isoformat() if lead else None)
        if isinstance(point.meaning, Date) and point.meaning.day and point.meaning.month and reading.days:
            # a day and month without a year means the same throughout an article
            reading = told.setdefault(point.meaning, reading)
        readings.append(reading)
        if reading.days:
            last, last_sentence = reading.days, sentence
    _give_days(text, points, readings, context.today)
    _read_title(text, points, readings)
    return [_time(text, atoms, n, point, reading) for n, (point, reading) in enumerate(zip(points, readings, strict=True), 1)]


def _own_day(points: list[Point]) -> date | None:
    """The day that the text itself calls today, with its date (اليوم الأربعاء 24 أبريل 2024)."""
    for point in points:
        day = point.meaning.of if isinstance(point.meaning, Moment) else point.meaning
        if isinstance(day, Date) and day.today and (days := day.resolve(Context()).days):
            return days[0]
    return None


def _trapped(atoms: Atoms, point: Point) -> bool:
    return point.end - point.start == 1 and is_trap(atoms.of[point.start].kind, atoms.forms, point.start)


def _give_days(text: Text, points: list[Point], readings: list[Reading], today: date | None) -> None:
    """Give a bare hour or part of the day (فجراً) the day of its clause: the one named in its sentence, else the last before."""
    for n, (point, reading) in enumerate(zip(points, readings, strict=True)):
        if not isinstance(point.meaning, Moment | Hours) or point.meaning.of is not None:
            continue
        sentence = text.sentence_of(point.start)
        near = [
            k for k in range(len(points)) if k != n and text.sentence_of(points[k].start) == sentence and _one_day(readings[k])
        ]
        near.sort(key=lambda k: abs(k - n))
        near += sorted((k for k in range(n - 1, -1, -1) if _one_day(readings[k])), key=lambda k: _far(readings[k], today))
        near += [
            k
            for k in range(n + 1, min(n + 4, len(points)))
            if _one_day(readings[k]) and isinstance(points[k].meaning, Date | Near)
        ]
        if near and (days := readings[near[0]].days):
            value = (reading.value or "").replace("XXXX-XX-XX", days[0].isoformat())
            readings[n] = replace(reading, days=days, value=value)


def _read_title(text: Text, points: list[Point], readings: list[Reading]) -> None:
    """Give a bare weekday of the title the day that the text under it tells (الخميس … الخميس المقبل)."""
    if len(text.sentences) < 2:
        return
    for n, point in enumerate(points):
        meaning = point.meaning
        if text.sentence_of(point.start) > 0:
            return
        if not (isinstance(meaning, Date) and meaning.weekday and meaning.which is None and not meaning.day):
            continue
        for k in range(n + 1, len(points)):
            days, other = readings[k].days, points[k].meaning
            told = isinstance(other, Near) or (isinstance(other, Date) and (other.which is not None or other.day))
            if told and days and days[0] == days[1] and days[0].isoweekday() == meaning.weekday:
                readings[n] = replace(readings[n], days=days, value=days[0].isoformat())
                break


def _far(reading: Reading, today: date | None) -> bool:
    """Whether a day is weeks from the text's: told in passing, it is not the day of the clauses after it."""
    return bool(today and reading.days and abs((reading.days[0] - today).days) > 31)


def _one_day(reading: Reading) -> bool:
    return reading.days is not None and reading.days[0] == reading.days[1]


def _span(text: Text, atoms: Atoms, point: Point) -> Span:
    last = point.end - 1
    return text.span(
        text.line_start(point.start) + atoms.of[point.start].cut, text.line_start(last) + len(text.tokens[last].form)
    )


def _time(text: Text, atoms: Atoms, number: int, point: Point, reading: Reading) -> Time:
    span, days = _span(text, atoms, point), reading.days
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
