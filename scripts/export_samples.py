"""Write the first ten rows or items of each export of the examples into docs/samples; with `--check`, say which are old."""

import csv
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from khabar.exports import FORMATS, Options, write
from khabar.exports.contents import LAYERS
from khabar.sources import iter_articles
from khabar.workspace import Workspace
from khabar.workspace.adding import add
from khabar.workspace.views import Filter

ROOT = Path(__file__).resolve().parent.parent
INTO = ROOT / "docs" / "samples"
ROWS = 10
LISTS = {"geojson": "features", "annotation": "items", "timeline": "events"}


class Memory:
    """Keeps what is written."""

    def __init__(self) -> None:
        self.data = b""

    def write(self, data: bytes, /) -> int:
        self.data += data
        return len(data)


def samples() -> Iterator[tuple[str, str]]:
    """The name of each file, and what is in it."""
    before = Path.cwd()
    os.chdir(ROOT)  # an article from a file is known by its path as given
    try:
        with tempfile.TemporaryDirectory() as folder, Workspace.open(Path(folder) / "w.db", create=True) as workspace:
            list(add(workspace, iter_articles(["examples"]), fast=True))
            with workspace.reading() as connection:
                for layer in LAYERS:
                    out = Memory()
                    write("csv", connection, Filter(), out, Options(layer=layer))
                    yield f"csv-{layer}.csv", _first(out.data, ROWS + 1, table=True)
                for name, format in FORMATS.items():
                    if name in ("csv", "parquet", "xlsx"):
                        continue
                    out = Memory()
                    write(name, connection, Filter(), out)
                    yield f"{name}{format.file.suffix}", _sample(name, format.file.suffix, out.data)
    finally:
        os.chdir(before)


def _sample(name: str, suffix: str, data: bytes) -> str:
    if name in LISTS:
        whole = json.loads(data)
        whole[LISTS[name]] = whole[LISTS[name]][:ROWS]
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    return _first(data, ROWS + {"acled": 1, "hxl": 2}.get(name, 0), table=suffix == ".csv")


def _first(data: bytes, count: int, *, table: bool) -> str:
    # a row of a table of texts may hold line breaks: count the rows of CSV, the lines of others
    text = data.decode()
    if not table:
        return "".join(line + "\n" for line in text.split("\n")[:count] if line)
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    for n, row in enumerate(csv.reader(io.StringIO(text, newline=""))):
        if n < count:
            writer.writerow(cell if len(cell) < 200 else cell[:200] + "…" for cell in row)
    return made.getvalue()


def stale() -> list[str]:
    """The files of docs/samples that are not what is written now, or are written no more."""
    wanted = {name: text.encode() for name, text in samples()}
    there = {path.name: path.read_bytes() for path in INTO.iterdir()}
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def main() -> None:
    """Write the files, or check them."""
    if "--check" in sys.argv[1:]:
        if old := stale():
            sys.exit(f"not current: {', '.join(old)}; run python scripts/export_samples.py")
        return
    INTO.mkdir(exist_ok=True)
    for name, text in samples():
        (INTO / name).write_text(text, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
