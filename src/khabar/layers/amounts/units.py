"""What a number counts when it counts no people and no things: percentages, money, measures, spans of time, codes."""

import re
from collections.abc import Sequence
from typing import Literal

from khabar.layers.amounts.grammar import Grammar
from khabar.lexicon.tables import rows

PERCENT = {"%", "بالميه", "بالمايه", "بالمءه"}
_HUNDRED = {"الميه", "المايه", "ميه", "مايه"}
_CODES = re.compile(
    r"(?:و|ف|ب|ل|ك)?(?:ال)?(?:رقم|قرار|ماده|بند|فقره|فصل|مرسوم|طريق|قناه|هاتف|صفحه|رحله|جوال|قانون|شارع|طراز|اف|اس|ميغ|ميج|سو|بوينغ|ايرباص|كوفيد)$"
)
_TROOPS = re.compile(r"(?:و|ف|ب|ل|ك)?(?:ال|لل)(?:فرقه|كتيبه|فوج|فيلق|سريه)$")
_LATIN = re.compile(r"[A-Za-z]+$")


Kind = Literal["cardinal", "ordinal", "fraction", "percent", "money", "measure", "duration", "code"]
_KINDS: dict[str, Kind] = {"money": "money", "measure": "measure", "duration": "duration"}


Unit = tuple[Kind, str, int]


def _units() -> tuple[dict[str, tuple[Kind, str]], dict[tuple[str, str], str]]:
    alone: dict[str, tuple[Kind, str]] = {}
    qualified: dict[tuple[str, str], str] = {}
    for kind, unit, forms, *adjectives in rows("units"):
        for form in forms.split():
            if adjectives:
                qualified.update({(form, a): unit for a in adjectives[0].split()})
            else:
                alone.setdefault(form, (_KINDS[kind], unit))
                alone.setdefault("ال" + form, (_KINDS[kind], unit))
    return alone, qualified


_COUNTED = frozenset(form for _, *cells in rows("counted") for form in " ".join(cells).split())
UNITS, _QUALIFIED = _units()
"""Kind and unit of every unit word, with and without the article."""


def unit_after(forms: Sequence[str], n: int, end: int) -> Unit | None:
    """Kind, unit and end of the percent sign, currency or measure that follows a number ending before token `n`."""
    if n >= end:
        return None
    form = forms[n]
    if form in PERCENT:
        return "percent", "%", n + 1
    if form in ("في", "ب") and n + 1 < end and forms[n + 1] in _HUNDRED:
        return "percent", "%", n + 2
    if (got := UNITS.get(form)) is None:
        return None
    kind, unit = got
    if kind == "money" and n + 1 < end and (code := _QUALIFIED.get((form, forms[n + 1]))):
        return kind, code, n + 2
    return kind, unit, n + 1


def _counted(form: str) -> bool:
    return form in _COUNTED or form.removesuffix("ا") in _COUNTED


def unit_before(g: Grammar, i: int, first: int, end: int) -> Unit | None:
    """Kind, unit and first token of what stands before a number, tokens `i` to `end`, and tells its kind: %7, $20, القرار 1701,
    F-16, الفرقة 30 (but not هاجمت الكتيبة 3 قرى)."""
    if i <= first:
        return None
    before = g.forms[i - 1]
    if before == "%" or (g.alone and before in PERCENT and i - 1 == first):
        return "percent", "%", i - 1
    if before in "$€£¥₪":
        return "money", UNITS[before][1], i - 1
    if _CODES.match(before) or (_LATIN.match(before) and len(before) <= 3):
        return "code", "", i
    if _TROOPS.match(before) and g.forms[i].isdecimal() and not (end < len(g.forms) and _counted(g.forms[end])):
        return "code", "", i
    # إف-16، كوفيد-19، F-16
    if before == "-" and i - 2 >= first and g.touches(i) and g.touches(i - 1) and g.forms[i - 2][0].isalpha():
        return "code", "", i
    return None
