"""Parts that several rules share: a month, a year, a whole that something is part of; each as a pattern and as its reading.

The names of a pattern's parts begin with a prefix, so that one rule can hold the same part twice.
"""

from khabar.layers.times.composed import Cut, Same
from khabar.layers.times.grammar import Match, Pattern, atom, either, maybe, named, seq
from khabar.layers.times.meanings import Date, Fixed, Meaning, Period, Reading, Within

ORDINALS = ("ordinal", "ordinalF")
OF = atom("from", "in")
COMMA = atom("comma")
LINK = maybe(either(seq(COMMA, maybe(atom("in"))), OF))
YEAR_LABEL = atom("Yone", "YoneThe", "yearLabel", glue="bl")
MONTH_LABEL = atom("Mone", "MoneThe", "monthLabel", glue="b")
_ISLAMIC_YEARS = range(1300, 1501)
ERA = atom("hijri", "gregorian")


def year(p: str, bare: bool = True, words: bool = False) -> Pattern:
    """A year: عام 2013، 1436 هـ، هذا العام، العام الماضي; `bare`: also a number alone, with `words` in words too."""
    number = named(f"{p}number", atom("year", "cardinal", "years"))
    labelled = seq(
        YEAR_LABEL,
        either(seq(number, maybe(named(f"{p}era", ERA))), seq(named(f"{p}number", atom("number", "day")), named(f"{p}era", ERA))),
    )
    relative = either(
        seq(named(f"{p}this", atom("this")), atom("YoneThe", "Yone")),
        seq(
            atom("YoneThe"),
            named(f"{p}which", atom("which", "prior")),
            maybe(named(f"{p}itself", atom("year")), maybe(atom("hijri"))),
        ),
        seq(atom("YoneThe"), named(f"{p}same", atom("same"))),
    )
    if not bare:
        return either(labelled, relative)
    alone = seq(
        named(f"{p}alone", atom("year", "years", "yearInWords") if words else atom("year", "years")),
        maybe(named(f"{p}aloneEra", ERA)),
    )
    return either(labelled, relative, alone)


def _prior(m: Match, name: str) -> bool:
    return m.atoms(name)[0].kind == "prior"


def read_year(m: Match, p: str) -> Meaning | None:
    """The meaning of a `year`; None where it is none."""
    for name in (f"{p}number", f"{p}alone"):
        if m.has(name):
            value = m.value(name)
            era = m.atoms(f"{p}era" if name == f"{p}number" else f"{p}aloneEra")
            if isinstance(value, tuple):
                return Date(year=value[0], last_year=value[1])
            islamic = (bool(era) and era[0].kind == "hijri") or (not era and value in _ISLAMIC_YEARS)
            return Date(year=value, islamic=islamic) if 1000 <= value <= 2200 or (islamic and value > 0) else None
    if m.has(f"{p}this"):
        return Period("Y", 0)
    if m.has(f"{p}itself") and m.value(f"{p}itself") in _ISLAMIC_YEARS:
        return Date(year=m.value(f"{p}itself"), islamic=True)
    if m.has(f"{p}which"):
        return Period("Y", m.value(f"{p}which"), _prior(m, f"{p}which"))
    if m.has(f"{p}same"):
        return Same("Y")
    return None


def month(p: str) -> Pattern:
    """A month by name, in one tradition or two (سبتمبر/أيلول، تشرين الأول (أكتوبر)، يوليو تموز), or by number (شهر 10)."""
    name = atom("month", "maybeMonth", glue="b")
    second = either(
        seq(maybe(atom("slash", "dash")), atom("month", "maybeMonth")),
        seq(atom("open"), atom("month", "maybeMonth"), atom("close")),
    )
    named_month = seq(named(f"{p}month", name), maybe(named(f"{p}second", second)))
    islamic = named(f"{p}islamic", atom("hijriMonth"))
    numbered = seq(MONTH_LABEL, named(f"{p}numbered", atom("day", "cardinal", *ORDINALS)))
    libyan = seq(MONTH_LABEL, named(f"{p}libyan", atom("libyanMonth", "season", "firstDay")))
    return either(seq(maybe(MONTH_LABEL), either(named_month, seq(islamic, maybe(atom("blessed"))))), numbered, libyan)


def read_month(m: Match, p: str) -> tuple[int, bool] | None:
    """Number of a `month`, and whether it is Islamic; None where there is none or its two names disagree."""
    if m.has(f"{p}month"):
        number = m.value(f"{p}month")
        return None if m.has(f"{p}second") and m.value(f"{p}second") != number else (number, False)
    if m.has(f"{p}islamic"):
        return m.value(f"{p}islamic"), True
    for name in (f"{p}numbered", f"{p}libyan"):
        number = m.value(name) or 9  # الفاتح is also a word for a month's first day
        if m.has(name) and m.all[0].glue == "l" and m.all[0].the and m.all[0].kind == "MoneThe":
            return None  # للشهر السابع: how long, not when
        # شهر واحد is one month
        if m.has(name) and 1 <= number <= 12 and not (number == 1 and m.atoms(name)[0].kind == "cardinal"):
            return number, False
    return None


def dated_month(p: str) -> Pattern:
    """A month with its year or what tells it: أكتوبر 2020، مارس الماضي، مارس من العام الماضي."""
    named_year = either(named(f"{p}mwhich", atom("which", "prior")), seq(LINK, year(f"{p}o", words=True)))
    return seq(maybe(named(f"{p}mthis", atom("this"))), month(p), maybe(named_year))


def read_dated_month(m: Match, p: str) -> Date | None:
    """The month as a date without its day. A year that is relative to the text's day is in `with_year`."""
    found = read_month(m, p)
    if found is None:
        return None
    number, islamic = found
    when = read_year(m, f"{p}o")
    date = Date(month=number, islamic=islamic, which=0 if m.has(f"{p}mthis") else m.value(f"{p}mwhich"))
    if isinstance(when, Date) and when.year:
        return Date(month=number, year=when.year, islamic=islamic or when.islamic)
    return date


CUT = maybe(either(named("edge", atom("edge", glue="wb")), atom("sometime", glue="wb")), maybe(atom("from")))


def cut(m: Match, of: Meaning) -> Meaning:
    """The start, middle or end of a meaning, where the match has an edge."""
    return Cut(m.value("edge"), of) if m.has("edge") else of


def whole(p: str) -> Pattern:
    """A year, month or week that something is a part of."""
    week = either(
        seq(named(f"{p}wthis", atom("this")), atom("WoneThe")),
        seq(atom("WoneThe"), named(f"{p}wwhich", atom("which", "prior"))),
        named(f"{p}thisMonth", atom("this"), atom("MoneThe")),
        seq(atom("MoneThe"), named(f"{p}monthWhich", atom("which", "prior"))),
        named(f"{p}monthSame", atom("MoneThe"), atom("same")),
        named(f"{p}plain", atom("YoneThe", "MoneThe", "WoneThe", glue="b")),
    )
    return either(dated_month(p), year(p, words=True), week)


def read_whole(m: Match, p: str) -> Meaning | None:
    """The meaning of a `whole`."""
    if read_month(m, p):
        return with_year(m, p, read_dated_month(m, p))
    if found := read_year(m, p):
        return found
    if m.has(f"{p}wthis"):
        return Period("W", 0)
    if m.has(f"{p}wwhich"):
        return Period("W", m.value(f"{p}wwhich"), _prior(m, f"{p}wwhich"))
    if m.has(f"{p}thisMonth"):
        return Period("M", 0)
    if m.has(f"{p}monthSame"):
        return Same("M")
    if m.has(f"{p}monthWhich"):
        return Period("M", m.value(f"{p}monthWhich"), _prior(m, f"{p}monthWhich"))
    return Period(m.value(f"{p}plain"), 0) if m.has(f"{p}plain") else None


def with_year(m: Match, p: str, date: Date | None) -> Meaning | None:
    """The date inside the year that the match gives relative to the text's day, else the date itself."""
    if date is None:
        return None
    when = read_year(m, f"{p}o")
    return Within(date, when) if isinstance(when, Period | Same) else date


def vague(direction: int) -> Meaning:
    """A date of which only the direction is known."""
    return Fixed(Reading("DATE", "PAST_REF" if direction < 0 else "FUTURE_REF"))
