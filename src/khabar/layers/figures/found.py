"""What is kept while a sentence is read: what governs, what is tallied, what was found."""

from typing import NamedTuple

from khabar.layers.figures.counts import Count
from khabar.record import FigureKind

Kinds = list[tuple[FigureKind, int]]
"""Kinds that a count may take, each with the token that gives it."""


class Governor(NamedTuple):
    """What governs the nouns after it: its kinds (two for مقتل وإصابة), where it stands, whether it is a verb, its word,
    whether it is definite, so that its patient comes with ل or ب (الإجلاء لأكثر من 100 شخص), whether it may be a masdar."""

    kinds: tuple[FigureKind, ...]
    at: int
    verb: bool
    word: str
    definite: bool = False
    act: bool = False


class Tally(NamedTuple):
    """A tally that numbers after it belong to: its kind (None until it is named), where, whether a word for it was said,
    and where."""

    kind: FigureKind | None
    at: int
    named: bool
    opened: int = 0


class Found(NamedTuple):
    """A counted phrase with the kind it was given and the token that gave it."""

    phrase: Count
    kind: FigureKind
    cue: int
    tallied: bool = False
