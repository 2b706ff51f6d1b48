"""The ledger of an event or a story: every figure that was claimed, by whom and for when, and how the claims hang together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec
from sqlalchemy import Connection, select

from khabar.workspace import listing
from khabar.workspace.paging import LARGEST
from khabar.workspace.policies import Current, Policy, current
from khabar.workspace.tables import article_events, claims, stories
from khabar.workspace.tolls import Ledger, ledgers
from khabar.workspace.views import Claim, Filter

MOST = 2000
"""Claims of one story that are laid side by side; of a longer one the latest."""

BEFORE = timedelta(days=30)
"""What happened longer than this before a story began is told in it as background."""


class Account(msgspec.Struct, frozen=True):
    """The figures of a happening: its ledgers, what the policy makes of each, and the claims about other, earlier happenings."""

    policy: Policy
    ledgers: list[Ledger]
    current: list[Current]
    background: list[Claim]


def of_story(connection: Connection, id: int, policy: Policy = "latest", ranking: Sequence[str] = ()) -> Account | None:
    """The account of a story; None where there is none with this id."""
    story = connection.execute(select(stories.c.begin).where(stories.c.id == min(id, LARGEST))).one_or_none()
    if story is None:
        return None
    found: list[Claim] = []
    cursor: str | None = None
    while len(found) < MOST:
        part = listing.claims_page(connection, Filter(story=id), limit=min(500, MOST - len(found)), cursor=cursor)
        found += part.items
        cursor = part.next
        if cursor is None:
            break
    background = earlier(connection, found, story.begin) if story.begin else set()
    return account(
        [c for c in found if (c.article.id, c.local) not in background],
        policy,
        ranking,
        [c for c in found if (c.article.id, c.local) in background],
    )


def of_event(connection: Connection, id: int, policy: Policy = "latest", ranking: Sequence[str] = ()) -> Account | None:
    """The account of an event; None where there is none with this id."""
    event = listing.event(connection, id)
    return None if event is None else account(event.claims, policy, ranking)


def account(
    found: Sequence[Claim],
    policy: Policy = "latest",
    ranking: Sequence[str] = (),
    background: Sequence[Claim] = (),
) -> Account:
    """The account of claims about one happening."""
    made = ledgers(found)
    return Account(policy, made, [c for c in (current(m, policy, ranking) for m in made) if c is not None], list(background))


def earlier(connection: Connection, found: Iterable[Claim], begin: str) -> set[tuple[int, str]]:
    """The claims about an event that was over long before a story began, or that are told as of then."""
    limit = (date.fromisoformat(begin) - BEFORE).isoformat()
    ids = sorted({c.article.id for c in found})
    this = (article_events.c.article == claims.c.article) & (article_events.c.local == claims.c.event)
    query = select(claims.c.article, claims.c.local).join(article_events, this).where(article_events.c.end < limit)
    told = [c for c in found if c.mark == "past" or (c.as_of is not None and c.as_of < limit)]
    old: set[tuple[int, str]] = {(c.article.id, c.local) for c in told}
    for start in range(0, len(ids), 500):
        rows = connection.execute(query.where(claims.c.article.in_(ids[start : start + 500])))
        old.update((row.article, row.local) for row in rows)
    return old
