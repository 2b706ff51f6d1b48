"""Figures: numbers of human and material impact, as claims."""

from khabar.layers.amounts import Amount
from khabar.record import Attribution, Entity, Event, Figure, Time
from khabar.script import Text


def find(
    text: Text,
    amounts: list[Amount],
    times: list[Time],
    entities: list[Entity],
    attributions: list[Attribution],
    events: list[Event],
) -> list[Figure]:
    """Figures of a text, in order."""
    return []
