"""Number fragments for the grammars of other layers."""

import re
from fractions import Fraction
from functools import lru_cache

from khabar.layers.amounts.grammar import Grammar
from khabar.layers.amounts.words import ROLES
from khabar.lexicon.tables import alternation

# the line parts digits from letters (و 470); so must an expression that was not taken from it
_BOUNDARY = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")

_CARDINALS = ("zero", "unit", "ten", "teen", "tens", "hundred", "hundreds", "scale", "dual", "many", "part", "pair", "parts")
_WORD = alternation(f for f, roles in ROLES.items() if any(r in roles for r in _CARDINALS))
_ORDINAL = alternation(f for f, roles in ROLES.items() if "ordinal" in roles)
_TENS = alternation(f for f, roles in ROLES.items() if "tens" in roles)
_TEN = alternation(f for f, roles in ROLES.items() if "ten" in roles)
_UNIT = alternation(f for f, roles in ROLES.items() if "unit" in roles)

NUMBER = rf"(?:\d+(?:[.,،/]\d+)*|{_WORD})(?!\S)(?: (?:و ?)?(?:\d+(?:[.,،]\d+)*|{_WORD})(?!\S))*"
"""A cardinal in digits or words, from its first word (without clitics) to the end of a token; no groups. Runs on as far as number
words do, so that `value_of` may find more than one number in it and give None."""

ORDINAL = rf"(?:ال)?(?:{_ORDINAL}|{_UNIT}(?= و ?(?:ال)?{_TENS}))(?!\S)(?: {_TEN}(?!\S)| و ?(?:ال)?{_TENS}(?!\S))?|ال{_TENS}(?!\S)"
"""An ordinal in words, with or without the article; no groups."""


@lru_cache(maxsize=4096)
def value_of(form: str) -> int | float | None:
    """Value of a folded expression that is one cardinal, ordinal or fraction and nothing else; None where it is not."""
    forms = _BOUNDARY.sub(" ", form).split()
    grammar = Grammar(forms)
    for read in (grammar.ordinal, grammar.cardinal):
        got = read(0, len(forms))
        if got and got.end == len(forms) and got.value is not None:
            return plain(got.value)
    if (part := grammar.part(0, len(forms))) and part[1] == len(forms):
        return plain(part[0])
    return None


def plain(value: int | Fraction) -> int | float:
    """An int or, for what is not whole, a float."""
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    return value
