"""The judgements of people: what they decided about readings, kept beside the machine's reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from khabar.workspace.correcting import Judgement
from khabar.workspace.tables import articles, judgement_articles, judgements


def of_articles(connection: Connection, ids: Sequence[int]) -> dict[int, list[Judgement]]:
    """The judgements that stand about each of these articles, oldest first."""
    query = (
        select(judgement_articles.c.article, judgements)
        .join(judgements, judgements.c.id == judgement_articles.c.judgement)
        .where(judgement_articles.c.article.in_(ids), judgements.c.undone.is_(None))
        .order_by(judgements.c.id)
    )
    found: dict[int, list[Judgement]] = {}
    for row in connection.execute(query):
        found.setdefault(row.article, []).append(_judgement(row))
    return found


def of_node(connection: Connection, layer: str, nodes: Sequence[int]) -> list[Judgement]:
    """The judgements that stand about entities or stories as a whole, oldest first."""
    query = select(judgements).where(judgements.c.layer == layer, judgements.c.node.in_(nodes), judgements.c.undone.is_(None))
    return [_judgement(row) for row in connection.execute(query.order_by(judgements.c.id))]


def split_off(connection: Connection, stories: Sequence[int]) -> bool:
    """Whether one of these stories has an article that people split off; then no likeness makes it one with another again."""
    j = judgements.c
    query = select(j.id).join(judgement_articles, judgement_articles.c.judgement == j.id)
    query = query.join(articles, articles.c.id == judgement_articles.c.article).where(articles.c.story.in_(stories))
    standing = query.where(j.layer == "story", j.verdict == "split", j.undone.is_(None))
    return connection.execute(standing.limit(1)).scalar() is not None


def listed(
    connection: Connection, *, before: int | None = None, limit: int = 50, who: str | None = None, layer: str | None = None
) -> list[Judgement]:
    """Judgements, newest first, also those that were taken back; `before` is the id of the last one of the page before."""
    query = select(judgements).order_by(judgements.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(judgements.c.id < before)
    if who is not None:
        query = query.where(judgements.c.who == who)
    if layer is not None:
        query = query.where(judgements.c.layer == layer)
    return [_judgement(row) for row in connection.execute(query)]


def judgement(connection: Connection, id: int) -> Judgement | None:
    """One judgement; None where there is none with that id."""
    row = connection.execute(select(judgements).where(judgements.c.id == id)).first()
    return None if row is None else _judgement(row)


def _judgement(row: Row[Any]) -> Judgement:
    fields = {name: getattr(row, name) for name in Judgement.__struct_fields__}
    return msgspec.convert(fields, Judgement)
