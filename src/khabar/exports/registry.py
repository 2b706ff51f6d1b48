"""The formats that a workspace is exported in: their names, what kind of file they are, and the modules that write them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol

import msgspec
from sqlalchemy import Connection

from khabar.exports.contents import LAYERS, Contents, Options
from khabar.workspace.views import Filter


class Out(Protocol):
    """Where an export goes: bytes, written from the first to the last; it is never asked to seek."""

    def write(self, data: bytes, /) -> object: ...


class CannotExport(Exception):
    """An export that cannot be made; the message is one line that says what to do."""


class File(msgspec.Struct, frozen=True):
    """What kind of file an export is: its media type, and what its name ends in."""

    media_type: str
    suffix: str


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """A format: what it is, in a line; its file; and whether it can be asked for one layer alone (`single` is then its file).

    `extra` names the packages that must be installed for it (`pip install khabar[parquet]`).
    """

    name: str
    title: str
    file: File
    module: str
    single: File | None = None
    extra: str | None = None


PLAIN = Options()
ZIP = "application/zip"
CSV = "text/csv; charset=utf-8"
LINES = "application/jsonl"

_ALL = (
    Format(
        name="csv",
        title="tables of every layer, one CSV file each in a ZIP file; with a layer, that file alone",
        file=File(ZIP, ".csv.zip"),
        single=File(CSV, ".csv"),
        module="comma",
    ),
    Format(
        name="parquet",
        title="tables of every layer, one Apache Parquet file each in a ZIP file; with a layer, that file alone",
        file=File(ZIP, ".parquet.zip"),
        single=File("application/vnd.apache.parquet", ".parquet"),
        module="parquet",
        extra="exports",
    ),
    Format(
        name="xlsx",
        title="a workbook, one sheet a layer",
        file=File("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
        module="sheets",
        extra="exports",
    ),
    Format(name="geojson", title="events on the map (RFC 7946)", file=File("application/geo+json", ".geojson"), module="geojson"),
    Format(name="plover", title="PLOVER events, JSON Lines", file=File(LINES, ".jsonl"), module="plover"),
    Format(name="gdelt", title="GDELT 2.0 events, 61 columns", file=File("text/tab-separated-values", ".tsv"), module="gdelt"),
    Format(name="acled", title="conflict and protest events as ACLED's CSV", file=File(CSV, ".csv"), module="acled"),
    Format(name="hxl", title="figures as HXL CSV", file=File(CSV, ".csv"), module="hxl"),
    Format(
        name="followthemoney",
        title="FollowTheMoney entities, JSON Lines",
        file=File(LINES, ".ftm.jsonl"),
        module="followthemoney",
        extra="followthemoney",
    ),
    Format(
        name="annotation",
        title="Web Annotation for every evidence, JSON-LD",
        file=File("application/ld+json", ".jsonld"),
        module="annotation",
    ),
    Format(name="timeline", title="TimelineJS JSON", file=File("application/json", ".json"), module="timeline"),
    Format(name="ninjs", title="ninjs 3 articles, JSON Lines", file=File(LINES, ".jsonl"), module="ninjs"),
)

FORMATS: dict[str, Format] = {f.name: f for f in _ALL}
"""The formats by name, in the order in which they are shown."""


def file_of(format: str, options: Options | None = None) -> File:
    """What kind of file an export is. Raises `CannotExport` for a format or a layer that there is not."""
    known = _known(format, options or PLAIN)
    return known.single if known.single and options and options.layer else known.file


def write(format: str, connection: Connection, f: Filter, out: Out, options: Options | None = None) -> int:
    """Write what a filter leaves of a workspace to `out`; gives the number of rows. Raises `CannotExport`."""
    known = _known(format, options or PLAIN)
    try:
        module = import_module(f"khabar.exports.{known.module}")
    except ImportError as error:
        if known.extra is None:
            raise
        raise CannotExport(f"{format} needs {error.name}: pip install 'khabar[{known.extra}]'") from error
    rows: int = module.write(Contents(connection, f, options or PLAIN), out)
    return rows


def _known(format: str, options: Options) -> Format:
    if format not in FORMATS:
        raise CannotExport(f"there is no format {format!r}; there are {_listed(list(FORMATS))}")
    known = FORMATS[format]
    if options.layer is not None:
        if known.single is None:
            raise CannotExport(f"{format} has no layers to choose from; those of {_listed(_single())} have")
        if options.layer not in LAYERS:
            raise CannotExport(f"there is no layer {options.layer!r}; there are {_listed(LAYERS)}")
    return known


def _single() -> list[str]:
    return [f.name for f in _ALL if f.single]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
