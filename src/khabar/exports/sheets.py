"""A workbook (Office Open XML, XLSX): one sheet a layer, from right to left, a header that stays and a filter on it.

Nothing is taken for a formula or a link, whatever a text begins with. A cell holds 32,767 characters, a longer text
ends in an ellipsis; a sheet holds 1,048,576 rows, further ones are left out too.
"""

from __future__ import annotations

import tempfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from khabar.exports.comma import joined
from khabar.exports.contents import Contents
from khabar.exports.layers import TABLES

if TYPE_CHECKING:
    from khabar.exports.registry import Out

EPOCH = datetime(2000, 1, 1)
"""When every workbook says that it was made, so that the same workspace gives the same bytes."""

CELL = 32_767
ROWS = 1_048_576
_PLAIN = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write(contents: Contents, out: Out) -> int:
    """Write the workbook; gives the number of rows."""
    count = 0
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        book = xlsxwriter.Workbook(file.name, _PLAIN)
        book.set_properties({"title": "Khabar", "created": EPOCH})
        bold = book.add_format({"bold": True})
        for layer, (columns, rows) in TABLES.items():
            sheet = book.add_worksheet(layer)
            sheet.right_to_left()
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(columns) - 1, 18)
            for n, column in enumerate(columns):
                sheet.write_string(0, n, column.name, bold)
            last = 0
            for last, row in enumerate(rows(contents), 1):
                if last >= ROWS:
                    break
                for n, column in enumerate(columns):
                    _cell(sheet, last, n, row[column.name])
            sheet.autofilter(0, 0, last, len(columns) - 1)
            count += last
        book.close()
        file.seek(0)
        while block := file.read(1 << 16):
            out.write(block)
    return count


def _cell(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, list):
        value = joined(value)
    if isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value:
        sheet.write_string(row, column, value if len(value) <= CELL else value[: CELL - 1] + "…")
