"""Timestamps written in digits, as programs and page templates write them: ISO 8601, RFC 2822, day/month/year with a clock."""

import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from khabar.script.fold import fold

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Years outside these are no years of publication."""

_CLOCK = r"(?P<hour>\d{1,2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\b\.?)?"
_ZONE = r"\s*(?P<zone>z|(?:utc|gmt)?\s*[+-]\d{1,2}(?::?\d{2})?|utc|gmt)?"
_DAY = (
    r"(?:(?P<year>\d{4,})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    r"|(?P<day2>\d{1,2})[-/.](?P<month2>\d{1,2})[-/.](?P<year2>\d{4,})"
    r"|(?P<year3>\d{4})(?P<month3>\d{2})(?P<day3>\d{2}))"
)
_STAMP = re.compile(rf"{_DAY}(?:(?:\s*t\s*|\s*,\s*|\s+-\s+|\s+){_CLOCK}{_ZONE})?", re.IGNORECASE)


def parse_stamp(text: str) -> str | None:
    """ISO 8601 of a timestamp in digits ("2015-07-21 10:39:05", "16/4/2024 - 15:23", "Tue, 03 Sep 2024 13:27:00 +0300").

    With the clock where there is one and with the zone where it is written; None where it is no timestamp or no day of the
    calendar (31 February, year 99999). Day comes before month, as Arabic sites write it, unless only the other order is a date.
    """
    plain = fold(text).strip()
    if m := _STAMP.fullmatch(plain):
        part = m.groupdict()
        year, month, day = (int(part[k] or part[k + "2"] or part[k + "3"]) for k in ("year", "month", "day"))
        if part["day2"] and month > 12 >= day:
            day, month = month, day
        if part["hour"] is None:
            return stamp(year, month, day)
        hour = int(part["hour"])
        if half := part["half"]:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + 12 * (half[0] in "pP")
        clock = (hour, int(part["minute"]), int(part["second"] or 0))
        return stamp(year, month, day, clock, zone_minutes(part["zone"]) if part["zone"] else None)
    if plain[:1].isascii() and plain[:1].isalpha():
        try:
            when = parsedate_to_datetime(plain)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
        return when.isoformat() if FIRST_YEAR <= when.year <= LAST_YEAR else None
    return None


def stamp(year: int, month: int, day: int, clock: tuple[int, int, int] | None = None, zone: int | None = None) -> str | None:
    """ISO 8601 of a day, its clock (hour, minute, second) and zone (minutes east of Greenwich); None where there is no such."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        if clock is None:
            return datetime(year, month, day).date().isoformat()
        east = None if zone is None else timezone(timedelta(minutes=zone))
        return datetime(year, month, day, *clock, tzinfo=east).isoformat()
    except (ValueError, OverflowError):
        return None


def zone_minutes(zone: str) -> int | None:
    """Minutes east of Greenwich of a zone in digits ("Z", "+03:00", "GMT+3"); None where it is none."""
    m = re.fullmatch(r"(?:utc|gmt)?\s*(?:([+-])(\d{1,2})(?::?(\d{2}))?)?|z", zone.strip(), re.IGNORECASE)
    if m is None:
        return None
    if m[1] is None:
        return 0
    minutes = int(m[2]) * 60 + int(m[3] or 0)
    return None if minutes > 14 * 60 else minutes * (-1 if m[1] == "-" else 1)
