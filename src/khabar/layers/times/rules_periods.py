"""Rules for months, years, weeks, seasons, feasts, decades and centuries, their starts and ends, quarters and halves."""

from khabar.layers.times.composed import Counted, Nth, Piece
from khabar.layers.times.grammar import Match, Rule, atom, either, maybe, named, rule, seq
from khabar.layers.times.meanings import Date, Feast, Meaning, Period, Season, Within, Years
from khabar.layers.times.parts import (
    CUT,
    ERA,
    OF,
    ORDINALS,
    cut,
    dated_month,
    read_dated_month,
    read_whole,
    read_year,
    whole,
    with_year,
    year,
)

UNITS = ("Y", "M", "W", "DE", "CE")
_COUNTED = frozenset([f"{u}{n}" for u in (*UNITS, "D", "TH", "TM", "TS") for n in ("one", "many")])
_ONE_THE = tuple(f"{u}oneThe" for u in UNITS)


def _read_month(m: Match) -> Meaning | None:
    date = read_dated_month(m, "a")
    if date is None:
        return None
    told = date.year or date.which is not None or m.has("edge") or m.end - m.start > 1
    # names of persons and common words (رجب, مارس) are months only with something that makes them one
    doubtful = m.has("aislamic") or (m.has("amonth") and m.atoms("amonth")[0].kind == "maybeMonth")
    if doubtful and not (told or m.alone or m.after_time_word) and not (m.before == "from" and m.after == "comma"):
        return None
    found = with_year(m, "a", date)
    return cut(m, found) if found else None


def _read_year(m: Match) -> Meaning | None:
    found = read_year(m, "a") if m.after != "bc" else None
    return cut(m, found) if found else None


def _read_bare_year(m: Match) -> Meaning | None:
    value, era = m.value("alone"), m.atoms("era")
    first = value[0] if isinstance(value, tuple) else value
    if era:
        return cut(m, Date(year=first, islamic=era[0].kind == "hijri"))
    if not 1800 <= first <= 2100 or not (m.has("edge") or _stands_as_year(m)):
        return None
    return cut(m, Date(year=value[0], last_year=value[1]) if isinstance(value, tuple) else Date(year=value))


_NO_YEAR = frozenset(["about", "more", "less", "number", "quantity", "al"])
_LEADS_YEAR = frozenset(["in", "since", "to", "during", "between", "from", "before", "after", "year", "years"])
_ENDS_YEAR = frozenset(
    ["comma", "dot", "close", "dash", "end", "slash", "and", "to", "from", "in", "year", "after", "before", "stopwords", "that"]
)


def _stands_as_year(m: Match) -> bool:
    """Whether four digits are a year and no count: no unit or noun follows that they could count (2000 شخص, 2000 في المائة)."""
    if m.before in _NO_YEAR or m.after in _COUNTED or m.following == "%" or m.second.startswith(("المي", "الما", "بالم")):
        return False
    if m.before == "and" and m.behind(2)[0] in ("year", "years"):
        return True
    return m.before in _LEADS_YEAR or m.after in _ENDS_YEAR or m.following.startswith("و")


def _read_unit(m: Match) -> Meaning | None:
    unit = next((a for a in (*m.atoms("unit"), *m.atoms("unit_")) if a.kind in _ONE_THE), None)
    if unit is None:
        return None
    if m.has("this") and unit.value == "DE" and m.after != "from":
        return None  # هذا العقد is this contract as often
    shift = 0 if m.has("this") else m.value("which") if m.has("which") else None
    if m.has("next2"):
        shift = 2 * m.value("next2")
    if (shift is None and (not m.has("edge") or m.after in ORDINALS)) or m.after == "study":
        return None
    prior = m.has("which") and m.atoms("which")[0].kind == "prior"
    return cut(m, Period(unit.value, shift or 0, prior))


def _read_season(m: Match) -> Meaning | None:
    month = m.value("season")
    of = read_whole(m, "w")
    if m.has("year"):
        return cut(m, Season(month, year=m.value("year")))
    if of is not None:
        return cut(m, Within(Season(month), of))
    if m.has("which"):
        return cut(m, Season(month, which=m.value("which")))
    if m.has("this"):
        return cut(m, Season(month, which=0))
    return cut(m, Season(month)) if m.has("label") or m.has("edge") or m.alone else None


def _read_feast(m: Match) -> Meaning | None:
    calendar, month, day, days = m.value("feast")
    number = m.value("year")
    feast = Feast(calendar, month, day, days, year=number, which=0 if m.has("this") else m.value("which"))
    of = read_year(m, "w")
    if isinstance(of, Date) and of.year:
        feast = Feast(calendar, month, day, days, year=of.year)
        of = None
    found: Meaning = Within(feast, of) if of else feast
    if m.has("ordinal"):
        return Nth("D", m.value("ordinal") if m.atoms("ordinal")[0].kind != "last" else -1, found)
    return cut(m, found)


def _read_decade(m: Match) -> Meaning | None:
    if m.after == "age":
        return None
    decade = m.value("decade")
    if m.has("era") and m.atoms("era")[0].kind == "hijri":
        first = (1300 if decade >= 50 else 1400) + decade
        return cut(m, Date(year=first, last_year=first + 9, islamic=True))
    century = 1900
    if m.has("which"):
        century = {-1: 1900, 0: 2000, 1: 2100}[m.value("which")]
    elif m.has("ordinal"):
        century = 100 * (m.value("ordinal") - 1)
    elif decade <= 20:
        century = 1900
    if not 0 <= century <= 9800:
        return None
    first = century + decade
    return cut(m, Years(f"{first // 10}", first, first + 9))


def _read_century(m: Match) -> Meaning | None:
    n = m.value("ordinal")
    if not 1 <= n <= 30 or m.after == "bc":
        return None
    if m.has("era") and m.atoms("era")[0].kind == "hijri":
        return cut(m, Date(year=100 * n - 99, last_year=100 * n, islamic=True))
    return cut(m, Years(f"{n - 1:02}", max(1, 100 * (n - 1)), 100 * n - 1))


def _read_piece(m: Match) -> Meaning | None:
    number = m.value("ordinal") if m.has("ordinal") else -1
    parts = {"half": 2, "quarter": 4, "third": 3}[m.atoms("piece")[0].kind]
    if not (number == -1 or 1 <= number <= parts):
        return None
    of = read_whole(m, "w")
    return cut(m, Piece(parts, number, of))


def _read_nth(m: Match) -> Meaning | None:
    of = read_whole(m, "w")
    if of is None:
        return None
    number = -1 if m.has("last") or m.has("recent") else m.value("ordinal")
    counted = m.atoms("unit")[-1]
    unit = "D" if counted.kind in ("today", "dayLabel") else counted.value
    if number is None or not (number == -1 or 1 <= number <= 366):
        return None
    return Nth(unit, number, of)


def _read_first_few(m: Match) -> Meaning | None:
    of = read_whole(m, "w")
    if of is None:
        return None
    unit = m.atoms("unit")[0]
    count = 2 if "two" in unit.kind else m.value("count")
    return Nth(unit.value, -1 if m.has("recent") else 1, of, count) if count and count <= 366 else None


_ORDINAL = named("ordinal", atom(*ORDINALS))
_WHICH = named("which", atom("which", "prior"))
_NTH_UNIT = either(
    atom("dayLabel", "Dmany", "Wone", "Wmany", "Mone", "Mmany"), seq(maybe(atom("dayLabel")), atom("weekday", "bareWeekday"))
)
_NTH_UNIT_THE = atom("today", "WoneThe", "MoneThe", "weekday")
_MANY = tuple(f"{u}manyThe" for u in ("D", "W", "M", "Y"))
_TWO = tuple(f"{u}twoThe" for u in ("D", "W", "M", "Y"))

RULES: list[Rule] = [
    rule("month", seq(CUT, dated_month("a")), _read_month),
    rule("year", seq(CUT, year("a", bare=False)), _read_year),
    rule("coming", seq(atom("coming"), named("units", atom(*_MANY, "TNmanyThe"))), lambda m: Counted(m.value("units"), None, 1)),
    rule("bare year", seq(CUT, named("alone", atom("year", "years", glue="w")), maybe(named("era", ERA))), _read_bare_year),
    rule(
        "unit",
        seq(
            CUT,
            either(
                seq(named("this", atom("this")), named("unit", atom(*_ONE_THE))),
                seq(
                    named("unit_", atom(*_ONE_THE)),
                    either(seq(atom("after"), named("next2", atom("which", "prior"))), maybe(_WHICH)),
                ),
            ),
        ),
        _read_unit,
    ),
    rule(
        "season",
        seq(
            CUT,
            maybe(named("this", atom("this"))),
            maybe(named("label", atom("season_"))),
            named("season", atom("season")),
            maybe(either(_WHICH, seq(maybe(OF), named("year", atom("year"))), seq(maybe(OF), whole("w")))),
        ),
        _read_season,
    ),
    rule(
        "feast",
        seq(
            CUT,
            maybe(named("ordinal", atom(*ORDINALS, "last")), atom("Dmany", "Done")),
            maybe(named("this", atom("this"))),
            named("feast", atom("feast")),
            maybe(atom("blessed")),
            maybe(either(_WHICH, seq(maybe(OF), named("year", atom("year"))), seq(maybe(OF), year("w", bare=False)))),
        ),
        _read_feast,
    ),
    rule(
        "decade",
        seq(
            CUT,
            named("decade", atom("decade")),
            maybe(named("era", ERA)),
            maybe(maybe(OF), atom("CEoneThe"), either(_WHICH, _ORDINAL)),
        ),
        _read_decade,
    ),
    rule(
        "century",
        seq(CUT, atom("CEoneThe"), either(_ORDINAL, seq(atom("al"), named("ordinal", atom("day")))), maybe(named("era", ERA))),
        _read_century,
    ),
    rule(
        "piece",
        seq(
            CUT,
            named("piece", atom("half", "quarter", "third")),
            either(_ORDINAL, named("recent", atom("recent"))),
            maybe(maybe(OF), whole("w")),
        ),
        _read_piece,
    ),
    rule(
        "nth unit",
        either(
            seq(either(_ORDINAL, named("last", atom("last"))), named("unit", _NTH_UNIT), maybe(OF), whole("w")),
        ),
        _read_nth,
    ),
    rule(
        "the nth unit",
        seq(named("unit", _NTH_UNIT_THE), either(_ORDINAL, named("recent", atom("recent"))), OF, whole("w")),
        _read_nth,
    ),
    rule(
        "first few",
        seq(
            named("unit", atom(*_MANY, *_TWO)),
            maybe(named("count", atom("cardinal", "day", "number"))),
            either(_ORDINAL, named("recent", atom("recent"))),
            OF,
            whole("w"),
        ),
        _read_first_few,
    ),
]
