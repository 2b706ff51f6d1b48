"""The vocabulary cut to the pieces that Arabic news uses.

XLM-RoBERTa's unigram vocabulary has 250,000 pieces in a hundred languages. Kept are the pieces that the segmentation of the
counted words uses at least `LEAST` times, every single Arabic, Latin or punctuation character it has, and the special pieces.
A word whose piece is gone is segmented into smaller ones by the same unigram model.
"""

from __future__ import annotations

import collections
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer
from tokenizers.models import Unigram

from khabar.script import Text
from khabar.tagger.pieces import folded
from training.unpack import Packed

LEAST = 12
SPECIALS = 4


def _words(text: str) -> Iterator[str]:
    return (text[t.start : t.end] for t in Text(text).tokens)


def count_words(news: Path, others: list[Path]) -> collections.Counter[str]:
    """Folded words of the news file, and of the other training texts (one token a line), with their numbers."""
    counts: collections.Counter[str] = collections.Counter()
    with gzip.open(news, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            counts.update(_words(article["title"] + "\n" + article["text"]))
    for path in others:
        counts.update(_words(path.read_text("utf-8")))
    out: collections.Counter[str] = collections.Counter()
    for word, n in counts.items():
        out[folded(word)] += n
    return out


def tokenizer_of(pieces: list[str], scores: npt.NDArray[np.float32]) -> Tokenizer:
    """A unigram tokenizer without normaliser and pre-tokeniser: it is given one folded word at a time."""
    vocabulary: list[Any] = [(p, float(np.float32(s))) for p, s in zip(pieces, scores, strict=True)]
    return Tokenizer(Unigram(vocabulary, unk_id=3, byte_fallback=False))


def cut(packed: Packed, counts: collections.Counter[str]) -> tuple[list[int], Tokenizer]:
    """Indexes of the kept pieces in the full vocabulary (the new id is the place in the list), and the new tokenizer."""
    full = tokenizer_of(packed.pieces, packed.scores)
    used: collections.Counter[int] = collections.Counter()
    for word, n in counts.items():
        marked = "\u2581" + word if any(map(str.isalnum, word)) else word
        for i in full.encode(marked, add_special_tokens=False).ids:
            used[i] += n
    single = [i for i, p in enumerate(packed.pieces) if len(p) == 1 and (p.isascii() or "\u0600" <= p <= "\u06ff" or used[i] > 2)]
    kept = {i for i, n in used.items() if n >= LEAST} | set(single) | {packed.pieces.index("\u2581")}
    order = list(range(SPECIALS)) + sorted(i for i in kept if i >= SPECIALS)
    return order, tokenizer_of([packed.pieces[i] for i in order], packed.scores[order])
