"""What is exported: everything of a kind that a filter leaves, one after the other, fetched part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection

from khabar.record import Record
from khabar.workspace import listing, streaming
from khabar.workspace.views import (
    ArticleView,
    Claim,
    EventView,
    Evidence,
    Filter,
    Named,
    Naming,
    Page,
    Statement,
    StoryView,
)

T = TypeVar("T")

LAYERS = ("articles", "entities", "namings", "stories", "events", "reports", "attributions", "claims")
"""The layers that a workspace is exported in as tables."""

PART = 256
"""Rows that are fetched at once."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How to export. `copies`: copies of other articles too, with what they say; `policy`: how one figure is chosen where a
    format has room for one; `layer`: one layer alone, in formats that have layers."""

    copies: bool = False
    policy: str = "latest"
    layer: str | None = None


class Contents:
    """Everything that a filter leaves of a workspace, as views, kind by kind. Each method begins anew.

    Without `copies`, articles that are copies of others are left out, and their reports, claims and statements too.
    """

    def __init__(self, connection: Connection, f: Filter, options: Options) -> None:
        self.connection, self.filter, self.options = connection, f, options

    def articles(self) -> Iterator[ArticleView]:
        """Articles, the latest first."""
        return (a for a in self._all(listing.articles_page) if self._kept(a))

    def records(self) -> Iterator[tuple[ArticleView, Record]]:
        """Articles with their records as people corrected them."""
        for part in streaming.parts(self.articles(), PART // 4):
            yield from streaming.records(self.connection, part)

    def namings(self) -> Iterator[tuple[Naming, Evidence, int | None]]:
        """How articles name entities, each with the words that do so first, and the entity of the workspace."""
        for part in streaming.parts(self.articles(), PART // 4):
            yield from streaming.namings(self.connection, part)

    def entities(self) -> Iterator[Named]:
        """Entities, those that most articles name first."""
        return self._all(listing.entities_page)

    def stories(self) -> Iterator[StoryView]:
        """Stories, the latest first."""
        return self._all(listing.stories_page)

    def events(self, figures: bool = False) -> Iterator[EventView]:
        """Events with their reports, the latest first; with the figures claimed for them where they are asked for."""
        for event in self._all(listing.events_page, figures=figures):
            if self.options.copies:
                yield event
            else:
                reports = [r for r in event.reports if r.article.original is None]
                claims = [c for c in event.claims if c.article.original is None]
                yield msgspec.structs.replace(event, reports=reports, claims=claims)

    def claims(self) -> Iterator[Claim]:
        """Figures as articles claim them."""
        return (c for c in self._all(listing.claims_page) if self._kept(c.article))

    def statements(self) -> Iterator[Statement]:
        """Who says what."""
        return (s for s in self._all(listing.statements_page) if self._kept(s.article))

    def _kept(self, article: ArticleView) -> bool:
        return self.options.copies or article.original is None

    def _all(self, page: Callable[..., Page[T]], **more: Any) -> Iterator[T]:
        return streaming.everything(page, self.connection, self.filter, limit=PART, **more)
