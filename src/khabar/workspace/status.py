"""What is in a workspace, in numbers."""

from pathlib import Path

import msgspec
from sqlalchemy import func, select, text

from khabar import __version__
from khabar.workspace.store import Workspace
from khabar.workspace.tables import articles, claims, entities, events, judgements, revisions, stories


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """How much a workspace holds; `size` is in bytes, `outdated` counts articles read by another version of Khabar."""

    workspace: str
    articles: int
    copies: int
    revisions: int
    outlets: int
    first_day: str | None
    last_day: str | None
    entities: int
    events: int
    stories: int
    claims: int
    judgements: int
    fast: int
    outdated: int
    size: int


def status(workspace: Workspace) -> Status:
    """Count what a workspace holds."""
    with workspace.reading() as connection:

        def count(table: object, *where: object) -> int:
            return int(connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one())  # type: ignore[arg-type]

        current = revisions.join(articles, (revisions.c.article == articles.c.id) & (revisions.c.number == articles.c.revision))
        outlets, first, last = connection.execute(
            select(func.count(articles.c.outlet.distinct()), func.min(articles.c.day), func.max(articles.c.day))
        ).one()
        size = "SELECT pg_database_size(current_database())" if workspace.postgres else None
        return Status(
            workspace=workspace.name,
            articles=count(articles),
            copies=count(articles, articles.c.original.is_not(None)),
            revisions=count(revisions),
            outlets=outlets,
            first_day=first,
            last_day=last,
            entities=count(entities, entities.c.articles > 0),
            events=count(events, events.c.reports > 0),
            stories=count(stories, stories.c.articles > 0),
            claims=count(claims),
            judgements=count(judgements, judgements.c.undone.is_(None)),
            fast=count(current, revisions.c.fast),
            outdated=count(current, revisions.c.version != __version__),
            size=connection.execute(text(size)).scalar_one() if size else Path(workspace.name).stat().st_size,
        )
