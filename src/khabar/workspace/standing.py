"""Which entity, event or story stands for one that was merged into another."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection, select

from khabar.workspace.paging import LARGEST
from khabar.workspace.tables import entities, events, stories

Layer = Literal["entity", "event", "story"]

_TABLES = {"entity": entities, "event": events, "story": stories}


def standing(connection: Connection, layer: Layer, id: int) -> int:
    """The id of the one that stands for `id`: itself where it was merged into none, or where there is none with this id."""
    table = _TABLES[layer].c
    while 0 <= id <= LARGEST:
        into = connection.execute(select(table.into).where(table.id == id)).scalar()
        if into is None:
            break
        id = into
    return id
