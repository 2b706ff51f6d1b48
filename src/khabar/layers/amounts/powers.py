"""Numbers as computers write them: exponents and powers."""

import re

_NUMBER = r"[-+]?\d+(?:[.,]\d+)?"
POWER = re.compile(rf"({_NUMBER})(?:[eE]([-+]*\d+)|\^([-+]*\d+))")


def power(folded: str) -> int | float | None:
    """Value of 1e10, -2.5^-1; None where it is none or has no value."""
    m = POWER.fullmatch(folded)
    if m is None:
        return None
    sign = -1 if m[1].startswith("-") else 1
    base = float(m[1].lstrip("+-").replace(",", "."))
    exponent = (m[2] or m[3]).lstrip("+")
    times = int(exponent.lstrip("-")) * (-1 if exponent.count("-") % 2 else 1)
    try:
        value = sign * (base * 10.0**times if m[2] else base**times)
    except (OverflowError, ZeroDivisionError):
        return None
    return int(value) if value.is_integer() else value
