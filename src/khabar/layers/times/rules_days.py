"""Rules for days: dates with all that stands around them (الثلاثاء، 26 سبتمبر/أيلول 2023), weekdays, أمس, parts of the day."""

from dataclasses import replace

from khabar.layers.times.clock import CLOCK, read_clock
from khabar.layers.times.composed import Hangs, Moment
from khabar.layers.times.grammar import Match, Pattern, Rule, atom, either, maybe, named, rule, seq
from khabar.layers.times.meanings import Date, Meaning, Near, Period, Within
from khabar.layers.times.parts import COMMA, DAY_NUMBER, LINK, OF, month, read_month, read_year, year


def date(p: str) -> Pattern:
    """A day and month, with a second day of the month and a year where given; or a date in digits."""
    second = seq(
        either(atom("dash", "to", "and"), maybe(atom("to"))), named(f"{p}last", atom("day", "ordinal", "cardinal", glue="w"))
    )
    days = either(named(f"{p}days", atom("days")), seq(named(f"{p}day", DAY_NUMBER), maybe(second)))
    tail = maybe(maybe(named(f"{p}mwhich", atom("which"))), maybe(LINK, year(p)))
    day_first = seq(days, maybe(atom("from", "of", "dash", "slash")), month(p), tail)
    spaced = seq(
        named(f"{p}x", atom("day")),
        atom("slash", "dash"),
        named(f"{p}y", atom("day")),
        atom("slash", "dash"),
        named(f"{p}z", atom("year")),
    )
    return either(day_first, named(f"{p}digits", atom("date")), spaced)


def read_date(m: Match, p: str) -> tuple[Date, Meaning | None] | None:
    """The date of a `date`, and the year that it is in where that is relative to the text's day."""
    if m.has(f"{p}digits"):
        return _in_digits(*m.value(f"{p}digits")), None
    if m.has(f"{p}x"):
        day, month_number = m.value(f"{p}x"), m.value(f"{p}y")
        if month_number > 12:
            day, month_number = month_number, day
        return (_in_digits(m.value(f"{p}z"), month_number, day), None) if month_number <= 12 else None
    found = read_month(m, p)
    if found is None:
        return None
    if m.has(f"{p}days"):
        first, last = m.value(f"{p}days")
    else:
        number = next(a for a in m.atoms(f"{p}day") if a.kind != "al")
        first, last = 1 if number.kind == "firstDay" else number.value, m.value(f"{p}last")
    if not 1 <= first <= 31 or (last is not None and not first < last <= 31):
        return None
    number_, islamic = found
    when = read_year(m, p)
    date_ = Date(day=first, last=last, month=number_, islamic=islamic, which=m.value(f"{p}mwhich"))
    if isinstance(when, Date):
        return replace(date_, year=when.year), None
    return date_, when


def _in_digits(year_: int, month_: int, day_: int) -> Date:
    return Date(day=day_, month=month_, year=year_, islamic=1300 <= year_ <= 1500)


PART = either(atom("part"), atom("partAdverb"), atom("TNone", "TNoneThe"))
DAY_LABEL = maybe(atom("dayLabel"))
NEAR = named("near", atom("today", "daysOff"))
WEEKDAY = seq(named("weekday", atom("weekday")), maybe(named("wwhich", atom("which"))))
BESIDE = either(
    seq(maybe(COMMA), atom("muwafiq"), maybe(atom("to")), DAY_LABEL, date("b")),
    seq(atom("open"), maybe(atom("muwafiq")), date("c"), atom("close")),
    seq(atom("slash"), date("d")),
)
_DATED = seq(
    maybe(NEAR, maybe(COMMA)),
    maybe(DAY_LABEL, WEEKDAY, maybe(either(COMMA, atom("muwafiq", "in"))), DAY_LABEL, maybe(either(COMMA, atom("in")))),
    date("a"),
    maybe(BESIDE),
)
_NAMED = either(seq(NEAR, maybe(maybe(COMMA), WEEKDAY)), WEEKDAY)
_THIS_DAY = named("thisday", atom("this"), atom("today", "TNoneThe"))


def _day(core: Pattern) -> Pattern:
    """A day with its part and hour before or after it."""
    before = maybe(
        either(
            seq(CLOCK("p"), maybe(COMMA), maybe(OF), maybe(named("part", PART))),
            named("part2", PART),
        ),
        maybe(COMMA),
        maybe(OF),
        DAY_LABEL,
    )
    after = maybe(
        maybe(COMMA),
        either(
            seq(named("after", atom("partAdverb")), maybe(maybe(COMMA), maybe(atom("in")), CLOCK("q"))),
            seq(maybe(atom("in")), CLOCK("r"), maybe(named("after2", PART))),
        ),
    )
    return seq(before, core, after)


def _read_dated(m: Match) -> Meaning | None:
    found = read_date(m, "a")
    if found is None:
        return None
    day, when = found
    if m.has("weekday"):
        day = replace(day, weekday=m.value("weekday"))
    for p in "bcd":
        beside = read_date(m, p) if any(m.has(p + name) for name in ("digits", "x", "day", "days")) else None
        if beside:
            # of the two calendars the Gregorian date is the surer; one without a year says less than one with
            day, when = beside if (day.islamic, day.year is None) > (beside[0].islamic, beside[0].year is None) else (day, when)
    if m.has("near") and day.year is None and day.which is None and when is None:
        day = replace(day, which=None)
    return _timed(m, Within(day, when) if when else day)


def _read_named(m: Match) -> Meaning | None:
    weekday = m.value("weekday")
    if m.has("near"):
        return _timed(m, Near(m.value("near"), weekday))
    return _timed(m, Date(weekday=weekday, which=m.value("wwhich")))


def _timed(m: Match, day: Meaning) -> Meaning:
    part = None
    for name in ("part", "part2", "after", "after2"):
        if m.has(name):
            found = m.atoms(name)[0]
            part = "NI" if found.kind.startswith("TN") else found.value
    clock = next((c for p in "pqr" if (c := read_clock(m, p, part))), None)
    if clock is None and part is None:
        return day
    return Moment(day, part, clock[0] if clock else None, clock[1] if clock else None)


def _read_this_day(m: Match) -> Meaning | None:
    night = any(a.kind == "TNoneThe" for a in m.atoms("thisday"))
    return Moment(Near(0), "NI") if night else _timed(m, Near(0))


def _read_weekday_of_week(m: Match) -> Meaning | None:
    shift = 0 if m.has("wkthis") else m.value("wkwhich")
    return _timed(m, Within(Date(weekday=m.value("weekday")), Period("W", shift)))


_WEEK = either(seq(named("wkthis", atom("this")), atom("WoneThe")), seq(atom("WoneThe"), named("wkwhich", atom("which"))))


def _read_part(m: Match) -> Meaning | None:
    return Moment(None, m.value("part"))


def _read_clock(m: Match) -> Meaning | None:
    part = m.value("after2")
    clock = read_clock(m, "r", part)
    if m.has("rcolon") and part is None and not m.has("rzone"):
        return None
    return Moment(None, part, clock[0], clock[1]) if clock else None


def _read_same_day(m: Match) -> Meaning | None:
    return Hangs("D", 1 if m.has("which") else 0, m.value("which") or 1, told=True)


def _read_day_after(m: Match) -> Meaning | None:
    return Hangs("D", 1, 1)


def _read_night(m: Match) -> Meaning | None:
    return Moment(Near(m.value("which")), "NI") if m.value("which") in (-1, 1) else None


RULES: list[Rule] = [
    rule("clock", seq(CLOCK("r"), maybe(OF), maybe(named("after2", either(atom("part"), atom("partAdverb"))))), _read_clock),
    rule("same day", seq(atom("today"), either(atom("same"), named("which", atom("which")))), _read_same_day),
    rule("day after", seq(atom("dayAfter"), named("head", atom("other"))), _read_day_after),
    rule("night", seq(atom("TNoneThe"), named("which", atom("which"))), _read_night),
    rule("part", either(seq(named("part", atom("partAdverb"))), seq(atom("during"), named("part", atom("part")))), _read_part),
    rule("date", _day(_DATED), _read_dated),
    rule(
        "weekday of a week",
        _day(seq(named("weekday", atom("weekday", "bareWeekday")), maybe(COMMA), maybe(OF), _WEEK)),
        _read_weekday_of_week,
    ),
    rule("day", _day(_NAMED), _read_named),
    rule("this day", _day(_THIS_DAY), _read_this_day),
]
