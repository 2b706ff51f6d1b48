"""Entities: mentions of one real-world thing joined, named in both scripts and put on the map."""

from khabar.layers.entities.index import Index, Ref
from khabar.layers.entities.join import Joiner
from khabar.layers.entities.keeping import Evidence
from khabar.layers.entities.settle import settle
from khabar.layers.names import Name
from khabar.record import Entity
from khabar.script import Text

__all__ = ["Evidence", "Index", "Ref", "join", "settle"]


def join(text: Text, names: list[Name], outlet: str | None) -> list[Entity]:
    """Entities of a text, in the order of their first mention, with every mention of each."""
    return Joiner(text, names, outlet).join()
