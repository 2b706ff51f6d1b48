"""Which annotated articles the tagger does not learn from, so that it can be asked about articles it has not seen."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("annotations")
UNSEEN = FOLDER / "held.jsonl"
ANNOTATIONS = (FOLDER / "events.jsonl", FOLDER / "articles.jsonl", UNSEEN)
SAID = FOLDER / "said.jsonl"
"""Annotated with attributions too; the tagger alone learns from these."""

HELD = 8
"""One article of so many is held out, and all of `UNSEEN`."""


def held_out(key: str) -> bool:
    """Whether an article of gold/train or of the annotations is held out of the tagger's training, by its id alone."""
    return hashlib.sha256(key.encode()).digest()[0] % HELD == 0 or key in _unseen()


@cache
def _unseen() -> frozenset[str]:
    return frozenset(json.loads(line)["id"] for line in UNSEEN.read_text(encoding="utf-8").splitlines())
