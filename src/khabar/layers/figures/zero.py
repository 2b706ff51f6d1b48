"""Zero: the text says that nobody was killed or hurt (دون وقوع إصابات)."""

import re
from typing import NamedTuple

from khabar.lexicon.tables import alternation, rows
from khabar.record import FigureKind

_BETWEEN = f"(?:{alternation(w for _, words in rows('nothing') for w in words.split())})"
_NONE = r"(?:اصابات|اصابه|جرحي|مصابين)"
_DEAD = r"(?:ضحايا|قتلي|وفيات|شهداء|خساير (?:في الارواح|بالارواح|بشريه))"
ZERO = re.compile(
    rf"(?<!\S)[وف]?(?:(?:من |ب)?دون|بلا|لم|لا|ولا|عدم)(?: {_BETWEEN}){{0,7}}? "
    rf"(?:و|او )?(?:(?P<injured>{_NONE})|(?P<killed>{_DEAD}))(?!\S)"
    rf"(?: (?:او|و|ولا)\s?(?:(?P<injured2>{_NONE})|(?P<killed2>{_DEAD}))(?!\S))?"
    r"|(?<!\S)[وف]?لم (?P<injured3>يصب|تصب) (?:احد|اي)"
)


class Nothing(NamedTuple):
    """A kind of which there was none, and its stretch of the line."""

    kind: FigureKind
    start: int
    end: int


def zeros(line: str) -> list[Nothing]:
    """Stretches of the line that say that there were none, by kind."""
    found = []
    for m in ZERO.finditer(line):
        start = m.start() + (m[0][0] in "وف" and m[0][:2] != "ول")
        if m["injured"] or m["injured2"] or m["injured3"]:
            found.append(Nothing("injured", start, m.end()))
        if m["killed"] or m["killed2"]:
            found.append(Nothing("killed", start, m.end()))
    return found
