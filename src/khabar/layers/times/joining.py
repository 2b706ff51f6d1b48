"""From points to intervals: بين أبريل 2019 ويونيو 2020, من 2011 إلى 2012, مساء الجمعة حتى صباح السبت."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from khabar.layers.times.atoms import Atoms
from khabar.layers.times.composed import Between, Cut, Moment
from khabar.layers.times.grammar import LEADING
from khabar.layers.times.meanings import Date, Fixed, Meaning, Period, Within

_BEFORE_PART = frozenset(["to", "before", "after"])
_OPENING = frozenset(["from", "since", "between", "during"])


class Point(NamedTuple):
    """An expression: its tokens [start, end), what it means, and the token of the word that it hangs on."""

    start: int
    end: int
    meaning: Meaning
    head: int | None = None


def joined(points: Iterable[Point], atoms: Atoms) -> Iterator[Point]:
    """The points in order, two ends of an interval made one, words in front that stay outside taken off."""
    held: Point | None = None
    week: Point | None = None
    for point in points:
        start = point.start
        bare = isinstance(point.meaning, Moment) and point.meaning.of is None and point.meaning.clock is None
        outside = LEADING | _BEFORE_PART if bare else LEADING
        while start < point.end - 1 and (atoms.of[start].kind in outside or atoms.letters[2 * start + 1] == "+"):
            start += 1
        point = point._replace(start=start)
        if held is not None and (interval := _interval(held, point, atoms)):
            held = interval if week is None else Point(week.start, interval.end, Within(interval.meaning, week.meaning))
            week = None
            continue
        if week is not None:
            yield week
            week = None
        if held is not None and _opens_week(held, point, atoms):
            week, held = held, point
            continue
        if held is not None:
            yield _sharing_year(held, point, atoms)
        held = point
    if week is not None:
        yield week
    if held is not None:
        yield held


def _start_before(token: int, atoms: Atoms) -> int:
    """The first token of the atom that ends before a token."""
    token -= 1
    while atoms.letters[2 * token + 1] == "+":
        token -= 1
    return token


def _sharing_year(a: Point, b: Point, atoms: Atoms) -> Point:
    """The first of two months or dates takes the year that only the second has: مارس وأبريل 2023."""
    between = [atoms.of[i].kind for i in range(a.end, b.start)]
    if between not in ([], ["and"], ["or"], ["comma"]) or (not between and atoms.of[b.start].glue != "w"):
        return a
    return a._replace(meaning=_with_year_of(a.meaning, b.meaning))


def _with_year_of(first: Meaning, second: Meaning) -> Meaning:
    if isinstance(first, Cut):
        return replace(first, of=_with_year_of(first.of, second))
    if not isinstance(first, Date) or not first.month or first.year or first.which is not None:
        return first
    if isinstance(second, Cut):
        second = second.of
    if isinstance(second, Date) and second.month and second.year and not second.islamic:
        return replace(first, year=second.year)
    if isinstance(second, Within) and isinstance(second.part, Date) and second.part.month:
        return Within(first, second.whole)
    return first


def _opens_week(week: Point, point: Point, atoms: Atoms) -> bool:
    """Whether a week is followed by the first of two of its days: الأسبوع المقبل بين الأربعاء والجمعة."""
    between = [atoms.of[i].kind for i in range(week.end, point.start)]
    return isinstance(week.meaning, Period) and week.meaning.unit == "W" and between in (["from"], ["between"])


def _interval(a: Point, b: Point, atoms: Atoms) -> Point | None:
    if isinstance(a.meaning, Fixed | Between) or isinstance(b.meaning, Fixed | Between):
        return None
    kinds = [atoms.of[i].kind for i in range(a.end, b.start) if atoms.letters[2 * i + 1] != "+"]
    before = atoms.kind_before(a.start)
    conjoined = atoms.of[b.start].glue == "w"
    if before == "between" and (kinds == ["and"] or (not kinds and conjoined)):
        return Point(_start_before(a.start, atoms), b.end, Between(_with_year_of(a.meaning, b.meaning), b.meaning))
    if kinds in ([], ["dash"], ["slash"]) and isinstance(a.meaning, Moment) and a.meaning.part == "NI" and not conjoined:
        night, following = a.meaning.of, b.meaning
        if (
            isinstance(night, Date)
            and isinstance(following, Date)
            and night.weekday
            and following.weekday
            and not following.month
        ):
            return Point(a.start, b.end, Between(a.meaning, following))  # ليل الأربعاء الخميس
    kinds = [k for k in kinds if k not in ("dayLabel", "from")]
    if kinds in (["to"], ["dash"]) and (before in _OPENING or (isinstance(a.meaning, Date) and isinstance(b.meaning, Date))):
        return Point(a.start, b.end, Between(_with_year_of(a.meaning, b.meaning), b.meaning))
    return None
