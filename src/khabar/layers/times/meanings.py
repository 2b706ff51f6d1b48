"""What temporal expressions mean, before and after they are resolved.

A rule gives a `Meaning`; `resolve` reads it against a `Context` and gives a `Reading`: TIMEX3 type, value and modifier
(ISO-TimeML) and the days covered. Days are None where the context does not settle them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Protocol

from khabar.layers.times import calendars
from khabar.layers.times.calendars import Days
from khabar.layers.times.context import Context
from khabar.record import TimexMod, TimexType


@dataclass(frozen=True, slots=True)
class Reading:
    """A resolved expression: TIMEX3 type, value and modifier, and the days covered or None."""

    type: TimexType = "DATE"
    value: str | None = None
    days: Days | None = None
    mod: TimexMod | None = None


class Meaning(Protocol):
    """Anything that can be read against a context."""

    def resolve(self, context: Context) -> Reading:
        """The reading; never fails."""
        ...


_HALF_A_YEAR, _SOON, _LONG_AGO = 200, 62, 270
"""Days: how far ahead a date without its year is looked for in a clause of the future, and where nothing tells; and how long ago
one has to be for its year to be told."""


def choose(candidates: Sequence[Days], context: Context, which: int | None) -> Days | None:
    """The one of a recurring period's occurrences (in order) that is meant: the last (-1), this (0) or the next (1) where the
    text says so, else by the tense of the clause, else the nearest, the past one where two are as near."""
    if context.within:
        first, last = context.within
        inside = [d for d in candidates if first <= d[0] <= last]
        return inside[0] if inside else None
    today = context.today
    if today is None or not candidates:
        return None
    before = [d for d in candidates if d[1] < today]
    after = [d for d in candidates if d[0] > today]
    here = [d for d in candidates if d[0] <= today <= d[1]]
    if which == -1:
        return before[-1] if before else None
    if which == 1:
        return after[0] if after else None
    if which is None and context.leads == "future":
        return (here + after + before[-1:])[0]
    if here:
        return here[0]
    if not before or not after:
        return (after or before[-1:])[0]
    ago, ahead = (today - before[-1][1]).days, (after[0][0] - today).days
    if which is None and context.tense == "past" and not (ago > _LONG_AGO and ahead <= _SOON):
        return before[-1]
    if which is None and context.tense == "future" and ahead <= _HALF_A_YEAR:
        return after[0]
    if which is None and context.tense == "scheduled" and ahead < ago and ahead <= 2 * _SOON:
        return after[0]
    # what is to come is said to be so, but for the next days
    return after[0] if ahead < ago and (which == 0 or ahead <= _SOON) else before[-1]


def _near(days: Days, context: Context) -> bool:
    return context.today is None or abs((days[0] - context.today).days) < 500


def iso(days: Days) -> str:
    """The TIMEX3 value of a span of days: a day, a month, a year, or the two ends."""
    first, last = days
    if first == last:
        return first.isoformat()
    if first == date(first.year, 1, 1) and last == date(last.year, 12, 31):
        return f"{first.year:04}" if first.year == last.year else f"{first.year:04}/{last.year:04}"
    if days == calendars.month_days(first.year, first.month):
        return f"{first.year:04}-{first.month:02}"
    if first.day == 1 and (whole := calendars.month_days(last.year, last.month)) and whole[1] == last:
        return f"{first.year:04}-{first.month:02}/{last.year:04}-{last.month:02}"
    return f"{first.isoformat()}/{last.isoformat()}"


def years_around(context: Context) -> range:
    """Gregorian years in which an occurrence may lie."""
    if context.within:
        return range(context.within[0].year - 1, context.within[1].year + 1)
    return range(context.today.year - 6, context.today.year + 7) if context.today else range(0)


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar date with the parts that are given: weekday (1 Monday), day (to `last` of the same month), month (to
    `last_month`), year (to `last_year`). `which` counts months or weekdays from the text's day. `islamic`: month and year are
    of that calendar. `today`: the text says that it is its own day (اليوم الأربعاء 24 أبريل 2024)."""

    weekday: int | None = None
    day: int | None = None
    last: int | None = None
    month: int | None = None
    last_month: int | None = None
    year: int | None = None
    last_year: int | None = None
    which: int | None = None
    islamic: bool = False
    today: bool = False

    def resolve(self, context: Context) -> Reading:
        """The day, month, year or weekday."""
        days = self._days(context)
        return Reading("DATE", iso(days) if days and not self.islamic else iso(days) if days else self._pattern(), days)

    def _pattern(self) -> str | None:
        year = f"{self.year:04}" if self.year and not self.islamic else "XXXX"
        if self.islamic:
            return None
        if self.month and self.day:
            return f"{year}-{self.month:02}-{self.day:02}"
        if self.month:
            return f"{year}-{self.month:02}"
        return f"XXXX-WXX-{self.weekday}" if self.weekday else None

    def _days(self, context: Context) -> Days | None:
        if self.month is None:
            if self.year is not None:
                if self.islamic:
                    return calendars.islamic_year_days(self.year, self.last_year)
                return calendars.year_days(self.year, self.last_year)
            if self.day is not None:
                return self._day_of_some_month(context)
            return self._nearest_weekday(context) if self.weekday else None
        if self.year is not None:
            return self._in(self.year)
        if self.islamic:
            anchor = context.within[0] if context.within else context.today
            hijri = calendars.islamic_date(anchor) if anchor else None
            years = range(hijri[0] - 3, hijri[0] + 4) if hijri else range(0)
        else:
            years = years_around(context)
        found = [d for y in years if (d := self._in(y))]
        if self.weekday and self.day:
            agreeing = [d for d in found if d[0].isoweekday() == self.weekday and _near(d, context)]
            found = agreeing or found
        return choose(found, context, self.which)

    def _in(self, year: int) -> Days | None:
        month = self.month or 1
        if self.islamic and year > 1500:
            # رمضان 2020: the month that begins in that year
            near = calendars.islamic_date(date(year, 1, 1))
            found = [d for y in range(near[0], near[0] + 2) if (d := self._in(y))] if near else []
            return next((d for d in found if d[0].year == year), None)
        if self.islamic:
            whole = calendars.islamic_month(year, month)
            if not whole or self.day is None:
                last = calendars.islamic_month(year, self.last_month) if self.last_month else whole
                return (whole[0], last[1]) if whole and last else None
            first, last_day = (
                calendars.islamic_day(year, month, self.day),
                calendars.islamic_day(year, month, self.last or self.day),
            )
            return (first, last_day) if first and last_day else None
        if self.day is None:
            whole = calendars.month_days(year, month)
            last = calendars.month_days(year, self.last_month) if self.last_month else whole
            return (whole[0], last[1]) if whole and last and whole[0] <= last[1] else None
        first, last_day = calendars.day(year, month, self.day), calendars.day(year, month, self.last or self.day)
        return (first, last_day) if first and last_day and first <= last_day else None

    def _day_of_some_month(self, context: Context) -> Days | None:
        anchor = context.within[0] if context.within else context.today
        if anchor is None or self.day is None:
            return None
        found = []
        for shift in (0,) if context.within else range(-13, 14):
            year, month = divmod(anchor.year * 12 + anchor.month - 1 + shift, 12)
            first, last = calendars.day(year, month + 1, self.day), calendars.day(year, month + 1, self.last or self.day)
            if first and last and (self.weekday is None or first.isoweekday() == self.weekday):
                found.append((first, last))
        return choose(found, context, 0 if self.weekday else self.which)

    def _nearest_weekday(self, context: Context) -> Days | None:
        if context.within:
            first, last = context.within
            found = [first + timedelta(days=n) for n in range((last - first).days + 1)]
            same = [d for d in found if d.isoweekday() == self.weekday]
            return (same[0], same[0]) if same else None
        if context.today is None:
            return None
        around = [context.today + timedelta(days=n) for n in range(-7, 8)]
        found = [d for d in around if d.isoweekday() == self.weekday]
        days = [(d, d) for d in found]
        if self.which in (None, 0):
            if context.tense is None and context.leads == "future":
                return choose(days, context, 1)
            return choose(days, replace(context, tense="future" if context.tense in ("future", "scheduled") else "past"), None)
        return choose(days, context, self.which)


@dataclass(frozen=True, slots=True)
class Near:
    """A day counted from the day of the text (اليوم 0, أمس -1); a weekday beside it is the surer of the two."""

    offset: int
    weekday: int | None = None

    def resolve(self, context: Context) -> Reading:
        """The day."""
        if context.today is None:
            return Reading()
        some = calendars.shifted(context.today, "D", self.offset)
        if some and self.weekday:
            # an article is not written after it is published: the last such weekday up to then
            some -= timedelta(days=(some.isoweekday() - self.weekday) % 7)
        return Reading("DATE", some.isoformat() if some else None, (some, some) if some else None)


@dataclass(frozen=True, slots=True)
class Period:
    """A week, month, year, decade or century counted from the one of the text's day (0 this, -1 the last), or, where it is
    `prior`, from the time told last."""

    unit: str
    shift: int
    prior: bool = False

    def resolve(self, context: Context) -> Reading:
        """The period's days."""
        today = context.within[0] if context.within else context.last[0] if self.prior and context.last else context.today
        if today is None:
            return Reading()
        days: Days | None = None
        value = None
        if self.unit == "W":
            days = calendars.week_of(today, context.week_starts, self.shift)
            if days:
                year, week, _ = (days[0] + timedelta(days=3)).isocalendar()
                value = f"{year}-W{week:02}"
        elif self.unit == "M":
            moved = calendars.shifted(today.replace(day=1), "M", self.shift)
            days = calendars.month_days(moved.year, moved.month) if moved else None
        elif self.unit == "Y":
            days = calendars.year_days(today.year + self.shift)
        elif self.unit == "DE":
            first = today.year // 10 * 10 + 10 * self.shift
            days, value = calendars.year_days(first, first + 9), f"{first // 10}"
        elif self.unit == "CE":
            first = today.year // 100 * 100 + 100 * self.shift
            days, value = calendars.year_days(first, first + 99), f"{first // 100:02}"
        elif self.unit in ("D", "TN"):
            some = calendars.shifted(today, "D", self.shift)
            days = (some, some) if some else None
        return Reading("DATE", value if days and value else iso(days) if days else None, days)


@dataclass(frozen=True, slots=True)
class Years:
    """Years that are known whatever the context: a decade or a century, as a TIMEX3 value and its years."""

    value: str
    first: int
    last: int

    def resolve(self, context: Context) -> Reading:
        """The years' days."""
        return Reading("DATE", self.value, calendars.year_days(self.first, self.last))


_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}


@dataclass(frozen=True, slots=True)
class Season:
    """A season by its first month; `which` counts from the text's day."""

    month: int
    year: int | None = None
    which: int | None = None

    def resolve(self, context: Context) -> Reading:
        """The season's days."""
        if self.year is not None:
            days = calendars.season_days(self.year, self.month)
        else:
            found = [d for y in years_around(context) if (d := calendars.season_days(y, self.month))]
            days = choose(found, context, self.which)
        return Reading("DATE", f"{days[0].year if days else 'XXXX'}-{_SEASONS[self.month]}", days)


@dataclass(frozen=True, slots=True)
class Feast:
    """A feast or fixed period of the year: calendar (`islamic`, `gregorian`, `easter`), month, first day, number of days."""

    calendar: str
    month: int | None
    day: int
    length: int
    year: int | None = None
    which: int | None = None

    def resolve(self, context: Context) -> Reading:
        """The feast's days."""
        if self.year is not None:
            if self.calendar == "islamic" and self.year < 1600 and self.month:
                first = calendars.islamic_day(self.year, self.month, self.day)
                days = (first, first + timedelta(days=self.length - 1)) if first else None
            else:
                days = calendars.feast_days(self.calendar, self.month, self.day, self.length, self.year)
        else:
            # "the feast" alone is the nearer one of the two
            either = ((10, 1), (12, 10)) if self.calendar == "eid" else ((self.month, self.day),)
            calendar = "islamic" if self.calendar == "eid" else self.calendar
            found = [
                d
                for y in years_around(context)
                for month, day in either
                if (d := calendars.feast_days(calendar, month, day, self.length, y))
            ]
            days = choose(found, context, self.which)
        return Reading("DATE", iso(days) if days else None, days)


@dataclass(frozen=True, slots=True)
class Fixed:
    """An expression whose reading does not depend on the context: a duration, a repetition, something vague."""

    reading: Reading

    def resolve(self, context: Context) -> Reading:
        """The reading."""
        return self.reading


@dataclass(frozen=True, slots=True)
class Computed:
    """A meaning that is another's with something done to it: `of` is resolved first, then `change`d."""

    of: Meaning
    change: Callable[[Reading, Context], Reading] = field(compare=False)

    def resolve(self, context: Context) -> Reading:
        """The changed reading."""
        return self.change(self.of.resolve(context), context)


@dataclass(frozen=True, slots=True)
class Within:
    """A part of a period: the part is looked for inside the period's days."""

    part: Meaning
    whole: Meaning

    def resolve(self, context: Context) -> Reading:
        """The part's reading."""
        days = self.whole.resolve(context).days
        if days is None:
            return replace(self.part.resolve(replace(context, today=None, within=None)), days=None)
        return self.part.resolve(replace(context, within=days))
