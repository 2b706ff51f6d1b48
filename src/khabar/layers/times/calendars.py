"""Arithmetic of calendars: months, weeks, Islamic dates and feasts. Days are `datetime.date`; what no calendar holds is None."""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from hijridate import Gregorian, Hijri

from khabar.lexicon import load

Days = tuple[date, date]
"""First and last day, inclusive."""


def day(year: int, month: int, number: int) -> date | None:
    """A day of the Gregorian calendar, None where there is none (30 February)."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def shifted(start: date, unit: str, count: int) -> date | None:
    """A day some days (D), weeks (W), months (M), years (Y) or decades (DE) later (the last day of a shorter month)."""
    try:
        if unit in ("D", "W", "TN"):
            return start + timedelta(days=count * (7 if unit == "W" else 1))
        months = count * {"M": 1, "Y": 12, "DE": 120, "CE": 1200}[unit]
        year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
        return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        return None


def month_days(year: int, month: int) -> Days | None:
    """The days of a month."""
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def year_days(first: int, last: int | None = None) -> Days | None:
    """The days of a year, or from one year to another."""
    last = first if last is None else last
    return (date(first, 1, 1), date(last, 12, 31)) if 1 <= first <= last <= 9999 else None


def week_of(some: date, starts: int, shift: int = 0) -> Days | None:
    """The week that a day is in, or one some weeks from it; `starts` is ISO's number of its first day."""
    try:
        first = some - timedelta(days=(some.isoweekday() - starts) % 7) + timedelta(weeks=shift)
        return first, first + timedelta(days=6)
    except OverflowError:
        return None


def season_days(year: int, first_month: int) -> Days | None:
    """The days of the season that begins in a month of a year; winter ends in the next year."""
    ends = (year, first_month + 2) if first_month < 12 else (year + 1, 2)
    begin, end = month_days(year, first_month), month_days(*ends)
    return (begin[0], end[1]) if begin and end else None


_SURE = range(1343, 1501)
"""Years of the Islamic calendar that the tables of Umm al-Qura hold; outside them the arithmetic calendar is near enough."""
_LATER = {(m["year"], m["month"]): m["later"] for m in load("calendar")["announced"]}


@lru_cache(maxsize=512)
def islamic_day(year: int, month: int, number: int) -> date | None:
    """The Gregorian day of a day of the Islamic calendar (Umm al-Qura, as mended by what was announced)."""
    try:
        if year not in _SURE:
            return _arithmetic_day(year, month, number)
        return date(*Hijri(year, month, number).to_gregorian().datetuple()) + timedelta(days=_LATER.get((year, month), 0))
    except (ValueError, OverflowError):
        return None


def _arithmetic_day(year: int, month: int, number: int) -> date | None:
    """A day of the arithmetic (civil) Islamic calendar, thirty years of which have eleven leap years."""
    if not (1 <= year <= 1700 and 1 <= month <= 12 and 1 <= number <= 30):
        return None
    return date.fromordinal(227014 + number + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30)


@lru_cache(maxsize=512)
def islamic_month(year: int, month: int) -> Days | None:
    """The Gregorian days of a month of the Islamic calendar."""
    begin = islamic_day(year, month, 1)
    following = islamic_day(year + month // 12, month % 12 + 1, 1)
    return (begin, following - timedelta(days=1)) if begin and following else None


def islamic_year_days(year: int, last_year: int | None = None) -> Days | None:
    """The Gregorian days of an Islamic year, or from one year to another."""
    first, last = islamic_month(year, 1), islamic_month(last_year or year, 12)
    return (first[0], last[1]) if first and last else None


@lru_cache(maxsize=512)
def islamic_date(some: date) -> tuple[int, int, int] | None:
    """Year, month and day of the Islamic calendar."""
    try:
        hijri = Gregorian(some.year, some.month, some.day).to_hijri()
        return hijri.year, hijri.month, hijri.day
    except (ValueError, OverflowError):
        return None


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian computus, as in Meeus, Astronomical Algorithms)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, number = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, number + 1)


def feast_days(calendar: str, month: int | None, number: int, length: int, year: int) -> Days | None:
    """The days of a feast in a Gregorian year (of an Islamic feast that falls twice in it, the first)."""
    if calendar == "eid":
        return None
    first: date | None = None
    if calendar == "easter":
        first = easter(year) + timedelta(days=number)
    elif calendar == "gregorian" and month:
        first = day(year, month, number)
    elif month:
        near = islamic_date(date(year, 1, 1))
        for hijri in range(near[0], near[0] + 2) if near else ():
            found = islamic_day(hijri, month, number)
            if found and found.year == year:
                first = found
                break
    return (first, first + timedelta(days=length - 1)) if first else None
