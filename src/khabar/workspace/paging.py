"""Parts of a listing: a cursor says after which row the next part begins, so that a part costs the same wherever it stands."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, and_, or_

LIMIT = 50
MOST = 1000
"""Rows of a part at most."""
LARGEST = 2**31 - 1
"""The largest id that both databases hold."""


class BadCursor(ValueError):
    """A cursor that no listing of this kind gave."""


class Key(NamedTuple):
    """What a listing is sorted by: an expression that is never null, and whether the largest comes first."""

    value: ColumnElement[Any]
    down: bool = True


def fetch(
    connection: Connection, query: Select[Any], keys: Sequence[Key], limit: int, cursor: str | None
) -> tuple[Sequence[Row[Any]], str | None]:
    """The rows of `query` after `cursor`, `limit` at most, in the order of `keys`, and the cursor of the part after them.

    The keys together name a row. Raises `BadCursor`.
    """
    limit = max(1, min(limit, MOST))
    if cursor is not None:
        query = query.where(_after(keys, _opened(cursor, keys)))
    query = query.add_columns(*(key.value.label(f"key{n}") for n, key in enumerate(keys)))
    query = query.order_by(*(key.value.desc() if key.down else key.value.asc() for key in keys)).limit(limit + 1)
    rows = connection.execute(query).all()
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]
    return rows[:limit], _closed([getattr(last, f"key{n}") for n in range(len(keys))])


def _after(keys: Sequence[Key], values: Sequence[Any]) -> ColumnElement[bool]:
    """Rows that come after the one with these values. The first condition alone is what an index can begin at."""
    ways = []
    for n, (key, value) in enumerate(zip(keys, values, strict=True)):
        same = [k.value == v for k, v in zip(keys[:n], values[:n], strict=True)]
        ways.append(and_(*same, key.value < value if key.down else key.value > value))
    first = keys[0]
    return and_(first.value <= values[0] if first.down else first.value >= values[0], or_(*ways))


def _closed(values: list[Any]) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(values)).decode().rstrip("=")


def _opened(cursor: str, keys: Sequence[Key]) -> list[Any]:
    wrong = BadCursor("the cursor is not one of this listing; begin again without it")
    try:
        data = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        values = msgspec.json.decode(data)
    except (binascii.Error, ValueError, msgspec.DecodeError):
        raise wrong from None
    if not isinstance(values, list) or len(values) != len(keys):
        raise wrong
    for key, value in zip(keys, values, strict=True):
        kind = key.value.type.python_type
        if type(value) is not kind or (kind is int and abs(value) > LARGEST) or (kind is str and "\0" in value):
            raise wrong
    return values
