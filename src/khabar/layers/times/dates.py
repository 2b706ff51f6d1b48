"""Calendar dates as written: day first or month first, in words or digits, one day or several of a month."""

from dataclasses import replace

from khabar.layers.times.composed import Same
from khabar.layers.times.grammar import Match, Pattern, atom, either, maybe, named, seq, some
from khabar.layers.times.meanings import Date, Meaning, Period
from khabar.layers.times.parts import LINK, ORDINALS, month, read_month, read_year, year

_NUMBER = atom("day", "cardinal", *ORDINALS)
_FIRST = either(_NUMBER, atom("firstDay"), seq(atom("al"), atom("day")))
_SEPARATOR = either(seq(atom("dash", "to", "and", glue="w"), maybe(atom("dayLabel"))), seq(atom("comma"), atom("and")))
_ENDS = frozenset(["comma", "dot", "close", "end"])


def date(p: str) -> Pattern:
    """A day and month, with a second day of the month and a year where given; or a date in digits."""
    # 16 و17 و18 دجنبر; 22 إلى 24 نيسان
    more = some(
        either(
            seq(_SEPARATOR, atom("day", "cardinal", *ORDINALS, glue="w")),
            atom("day", "cardinal", *ORDINALS, glue="w!"),
        )
    )
    days = either(named(f"{p}days", atom("days")), seq(named(f"{p}day", _FIRST), named(f"{p}more", more)))
    relative = either(
        seq(named(f"{p}this", atom("this")), atom("MoneThe")),
        seq(atom("MoneThe"), either(named(f"{p}shift", atom("which")), named(f"{p}same", atom("same")))),
    )
    libyan = named(f"{p}libyan", atom("libyanMonth"))
    in_month = seq(maybe(atom("from", "dash", "slash")), either(month(p), libyan), _tail(p))
    day_first = seq(days, either(in_month, seq(maybe(atom("from", "in")), relative)))
    month_first = seq(
        month(p),
        maybe(atom("from")),
        days,
        maybe(LINK, year(f"{p}", words=True)),
    )
    separator = atom("slash", "dash")
    spaced = either(
        seq(named(f"{p}x", atom("day")), separator, named(f"{p}y", atom("day")), separator, named(f"{p}z", atom("year"))),
        seq(named(f"{p}xy", atom("dayMonth")), separator, named(f"{p}z", atom("year"))),
    )
    in_digits = seq(either(named(f"{p}digits", atom("date")), spaced), maybe(named(f"{p}mark", atom("hijri", "gregorian"))))
    return either(day_first, named(f"{p}mfirst", month_first), in_digits, named(f"{p}short", atom("dayMonth")))


def _tail(p: str) -> Pattern:
    return maybe(maybe(named(f"{p}mwhich", atom("which"))), maybe(LINK, year(p, words=True)))


def has_date(m: Match, p: str) -> bool:
    """Whether a `date` of this prefix has matched."""
    return any(m.has(p + name) for name in ("digits", "x", "xy", "day", "days", "short"))


def read_date(m: Match, p: str) -> tuple[Date, Meaning | None] | None:
    """The date of a `date`, and the year or month that it is in where that is relative to the text's day; None if it is none."""
    if m.has(f"{p}digits"):
        return _in_digits(*m.value(f"{p}digits")), None
    if m.has(f"{p}short"):
        day, number = m.value(f"{p}short")
        sure = m.has("weekday") or m.alone or m.before in ("in", "dayLabel", "since", "to", "from", "weekday")
        return (Date(day=day, month=number), None) if sure else None
    if m.has(f"{p}xy"):
        day, number = m.value(f"{p}xy")
        return _in_digits(m.value(f"{p}z"), number, day), None
    if m.has(f"{p}x"):
        day, number = m.value(f"{p}x"), m.value(f"{p}y")
        if number > 12:
            day, number = number, day
        return (_in_digits(m.value(f"{p}z"), number, day), None) if number <= 12 else None
    days = _days(m, p)
    if days is None:
        return None
    date_ = Date(day=days[0], last=days[1])
    for name, relative in (("this", Period("M", 0)), ("same", Same("M"))):
        if m.has(p + name) and not m.has(f"{p}month"):
            return date_, relative
    if m.has(f"{p}shift"):
        return date_, Period("M", m.value(f"{p}shift"))
    if _is_score(m, p):
        return None
    found = (m.value(f"{p}libyan"), False) if m.has(f"{p}libyan") and not m.has(f"{p}month") else read_month(m, p)
    if found is None:
        return None
    when = read_year(m, p)
    if m.has(f"{p}libyan") and not m.has(f"{p}month") and when is None and not _labelled(m):
        return None
    if m.has(f"{p}mfirst") and when is None and not _month_first(m, p):
        return None
    date_ = replace(date_, month=found[0], islamic=found[1], which=m.value(f"{p}mwhich"))
    if isinstance(when, Date):
        return replace(date_, year=when.year), None
    return date_, when


def _is_score(m: Match, p: str) -> bool:
    """Whether صفر after a number is nil and no month: 2-صفر."""
    if m.value(f"{p}islamic") != 2 or any(m.has(name) for name in (f"{p}number", f"{p}alone", "weekday")):
        return False
    return not any(a.kind in ("from", "Mone", "MoneThe") for a in m.all)


def _labelled(m: Match) -> bool:
    return any(a.kind in ("Mone", "MoneThe") for a in m.all)


def _month_first(m: Match, p: str) -> bool:
    """Whether a number after a month is its day, not the count of what follows (مايو 20 قتيلا, قتل في مايو ثمانية)."""
    if m.atoms(f"{p}more") or m.has(f"{p}days") or m.alone or m.has("weekday"):
        return True
    number = m.atoms(f"{p}day")[0]
    return (number.kind in ORDINALS and number.the) or (m.after in _ENDS and number.kind != "cardinal")


def _days(m: Match, p: str) -> tuple[int, int | None] | None:
    if m.has(f"{p}days"):
        first, last = m.value(f"{p}days")
    else:
        number = next(a for a in m.atoms(f"{p}day") if a.kind != "al")
        if number.kind == "cardinal" and number.the:
            return None  # الستة من شوال are six days
        first, last = 1 if number.kind == "firstDay" else number.value, None
        if more := m.atoms(f"{p}more"):
            last = more[-1].value
    if not 1 <= first <= 31 or (last is not None and not first < last <= 31):
        return None
    return first, last


def _in_digits(year_: int, month_: int, day_: int) -> Date:
    return Date(day=day_, month=month_, year=year_, islamic=1300 <= year_ <= 1500)
