"""Events: who did what to whom, where and when."""

from khabar.layers.blocks import Page
from khabar.record import Attribution, Entity, Event, Time
from khabar.script import Text
from khabar.tagger import Tags


def find(
    text: Text,
    page: Page,
    entities: list[Entity],
    times: list[Time],
    attributions: list[Attribution],
    tags: list[Tags] | None,
) -> list[Event]:
    """Events of a text, in the order of their first trigger."""
    return []
