"""The words of `lexicon/page.yaml` as patterns over folded text."""

import re
from collections.abc import Iterable
from typing import Any

from khabar.lexicon import load
from khabar.script import fold

_PAGE: dict[str, Any] = load("page")


def words(name: str) -> list[str]:
    """A list of the table, folded."""
    return [fold(word) for word in _PAGE[name]]


def numbered(name: str) -> dict[str, int | None]:
    """Folded word to number, of a table of words by number; None for the number "unknown"."""
    return {fold(w): int(n) if n.isdigit() else None for n, listed in _PAGE[name].items() for w in listed}


def any_of(*lists: Iterable[str]) -> str:
    """A pattern for any of some folded words, the longest first."""
    found = sorted({word for listed in lists for word in listed}, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in found) + ")"


END = r"(?!\w)"
"""End of a word."""
