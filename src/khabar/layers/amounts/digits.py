"""Numbers in digits: what one token of digits and separators says."""

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

Value = int | Fraction


class Digits(NamedTuple):
    """A token of digits: `value`, or for a range its `low` and `high` ends; `dotted` where a full stop before three digits may
    part thousands (34.454) or decimals; `width` counts the digits."""

    value: Value | None
    low: Value | None = None
    high: Value | None = None
    dotted: bool = False
    width: int = 0
    shape: str = "number"  # number | fraction | range | other


_GROUPED = re.compile(r"(\d{1,3}([,،])\d{3}(?:\2\d{3})*)(?:[.,](\d+))?$")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?$")
_DECIMAL = re.compile(r"\d+[.,،]\d+$")
_FRACTION = re.compile(r"(\d+)/(\d+)$")
_RANGE = re.compile(r"(\d+(?:[.,]\d+)?)-(\d+(?:[.,]\d+)?)$")


def whole(value: Value) -> Value:
    """An int where the fraction is one."""
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


@lru_cache(maxsize=4096)
def read_digits(form: str) -> Digits | None:
    """Read a folded token that begins with a digit; dates, clock times and addresses give a shape of "other".

    A comma before exactly three digits parts thousands, before one, two or more than three it is a decimal comma; a full stop
    is a decimal point unless it comes twice or more (1.234.567).
    """
    if form.isdecimal():
        return Digits(int(form), width=len(form))
    if not form[:1].isdecimal():
        return None
    width = sum(c.isdecimal() for c in form)
    if (m := _GROUPED.match(form)) and not form.startswith("0"):
        plain, tail = re.sub("[,،]", "", m[1]), m[3]
        return Digits(whole(Fraction(f"{plain}.{tail}")) if tail else int(plain), width=width)
    if _DOTTED.match(form):
        head, _, tail = form.partition(",")
        plain = head.replace(".", "")
        return Digits(whole(Fraction(f"{plain}.{tail}")) if tail else int(plain), width=width)
    if _DECIMAL.match(form):
        head, tail = re.split("[.,،]", form)
        if "،" in form and len(head) > 3:
            return Digits(None, width=width, shape="other")
        dotted = "." in form and len(tail) == 3 and 1 <= len(head) <= 3 and not head.startswith("0")
        return Digits(whole(Fraction(f"{head}.{tail}")), dotted=dotted, width=width)
    if m := _FRACTION.match(form):
        if int(m[2]):
            return Digits(whole(Fraction(int(m[1]), int(m[2]))), width=width, shape="fraction")
    elif m := _RANGE.match(form):
        low, high = read_digits(m[1]), read_digits(m[2])
        if low and high and low.value is not None and high.value is not None and low.value < high.value <= 20 * low.value + 20:
            return Digits(None, low.value, high.value, width=width, shape="range")
    return Digits(None, width=width, shape="other")
