"""Attributions: who says it."""

from khabar.record import Attribution, Entity
from khabar.script import Text
from khabar.tagger import Tags


def find(text: Text, entities: list[Entity], tags: list[Tags] | None) -> list[Attribution]:
    """Attributions of a text, in the order of their contents."""
    return []
