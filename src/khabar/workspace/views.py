"""What a workspace shows: the types that commands, pages and exports are made from.

Ids of entities, events and stories are the workspace's own; `local` is an id in the record of an article. Days are ISO 8601.
"""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

from khabar.record import EntityType, EventType, FigureKind, Status

T = TypeVar("T")


class Page(msgspec.Struct, Generic[T], frozen=True):
    """Part of a listing; `next` is the cursor that the part after it is asked for with, None where this is the last."""

    items: list[T]
    next: str | None = None


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """An entity, joined across articles. `id` is None where an article's entity is joined to none (a nameless official)."""

    id: int | None
    type: str
    name: str
    name_en: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    identifiers: dict[str, str | int] = {}
    articles: int = 0


class ArticleView(msgspec.Struct, frozen=True, kw_only=True):
    """An article; `original` is the article that it is a copy of, `copy` says how (exact or near)."""

    id: int
    key: str
    outlet: str | None
    url: str | None
    title: str | None
    published: str | None
    day: str | None
    revision: int
    original: int | None
    copy: str | None
    story: int | None


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """Words of an article, `[start, stop)` in code points of its text."""

    article: int
    start: int
    stop: int
    quote: str


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """Who says something: the originating sources, who carried it, and the words that do."""

    sources: list[Named]
    via: Named | None
    channel: str | None
    content: Evidence


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What one article says that somebody said."""

    article: ArticleView
    local: str
    cue: str
    said: Said


class Quoting(msgspec.Struct, frozen=True, kw_only=True):
    """Who quotes whom, and how often: `by` is the outlet, `carrier` the entity that carried the words to it."""

    source: Named
    carrier: Named | None
    by: str | None
    statements: int
    articles: int


class Naming(msgspec.Struct, frozen=True, kw_only=True):
    """How one article names an entity."""

    article: ArticleView
    local: str
    type: EntityType
    name: str
    name_en: str | None


class PlaceView(msgspec.Struct, frozen=True, kw_only=True):
    """A place or country with how many events are said to have happened in it."""

    place: Named
    events: int


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One article's telling of an event; `said` is empty where the article tells it in its own voice."""

    article: ArticleView
    local: str
    gloss: str | None
    status: Status
    begin: str | None
    end: str | None
    confidence: float | None
    evidence: Evidence
    said: list[Said]


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A figure as one article claims it; `event` and `story` are the workspace's, `reported` is the article's day.

    `happened` is the first day of the event as the article tells it; `part` the part of a toll that is counted (a word such as
    جندي), None where it counts everybody; `mark` says that it corrects an earlier figure, is withdrawn itself, is told as the
    toll before (`earlier`), or of long ago (`past`).
    """

    article: ArticleView
    local: str
    kind: FigureKind
    low: int | None
    best: int | None
    high: int | None
    as_of: str | None
    reported: str | None
    places: list[Named]
    said: list[Said]
    evidence: Evidence
    event: int | None
    story: int | None
    happened: str | None = None
    part: str | None = None
    mark: str | None = None


class EventView(msgspec.Struct, frozen=True, kw_only=True):
    """An event, joined across articles, with each article's own telling of it and the figures claimed for it."""

    id: int
    type: EventType
    mode: str | None
    cameo: str | None
    begin: str | None
    end: str | None
    status: Status
    gloss: str | None
    actors: list[Named]
    recipients: list[Named]
    places: list[Named]
    story: int | None
    reports: list[Report]
    claims: list[Claim] = []


class StoryView(msgspec.Struct, frozen=True, kw_only=True):
    """Articles on one happening. `days` counts reports (copies left out) by day."""

    id: int
    title: str | None
    begin: str | None
    end: str | None
    articles: int
    reports: int
    outlets: list[str]
    places: list[Named]
    days: dict[str, int]


class StoryPage(msgspec.Struct, frozen=True, kw_only=True):
    """A story with its events, in the order of their days, and its articles, the oldest first."""

    story: StoryView
    events: list[EventView]
    articles: list[ArticleView]


class Snippet(msgspec.Struct, frozen=True, kw_only=True):
    """Part of an article's text, `[start, stop)`; `marks` are the words that were asked for, as spans of the whole text."""

    start: int
    stop: int
    quote: str
    marks: list[tuple[int, int]]


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """An article that a search found; `title` are the spans of its title that were asked for."""

    article: ArticleView
    score: float
    title: list[tuple[int, int]]
    snippet: Snippet


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What a listing or a search is narrowed to; None narrows nothing.

    `actor`, `recipient`, `place` and `source` are ids of entities or names in either script; `near` is latitude, longitude and
    radius in kilometres; `begin` and `end` are first and last day, inclusive.
    """

    text: str | None = None
    type: EventType | None = None
    actor: int | str | None = None
    recipient: int | str | None = None
    place: int | str | None = None
    near: tuple[float, float, float] | None = None
    begin: str | None = None
    end: str | None = None
    source: int | str | None = None
    outlet: str | None = None
    figure: FigureKind | None = None
    status: Status | None = None
    story: int | None = None
