"""Values of a record in words for people: days, times, amounts."""

from calendar import monthrange
from datetime import date, datetime

from khabar.record import Figure

TYPES = {
    "AGREE": "agreement",
    "CONSULT": "consultation",
    "SUPPORT": "support",
    "CONCEDE": "concession",
    "COOPERATE": "cooperation",
    "AID": "aid",
    "RETREAT": "retreat",
    "REQUEST": "request",
    "ACCUSE": "accusation",
    "REJECT": "rejection",
    "THREATEN": "threat",
    "PROTEST": "protest",
    "SANCTION": "sanction",
    "MOBILIZE": "mobilisation",
    "COERCE": "coercion",
    "ASSAULT": "assault",
    "DISASTER": "disaster",
}
"""An event's type as a noun, for an event whose mode says nothing more exact."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(iso: str | None) -> str:
    """2023-09-26 as 26 Sep 2023; what is no day is given back as it is."""
    try:
        found = date.fromisoformat(iso or "")
    except ValueError:
        return iso or ""
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


def period(begin: str | None, end: str | None) -> str:
    """The days from `begin` to `end`, as short as they can be said: 3–5 Sep 2023, Sep 2023, 2023, since 3 Sep 2023."""
    if not begin or not end:
        return f"since {day(begin)}" if begin else f"until {day(end)}" if end else "no date"
    if begin == end:
        return day(begin)
    try:
        first, last = date.fromisoformat(begin), date.fromisoformat(end)
    except ValueError:
        return f"{begin} – {end}"
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:  # whole months
        if first.month == 1 and last.month == 12:
            return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{MONTHS[first.month - 1]} {first.year}"
        year = f" {first.year}" if first.year != last.year else ""
        return f"{MONTHS[first.month - 1]}{year} – {MONTHS[last.month - 1]} {last.year}"
    if first.year != last.year:
        return f"{day(begin)} – {day(end)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} – {day(end)}"
    return f"{first.day}–{day(end)}"


def moment(iso: str | None) -> str:
    """2023-09-26T21:15:00+03:00 as 26 Sep 2023 21:15 +03:00; a day alone as a day."""
    if not iso or len(iso) <= 10:
        return day(iso)
    try:
        found = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    offset = found.utcoffset()
    zone = "" if offset is None else " UTC" if not offset else f" {found.isoformat()[-6:]}"
    return f"{day(found.date().isoformat())} {found:%H:%M}{zone}"


def amount(figure: Figure) -> str:
    """The amount of a figure: 1,200 · about 50 · at least 20 · 100 or more · up to 300 · 20–30."""
    low, best, high = figure.low, figure.best, figure.high
    if best is not None:
        if low == high == best:
            return f"{best:,}"
        if low is not None and high is not None:
            return f"{low:,}–{high:,}"
        if high is not None:
            return f"up to {high:,}"
        return f"at least {best:,}" if low == best else f"about {best:,}"
    if low is not None and high is not None:
        return f"{low:,}–{high:,}"
    if low is not None:
        return f"{low:,} or more"
    return f"up to {high:,}" if high is not None else "?"


def clip(words: str, length: int) -> str:
    """Words on one line, cut at a space where they are longer than `length`."""
    line = " ".join(words.split())
    if len(line) <= length:
        return line
    return line[: max(line.rfind(" ", 0, length), length // 2)] + " …"
