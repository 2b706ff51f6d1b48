"""Names: mentions of entities in the text, before they are joined."""

import msgspec

from khabar.record import EntityType, MentionKind, Span
from khabar.script import Text
from khabar.tagger import Tags


class Name(msgspec.Struct, kw_only=True):
    """A mention: `span` without clitics and titles, its type and kind, and the spans of titles that belong to it."""

    span: Span
    type: EntityType
    kind: MentionKind = "name"
    roles: list[Span] = []
    score: float | None = None


def find(text: Text, tags: list[Tags] | None) -> list[Name]:
    """Mentions of a text, in order; `tags` has what the tagger says of each sentence, None with `--fast`."""
    return []
