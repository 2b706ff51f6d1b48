"""How the sentences of an article are laid into windows that the encoder reads at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from khabar.tagger.pieces import BEGIN, END

MOST = 400
"""Most pieces of a window; the encoder has 512 positions, and was trained on windows of up to 448."""


class Window(NamedTuple):
    """A stretch of consecutive words: `first` and `after` count the words of the whole article."""

    first: int
    after: int
    ids: list[int]
    """Piece ids with the begin and end marks."""
    firsts: list[int]
    """For each word the place of its first piece in `ids`."""


def windows(sentences: Sequence[Sequence[tuple[int, ...]]]) -> Iterator[Window]:
    """Windows over the pieces of each word of each sentence.

    Windows break between sentences and are of like size; only a sentence that alone is longer than a window is cut within.
    They depend on nothing but the sentences given, so an article reads the same whatever is read beside it.
    """
    room = MOST - 2
    parts: list[list[tuple[int, ...]]] = []
    for sentence in sentences:
        part: list[tuple[int, ...]] = []
        size = 0
        for word in sentence:
            if size + len(word) > room:
                parts.append(part)
                part, size = [], 0
            part.append(word)
            size += len(word)
        if part:
            parts.append(part)
    sizes = [sum(map(len, part)) for part in parts]
    left = sum(sizes)
    at = first = 0
    while at < len(parts):
        aim = left / -(-left // room)
        size, words = 0, list[tuple[int, ...]]()
        while at < len(parts) and size + sizes[at] <= room and (not size or size + sizes[at] / 2 <= aim):
            words += parts[at]
            size += sizes[at]
            at += 1
        left -= size
        ids, firsts = [BEGIN], []
        for word in words:
            firsts.append(len(ids))
            ids.extend(word)
        yield Window(first, first + len(words), [*ids, END], firsts)
        first += len(words)
