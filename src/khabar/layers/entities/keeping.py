"""Which entities a record keeps: a small model of how each is named, what the tagger says of it and what it takes part in.

A group or somebody unnamed counts only as who takes part in an event, an attribution or a figure, and a name may be a misreading.
Both are weighed by a logistic regression over named features (`keeping.json`, one table for each mode; `training/keeping.py`
learns it from annotated articles).
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from math import exp
from pathlib import Path
from typing import NamedTuple

import msgspec

from khabar.layers.blocks import Page
from khabar.layers.entities import keys
from khabar.layers.names import Name
from khabar.record import Attribution, Entity, Event, Figure, Span
from khabar.script import Text
from khabar.tagger import Tags

PATH = Path(__file__).with_name("keeping.json")
Table = dict[str, float]

_LABELS = {"person": ("PER", "NOM"), "organization": ("ORG",), "group": ("GRP",), "country": ("CTY",), "place": ("PLC",)}
_BODIES = frozenset(["ORG", "GRP"])
_PLACES = frozenset(["CTY", "PLC"])


class Weights(msgspec.Struct, kw_only=True):
    """Weights of features by mode (`tagger`, `fast`), and the probability from which an entity is kept: by mode, and from which
    one that takes part in an event is (`part tagger`, `part fast`), since its loss would empty the event."""

    tables: dict[str, Table]
    thresholds: dict[str, float]


@cache
def load() -> Weights:
    """The weights that ship with Khabar."""
    return msgspec.json.decode(PATH.read_bytes(), type=Weights)


class Told(NamedTuple):
    """What the tagger says of a run of tokens."""

    first: int
    end: int
    label: str
    score: float


class Evidence:
    """What an article's entities are judged by."""

    def __init__(
        self,
        text: Text,
        page: Page,
        names: list[Name],
        tags: list[Tags] | None,
        attributions: list[Attribution],
        events: list[Event],
        figures: list[Figure],
    ) -> None:
        self.text, self.tagged = text, tags is not None
        self.named: dict[Span, Name] = {}
        for name in names:
            self.named.setdefault(name.span, name)
        self.titled = bool(page.blocks) and page.blocks[0].kind == "title"
        self.title_end = page.blocks[0].span[1] if self.titled else 0
        self.told: dict[int, list[Told]] = defaultdict(list)
        for said, (start, _) in zip(tags or [], text.sentences, strict=False):
            for tag in said.names:
                told = Told(start + tag.start, start + tag.end, tag.label, tag.score)
                for token in range(told.first, told.end):
                    self.told[token].append(told)
        self.parts: dict[str, list[tuple[str, str, float]]] = defaultdict(list)
        """Entity → the part it has in events (part, type of event, the event's probability)."""
        for v in events:
            for part, ids in (("actor", v.actors), ("recipient", v.recipients), ("place", v.places)):
                for e in ids:
                    self.parts[e].append((part, v.type, v.confidence or 0.5))
        self.speaks: dict[str, set[str]] = defaultdict(set)
        for a in attributions:
            for e in a.sources:
                self.speaks[e].add("source")
            if a.via:
                self.speaks[a.via].add("via")
        for f in figures:
            for e in f.places:
                self.speaks[e].add("figure")

    def weigh(self, entity: Entity) -> float | None:
        """The confidence of an entity that the record keeps, None where it goes. Whoever says or carries something always stays:
        a lost source is the worst loss."""
        mode, weights = "tagger" if self.tagged else "fast", load()
        sure = self.probability(entity, weights.tables[mode])
        least = weights.thresholds[f"part {mode}" if entity.id in self.parts else mode]
        speaks = bool(self.speaks.get(entity.id, set()) & {"source", "via"})
        return round(sure, 2) if speaks or sure >= least else None

    def probability(self, entity: Entity, table: Table) -> float:
        """How likely an entity is one that a careful reader would list."""
        get = table.get
        return 1 / (1 + exp(-sum(get(f, 0.0) for f in self.features(entity))))

    def features(self, entity: Entity) -> Iterator[str]:
        """Named features of an entity."""
        known = [n for m in entity.mentions if (n := self.named.get(m.span))]
        named = any(m.kind == "name" for m in entity.mentions)
        kind = entity.type if named else f"unnamed {entity.type}"
        yield "all"
        yield kind
        for feature in dict.fromkeys((*self._written(entity, known), *self._placed(entity))):
            yield f"{kind} {feature}"
        for feature in dict.fromkeys(self._taking_part(entity)):
            yield feature
            yield f"{kind} {feature}"
        if self.tagged:
            for feature in self._tagged(entity):
                yield f"{kind} {feature}"

    def _written(self, entity: Entity, known: list[Name]) -> Iterator[str]:
        """How it is written: heads, words, numbers, definiteness."""
        for name in known:
            yield f"by {name.head}" if name.head in _HEADS else "by place word"
            if name.entries:
                yield "listed"
            if name.owner:
                yield "owned"
            if name.full:
                yield "more before it"
        if entity.country:
            yield "of a country"
        if entity.roles:
            yield "titled"
        words = keys.group(entity.name).split() if entity.type == "group" else list(keys.tokens(entity.name))
        yield f"words {min(len(words), 5)}"
        if entity.type in ("group", "organization") or not any(m.kind == "name" for m in entity.mentions):
            if words:
                yield f"head {words[0]}"
                if len(words) > 1:
                    yield f"last {words[-1]}"
            yield "definite" if entity.name.startswith("ال") else "indefinite"
            if entity.name[:1].isdigit():
                yield "counted"
        yield f"forms {min(len({m.quote for m in entity.mentions}), 3)}"
        if entity.name.isascii():
            yield "Latin"
        if any(c in entity.name for c in "\"“”«»'_"):
            yield "marks inside"

    def _placed(self, entity: Entity) -> Iterator[str]:
        """Where it stands: title, lead, hashtags, after which words, how often."""
        text, count = self.text, len(entity.mentions)
        yield f"times {count if count < 4 else 4}"
        first = entity.mentions[0].span[0]
        if self.titled and first < self.title_end:
            yield "in title"
        at = min(text.sentence_of(t.start) if (t := text.tokens_in(entity.mentions[0].span)) else 0, 12)
        yield f"sentence {at if at < 4 else 4 if at < 8 else 8}"
        hashed = 0
        for mention in entity.mentions[:6]:
            tokens = text.tokens_in(mention.span)
            if not tokens:
                continue
            before = text.tokens[tokens.start - 1].form if tokens.start else "^"
            after = text.tokens[tokens.stop].form if tokens.stop < len(text.tokens) else "$"
            hashed += before in "#_" or after == "_"
            yield f"after {before}"
            yield f"before {after}"
            if text.tokens[tokens.start].start < mention.span[0]:
                yield f"clitic {text.raw[text.tokens[tokens.start].start : mention.span[0]]}"
        if hashed == min(count, 6):
            yield "hashtag"

    def _taking_part(self, entity: Entity) -> Iterator[str]:
        parts = self.parts.get(entity.id, [])
        for part, kind, _ in parts:
            yield part
            yield f"{part} of {kind}"
        if parts:
            yield f"event {int(max(p for _, _, p in parts) * 5)}"
            if len(parts) > 1:
                yield "many events"
        speaks = self.speaks.get(entity.id, ())
        yield from sorted(speaks)
        if not parts and not speaks:
            yield "no part"

    def _tagged(self, entity: Entity) -> Iterator[str]:
        """What the tagger says of its mentions."""
        right = _LABELS.get(entity.type, ("HAZ",))
        best = near = 0.0
        other = ""
        for mention in entity.mentions:
            tokens = self.text.tokens_in(mention.span)
            for told in dict.fromkeys(t for token in tokens for t in self.told.get(token, ())):
                exact = told.first == tokens.start and told.end == tokens.stop
                if told.label in right or any(told.label in kinds and right[0] in kinds for kinds in (_BODIES, _PLACES)):
                    if exact and told.label in right:
                        best = max(best, told.score)
                    near = max(near, told.score)
                else:
                    other = told.label
        yield f"said {int(best * 10)}" if best else f"near {int(near * 5)}" if near else "unsaid"
        if other:
            yield f"else {other}"


_HEADS = frozenset(
    [
        "people",
        "plural",
        "tagged",
        "taker",
        "office",
        "known",
        "given",
        "title",
        "short",
        "medium",
        "headed",
        "adj",
        "act",
        "weak",
    ]
)
