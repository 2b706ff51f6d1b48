"""Spans of hours: من الساعة 8 صباحا حتى 4 عصرا, بين 9:30 و11:00 يوم الخميس."""

from dataclasses import dataclass

from khabar.layers.times.clock import read_clock
from khabar.layers.times.composed import Moment
from khabar.layers.times.context import Context
from khabar.layers.times.grammar import Match, Pattern, atom, either, maybe, named, seq
from khabar.layers.times.meanings import Meaning, Reading
from khabar.layers.times.parts import COMMA, OF, ORDINALS


@dataclass(frozen=True, slots=True)
class Hours:
    """From one clock time to another of one day, if one is given."""

    first: tuple[int, ...]
    last: tuple[int, ...]
    of: Meaning | None

    def resolve(self, context: Context) -> Reading:
        """The day, with both times in `value`."""
        first, last = (Moment(self.of, "X", clock).resolve(context) for clock in (self.first, self.last))
        return Reading("TIME", f"{first.value}/{last.value}", first.days)


_HOUR = atom("clock", "decimal", "day", "cardinal", *ORDINALS)
_PART = either(atom("partAdverb", "part"), seq(atom("in", "from"), atom("part", "partAdverb")))


def hours(day: Pattern) -> Pattern:
    """The pattern of a span of hours: at least the word for hour, a part of the day or colons say that hours are meant."""
    return seq(
        maybe(named("label", atom("THoneThe"))),
        named("fhour", _HOUR),
        maybe(named("fpart", _PART)),
        either(atom("to", "dash", "and", glue="w"), atom("and")),
        maybe(named("label", atom("THoneThe"))),
        named("lhour", either(_HOUR, atom("clock", "decimal", "day", "cardinal", *ORDINALS, glue="w!"))),
        maybe(named("lpart", _PART)),
        maybe(maybe(COMMA), maybe(OF), maybe(atom("dayLabel")), day),
    )


def read_hours(m: Match) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """The two clock times; None where the numbers need not be hours."""
    parts = [m.atoms(name)[-1].value if m.has(name) else None for name in ("fpart", "lpart")]
    colons = m.atoms("fhour")[0].kind == m.atoms("lhour")[0].kind == "clock"
    if not (m.has("label") or parts[1] or (colons and (m.before in ("from", "between", "in") or m.alone))):
        return None
    if not m.has("label") and not colons and m.before not in ("from", "between", "in", "during") and not m.alone:
        return None
    # من 5 إلى 6 مساء: both are of the evening
    first = read_clock(m, "f", parts[0] or parts[1])
    last = read_clock(m, "l", parts[1])
    if first is None or last is None:
        return None
    if parts[0] is None and first[0] > last[0]:
        first = read_clock(m, "f", None)
    return (first[0], last[0]) if first else None
