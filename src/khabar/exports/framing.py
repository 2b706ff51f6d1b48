"""Items written one after the other as JSON: in a list inside something, or one a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from khabar.exports.registry import Out

_ENCODER = msgspec.json.Encoder()


def lines(out: Out, items: Iterable[Any]) -> int:
    """Write items as JSON Lines; gives how many."""
    count = 0
    for item in items:
        out.write(_ENCODER.encode(item) + b"\n")
        count += 1
    return count


def listed(out: Out, before: str, items: Iterable[Any], after: str) -> int:
    """Write items with commas between, after `before` and before `after`; gives how many."""
    out.write(before.encode())
    count = 0
    for item in items:
        out.write((b",\n" if count else b"\n") + _ENCODER.encode(item))
        count += 1
    out.write(b"\n" + after.encode())
    return count
