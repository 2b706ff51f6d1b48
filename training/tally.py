"""Spans counted: what is right of what is found. Needs nothing but the run-time packages."""

from __future__ import annotations

import collections
from collections.abc import Callable, Iterable
from pathlib import Path

from training.corpora import read_columns, retokenised, spans_of

Found = set[tuple[int, int, str]]

COARSE = {"PER": "PER", "PERS": "PER", "ORG": "ORG", "CTY": "LOC", "PLC": "LOC", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC"}


def rates(matched: int, gold: int, system: int) -> tuple[float, float, float]:
    """Precision, recall, F1."""
    p, r = matched / system if system else 0.0, matched / gold if gold else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


class Tally:
    """Matched, gold and system spans by kind."""

    def __init__(self) -> None:
        self.counts: collections.Counter[tuple[str, str]] = collections.Counter()

    def add(self, gold: Found, system: Found) -> None:
        """Spans of one text; only equal ones match."""
        for name, found in (("matched", gold & system), ("gold", gold), ("system", system)):
            for _, _, kind in found:
                self.counts[kind, name] += 1

    def of(self, kinds: Iterable[str] | None = None) -> tuple[float, float, float]:
        """Precision, recall, F1 over some or all kinds."""
        wanted = {k for k, _ in self.counts} if kinds is None else set(kinds)
        return rates(
            *(
                sum(n for (k, what), n in self.counts.items() if what == name and k in wanted)
                for name in ("matched", "gold", "system")
            )
        )


def column_gold(sentence: list[tuple[str, list[str]]]) -> Found:
    """PER, ORG and LOC spans of a sentence of ANERcorp or Wojood, by its own tokens; of nested ones the outermost."""
    out: Found = set()
    taken: set[int] = set()
    for a, b, kind in spans_of(sentence):
        if kind in COARSE and not taken & set(range(a, b)):
            out.add((a, b, COARSE[kind]))
            taken |= set(range(a, b))
    return out


def to_columns(names: list[tuple[int, int, str]], origin: list[int]) -> Found:
    """Spans of our words as spans of the corpus' tokens; kinds that it has not are left out."""
    return {(origin[a], origin[b - 1] + 1, COARSE[kind]) for a, b, kind in names if kind in COARSE}


def score_columns(
    sentences: Iterable[list[tuple[str, list[str]]]], tag: Callable[[list[list[str]]], list[list[tuple[int, int, str]]]]
) -> Tally:
    """`tag` gives the names of each of some sentences."""
    tally = Tally()
    kept = [(s, *retokenised([t for t, _ in s])) for s in sentences]
    for (sentence, _, origin), found in zip(kept, tag([words for _, words, _ in kept]), strict=True):
        tally.add(column_gold(sentence), to_columns(found, origin))
    return tally


def column_file(path: Path, part: slice = slice(None)) -> list[list[tuple[str, list[str]]]]:
    """Sentences of a corpus file, or a part of them."""
    return list(read_columns(path))[part]
