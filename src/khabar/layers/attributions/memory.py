"""Voices, and who spoke last."""

import msgspec

from khabar.layers.attributions.layout import Layout
from khabar.layers.attributions.words import vocab
from khabar.record import Entity
from khabar.script import fold


class Voice(msgspec.Struct):
    """Who says something: entity ids, who carried it, the medium; `gender` f, m or unknown; what the text called them."""

    sources: list[str]
    via: str | None = None
    channel: str | None = None
    gender: str = ""
    many: bool = False
    words: frozenset[str] = frozenset()
    head: str = ""
    names: frozenset[str] = frozenset()
    nested: bool = False
    document: bool = False
    token: int = 0
    sure: bool = True

    def again(self) -> "Voice":
        """The same voice for another attribution, which may get a carrier or channel of its own."""
        return msgspec.structs.replace(self)


class Memory:
    """The voices of one article so far. New entities that a description names are added to `entities`."""

    def __init__(self, layout: Layout, entities: list[Entity]) -> None:
        self.layout = layout
        self.entities = entities
        self.by_id = {e.id: e for e in entities}
        self.memory: list[Voice] = []
        self._described: dict[str, str] = {}
        self._names = {e.id for e in entities if any(mention.kind == "name" for mention in e.mentions)}

    def named(self, entity: Entity) -> bool:
        """Whether an entity is known by a name, and not only by nouns such as "the minister"."""
        return entity.id in self._names

    def carried(self, agreement: str) -> Voice | None:
        """Who goes on speaking where a verb or participle has no subject: the last voice that it agrees with."""
        last = [v for v in self.memory[-8:] if not v.nested]
        for voice in reversed(last):
            if self._agrees(voice, agreement):
                return voice
        return last[-1] if last else None

    def _agrees(self, voice: Voice, agreement: str) -> bool:
        if not agreement or not voice.sources:
            return bool(voice.sources)
        if agreement[1] == "d":
            return len(voice.sources) == 2
        gender = self.gender(voice)
        if agreement[1] == "p":
            return voice.many or self.by_id[voice.sources[0]].type == "group"
        return not gender or gender == agreement[0]

    def gender(self, voice: Voice) -> str:
        """f, m, or nothing where it is not known."""
        if voice.gender:
            return voice.gender
        entity = self.by_id[voice.sources[0]]
        if entity.type == "person":
            return ""
        head = fold(entity.name).split()[0] if entity.name.split() else ""
        if entity.type == "country":
            return ""
        return "f" if head.endswith("ه") or head in vocab("feminine") else ""

    def remember(self, voice: Voice) -> None:
        """Keep who spoke, for those who go on without a name."""
        if voice.sources:
            self.memory.append(voice)
