"""Counting articles to what they are joined to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, func, select, update

from khabar.workspace.tables import articles

_PART = 500
"""Articles of one statement."""


def counted(connection: Connection, pointer: Column[Any], count: Column[Any], batch: Sequence[int], by: int) -> None:
    """Count articles to the nodes that `pointer` of their rows says (`by` 1), or no longer (-1), in the nodes' column `count`.

    Copies count for nothing.
    """
    members: Table = pointer.table
    nodes: Table = count.table
    for start in range(0, len(batch), _PART):
        query = (
            select(pointer, func.count(members.c.article.distinct()))
            .join(articles, articles.c.id == members.c.article)
            .where(members.c.article.in_(batch[start : start + _PART]), articles.c.original.is_(None), pointer.is_not(None))
            .group_by(pointer)
        )
        if rows := [{"node": node, "n": by * n} for node, n in connection.execute(query)]:
            change = update(nodes).where(nodes.c.id == bindparam("node"))
            connection.execute(change.values({count: count + bindparam("n")}), rows)
