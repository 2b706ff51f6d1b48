"""Write the first ten rows or items of each export of the examples into docs/samples."""

import json
import os
import tempfile
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


def main() -> None:
    """Write the files."""
    INTO.mkdir(exist_ok=True)
    os.chdir(ROOT)  # an article from a file is known by its path as given
    with tempfile.TemporaryDirectory() as folder, Workspace.open(Path(folder) / "w.db", create=True) as workspace:
        list(add(workspace, iter_articles(["examples"]), fast=True))
        with workspace.reading() as connection:
            for layer in LAYERS:
                out = Memory()
                write("csv", connection, Filter(), out, Options(layer=layer))
                _lines(f"csv-{layer}.csv", out.data, ROWS + 1)
            for name, format in FORMATS.items():
                if name in ("csv", "parquet", "xlsx"):
                    continue
                out = Memory()
                write(name, connection, Filter(), out)
                if name in LISTS:
                    whole = json.loads(out.data)
                    whole[LISTS[name]] = whole[LISTS[name]][:ROWS]
                    text = json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
                    (INTO / f"{name}{format.file.suffix}").write_text(text, encoding="utf-8")
                else:
                    _lines(f"{name}{format.file.suffix}", out.data, ROWS + {"acled": 1, "hxl": 2}.get(name, 0))


def _lines(name: str, data: bytes, count: int) -> None:
    # a row of a table of texts may hold line breaks: count the rows of CSV, the lines of others
    text = data.decode()
    if name.endswith(".csv"):
        import csv
        import io

        made = io.StringIO(newline="")
        writer = csv.writer(made)
        for n, row in enumerate(csv.reader(io.StringIO(text, newline=""))):
            if n < count:
                writer.writerow(cell if len(cell) < 200 else cell[:200] + "…" for cell in row)
        text = made.getvalue()
    else:
        text = "".join(line + "\n" for line in text.splitlines()[:count])
    (INTO / name).write_text(text, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
