"""A record as a page shows it: its text in pieces, and its values as rows that know their words."""

from __future__ import annotations

from functools import cached_property

import msgspec

from khabar.record import Attribution, Entity, Event, Figure, Record, Span
from khabar.web.words import Passage, passages


class Voice(msgspec.Struct, frozen=True):
    """Who says something: the sources, who carried it, through what."""

    id: str
    sources: tuple[Entity, ...]
    via: Entity | None
    channel: str | None


class Sheet:
    """What the template of a record reads. `at` is the span that the page was opened for."""

    def __init__(self, record: Record, at: Span | None = None) -> None:
        self.record, self.at = record, at
        self._entities = {e.id: e for e in record.entities}
        self._attributions = {a.id: a for a in record.attributions}
        self._events = {v.id: v for v in record.events}

    @cached_property
    def passages(self) -> list[Passage]:
        """The text."""
        return passages(self.record, self.at)

    @cached_property
    def events(self) -> list[Event]:
        """Events by their days, those without one last."""
        return sorted(self.record.events, key=lambda v: (v.begin is None, v.begin or "", v.triggers[0].span))

    @property
    def figures(self) -> list[Figure]:
        """Figures in the order of the text."""
        return sorted(self.record.figures, key=lambda f: f.span)

    def named(self, ids: list[str]) -> list[Entity]:
        """The entities with these ids."""
        return [self._entities[i] for i in ids if i in self._entities]

    def voice(self, attribution: Attribution) -> Voice:
        """Who speaks in an attribution."""
        via = self._entities.get(attribution.via) if attribution.via else None
        return Voice(attribution.id, tuple(self.named(attribution.sources)), via, attribution.channel)

    def voices(self, ids: list[str]) -> list[Voice]:
        """Who vouches for something, each once."""
        found: dict[tuple[object, ...], Voice] = {}
        for attribution in (self._attributions[i] for i in ids if i in self._attributions):
            voice = self.voice(attribution)
            key = (tuple(e.id for e in voice.sources), voice.via.id if voice.via else None, voice.channel)
            found.setdefault(key, voice)
        return list(found.values())

    def event(self, id: str | None) -> Event | None:
        """The event with that id."""
        return self._events.get(id or "")

    def of(self, *types: str) -> list[Entity]:
        """The entities of some types, those named most often first."""
        return sorted((e for e in self.record.entities if e.type in types), key=lambda e: -len(e.mentions))

    @staticmethod
    def forms(entity: Entity) -> list[tuple[str, int]]:
        """The words under which an entity is named, and how often."""
        counts: dict[str, int] = {}
        for mention in entity.mentions:
            counts[mention.quote] = counts.get(mention.quote, 0) + 1
        return list(counts.items())

    @property
    def empty(self) -> bool:
        """Whether nothing was found."""
        return not (self.record.events or self.record.figures or self.record.entities or self.record.times)
