"""Finding amounts in a text, and reading an expression that is nothing but a number."""

import msgspec

from khabar.layers.amounts.fragments import plain
from khabar.layers.amounts.grammar import Grammar, Number
from khabar.layers.amounts.words import LEXICON
from khabar.record import Span
from khabar.script import Text


class Amount(msgspec.Struct, kw_only=True):
    """A number as written: low, best and high value (equal where exact), and whether it is an ordinal, a percentage, money or
    a measure of something that is not countable."""

    span: Span
    low: float | None
    best: float | None
    high: float | None
    kind: str = "cardinal"  # cardinal | ordinal | percent | money | measure | fraction
    unit: str | None = None


def find(text: Text) -> list[Amount]:
    """Amounts of a text, in order."""
    found = []
    forms = [t.form for t in text.tokens]
    grammar = Grammar(forms)
    for first, end in text.sentences:
        i = first
        while i < end:
            number = _number(grammar, i, end) if forms[i] in LEXICON or forms[i][0].isdecimal() else None
            if number is None:
                i += 1
                continue
            found.append(_amount(text, grammar, number))
            i = number.end
    return found


def _number(grammar: Grammar, i: int, end: int) -> Number | None:
    return grammar.ordinal(i, end) or grammar.cardinal(i, end) or grammar.vague(i, end)


def _amount(text: Text, grammar: Grammar, n: Number) -> Amount:
    w = grammar.words[n.first]
    start = text.line_start(n.first) + (w.at if w else 0)
    span = text.span(start, text.line_start(n.end - 1) + len(text.tokens[n.end - 1].form))
    if n.value is None:
        low = None if n.low is None else plain(n.low)
        return Amount(span=span, low=low, best=None, high=None if n.high is None else plain(n.high), kind="cardinal")
    value = plain(n.value)
    return Amount(span=span, low=value, best=value, high=value, kind=n.kind)


def parse_number(text: str) -> int | float | None:
    """Value of an expression."""
    t = Text(text)
    got = find(t)
    return got[0].best if len(got) == 1 else None
