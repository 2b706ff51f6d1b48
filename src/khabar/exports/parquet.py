"""Apache Parquet of every layer: one file each in a ZIP file, or one layer alone. Lists are lists, numbers are numbers."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from khabar.exports.contents import Contents
from khabar.exports.layers import TABLES, Column
from khabar.exports.packing import Forward, zipped

if TYPE_CHECKING:
    from khabar.exports.registry import Out

GROUP = 2000
"""Rows of a row group, which is what is held in memory."""

_TYPES = {
    "integer": pa.int64(),
    "number": pa.float64(),
    "text": pa.string(),
    "texts": pa.list_(pa.string()),
    "integers": pa.list_(pa.int64()),
}


def write(contents: Contents, out: Out) -> int:
    """Write the layer that was asked for, or all in a ZIP file; gives the number of rows."""
    if contents.options.layer:
        return table(contents, contents.options.layer, out)
    return zipped(out, TABLES, ".parquet", lambda layer, file: table(contents, layer, file))


def table(contents: Contents, layer: str, out: Out) -> int:
    """Write one layer; gives the number of rows."""
    columns, rows = TABLES[layer]
    schema = _schema(columns)
    found, count = rows(contents), 0
    with pq.ParquetWriter(pa.PythonFile(Forward(out), mode="w"), schema, compression="zstd") as writer:
        while group := list(islice(found, GROUP)):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
            count += len(group)
    return count


def _schema(columns: tuple[Column, ...]) -> pa.Schema:
    return pa.schema([pa.field(column.name, _TYPES[column.type]) for column in columns])
