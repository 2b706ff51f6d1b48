"""The record: what reading one article gives. Types only; the JSON Schema is made from them.

A span is `[start, end)` in Unicode code points of the record's `text`, and `quote` is `text[start:end]`. Ids are local to
the record. What is unknown is None or an empty list.
"""

from typing import Any, Literal, get_args

import msgspec

FORMAT = "khabar/1"

Span = tuple[int, int]
BlockKind = Literal["title", "subhead", "paragraph", "caption", "byline", "timestamp", "furniture"]
EntityType = Literal["person", "organization", "country", "place", "group", "hazard"]
MentionKind = Literal["name", "nominal", "pronoun"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
TimexMod = Literal[
    "BEFORE",
    "AFTER",
    "ON_OR_BEFORE",
    "ON_OR_AFTER",
    "LESS_THAN",
    "MORE_THAN",
    "EQUAL_OR_LESS",
    "EQUAL_OR_MORE",
    "START",
    "MID",
    "END",
    "APPROX",
]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "DISASTER",
]  # fmt: skip
Status = Literal["happened", "ongoing", "planned", "possible", "denied"]
FigureKind = Literal[
    "killed", "injured", "missing", "displaced", "detained", "affected", "rescued", "kidnapped", "damaged", "deployed"
]

EVENT_TYPES: tuple[str, ...] = get_args(EventType)
FIGURE_KINDS: tuple[str, ...] = get_args(FigureKind)
STATUSES: tuple[str, ...] = get_args(Status)


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """An article as it arrived. Spans of its record index `text`.

    `text` is the whole text, title included. With `titled`, a source gave the title as a field of its own and `text` is the
    title, one newline and the body; without, the layer of blocks looks for a title in the text. `published` and `updated` are
    as the source wrote them; `path` and `line` say where the article stood.
    """

    id: str
    text: str
    titled: bool = False
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    path: str | None = None
    line: int | None = None


class Quote(msgspec.Struct):
    """Words of the article: where they stand and what they are."""

    span: Span
    quote: str


class Block(msgspec.Struct):
    """A part of the page: its kind and where it stands."""

    kind: BlockKind
    span: Span


class Mention(msgspec.Struct):
    """One naming of an entity."""

    span: Span
    quote: str
    kind: MentionKind


class Entity(msgspec.Struct, kw_only=True):
    """One real-world person, organisation, group, country, place or named hazard, with all its mentions in the article.

    `name` is its fullest name in the article, without titles; `name_en` its Latin form; `country` an ISO 3166-1 alpha-3 code;
    latitude and longitude are WGS 84 degrees.
    """

    id: str
    type: EntityType
    name: str
    name_en: str | None = None
    roles: list[str] = []
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    identifiers: dict[str, str | int] = {}
    confidence: float | None = None
    mentions: list[Mention]


class Time(msgspec.Struct, kw_only=True):
    """A temporal expression: TIMEX3 `type`, `value` and `mod` (ISO-TimeML); first and last day covered, inclusive, ISO 8601."""

    id: str
    span: Span
    quote: str
    type: TimexType
    value: str | None = None
    mod: TimexMod | None = None
    begin: str | None = None
    end: str | None = None


class Attribution(msgspec.Struct, kw_only=True):
    """Who says it: `sources` (entity ids) said `content`; `cue` introduces it; `via` (entity id) carried it."""

    id: str
    sources: list[str]
    via: str | None = None
    channel: str | None = None
    cue: Quote
    content: Quote


class Event(msgspec.Struct, kw_only=True):
    """A happening: who did what to whom, where and when. `actors`, `recipients` and `places` are entity ids, `attributions`
    the ids of who vouches for it (empty where the article says it in its own voice)."""

    id: str
    type: EventType
    mode: str | None = None
    cameo: str | None = None
    triggers: list[Quote]
    actors: list[str] = []
    recipients: list[str] = []
    places: list[str] = []
    begin: str | None = None
    end: str | None = None
    status: Status
    attributions: list[str] = []
    confidence: float | None = None
    gloss: str | None = None


class Figure(msgspec.Struct, kw_only=True):
    """A number of human or material impact as a claim: `low`, `best`, `high`, the day it holds for, and who says so."""

    id: str
    span: Span
    quote: str
    kind: FigureKind
    low: int | None = None
    best: int | None = None
    high: int | None = None
    event: str | None = None
    places: list[str] = []
    as_of: str | None = None
    attributions: list[str] = []


class Source(msgspec.Struct, kw_only=True):
    """Where the article came from."""

    path: str | None = None
    line: int | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None


class Record(msgspec.Struct, kw_only=True):
    """What reading one article gives: the public interface of Khabar."""

    format: Literal["khabar/1"] = "khabar/1"
    id: str
    source: Source
    language: str = "ar"
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    dateline: str | None = None
    text: str
    blocks: list[Block] = []
    sentences: list[Span] = []
    entities: list[Entity] = []
    times: list[Time] = []
    attributions: list[Attribution] = []
    events: list[Event] = []
    figures: list[Figure] = []

    def to_dict(self) -> dict[str, Any]:
        """The record as plain dicts, lists and strings."""
        built: dict[str, Any] = msgspec.to_builtins(self)
        return built

    def to_json(self) -> str:
        """The record as one line of JSON."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, data: str | bytes) -> "Record":
        """A record from its JSON; raises `msgspec.ValidationError` with the path of the field that is wrong."""
        return msgspec.json.decode(data, type=cls)


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Record)}
