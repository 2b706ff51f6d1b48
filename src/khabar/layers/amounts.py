"""Amounts: every number of the text with its value, its bounds and its hedge."""

import msgspec

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
    return []
