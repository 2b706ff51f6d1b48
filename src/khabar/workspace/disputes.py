"""Figures that contradict others of their story, for people to look at: the latest stories first."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, func, select

from khabar.workspace import ledger
from khabar.workspace.entries import id_of
from khabar.workspace.tables import articles, claims
from khabar.workspace.views import Claim

OF_STORY = 4
"""Disputes of one story that are given at once, so that one long war does not stand before everything else."""
LOOKED = 20
"""Stories that are looked at for one part, at most."""

After = tuple[str, int]
"""The latest day of a story, and its id."""


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """A claim, the number of its row in the ledger of its story, and the claims that contradict it with theirs."""

    story: int
    claim: Claim
    number: int
    against: list[tuple[int, Claim]]


def disputed(connection: Connection, limit: int, after: After | None = None) -> tuple[list[Dispute], After | None]:
    """Claims that contradict others and that nobody has judged, those of one story together, and after which story to go on;
    None where there is no other. About `limit` at a time, or fewer where many stories without any lie between."""
    found: list[Dispute] = []
    rest = [key for key in _stories(connection) if after is None or key < after]
    for n, (_, story) in enumerate(rest):
        if len(found) >= limit or n >= LOOKED:
            return found, rest[n - 1]
        found += _of_story(connection, story)
    return found, None


def _stories(connection: Connection) -> list[After]:
    """Stories of which different amounts of one kind are claimed and a claim of them at least is not judged, the latest first."""
    amount = func.coalesce(claims.c.best, claims.c.low, claims.c.high)
    query = (
        select(articles.c.story, func.max(articles.c.day).label("latest"))
        .join(claims, claims.c.article == articles.c.id)
        .where(articles.c.story.is_not(None), articles.c.original.is_(None))
        .group_by(articles.c.story, claims.c.kind)
        .having(func.count(amount.distinct()) > 1, func.count(claims.c.judged) < func.count())
    )
    latest: dict[int, str] = {}
    for story, last in connection.execute(query):
        latest[story] = max(latest.get(story, ""), last or "")
    return sorted(((day, story) for story, day in latest.items()), reverse=True)


def _of_story(connection: Connection, story: int) -> list[Dispute]:
    account = ledger.of_story(connection, story)
    if account is None:
        return []
    found = []
    judged = _judged(connection, story)
    for made in account.ledgers:
        pairs = [(r.first, r.second) for r in made.relations if r.kind == "conflict"]
        for n, entry in enumerate(made.entries):
            others = sorted({b if a == n else a for a, b in pairs if n in (a, b)})
            if others and id_of(entry.claim) not in judged:
                against = [(m + 1, made.entries[m].claim) for m in others]
                found.append(Dispute(story=story, claim=entry.claim, number=n + 1, against=against))
    return found[:OF_STORY]


def _judged(connection: Connection, story: int) -> set[tuple[int, str]]:
    query = select(claims.c.article, claims.c.local).join(articles, articles.c.id == claims.c.article)
    rows = connection.execute(query.where(articles.c.story == story, claims.c.judged.is_not(None)))
    return {(row.article, row.local) for row in rows}
