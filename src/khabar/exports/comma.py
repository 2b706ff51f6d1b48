"""CSV (RFC 4180, UTF-8) of every layer: one file each in a ZIP file, or one layer alone.

Items of a list are set apart by ` | `, an item that is not known is empty; what is not known is an empty field. Texts stand as
they are, line breaks and all, but for one thing: a text that a spreadsheet would run as a formula, since it begins with = + - @
or a tab or carriage return, has an apostrophe before it, as OWASP advises ("CSV Injection"); so has one that begins with an
apostrophe and such a sign, so that `plain` gives every text back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from khabar.exports.contents import Contents
from khabar.exports.layers import TABLES
from khabar.exports.packing import zipped

if TYPE_CHECKING:
    from khabar.exports.registry import Out

_RUN = re.compile("'*[=+\\-@\t\r]")

BETWEEN = " | "
"""What stands between the items of a list."""


def write(contents: Contents, out: Out) -> int:
    """Write the layer that was asked for, or all in a ZIP file; gives the number of rows."""
    if contents.options.layer:
        return table(contents, contents.options.layer, out)
    return zipped(out, TABLES, ".csv", lambda layer, file: table(contents, layer, file))


def table(contents: Contents, layer: str, out: Out) -> int:
    """Write one layer; gives the number of rows."""
    columns, rows = TABLES[layer]
    names = [column.name for column in columns]
    return lines(out, names, ([_cell(row[name]) for name in names] for row in rows(contents)))


def lines(out: Out, header: Iterable[str], rows: Iterable[Iterable[Any]]) -> int:
    """Write rows under their header as CSV, a few hundred at a time; gives how many."""
    count = 0
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(header)
    for row in rows:
        writer.writerow([guarded(value) for value in row])
        count += 1
        if buffer.tell() > 1 << 16:
            out.write(_taken(buffer))
    out.write(_taken(buffer))
    return count


def guarded(value: Any) -> Any:
    """A value as it stands in a field: a text that would be run as a formula with an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and _RUN.match(value) else value


def plain(field: str) -> str:
    """The text of a field again."""
    return field[1:] if field[:1] == "'" and _RUN.match(field[1:]) else field


def _taken(buffer: io.StringIO) -> bytes:
    data = buffer.getvalue().encode("utf-8", "replace")
    buffer.seek(0)
    buffer.truncate()
    return data


def _cell(value: Any) -> Any:
    return joined(value) if isinstance(value, list) else value


def joined(items: list[Any]) -> str:
    """A list in one field; empty where nothing in it is known."""
    return BETWEEN.join("" if item is None else str(item) for item in items) if any(i is not None for i in items) else ""


def fields(text: str) -> Iterator[str]:
    """The items of such a field again."""
    yield from text.split(BETWEEN) if text else ()
