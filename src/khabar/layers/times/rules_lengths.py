"""Rules for lengths of time: durations, periods up to the text's day, points so many units away from it, and repetitions."""

from khabar.layers.times.composed import After, Ago, Counted, Hangs
from khabar.layers.times.grammar import Match, Rule, atom, either, maybe, named, rule, seq
from khabar.layers.times.meanings import Fixed, Meaning, Reading
from khabar.layers.times.parts import ORDINALS
from khabar.record import TimexMod

_UNITS = ("Y", "M", "W", "D", "DE", "CE", "TH", "TM", "TS", "TN")
_ONE = tuple(f"{u}one" for u in _UNITS)
_TWO = tuple(f"{u}two" for u in _UNITS)
_MANY = tuple(f"{u}many" for u in _UNITS)
_DAY = ("dayLabel",)
_NUMBER = atom("day", "number", "year", "cardinal", "decimal")
_AND_HALF = seq(named("halfmore", atom("half", glue="w!")), maybe(atom(*(f"{u}oneThe" for u in _UNITS if u != "TS"), "today")))
LONG = either(
    seq(atom("few"), named("several", atom(*_MANY))),
    seq(named("n", _NUMBER), named("unit", atom(*_ONE, *_MANY, *_DAY)), maybe(_AND_HALF)),
    seq(named("two", atom(*_TWO)), maybe(_AND_HALF)),
    seq(
        named("one", atom(*_ONE, *_DAY)),
        maybe(either(_AND_HALF, named("only", atom("cardinal")))),
    ),
    seq(named("halfunit", atom("half", "quarter")), named("halfof", atom(*_ONE, *_DAY))),
    named("many", atom(*_MANY)),
)
_NUMBER_AND = either(seq(atom("and"), _NUMBER), atom("day", "number", "cardinal", "decimal", glue="w!"))
_AND_UNITS = seq(named("n2", _NUMBER_AND), named("unit2", atom(*_ONE, *_MANY, *_DAY)))
_AND_TWO = named("two2", either(seq(atom("and"), atom(*_TWO)), atom(*_TWO, glue="w!")))
_AND_ONE = named("one2", either(seq(atom("and"), atom(*_ONE, *_DAY)), atom(*_ONE, *_DAY, glue="w!")), maybe(atom("cardinal")))
LONG = seq(LONG, maybe(either(_AND_UNITS, _AND_TWO, _AND_ONE)))
_CONTENT = frozenset(
    ["month", "maybeMonth", "hijriMonth", "year", "yearInWords", "weekday", *ORDINALS, "day", "cardinal", "which", "prior"]
)
_COUNTS = frozenset(["day", "number", "cardinal", "year", "yearInWords", "decimal", "quantity", "times"])
_SIZES = ("CE", "DE", "Y", "M", "W", "D", "TN", "TH", "TM", "TS")
Length = tuple[tuple[str, float | None], ...]
"""Units and how many of each; None: some."""
_HEDGE = maybe(either(named("about", atom("about")), named("more", atom("more")), named("less", atom("less"))))
_WHICH = named("which", atom("which", "prior", "recent"))


def read_length(m: Match) -> Length | None:
    """Units and numbers of a `LONG`."""
    first = _first_length(m)
    if first is None:
        return None
    second: tuple[str, float] | None = None
    if m.has("n2"):
        second = _unit(m, "unit2"), _count(m.value("n2"))
    for name, count in (("two2", 2.0), ("one2", 1.0)):
        if m.has(name):
            second = _unit(m, name), count
    if second is None:
        return (first,)
    # a year and three months; not: a month and a year (two things)
    return (first, second) if first[1] is not None and _SIZES.index(first[0]) < _SIZES.index(second[0]) else None


def _first_length(m: Match) -> tuple[str, float | None] | None:
    for name, count in (("several", None), ("many", None), ("two", 2.0), ("one", 1.0)):
        if m.has(name):
            if m.has("halfmore") and count:
                count += 0.5
            if m.has("only") and m.value("only") != 1:
                return None
            return _unit(m, name), count
    if m.has("halfunit"):
        return _unit(m, "halfof"), 0.5 if m.atoms("halfunit")[0].kind == "half" else 0.25
    return (_unit(m, "unit"), _count(m.value("n")) + 0.5 * m.has("halfmore")) if m.has("n") else None


def _count(value: int | tuple[int, int]) -> float:
    return value[0] + value[1] / 100 if isinstance(value, tuple) else float(value)


def _unit(m: Match, name: str) -> str:
    return str(m.value(name) or "D")


def _mod(m: Match) -> TimexMod | None:
    return "APPROX" if m.has("about") else "MORE_THAN" if m.has("more") else "LESS_THAN" if m.has("less") else None


def iso_length(length: Length) -> str:
    """The TIMEX3 value of a duration: P1Y3M, PT36H, PXM."""
    days = clock = ""
    for unit, count in length:
        number = "X" if count is None else f"{count:g}"
        if unit in ("TH", "TM", "TS"):
            clock += number + unit[1]
        else:
            days += number + ("D" if unit == "TN" else unit)
    return f"P{days}T{clock}" if clock else f"P{days}"


def _read_duration(m: Match) -> Meaning | None:
    found = read_length(m)
    return Fixed(Reading("DURATION", iso_length(found), None, _mod(m))) if found else None


def _read_since(m: Match) -> Meaning | None:
    found = read_length(m)
    return Counted(*found[0], -1, _mod(m), found[1:]) if found else None


def _read_ago(m: Match) -> Meaning | None:
    found = read_length(m)
    return Ago(*found[0], -1, _mod(m), found[1:]) if found else None


def _read_from_event(m: Match) -> Meaning | None:
    found = read_length(m)
    if not found or len(found) > 1:
        return None
    return Hangs(*found[0], -1 if m.has("before") else 1, mod=_mod(m))


def _read_from_now(m: Match) -> Meaning | None:
    found = read_length(m)
    return Ago(*found[0], -1 if m.has("before") else 1, _mod(m), found[1:]) if found else None


def _read_after(m: Match) -> Meaning | None:
    found = read_length(m)
    return After(*found[0], _mod(m), found[1:]) if found else None


def _read_counted(m: Match) -> Meaning | None:
    which = m.atoms("which")[0]
    direction = -1 if which.kind == "recent" else which.value
    if direction == 0:
        return None
    unit = (*m.atoms("units"), *m.atoms("units_"))[0]
    count: float | None = 2.0 if "two" in unit.kind else None
    if m.has("n") or m.has("n_"):
        value = m.value("n" if m.has("n") else "n_")
        count = float(value[0]) if isinstance(value, tuple) else float(value)
        # الخمس عشرة and العشرون are written as their ordinals are; الأولى is none of a count
        if count <= 10 and m.atoms("n" if m.has("n") else "n_")[-1].kind in ORDINALS:
            return None
    elif "one" in unit.kind:
        return None
    return Counted(unit.value, count, direction)


def _read_some(m: Match) -> Meaning | None:
    unit = next(a for a in m.all if a.kind in _MANY)
    return Counted(unit.value, None, m.value("bare"))


def _read_about(m: Match) -> Meaning | None:
    return Fixed(Reading("DURATION", iso_length(((m.value("unit"), 1),)), None, "APPROX"))


def _read_last_n(m: Match) -> Meaning | None:
    found = read_length(m)
    if not found or found[0][0] in ("TM", "TS") or m.has("one") or m.has("halfunit"):
        return None
    return Counted(*found[0], -1)


def _read_each(m: Match) -> Meaning | None:
    found = read_length(m)
    return Fixed(Reading("SET", iso_length(found))) if found else None


def _read_each_weekday(m: Match) -> Meaning | None:
    return Fixed(Reading("SET", f"XXXX-WXX-{m.value('day')}"))


def _read_each_time(m: Match) -> Meaning | None:
    return Fixed(Reading("SET", "P1D" if m.atoms("what")[0].kind == "part" else "P1Y"))


def _read_during(m: Match) -> Meaning | None:
    alone = m.has("one") and m.end - m.start == 2
    # خلال عقد اتفاق is the making of one
    if alone and (m.after in _CONTENT or (m.value("one") == "DE" and m.after not in ("comma", "dot", "end", "from"))):
        return None
    return _read_duration(m)


def _read_only(m: Match) -> Meaning | None:
    if m.before in ("number", "day", "year", "yearInWords", "cardinal", "quantity"):
        return None
    silence = m.following.startswith(("حداد", "صمت"))  # a minute of silence
    only = silence or m.value("only") == 1 or (m.alone and not m.has("only")) or any(a.kind == "merely" for a in m.all)
    return Fixed(Reading("DURATION", iso_length(((_unit(m, "one"), 1),)))) if only else None


def _read_per(m: Match) -> Meaning | None:
    if m.after in _CONTENT or m.after in ("recent", "same", "blessed") or m.following.startswith(("الذي", "التي", "الاول")):
        return None
    unit = m.atoms("unit")[0]
    # 3 مرات في الأسبوع; not في الشهر العقاري
    if unit.kind != "today" and not any(kind in _COUNTS for kind in m.behind(5)):
        return None
    return Fixed(Reading("SET", f"P1{'D' if unit.kind == 'today' else unit.value}"))


def _read_nth(m: Match) -> Meaning | None:
    """The eighth day, the seventh month of something: how long it has gone on. اليوم السابع alone is a newspaper."""
    unit = m.atoms("unit")[0]
    running = any(a.kind == "running" for a in m.all)
    if not running and unit.glue != "l" and not (unit.kind == "today" and m.before in ("in", "during", "since", "to")):
        return None
    return Fixed(Reading("DURATION", f"P{m.value('ordinal')}{'D' if unit.kind == 'today' else unit.value}"))


def _read_bare(m: Match) -> Meaning | None:
    """A length that no word announces: two units, or a number with units that is no age."""
    if m.before in ("before", "after", "since", "number", "day", "year", "last", "al", *ORDINALS):
        return None
    if m.following == "ضوييه" or m.previous in ("ابو", "ال", "بن"):  # light years; names
        return None
    compound = m.has("halfmore") or m.has("n2") or m.has("two2")
    # some units alone are a length in the accusative only: شهورا
    told = compound or (m.has("many") and m.form.endswith("ا")) or m.form in ("اسبوعا", "شهرا")
    if (m.has("one") or m.has("halfunit") or m.has("many")) and not told:
        return None
    # the age of a person: (25 عاما), زيان, 30 عاما, تتراوح أعمارهم بين 18 و25 عاما
    aged = m.behind(6)
    if m.value("unit") == "Y" and (
        "open" in aged or "age" in aged or (m.before == "comma" and m.after == "comma") or m.following == '"'
    ):
        return None
    return _read_duration(m)


def _read_set(m: Match) -> Meaning | None:
    return Fixed(Reading("SET", m.value("set"))) if m.value("set") else None


_COUNTED_MANY = seq(atom("day", "cardinal"), atom(*_MANY))
_UNITS_THE = tuple(f"{u}{k}The" for u in _UNITS for k in ("two", "many"))
_MERELY = maybe(atom("merely"))
_COUNT = maybe(named("n", either(_NUMBER, seq(atom("al"), _NUMBER), atom(*ORDINALS))))


RULES: list[Rule] = [
    rule("duration", seq(atom("length"), _HEDGE, LONG, _MERELY), _read_duration),
    rule("during", seq(atom("during"), _HEDGE, LONG, _MERELY), _read_during),
    rule(
        "one unit", seq(named("one", atom(*_ONE, *_DAY, glue="-")), _MERELY, maybe(named("only", atom("cardinal")))), _read_only
    ),
    rule("since", seq(atom("since"), _HEDGE, LONG), _read_since),
    rule("after", seq(atom("after"), _HEDGE, LONG), _read_after),
    rule(
        "from an event",
        seq(
            either(named("before", atom("before")), atom("after")),
            _HEDGE,
            LONG,
            _MERELY,
            named("head", atom("from", "passed")),
        ),
        _read_from_event,
    ),
    rule(
        "from now",
        seq(either(named("before", atom("before")), atom("after")), _HEDGE, LONG, atom("from"), atom("now", "today")),
        _read_from_now,
    ),
    rule("so long ago", seq(_HEDGE, LONG, atom("gone")), _read_ago),
    rule("from now on", seq(LONG, atom("from"), atom("now")), _read_from_now),
    rule("ago", seq(atom("before"), _HEDGE, LONG, maybe(atom("gone", "whichBare"))), _read_ago),
    rule(
        "counted",
        seq(
            either(
                seq(named("units", atom(*_UNITS_THE)), _COUNT, maybe(atom("fewer"))),
                seq(
                    maybe(atom("al")),
                    named("n_", either(_NUMBER, atom(*ORDINALS))),
                    named("units_", atom(*_UNITS_THE, *_MANY, *_ONE)),
                ),
            ),
            _WHICH,
        ),
        _read_counted,
    ),
    rule(
        "some units past or to come",
        seq(either(seq(maybe(atom("few")), atom(*_MANY)), _COUNTED_MANY), maybe(atom("few")), named("bare", atom("whichBare"))),
        _read_some,
    ),
    rule(
        "about an hour",
        seq(atom("length"), atom("about"), named("unit", atom("THoneThe", "DoneThe", "WoneThe", "MoneThe", "YoneThe"))),
        _read_about,
    ),
    rule("last n", seq(atom("last", glue="l"), LONG), _read_last_n),
    rule("each", seq(atom("each"), LONG), _read_each),
    rule(
        "each day", seq(atom("each"), maybe(atom("dayLabel")), named("day", atom("weekday", "bareWeekday"))), _read_each_weekday
    ),
    rule("each time", seq(atom("each"), named("what", atom("part", "season", "month", "hijriMonth"))), _read_each_time),
    rule("set", named("set", atom("set")), _read_set),
    rule("in a unit", seq(atom("in"), named("unit", atom("today", "WoneThe", "MoneThe", "YoneThe"))), _read_per),
    rule(
        "nth unit running",
        seq(
            named("unit", atom("today", "WoneThe", "MoneThe", "YoneThe")),
            named("ordinal", atom(*ORDINALS)),
            maybe(atom("running")),
        ),
        _read_nth,
    ),
    rule("units", seq(_HEDGE, LONG, _MERELY), _read_bare),
]
