"""Clock times: الساعة 5:08 مساء, الثالثة والنصف, 21:15 بتوقيت غرينتش."""

from khabar.layers.times.grammar import Match, Pattern, atom, either, maybe, named, seq
from khabar.layers.times.parts import ORDINALS
from khabar.lexicon import load

_HOURS = {letter: (part["from"], part["to"]) for letter, part in load("calendar")["parts"].items()}


def CLOCK(p: str) -> Pattern:
    """A clock time with الساعة before it, digits with a colon, or an ordinal alone (الثالثة), which `read_clock` lets pass only
    with a part of the day; a zone after it."""
    minute_word = maybe(atom("TMone", "TMmany"))
    minutes = either(
        named(
            f"{p}half", either(atom("half", "quarter", "third", glue="w!"), seq(atom("and"), atom("half", "quarter", "third")))
        ),
        seq(named(f"{p}minutes", atom("day", "number", "cardinal", "ordinalF", glue="w!")), minute_word),
        seq(atom("and"), named(f"{p}minutes", atom("day", "number", "cardinal")), minute_word),
        seq(atom("except"), named(f"{p}lacking", atom("quarter", "third", "day", "cardinal")), minute_word),
    )
    hour = named(f"{p}hour", atom("clock", "decimal", "day", "cardinal", *ORDINALS))
    return seq(
        either(
            seq(atom("THoneThe"), hour, maybe(minutes)),
            seq(atom("THoneThe"), named(f"{p}digits", atom("year", "number"))),
            named(f"{p}colon", atom("clock")),
            seq(named(f"{p}ordinal", atom("ordinalF")), maybe(minutes)),
        ),
        maybe(
            maybe(atom("open")),
            either(
                named(f"{p}zone", atom("zone")), seq(atom("zoneLabel"), either(named(f"{p}zone", atom("zone")), atom("other")))
            ),
            maybe(atom("close")),
        ),
    )


def read_clock(m: Match, p: str, part: str | None) -> tuple[tuple[int, ...], int | None] | None:
    """Hour, minute and second of a `CLOCK`, on 24 hours where a part of the day tells which, and its zone; or None."""
    name = next((p + n for n in ("hour", "colon", "ordinal", "digits") if m.has(p + n)), None)
    if name is None:
        return None
    if name == f"{p}ordinal" and not (part and m.atoms(name)[0].the):
        return None
    value = m.value(name)
    if name == f"{p}digits":  # الساعة 1430
        value = divmod(value, 100)
    clock = list(value) if isinstance(value, tuple) else [value]
    if m.has(f"{p}half"):
        clock = [clock[0], {"half": 30, "quarter": 15, "third": 20}[m.atoms(f"{p}half")[-1].kind]]
    if m.has(f"{p}minutes"):
        clock = [clock[0], m.value(f"{p}minutes")]
    if m.has(f"{p}lacking"):
        lacking = m.atoms(f"{p}lacking")[0]
        clock = [clock[0] - 1, 60 - ({"quarter": 15, "third": 20}.get(lacking.kind) or lacking.value)]
    if not 0 <= clock[0] <= 24 or any(not 0 <= n < 60 for n in clock[1:]):
        return None
    if part in _HOURS and clock[0] <= 12:
        lo, hi = _HOURS[part]
        clock[0] %= 12
        # at night the hours from twelve to five are after midnight
        if clock[0] + 12 < hi and not lo <= clock[0] < hi and not (part == "NI" and clock[0] < 6):
            clock[0] += 12
    return tuple(clock), m.value(f"{p}zone")
