"""What the tagger says of a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np
import numpy.typing as npt

from khabar.tagger.links import Place

if TYPE_CHECKING:
    from khabar.tagger.links import Links


class Tagged(msgspec.Struct, frozen=True):
    """A labelled run of words [start, end) of a sentence with the model's score (0 to 1)."""

    start: int
    end: int
    label: str
    score: float


class Trigger(Tagged, frozen=True):
    """A run of words that names an event: its type, and whether it is said to have happened.

    `status` is one of happened, ongoing, planned, possible, denied; `types` are the probabilities of the three likeliest
    event types.
    """

    status: str = "happened"
    status_score: float = 0.0
    types: dict[str, float] = {}


class Tags(msgspec.Struct, kw_only=True):
    """What the tagger says of one sentence, by its words.

    `names`: PER, ORG, GRP (groups that act), CTY (countries), PLC (other places), HAZ (named hazards), NOM (unnamed persons:
    مصدر أمني). `roles`: titles and functions. `triggers`: event types. `cues`: words that introduce what somebody says.
    `sources`: mentions of those who say it. `contents`: what is said; the part of one that began in a sentence before has the
    label CONTINUED in place of CONTENT. A word keeps its proclitics: the span of وبنغازي is the whole word.
    """

    names: list[Tagged] = []
    roles: list[Tagged] = []
    triggers: list[Trigger] = []
    cues: list[Tagged] = []
    sources: list[Tagged] = []
    contents: list[Tagged] = []
    takers: list[Tagged] = []
    """Runs of words that take part in an event as its actor or recipient, whether named or not, with the label of `names` that
    fits each best."""
    kinds: npt.NDArray[np.float32] | None = None
    """Probability [words, event types] that a word names an event of each of `labels.TRIGGERS`, of every word."""
    statuses: npt.NDArray[np.float32] | None = None
    """Probability [words, statuses] of each of `labels.STATUSES`, if the word is a trigger."""
    sentence: int = 0
    links: Links | None = None
    """Scores of relations between any spans of the article, of this sentence and others: `links.scores("actor", [trigger],
    [mention, …])`."""

    def place(self, start: int, end: int) -> Place:
        """A run of this sentence's words, as `links` wants it."""
        return Place(self.sentence, start, end)
