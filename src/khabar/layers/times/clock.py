"""Clock times: الساعة 5:08 مساء, الثالثة والنصف, 21:15 بتوقيت غرينتش."""

from khabar.layers.times.grammar import Match, Pattern, atom, either, maybe, named, seq
from khabar.lexicon import load

_HOURS = {letter: (part["from"], part["to"]) for letter, part in load("calendar")["parts"].items()}


def CLOCK(p: str) -> Pattern:
    """A clock time with الساعة before it, or digits with a colon; a zone after it."""
    hour = named(f"{p}hour", atom("clock", "decimal", "day", "ordinal", "cardinal"))
    minutes = maybe(
        either(
            named(f"{p}half", atom("half", "quarter", "third", glue="w!")),
            seq(named(f"{p}minutes", atom("day", "number", "cardinal", glue="w!")), maybe(atom("TMone", "TMmany"))),
            seq(atom("and"), named(f"{p}minutes2", atom("day", "number", "cardinal")), maybe(atom("TMone", "TMmany"))),
            seq(atom("less"), named(f"{p}lacking", atom("quarter", "third", "day", "cardinal")), maybe(atom("TMone", "TMmany"))),
        )
    )
    return seq(
        either(seq(atom("THoneThe"), hour, minutes), named(f"{p}colon", atom("clock"))),
        maybe(maybe(atom("open")), named(f"{p}zone", atom("zone")), maybe(atom("close"))),
    )


def read_clock(m: Match, p: str, part: str | None) -> tuple[tuple[int, ...], int | None] | None:
    """Hour, minute and second of a `CLOCK`, on 24 hours where a part of the day tells which, and its zone; or None."""
    name = f"{p}hour" if m.has(f"{p}hour") else f"{p}colon"
    if not m.has(name):
        return None
    value = m.value(name)
    clock = list(value) if isinstance(value, tuple) else [value]
    if m.has(f"{p}half"):
        clock = [clock[0], {"half": 30, "quarter": 15, "third": 20}[m.atoms(f"{p}half")[0].kind]]
    for minutes in (f"{p}minutes", f"{p}minutes2"):
        if m.has(minutes):
            clock = [clock[0], m.value(minutes)]
    if m.has(f"{p}lacking"):
        lacking = m.atoms(f"{p}lacking")[0]
        clock = [clock[0] - 1, 60 - ({"quarter": 15, "third": 20}.get(lacking.kind) or lacking.value)]
    if not 0 <= clock[0] <= 24 or any(not 0 <= n < 60 for n in clock[1:]):
        return None
    if part and clock[0] <= 12:
        lo, hi = _HOURS[part]
        clock[0] %= 12
        if clock[0] + 12 < hi and not lo <= clock[0] < hi:
            clock[0] += 12
    return tuple(clock), m.value(f"{p}zone")
