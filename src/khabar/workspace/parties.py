"""Who takes part in events and where they happen, for lists and counts: the step of linking that keeps `parties`.

A row says that some telling of an event names an entity in a role; it carries the event's day and type, so that the events of an
entity, the latest first, are read in the order in which they stand, and places are counted without looking at their events.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select

from khabar.workspace.tables import article_events, events, links, parties

if TYPE_CHECKING:
    from khabar.workspace.linking import Added

ROLES = ("actor", "recipient", "place")

_SLICE = 500


def add(connection: Connection, batch: Sequence[Added]) -> None:
    """Write down who takes part in what new articles tell."""
    ids = [added.article for added in batch if added.record.events]
    if ids:
        _write(connection, article_events.c.article.in_(ids))


def remove(connection: Connection, articles: Sequence[int]) -> None:
    """Take out what only these articles tell."""
    query = select(article_events.c.event).where(article_events.c.article.in_(articles), article_events.c.event.is_not(None))
    renew(connection, sorted(set(connection.execute(query).scalars())), without=articles)


def renew(connection: Connection, nodes: Sequence[int], without: Sequence[int] = ()) -> None:
    """Write down anew who takes part in events, by what all articles tell but those `without`."""
    for start in range(0, len(nodes), _SLICE):
        some = nodes[start : start + _SLICE]
        connection.execute(delete(parties).where(parties.c.event.in_(some)))
        _write(connection, article_events.c.event.in_(some), article_events.c.article.not_in(without))


def _write(connection: Connection, *told: ColumnElement[bool]) -> None:
    """Rows of the tellings meant, those that are not there."""
    own = (links.c.article == article_events.c.article) & (links.c.head == article_events.c.local)
    query = (
        select(
            links.c.role,
            links.c.entity,
            func.coalesce(events.c.begin, ""),
            events.c.id,
            events.c.end,
            events.c.type,
        )
        .select_from(article_events.join(links, own).join(events, events.c.id == article_events.c.event))
        .where(*told, links.c.role.in_(ROLES), links.c.entity.is_not(None))
        .distinct()
    )
    there = (
        select(parties.c.event)
        .where(parties.c.event == events.c.id, parties.c.role == links.c.role, parties.c.entity == links.c.entity)
        .correlate(events, links)
    )
    columns = ["role", "entity", "begin", "event", "end", "type"]
    connection.execute(parties.insert().from_select(columns, query.where(~there.exists())))


def dated(connection: Connection, nodes: Sequence[int]) -> None:
    """Let the rows of events say their day and type as the events do by now."""
    other = or_(
        func.coalesce(events.c.begin, "") != parties.c.begin,
        func.coalesce(events.c.end, "") != func.coalesce(parties.c.end, ""),
        events.c.type != parties.c.type,
    )
    changed = select(parties.c.event).distinct().join(events, events.c.id == parties.c.event).where(other)
    for start in range(0, len(nodes), _SLICE):
        some = nodes[start : start + _SLICE]
        renew(connection, sorted(connection.execute(changed.where(parties.c.event.in_(some))).scalars()))


__all__ = ["ROLES", "add", "dated", "remove", "renew"]
