"""The two halves of gold/train, and the taggers that have not seen one of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from khabar.tagger import Tagger

ANNOTATIONS = tuple(Path(__file__).with_name("annotations") / name for name in ("events.jsonl", "articles.jsonl"))

FOLDS = 2


def fold_of(key: str) -> int:
    """The half that an article is of, by its id alone."""
    return hashlib.sha256(key.encode()).digest()[0] % FOLDS


def taggers(build: Path) -> list[Tagger]:
    """For each half the tagger that has not seen it, as `python -m training` leaves them in `build`."""
    return [Tagger(folder=build / f"fold{n}") for n in range(FOLDS)]
