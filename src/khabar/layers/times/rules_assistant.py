"""Rules for what people say to an assistant and no newspaper writes: في 27, 4/22, قبل بضعة أيام for three days, حالا.

Only `parse_time` with `leads="future"` uses them."""

from khabar.layers.times.composed import Ago, Counted, Nth
from khabar.layers.times.grammar import Match, Rule, atom, either, maybe, named, rule, seq
from khabar.layers.times.meanings import Date, Meaning, Near, Period
from khabar.layers.times.parts import ORDINALS
from khabar.layers.times.rules_lengths import LONG, read_length

_UNITS = ("D", "W", "M", "Y", "TH", "TM")
_LEAD = maybe(atom("in", "to", "dayLabel"))


def _read_day(m: Match) -> Meaning | None:
    """The day of a month that is not named."""
    number = m.atoms("number")[0]
    led = m.end - m.start > 1 or number.glue == "l" or m.before in ("in", "to", "dayLabel")
    if not led or m.after not in ("end", "dot", "comma") or not 1 <= number.value <= 31:
        return None
    return Date(day=number.value)


def _read_day_month(m: Match) -> Meaning | None:
    first, second = m.value("short")
    day, month = (first, second) if second <= 12 else (second, first)
    return Date(day=day, month=month) if 1 <= day <= 31 and 1 <= month <= 12 else None


def _read_month_year(m: Match) -> Meaning | None:
    year, month = m.value("month")
    return Date(year=year, month=month)


def _read_nth_weekday(m: Match) -> Meaning | None:
    return Nth(m.value("weekday"), m.value("ordinal"), Period("M", 0)) if m.value("ordinal") <= 5 else None


def _read_in(m: Match) -> Meaning | None:
    found = read_length(m)
    if not found or found[0][1] is None:
        return None
    if m.atoms("in")[0].kind == "during":
        return Counted(*found[0], 1, None, found[1:])
    return Ago(*found[0], 1, None, found[1:])


def _read_day_of_month(m: Match) -> Meaning | None:
    return Date(day=m.value("number")) if 1 <= m.value("number") <= 31 else None


def _read_few(m: Match) -> Meaning | None:
    return Ago(m.value("unit") or "D", 3, -1 if m.has("before") else 1)


def _read_from(m: Match) -> Meaning | None:
    if m.after in ("to", "ordinalF", "ordinal", "which"):
        return None
    unit = m.atoms("unit")[-1]
    count = m.value("n") if m.has("n") else 2 if "two" in unit.kind else 1
    return Ago(unit.value or "D", count, -1)


RULES: list[Rule] = [
    rule("now", named("now", atom("rightNow", "now")), lambda m: Near(0)),
    rule("in so long", seq(named("in", atom("in", "during")), LONG), _read_in),
    rule("the last one", seq(atom("last"), named("unit", atom("Wone", "Mone", "Yone"))), lambda m: Period(m.value("unit"), -1)),
    rule(
        "the last weekday", seq(atom("last"), named("day", atom("bareWeekday"))), lambda m: Date(weekday=m.value("day"), which=-1)
    ),
    rule("day of the month", seq(named("number", atom("day", *ORDINALS)), atom("from"), atom("MoneThe")), _read_day_of_month),
    rule("day of a month", seq(_LEAD, named("number", atom("day", "cardinal", *ORDINALS))), _read_day),
    rule("day and month", named("short", atom("dayMonth", "decimal")), _read_day_month),
    rule("month and year", named("month", atom("monthYear")), _read_month_year),
    rule("nth weekday", seq(named("weekday", atom("weekday")), named("ordinal", atom(*ORDINALS))), _read_nth_weekday),
    rule(
        "few",
        seq(
            either(named("before", atom("before")), atom("after")),
            atom("few"),
            named("unit", atom(*(f"{u}many" for u in _UNITS))),
        ),
        _read_few,
    ),
    rule(
        "from",
        seq(
            atom("from"),
            maybe(named("n", atom("day", "cardinal"))),
            named("unit", atom("dayLabel", *(f"{u}{n}" for u in _UNITS for n in ("one", "two", "many")))),
        ),
        _read_from,
    ),
]
