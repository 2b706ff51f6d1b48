"""The places where things happened."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from khabar.workspace.loading import ENTITY, named_of
from khabar.workspace.tables import entities, parties
from khabar.workspace.views import Filter, PlaceView

MOST = 200


def happened(connection: Connection, f: Filter, limit: int = MOST) -> list[PlaceView]:
    """Places with how many events are said to have happened there, those of most events first; of the filter, type and days
    are asked. An event without a day is of no time."""
    n = func.count()
    query = select(parties.c.entity, n.label("n")).where(parties.c.role == "place").group_by(parties.c.entity)
    if f.begin is not None:
        query = query.where(func.coalesce(parties.c.end, parties.c.begin) >= f.begin)
    if f.end is not None:
        query = query.where(parties.c.begin <= f.end, parties.c.begin != "")
    if f.type is not None:
        query = query.where(parties.c.type == f.type)
    counted = connection.execute(query.order_by(n.desc(), parties.c.entity).limit(limit)).all()
    wanted = select(*ENTITY).where(entities.c.id.in_([row.entity for row in counted]))
    known = {row.id: named_of(row) for row in connection.execute(wanted)}
    return [PlaceView(place=known[row.entity], events=row.n) for row in counted]
