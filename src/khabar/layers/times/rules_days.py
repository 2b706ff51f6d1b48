"""Rules for days: dates with all that stands around them (الثلاثاء، 26 سبتمبر/أيلول 2023), weekdays, أمس, parts of the day."""

from dataclasses import replace

from khabar.layers.times.clock import CLOCK, read_clock
from khabar.layers.times.composed import Hangs, Moment, Nth
from khabar.layers.times.context import Context
from khabar.layers.times.dates import date, has_date, read_date
from khabar.layers.times.grammar import Match, Pattern, Rule, atom, either, maybe, named, rule, seq
from khabar.layers.times.hours import Hours, hours, read_hours
from khabar.layers.times.meanings import Date, Meaning, Near, Period, Within
from khabar.layers.times.parts import COMMA, OF, ORDINALS

PART = seq(maybe(atom("this")), atom("part", "partAdverb", "TNone", "TNoneThe"))
EARLY = either(named("early", atom("early")), atom("sometime"))
DAY_LABEL = maybe(atom("dayLabel"))
NEAR = named("near", atom("today", "daysOff"))
WEEKDAY = seq(named("weekday", atom("weekday")), maybe(named("wwhich", atom("which", "prior"))))
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
_NUMBERED = either(seq(atom("in"), named("number", atom("day", "cardinal"))), named("number", atom("day")))  # قتل الجمعة ثلاثة
_THIS_DAY = named("thisday", atom("this"), atom("today", "TNoneThe", "part"))


def _day(core: Pattern) -> Pattern:
    """A day with its part and hour before or after it."""
    before = maybe(
        either(
            seq(CLOCK("p"), maybe(COMMA), maybe(OF), maybe(named("part", PART))),
            seq(maybe(EARLY, maybe(OF)), named("part2", PART)),
            EARLY,
        ),
        maybe(COMMA),
        maybe(OF),
        DAY_LABEL,
    )
    after = maybe(
        maybe(COMMA),
        either(
            seq(named("after", atom("partAdverb", "part")), maybe(maybe(COMMA), maybe(atom("in")), CLOCK("q"))),
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
        beside = read_date(m, p) if has_date(m, p) else None
        if beside:
            # of the two calendars the Gregorian date is the surer; one without a year says less than one with
            day, when = beside if (day.islamic, day.year is None) > (beside[0].islamic, beside[0].year is None) else (day, when)
    if m.has("weekday") and _is_nth_weekday(m, day):
        return Nth(m.value("weekday"), day.day or 1, replace(day, weekday=None, day=None))
    if m.has("near") and m.value("near") == 0:
        day = replace(day, today=day.year is not None)
    return _timed(m, Within(day, when) if when else day)


def _is_nth_weekday(m: Match, day: Date) -> bool:
    """Whether "the second Wednesday of October" is no date: the second is no Wednesday in that year."""
    if not (m.has("aday") and m.atoms("aday")[0].kind in ORDINALS and day.day and day.day <= 5 and day.month):
        return False
    if m.atoms("aday")[0].kind == "ordinalF" and day.weekday == 5:
        return True  # الجمعة الأولى من يوليو: a Friday is feminine, a day of the month is not
    if not day.year:
        return False
    written = replace(day, weekday=None).resolve(Context()).days
    return written is not None and written[0].isoweekday() != day.weekday


def _read_weekday_number(m: Match) -> Meaning | None:
    """A weekday and the number of the day, the month left out: الجمعة 15."""
    if m.value("number") > 31 or m.after not in ("end", "comma", "dot", "close", "to") or m.atoms("number")[0].kind in ORDINALS:
        return None
    return Date(weekday=m.value("weekday"), day=m.value("number"))


def _is_no_tomorrow(m: Match) -> bool:
    """Whether غد stands where it is an idiom or a slip (بغد أفضل): tomorrow is غدا, يوم غد, صباح غد."""
    if m.end - m.start > 1 or not m.form.endswith("غد") or m.form.endswith("الغد"):
        return False
    return m.before not in ("dayLabel", "from", "to", "since", "before", "after", "in", "during") and not m.alone


def _read_named(m: Match) -> Meaning | None:
    weekday = m.value("weekday")
    if m.has("near") and (m.after in ORDINALS or _is_no_tomorrow(m)):
        return None
    if m.has("near"):
        return _timed(m, Near(m.value("near"), weekday))
    return _timed(m, Date(weekday=weekday, which=m.value("wwhich")))


def _part(m: Match) -> str | None:
    for name in ("part", "part2", "after", "after2"):
        if m.has(name):
            found = m.atoms(name)[-1]
            return "NI" if found.kind.startswith("TN") else str(found.value)
    return None


def _timed(m: Match, day: Meaning) -> Meaning | None:
    part = _part(m)
    clock = next((c for p in "pqr" if (c := read_clock(m, p, part))), None)
    if clock is None and any(m.has(p + name) for p in "pqr" for name in ("hour", "colon", "ordinal", "digits")):
        return None
    if clock is None and part is None:
        return Moment(day) if m.has("early") else day
    return Moment(day, part, clock[0] if clock else None, clock[1] if clock else None)


def _read_this_day(m: Match) -> Meaning | None:
    last = m.atoms("thisday")[-1]
    if last.kind == "part":
        return Moment(Near(0), last.value) if last.the and last.value != "AF" else None  # هذا العصر is this age
    return Moment(Near(0), "NI") if last.kind == "TNoneThe" else _timed(m, Near(0))


def _read_that_day(m: Match) -> Meaning | None:
    """اليوم الذي بعد الغد; إلى is a way of writing اللي, but not in من اليوم إلى الغد."""
    return Near(m.value("near")) if m.before not in ("from", "since") and m.form_at(1) != "حتي" else None


def _read_hours(m: Match) -> Meaning | None:
    found = read_hours(m)
    if found is None:
        return None
    day: Meaning | None = None
    if m.has("near"):
        day = Near(m.value("near"), m.value("weekday"))
    elif m.has("weekday"):
        day = Date(weekday=m.value("weekday"), which=m.value("wwhich"))
    return Hours(found[0], found[1], day)


def _read_weekday_of_week(m: Match) -> Meaning | None:
    shift = 0 if m.has("wkthis") else m.value("wkwhich") * (2 if m.has("wkafter") else 1)
    return _timed(m, Within(Date(weekday=m.value("weekday")), Period("W", shift)))


_WEEK = either(
    seq(named("wkthis", atom("this")), atom("WoneThe")),
    seq(atom("WoneThe"), maybe(named("wkafter", atom("after"))), named("wkwhich", atom("which", "prior"))),
)


def _read_part(m: Match) -> Meaning | None:
    return Moment(None, m.value("part"))


def _read_in_part(m: Match) -> Meaning | None:
    """في الصباح, حتى الفجر; not في الظهر, which is the back, nor في العصر, the age."""
    part = m.atoms("part")[0]
    if not part.the or (part.value in ("NO", "AF") and m.all[0].kind != "during"):
        return None
    return Moment(None, part.value)


def _read_hour(m: Match) -> Meaning | None:
    """An hour with a part of the day and without الساعة: من 8 صباحا, where nothing is counted (قتل 7 مساء)."""
    clock = read_clock(m, "r", m.value("after2")) if m.before in ("in", "from", "to", "since", "between") or m.alone else None
    return Moment(None, m.value("after2"), clock[0], clock[1]) if clock else None


def _read_clock(m: Match) -> Meaning | None:
    part = _part(m)
    clock = read_clock(m, "r", part)
    if m.has("rcolon") and part is None and not m.has("rzone") and not m.alone:
        return None
    return Moment(None, part, clock[0], clock[1]) if clock else None


def _read_same_day(m: Match) -> Meaning | None:
    # "the day after the decision" (التالي للقرار) hangs on the decision, not on the day told last
    told = not (m.following.startswith("ل") and m.has("which"))
    return _timed(m, Hangs("D", 1 if m.has("which") else 0, m.value("which") or 1, told))


def _read_day_after(m: Match) -> Meaning | None:
    return Hangs("D", 1, 1)


def _read_night(m: Match) -> Meaning | None:
    shift = m.value("which") or 0
    if not shift and (m.after in ORDINALS or m.following.startswith("ال") or m.following == "نفسها"):
        return None  # الليلة الشعبية, الليلة التي
    return Moment(Near(2 * shift if m.has("before") else shift), "NI")


RULES: list[Rule] = [
    rule("clock", seq(CLOCK("r"), maybe(maybe(COMMA), maybe(OF), named("after2", PART))), _read_clock),
    rule("same day", _day(seq(atom("today"), either(atom("same"), named("which", atom("which", "prior"))))), _read_same_day),
    rule("day after", seq(atom("dayAfter"), named("head", atom("other"))), _read_day_after),
    rule(
        "night", seq(atom("TNoneThe"), maybe(maybe(named("before", atom("before"))), named("which", atom("which")))), _read_night
    ),
    rule("part", named("part", atom("partAdverb")), _read_part),
    rule(
        "in a part",
        seq(atom("in", "with", "during", "since", "to", "before", "after"), named("part", atom("part"))),
        _read_in_part,
    ),
    rule("hour", seq(named("rhour", atom("day", "clock", "decimal")), named("after2", atom("partAdverb"))), _read_hour),
    rule("hours", hours(_NAMED), _read_hours),
    rule("date", _day(_DATED), _read_dated),
    rule(
        "weekday of a week",
        either(
            _day(seq(named("weekday", atom("weekday", "bareWeekday")), maybe(COMMA), maybe(OF), _WEEK)),
            seq(_WEEK, maybe(COMMA), DAY_LABEL, named("weekday", atom("weekday"))),
        ),
        _read_weekday_of_week,
    ),
    rule("day", _day(_NAMED), _read_named),
    rule(
        "weekday and number",
        seq(named("weekday", atom("weekday")), _NUMBERED),
        _read_weekday_number,
    ),
    rule("the day that is", seq(atom("today"), atom("that", "to"), NEAR), _read_that_day),
    rule("this day", _day(_THIS_DAY), _read_this_day),
]
