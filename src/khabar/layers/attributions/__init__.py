"""Attributions: who says it."""

from khabar.layers.attributions.links import covering, covering_any
from khabar.record import Attribution, Entity
from khabar.script import Text
from khabar.tagger import Tags

__all__ = ["covering", "covering_any", "find"]


def find(text: Text, entities: list[Entity], tags: list[Tags] | None) -> list[Attribution]:
    """Attributions of a text, in the order of their contents."""
    return []
