"""Lines of an article, with their folded form and the way back from it."""

import re
from itertools import accumulate

from khabar.record import Span
from khabar.script import fold
from khabar.script.fold import fold_lengths

_LONE_TATWEEL = re.compile(r"(?<!\w)ـ+(?!\w)")
_STOPS = (".", "؟", "!", "…", "؛")


def folded(raw: str) -> str:
    """`raw` folded; a tatweel that stands alone is a dash (الدوحة ـ)."""
    if "ـ" in raw:
        raw = _LONE_TATWEEL.sub(lambda m: "-" * len(m[0]), raw)
    return fold(raw)


def way_back(raw: str) -> list[int]:
    """Offset in `raw` of each character of `folded(raw)`, and of its end."""
    if "ـ" in raw:
        raw = _LONE_TATWEEL.sub(lambda m: "-" * len(m[0]), raw)
    ends = list(accumulate(fold_lengths(raw), initial=0))
    back = [0] * (ends[-1] + 1)
    for i in range(len(ends) - 1, -1, -1):
        back[ends[i]] = i
    for position in range(1, len(back)):  # inside a character that folds to several
        back[position] = back[position] or back[position - 1]
    return back


class Line:
    """A line that is not blank: its span in the article without the white space around it, and what stands around it."""

    __slots__ = ("after_blank", "flat", "raw", "span")

    def __init__(self, raw: str, start: int, after_blank: bool) -> None:
        self.raw = raw
        self.span: Span = (start, start + len(raw))
        self.after_blank = after_blank
        self.flat = folded(raw).strip() if len(raw) <= SHORT else ""

    @property
    def stopped(self) -> bool:
        """Whether it ends as a sentence does."""
        return self.raw.rstrip("\"'”»’) \u200f\u200e").endswith(_STOPS)

    @property
    def long(self) -> bool:
        """Whether it is a paragraph by its length, or a sentence by its stop and more than a few words."""
        return len(self.raw) >= 120 or (len(self.raw) >= 50 and self.raw.endswith((".", '."', ".”", ".»")))


SHORT = 250
"""Longest line that may be something other than a paragraph."""


def lines_of(text: str, start: int = 0) -> list[Line]:
    """Lines of `text[start:]` that are not blank."""
    found: list[Line] = []
    at, blank = start, True
    for piece in text[start:].splitlines(keepends=True):
        body = piece.strip()
        if body:
            found.append(Line(body, at + piece.index(body), blank))
        blank = not body
        at += len(piece)
    return found
