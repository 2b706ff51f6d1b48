"""The neural tagger: what a trained encoder says of each sentence."""

from collections.abc import Sequence

import msgspec


class Tagged(msgspec.Struct, frozen=True):
    """A labelled run of words [start, end) of a sentence with the model's score (0 to 1)."""

    start: int
    end: int
    label: str
    score: float


class Tags(msgspec.Struct, kw_only=True):
    """What the tagger says of one sentence."""

    names: list[Tagged] = []
    triggers: list[Tagged] = []


class Tagger:
    """An encoder with its heads."""

    @classmethod
    def load(cls) -> "Tagger":
        """The tagger that ships with Khabar."""
        return cls()

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[Tags]:
        """What the model says of each sentence (a list of words)."""
        return [Tags() for _ in sentences]
