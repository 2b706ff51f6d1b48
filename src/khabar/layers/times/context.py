"""What a temporal expression is read against: the day of the text, the tense of the clause, and the custom of the calendar."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Tense = Literal["past", "future", "scheduled"] | None
"""`scheduled` is what an imperfect tells (ينطلق الجمعة): of a weekday the future, of anything else what is near."""

_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d))?)?")
_DAY_FIRST = re.compile(r"(\d\d?)[/.-](\d\d?)[/.-](\d{4})(?:[T ](\d\d?):(\d\d)(?::(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class Context:
    """`today` is the day of publication and `now` its time of day where one is known; `tense` is that of the clause.

    `within` is the period (first and last day) that an expression is a part of, `last` the days of the expression before it in
    the text. `week_starts` is ISO's number of the week's first day. `leads` says which of two nearest days is meant where nothing
    tells: the guidelines' `past` for weekdays and the nearer for months, or `future` as assistants read.
    """

    today: date | None = None
    now: datetime | None = None
    tense: Tense = None
    within: tuple[date, date] | None = None
    last: tuple[date, date] | None = None
    week_starts: int = 7
    leads: Literal["past", "future"] = "past"


def published_at(published: str | None) -> tuple[date | None, datetime | None]:
    """Day and time of a publication's stamp (ISO 8601, or day first as `07/10/2016`); the day is the one written, in its zone."""
    if not published:
        return None, None
    if match := _ISO.match(published.strip()):
        year, month, day, *clock = match.groups()
    elif match := _DAY_FIRST.match(published.strip()):
        day, month, year, *clock = match.groups()
    else:
        return None, None
    try:
        today = date(int(year), int(month), int(day))
        if not 1000 < today.year < 3000:  # no article's day
            return None, None
        if clock[0] is None:
            return today, None
        return today, datetime(today.year, today.month, today.day, int(clock[0]), int(clock[1]), int(clock[2] or 0))
    except ValueError:
        return None, None
