"""Numbers where a date or a clock time may have them: single tokens of digits, and numbers in words by way of the amounts."""

import re
from collections.abc import Sequence
from functools import lru_cache

from khabar.layers.amounts.grammar import Grammar
from khabar.layers.amounts.words import LEXICON
from khabar.layers.times.vocabulary import Atom

_YEAR = range(1000, 2200)
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("ymd", r"(\d{4})([-/.])(\d\d?)\2(\d\d?)"),
        ("dmy", r"(\d\d?)([-/.])(\d\d?)\2(\d{4}|\d\d)"),
        ("clock", r"(\d\d?):([0-5]\d)(?::([0-5]\d))?"),
        ("years", r"(\d{4})([-/])(\d{4}|\d\d)"),
        ("monthYear", r"(\d\d?)([-/.])(\d{4})"),
        ("yearMonth", r"(\d{4})([/.])(\d\d?)"),
        ("days", r"(\d\d?)-(\d\d?)"),
        ("dayMonth", r"(\d\d?)/(\d\d?)"),
        ("decimal", r"(\d\d?)[.,](\d\d)"),
    )
)


@lru_cache(maxsize=1 << 14)
def digits(form: str) -> Atom:
    """The atom of a token that starts with a digit: `day` (1 to 31), `year` (four digits), `number`, or a shape of several
    numbers with their values as a tuple."""
    if form.isdecimal():
        if len(form) > 9:
            return Atom("other")
        value = int(form)
        if len(form) <= 2 and 1 <= value <= 31:
            return Atom("day", value)
        if len(form) == 4 and value in _YEAR:
            return Atom("year", value)
        return Atom("number", value)
    for name, pattern in _SHAPES:
        if match := pattern.fullmatch(form):
            parts = [int(g) for g in match.groups() if g and g.isdecimal()]
            if atom := _shaped(name, parts):
                return atom
    return Atom("other")


def _shaped(name: str, n: list[int]) -> Atom | None:
    if name == "ymd":
        if n[1] > 12 and n[2] <= 12:
            n = [n[0], n[2], n[1]]
        return Atom("date", (n[0], n[1], n[2])) if n[0] in _YEAR and 1 <= n[1] <= 12 and 1 <= n[2] <= 31 else None
    if name == "dmy":
        day, month, year = n
        if month > 12 and day <= 12:
            day, month = month, day
        if not (1 <= day <= 31 and 1 <= month <= 12 and (year in _YEAR or year < 100)):
            return None
        return Atom("date", (year if year > 99 else year + (2000 if year < 50 else 1900), month, day))
    if name == "clock":
        return Atom("clock", tuple(n)) if n[0] <= 24 else None
    if name == "years":
        first, last = n[0], n[1] if n[1] > 99 else n[0] // 100 * 100 + n[1]
        return Atom("years", (first, last)) if first in _YEAR and first < last < first + 200 else None
    if name == "monthYear":
        return Atom("monthYear", (n[1], n[0])) if 1 <= n[0] <= 12 and n[1] in _YEAR else None
    if name == "yearMonth":
        return Atom("monthYear", (n[0], n[1])) if 1 <= n[1] <= 12 and n[0] in _YEAR else None
    if name == "days":
        return Atom("days", (n[0], n[1])) if 1 <= n[0] < n[1] <= 31 else None
    if name == "dayMonth":
        day, month = (n[1], n[0]) if n[1] > 12 and n[0] <= 12 else (n[0], n[1])
        return Atom("dayMonth", (day, month)) if 1 <= day <= 31 and 1 <= month <= 12 else None
    return Atom("decimal", (n[0], n[1]))


def in_words(forms: Sequence[str], at: int, end: int) -> tuple[int, Atom] | None:
    """The number in words that starts at a token: its tokens, and its atom (`cardinal`, `yearInWords`, `ordinal`, feminine
    `ordinalF`)."""
    word = LEXICON.get(forms[at])
    found = _read(tuple(forms[at : min(end, at + 7)]))
    if found is None:
        return None
    size, kind, value = found
    if word is None:
        return size, Atom(kind, value)
    clitics = forms[at][: word.at]
    cut = len(clitics.removesuffix("ال"))
    glue = "w" if word.conj else clitics[0] if word.prep else "-"
    if kind == "ordinal" and forms[at].endswith(("ه", "ولي")):
        kind = "ordinalF"  # the third (hour): hours are feminine, days are not
    return size, Atom(kind, value, cut, glue, word.article)


@lru_cache(maxsize=1 << 12)
def _read(forms: tuple[str, ...]) -> tuple[int, str, int] | None:
    grammar = Grammar(forms)
    for kind, number in (("ordinal", grammar.ordinal(0, len(forms))), ("cardinal", grammar.cardinal(0, len(forms)))):
        if number is not None and isinstance(number.value, int) and number.value > 0:
            if kind == "cardinal" and 1900 < number.value < 2100 and number.value % 100:
                kind = "yearInWords"  # it may be: a smaller number after a month counts what follows (في 3 مايو ألف شخص)
            return number.end, kind if number.value < 10_000 else "quantity", number.value
    return None
