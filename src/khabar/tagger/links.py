"""Relations between spans, scored from the encoder's reading of a whole article."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from khabar.tagger.labels import RELATIONS, WIDTH, distance_class


class Place(NamedTuple):
    """A run of words [start, end) of a sentence."""

    sentence: int
    start: int
    end: int


class Links:
    """For each word and relation a query and a key; how well a pair of spans fits is their product, with a bias by distance.

    The form of the score is that of Dozat & Manning's biaffine attention (2017) without its unary terms. `queries` and `keys`
    are [words of the article, relations x WIDTH] in half precision, `distances` [relations, distance classes], `starts` the
    first word of each sentence.
    """

    def __init__(
        self,
        queries: npt.NDArray[np.float16],
        keys: npt.NDArray[np.float16],
        distances: npt.NDArray[np.float32],
        starts: list[int],
        thresholds: dict[str, float],
    ) -> None:
        self.thresholds = thresholds
        """For each relation the probability from which on it held best on articles that were held out of training."""
        self._queries = queries
        self._keys = keys
        self._distances = distances
        self._starts = starts

    def scores(self, relation: str, heads: Sequence[Place], tails: Sequence[Place]) -> npt.NDArray[np.float64]:
        """Probabilities [heads, tails] that each tail is the relation's argument of each head.

        The relations are `labels.RELATIONS`: actor, recipient, place, time of a trigger, source and via of a cue, the cue
        that vouches for a trigger, another trigger of the same event. Each pair is scored by itself, so a head may have
        several arguments or none.
        """
        r = RELATIONS.index(relation)
        if not heads or not tails:
            return np.zeros((len(heads), len(tails)))
        product = self._vectors(self._queries, r, heads) @ self._vectors(self._keys, r, tails).T / np.sqrt(WIDTH)
        first_heads = [self._starts[p.sentence] + p.start for p in heads]
        first_tails = [self._starts[p.sentence] + p.start for p in tails]
        near = np.array(
            [
                [
                    self._distances[r, distance_class(b - a, h.sentence == t.sentence)]
                    for b, t in zip(first_tails, tails, strict=True)
                ]
                for a, h in zip(first_heads, heads, strict=True)
            ]
        )
        return np.asarray(np.round(1 / (1 + np.exp(-(product + near))), 4))

    def score(self, relation: str, head: Place, tail: Place) -> float:
        """`scores` for one pair."""
        return float(self.scores(relation, [head], [tail])[0, 0])

    def _vectors(self, table: npt.NDArray[np.float16], r: int, places: Sequence[Place]) -> npt.NDArray[np.float64]:
        part = slice(r * WIDTH, (r + 1) * WIDTH)
        first = [self._starts[p.sentence] + p.start for p in places]
        last = [self._starts[p.sentence] + p.end - 1 for p in places]
        return np.asarray((table[first, part].astype(np.float64) + table[last, part].astype(np.float64)) / 2)

    def length(self, sentence: int) -> int:
        """Number of words of a sentence."""
        if sentence + 1 < len(self._starts):
            return self._starts[sentence + 1] - self._starts[sentence]
        return len(self._queries) - self._starts[sentence]

    def place(self, word: int, after: int) -> Place:
        """The place of a run of words that are counted over the whole article."""
        sentence = bisect_right(self._starts, word) - 1
        return Place(sentence, word - self._starts[sentence], after - self._starts[sentence])
