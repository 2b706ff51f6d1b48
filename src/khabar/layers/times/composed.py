"""Meanings made of other meanings: the start of a month, the evening of a day, the third quarter of a year, from one day to
another, and periods counted in units from the day of the text."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from khabar.layers.times import calendars
from khabar.layers.times.calendars import Days
from khabar.layers.times.context import Context
from khabar.layers.times.meanings import Meaning, Reading, iso
from khabar.record import TimexMod

Edge = Literal["START", "MID", "END", "REST"]
Extra = tuple[tuple[str, float | None], ...]
"""Smaller units that a count has besides: a year *and three months*."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The start, middle, end or what is left (REST) of a period, in days as the gold guidelines have it.

    Of a month its first, second and last ten days; of a year January to March, May to August, October to December; of a week two
    days; of anything else a third.
    """

    edge: Edge
    of: Meaning

    def resolve(self, context: Context) -> Reading:
        """The cut's days; `value` stays that of the whole, `mod` tells the cut."""
        whole = self.of.resolve(context)
        if self.edge == "REST":
            inside = whole.days and context.today and whole.days[0] <= context.today <= whole.days[1]
            days = (context.today, whole.days[1]) if inside and context.today and whole.days else whole.days
            return replace(whole, value=iso(days) if days else None, days=days)
        days = cut(whole.days, self.edge) if whole.days else None
        return replace(whole, mod=self.edge, days=days)


def cut(days: Days, edge: Literal["START", "MID", "END"]) -> Days:
    """The start, middle or end of some days."""
    first, last = days
    n = (last - first).days + 1
    if n < 3:
        return (first, first) if edge == "START" else (last, last) if edge == "END" else days
    if n in (365, 366) and first.day == 1 and first.month == 1:
        months = {"START": (1, 3), "MID": (5, 8), "END": (10, 12)}[edge]
        return date(first.year, months[0], 1), _month_end(first.year, months[1])
    if n in (354, 355):  # an Islamic year: its first three, middle four and last three months
        at = {"START": (0, 88), "MID": (118, 235), "END": (n - 89, n - 1)}[edge]
    elif n == 7:
        at = {"START": (0, 1), "MID": (2, 4), "END": (5, 6)}[edge]
    elif 28 <= n <= 31:
        at = {"START": (0, 9), "MID": (10, 19), "END": (20, n - 1)}[edge]
    elif n > 3000 and first.day == first.month == 1:  # decades and centuries: whole years
        years = last.year - first.year + 1
        at_years = {
            "START": (0, years * 4 // 10 - 1),
            "MID": (years * 4 // 10, years * 7 // 10 - 1),
            "END": (years * 7 // 10, years - 1),
        }
        lo, hi = at_years[edge]
        return date(first.year + lo, 1, 1), date(first.year + hi, 12, 31)
    elif first.day == 1 and n > 80:  # seasons, quarters, halves: whole months
        months_in = (last.year - first.year) * 12 + last.month - first.month + 1
        third = max(1, months_in // 3)
        lo, hi = {"START": (0, third - 1), "MID": (third, months_in - third - 1), "END": (months_in - third, months_in - 1)}[edge]
        begin = calendars.shifted(first, "M", lo) or first
        end = calendars.shifted(first, "M", hi) or first
        return begin, _month_end(end.year, end.month)
    else:
        third = n // 3
        at = {"START": (0, third - 1), "MID": (third, n - third - 1), "END": (n - third, n - 1)}[edge]
    return first + timedelta(days=at[0]), first + timedelta(days=at[1])


def _month_end(year: int, month: int) -> date:
    days = calendars.month_days(year, month)
    return days[1] if days else date(year, month, 28)


@dataclass(frozen=True, slots=True)
class Moment:
    """A part of a day (TIMEX3 letters) or a clock time, of a day if one is given."""

    of: Meaning | None = None
    part: str | None = None
    clock: tuple[int, ...] | None = None
    zone: int | None = None

    def resolve(self, context: Context) -> Reading:
        """The day, with the time in `value`."""
        day = self.of.resolve(context) if self.of else Reading()
        clock = self.clock
        if context.leads == "future" and self.of is None and context.today:
            # as an assistant takes it: today, and of two hours of the clock the one to come
            day = Reading("DATE", context.today.isoformat(), (context.today, context.today))
            if clock and not self.part and context.now and clock[0] < 12 and clock[0] < context.now.hour:
                clock = (clock[0] + 12, *clock[1:])
        stamp = ""
        if clock:
            stamp = "T" + ":".join(f"{n:02}" for n in clock)
            if self.zone == 0:
                stamp += "Z"
        elif self.part:
            stamp = "T" + self.part
        value = day.value if day.value and len(day.value) == 10 else "XXXX-XX-XX"
        return Reading("TIME", value + stamp, day.days, day.mod)


@dataclass(frozen=True, slots=True)
class Between:
    """From one expression to another, both included."""

    first: Meaning
    last: Meaning

    def resolve(self, context: Context) -> Reading:
        """The first day of the first to the last day of the last; an end without month or year takes the other's."""
        first, last = self.first.resolve(context), self.last.resolve(context)
        type_: Literal["DATE", "TIME"] = "TIME" if "TIME" in (first.type, last.type) else "DATE"
        a, b = first.days, last.days
        if a and b and a[0] > b[1]:
            # each end was looked for alone; one of them follows from the other
            if context.leads == "future" or context.tense == "future":
                last = self.last.resolve(replace(context, today=a[0], tense="future"))
            else:
                first = self.first.resolve(replace(context, today=b[1], tense="past"))
        if first.days is None and last.days and _is_hour(self.first):
            first = _on(first, last.days)
        elif last.days is None and first.days and _is_hour(self.last):
            last = _on(last, first.days)
        if not first.days or not last.days or first.days[0] > last.days[1]:
            return Reading(type_)
        days = (first.days[0], last.days[1])
        return Reading(type_, f"{first.value}/{last.value}" if first.value and last.value else iso(days), days)


def _is_hour(meaning: Meaning) -> bool:
    """Whether an end of an interval is an hour or a part of a day that is not told: it is of the other end's day."""
    return isinstance(meaning, Moment) and meaning.of is None


def _on(hour: Reading, days: Days) -> Reading:
    return replace(hour, days=days, value=(hour.value or "").replace("XXXX-XX-XX", days[0].isoformat()))


@dataclass(frozen=True, slots=True)
class Counted:
    """So many units before (-1) or after (1) the text's day, up to it: منذ 30 عاما، الأيام العشرة الماضية. Without a count
    the days are not known (السنوات الأخيرة)."""

    unit: str
    count: float | None
    direction: int
    mod: TimexMod | None = None
    also: Extra = ()

    def resolve(self, context: Context) -> Reading:
        """From then to the text's day, or from it to then."""
        value = "PAST_REF" if self.direction < 0 else "FUTURE_REF"
        type_: Literal["DATE", "TIME"] = "DATE"
        if self.count is None or context.today is None:
            return Reading(type_, value if self.count is None else None, None, self.mod)
        then = moved(context, self.unit, self.direction * self.count, self.also)
        if then is None:
            return Reading(type_)
        days = (then, context.today) if self.direction < 0 else (context.today, then)
        return Reading(type_, f"{days[0].isoformat()}/{days[1].isoformat()}", days, self.mod)


@dataclass(frozen=True, slots=True)
class Ago:
    """So many units before (-1) or after (1) the text's day: a day for days and weeks, else the whole month or year."""

    unit: str
    count: float | None
    direction: int
    mod: TimexMod | None = None
    also: Extra = ()

    def resolve(self, context: Context) -> Reading:
        """The day, month, year or decade."""
        short = self.unit in ("TH", "TM", "TS")
        type_: Literal["DATE", "TIME"] = "TIME" if short else "DATE"
        if self.count is None:
            days = None
            if short and context.today and self.unit != "TH":
                days = (context.today, context.today)
            return Reading(type_, "PAST_REF" if self.direction < 0 else "FUTURE_REF", days, self.mod)
        if context.today is None:
            return Reading(type_, None, None, self.mod)
        then = moved(context, self.unit, self.direction * self.count, self.also)
        if then is None:
            return Reading(type_)
        days = (then, then)
        if short and context.now is not None and self.count < 24:
            hours = self.direction * self.count * {"TH": 1.0, "TM": 1 / 60, "TS": 1 / 3600}[self.unit]
            return Reading("TIME", (context.now + timedelta(hours=hours)).isoformat(timespec="minutes"), days, self.mod)
        if self.also:
            pass
        elif self.unit == "M" and self.count == int(self.count):
            days = calendars.month_days(then.year, then.month) or days
        elif self.unit in ("Y", "DE", "CE"):
            days = calendars.year_days(then.year) or days
        return Reading(type_, iso(days), days, self.mod)


@dataclass(frozen=True, slots=True)
class Hangs:
    """So many units after (1) or before (-1) another event of the text: بعد 5 أيام من لقائه. `told`: after the one told before it
    (في اليوم التالي), and then the day of the expression before is taken; else its days are open (see `hanging`)."""

    unit: str
    count: float | None
    direction: int
    told: bool = False
    mod: TimexMod | None = None

    def resolve(self, context: Context) -> Reading:
        """The day where the text before settles it."""
        if self.told and context.last is None and context.leads == "future" and context.today:
            context = replace(context, last=(context.today, context.today))
        if self.told and context.last and context.last[0] == context.last[1] and self.count is not None:
            some = calendars.shifted(context.last[0], self.unit, self.direction * int(self.count))
            if some:
                return Reading("DATE", some.isoformat(), (some, some))
        return Reading("DATE", None, None, self.mod)


@dataclass(frozen=True, slots=True)
class After:
    """So many units after something that is not named: after the text's day where the clause is of the future, else open."""

    unit: str
    count: float | None
    mod: TimexMod | None = None
    also: Extra = ()

    def resolve(self, context: Context) -> Reading:
        """The day, counted from the text's day in a clause of the future."""
        future = context.tense == "future" or context.leads == "future"
        if future:
            return Ago(self.unit, self.count, 1, self.mod, self.also).resolve(context)
        return Hangs(self.unit, self.count, 1, mod=self.mod).resolve(context)


@dataclass(frozen=True, slots=True)
class Same:
    """The year or month of the expression before: العام نفسه، الشهر ذاته."""

    unit: str

    def resolve(self, context: Context) -> Reading:
        """Its days."""
        if context.last is None:
            return Reading()
        first, last = context.last
        if first.year != last.year or (self.unit == "M" and first.month != last.month):
            return Reading()
        days = calendars.year_days(first.year) if self.unit == "Y" else calendars.month_days(first.year, first.month)
        return Reading("DATE", iso(days) if days else None, days)


def moved(context: Context, unit: str, count: float, also: Extra = ()) -> date | None:
    """The text's day moved by some units; hours and less from its time of day where that is known, else whole days only."""
    if context.today is None:
        return None
    if also:
        first = moved(context, unit, count)
        smaller, more = also[0]
        if first is None or more is None:
            return first
        return moved(replace(context, today=first), smaller, more if count > 0 else -more)
    if unit in ("TH", "TM", "TS"):
        hours = count * {"TH": 1.0, "TM": 1 / 60, "TS": 1 / 3600}[unit]
        try:
            if context.now is not None and abs(hours) < 24:
                return (context.now + timedelta(hours=hours)).date()
            return context.today + timedelta(days=round(hours / 24))
        except OverflowError:
            return None
    whole = int(count)
    then = calendars.shifted(context.today, unit, whole)
    if then and count != whole:
        days = {"D": 1.0, "W": 7.0, "M": 30.0, "Y": 365.0, "DE": 3650.0, "CE": 36500.0, "TN": 1.0}[unit]
        then = calendars.shifted(then, "D", round((count - whole) * days))
    return then


@dataclass(frozen=True, slots=True)
class Piece:
    """The n-th quarter (4), half (2) or third (3) of a year, from -1 for the last."""

    parts: int
    number: int
    of: Meaning | None = None

    def resolve(self, context: Context) -> Reading:
        """The piece's days: whole months of a year, days of a shorter period."""
        whole = self.of.resolve(context).days if self.of else None
        if self.of is None:
            whole = context.within or (calendars.year_days(context.today.year) if context.today else None)
        if not whole:
            return Reading()
        number = self.number if self.number > 0 else self.parts
        first, last = whole
        if (last - first).days in (364, 365) and first.day == 1:
            size = 12 // self.parts
            begin = calendars.shifted(first, "M", size * (number - 1)) or first
            end = calendars.shifted(first, "M", size * number) or last
            letter = {4: "Q", 2: "H", 3: "T"}[self.parts]
            value = f"{first.year}-{letter}{number}" if first.month == 1 else None
            days = (begin, end - timedelta(days=1))
            return Reading("DATE", value or iso(days), days)
        n = (last - first).days + 1
        if 28 <= n <= 31 and self.parts == 2:
            days = (first, first + timedelta(days=14)) if number == 1 else (first + timedelta(days=15), last)
        else:
            days = (first + timedelta(days=n * (number - 1) // self.parts), first + timedelta(days=n * number // self.parts - 1))
        return Reading("DATE", iso(days), days)


@dataclass(frozen=True, slots=True)
class Nth:
    """The first few, the n-th or the last units of a period: الأشهر الستة الأولى من العام، ثالث ثلاثاء في أيلول.

    `unit` is a unit's letter or a weekday's number; `number` counts from 1, or -1 for the last; with `count` the first (1) or
    last (-1) that many.
    """

    unit: str | int
    number: int
    of: Meaning
    count: int | None = None

    def resolve(self, context: Context) -> Reading:
        """The units' days."""
        whole = self.of.resolve(context).days
        if not whole:
            return Reading()
        days = self._days(whole, context)
        return Reading("DATE", iso(days) if days else None, days)

    def _days(self, whole: Days, context: Context) -> Days | None:
        first, last = whole
        if isinstance(self.unit, int):
            hits = [d for n in range((last - first).days + 1) if (d := first + timedelta(days=n)).isoweekday() == self.unit]
            at = self.number if self.number < 0 else self.number - 1
            return (hits[at], hits[at]) if -len(hits) <= at < len(hits) else None
        if self.count:
            if self.number > 0:
                end = calendars.shifted(first, self.unit, self.count)
                return (first, min(last, end - timedelta(days=1))) if end else None
            begin = calendars.shifted(last + timedelta(days=1), self.unit, -self.count)
            return (max(first, begin), last) if begin else None
        if self.unit == "W" and (last - first).days < 31 and context.leads == "past":
            # of a month the n-th seven days; an assistant counts whole weeks
            if self.number > 0:
                begin = first + timedelta(days=7 * (self.number - 1))
                return (begin, min(last, begin + timedelta(days=6))) if begin <= last else None
            return last - timedelta(days=6), last
        if self.unit == "W":
            # a year's weeks are those with most of their days in it, a month's those that lie in it
            weeks = []
            week = calendars.week_of(first, context.week_starts)
            while week and week[0] <= last:
                slack = timedelta(days=3 if (last - first).days > 31 else 0)
                if first - slack <= week[0] and week[1] <= last + slack:
                    weeks.append(week)
                week = calendars.week_of(week[0], context.week_starts, 1)
            at = self.number if self.number < 0 else self.number - 1
            return weeks[at] if -len(weeks) <= at < len(weeks) else None
        if self.number < 0:
            begin = calendars.shifted(last + timedelta(days=1), self.unit, -1)
            return (max(first, begin), last) if begin else None
        begin = calendars.shifted(first, self.unit, self.number - 1)
        end = calendars.shifted(first, self.unit, self.number)
        return (begin, end - timedelta(days=1)) if begin and end and begin <= last else None
