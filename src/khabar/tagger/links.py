"""What stands in relation to a trigger or cue: the text around it is read again with it marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from khabar.tagger.labels import REACH, RELATIONS, distance_classes

Floats = npt.NDArray[np.float32]
Read = Callable[[Floats, Floats, npt.NDArray[np.int64], int], tuple[Floats, Floats]]
"""From the words' narrow states, the head's, distance classes and the head's place: logits [words, relations] and [relations]."""


class Place(NamedTuple):
    """A run of words [start, end) of a sentence."""

    sentence: int
    start: int
    end: int


class _Answer(NamedTuple):
    """Probabilities [words, relations] from the word `first` on, and of each relation that nothing stands in it."""

    first: int
    to: npt.NDArray[np.floating[Any]]
    none: npt.NDArray[np.floating[Any]]


class Links:
    """For each word its narrow state and what it tells as a head, both [words of the article, ARGUMENT_WIDTH] in half precision;
    `starts` is the first word of each sentence. A head is read when it is first asked about.

    Marking the trigger and labelling its arguments in context is the way of much work on event arguments since BERT; scored is
    each word, so that an argument need not be a name that is known.
    """

    def __init__(
        self,
        narrow: npt.NDArray[np.float16],
        marked: npt.NDArray[np.float16],
        read: Read,
        starts: list[int],
        thresholds: dict[str, float],
    ) -> None:
        self.thresholds = thresholds
        """For each relation the probability from which on it held best on articles that were held out of training."""
        self._narrow = narrow
        self._marked = marked
        self._read = read
        self._starts = starts
        self._sentences = np.repeat(np.arange(len(starts)), np.diff([*starts, len(narrow)]))
        self._known: dict[tuple[int, int], _Answer] = {}

    def scores(self, relation: str, heads: Sequence[Place], tails: Sequence[Place]) -> npt.NDArray[np.float64]:
        """Probabilities [heads, tails] that each tail stands in the relation to each head.

        The relations are `labels.RELATIONS`: actor, recipient, place, time of a trigger, source and via of a cue, the cue
        that vouches for a trigger, another trigger of the same event. A head may have several arguments or none. Of a tail
        counts the mean over its words; what is farther than `labels.REACH` words away has none.
        """
        r = RELATIONS.index(relation)
        found = np.zeros((len(heads), len(tails)))
        starts = np.array([self._starts[t.sentence] + t.start for t in tails], dtype=np.int64)
        ends = np.array([self._starts[t.sentence] + t.end for t in tails], dtype=np.int64)
        for i, head in enumerate(heads):
            first, to, _ = self._answer(head)
            sums = np.concatenate([[0.0], np.cumsum(to[:, r], dtype=np.float64)])
            a, b = (np.clip(x - first, 0, len(to)) for x in (starts, ends))
            found[i] = (sums[b] - sums[a]) / np.maximum(b - a, 1)
        return np.asarray(np.round(found, 4))

    def score(self, relation: str, head: Place, tail: Place) -> float:
        """`scores` for one pair."""
        return float(self.scores(relation, [head], [tail])[0, 0])

    def none(self, relation: str, head: Place) -> float:
        """How likely nothing stands in the relation to a head."""
        return round(float(self._answer(head).none[RELATIONS.index(relation)]), 4)

    def runs(self, relation: str, head: Place, least: float = 0.5) -> list[tuple[int, int, float]]:
        """The runs of words, counted over the whole article, that stand in the relation to a head; their mean probability."""
        first, to, _ = self._answer(head)
        column = to[:, RELATIONS.index(relation)]
        edges = np.flatnonzero(np.diff(np.concatenate([[False], column >= least, [False]]).astype(np.int8)))
        return [(first + int(a), first + int(b), round(float(column[a:b].mean()), 4)) for a, b in edges.reshape(-1, 2)]

    def _answer(self, head: Place) -> _Answer:
        start, end = self._starts[head.sentence] + head.start, self._starts[head.sentence] + head.end
        known = self._known.get((start, end))
        if known is None:
            first, after = max(0, start - REACH), min(len(self._narrow), end + REACH)
            classes = distance_classes(start, end, self._sentences[first:after], first)
            marked = (self._marked[start].astype(np.float32) + self._marked[end - 1].astype(np.float32)) / 2
            to, none = self._read(self._narrow[first:after].astype(np.float32), marked, classes, start - first)
            known = self._known[start, end] = _Answer(first, 1 / (1 + np.exp(-to)), 1 / (1 + np.exp(-none)))
        return known

    def length(self, sentence: int) -> int:
        """Number of words of a sentence."""
        if sentence + 1 < len(self._starts):
            return self._starts[sentence + 1] - self._starts[sentence]
        return len(self._narrow) - self._starts[sentence]

    def place(self, word: int, after: int) -> Place:
        """The place of a run of words that are counted over the whole article."""
        sentence = bisect_right(self._starts, word) - 1
        return Place(sentence, word - self._starts[sentence], after - self._starts[sentence])
