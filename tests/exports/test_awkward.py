"""What is hard to write: every format carries it so that its own reader reads it, and nothing in it is run or breaks a row."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import hxl
import openpyxl
import pyarrow.parquet as pq
import pytest
from followthemoney import model
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from sqlalchemy import Connection, update

from khabar.exports import FORMATS
from khabar.exports.comma import guarded, plain
from khabar.exports.gdelt import COLUMNS as GDELT
from khabar.exports.layers import TABLES
from khabar.record import Article
from khabar.workspace import Workspace
from khabar.workspace.adding import add
from khabar.workspace.tables import article_events, articles, claims, entities, events
from tests.exports.writing import written
from tests.workspace import made

RUN = '=HYPERLINK("http://example.org";"درنة")'
QUOTES = "قال \"نعم\"، ثم 'لا' | و«ربما» , ; \\ </script><script>alert(1)</script> &amp;"
MARKS = "\u202bبنغازي\u202c \u200fو\u200eطرابلس\u200d \u2066LTR\u2069 كٰــتاب \ufeff"
BREAKS = "سطر\r\nسطر\nسطر\rسطر\tعمود\u2028فصل\u2029فقرة\x85\x0b\x0c"
EMOJI = "🕊️ 👩‍👩‍👧‍👦 🇱🇾 e\u0301 \U0010fffd"
LONG = "كلمة طويلة جدا " * 4000
AWKWARD = (RUN, "+1 مليون", "-12 درجة", "@ali", "\t=1+1", QUOTES, MARKS, BREAKS, EMOJI, LONG)
NUMBER = len(AWKWARD)


def fill(connection: Connection, text: str) -> None:
    """Put a text wherever the workspace of the made records has one that an article or a person can choose."""
    names = {table: [c for c in columns if c in table.c] for table, columns in (
        (articles, ("outlet", "title", "url")), (entities, ("name", "name_en")), (events, ("gloss",)),
        (article_events, ("gloss", "quote")), (claims, ("quote",)),
    )}  # fmt: skip
    for table, columns in names.items():
        connection.execute(update(table).values(dict.fromkeys(columns, text)))
    connection.execute(update(events).where(events.c.id == 1).values(type="ASSAULT", mode="clash", cameo="190"))


@pytest.fixture(params=range(NUMBER), ids=["formula", "plus", "minus", "at", "tab", "quotes", "marks", "breaks", "emoji", "long"])
def awkward(request: pytest.FixtureRequest, workspace: Workspace) -> tuple[str, Callable[[str], bytes]]:
    """A text, and exports of a workspace that is full of it."""
    text = AWKWARD[request.param]
    made.fill(workspace)
    with workspace.writing() as connection:
        fill(connection, text)

    def export(format: str) -> bytes:
        with workspace.reading() as connection:
            return written(format, connection)

    return text, export


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def is_formula(field: str) -> bool:
    return field.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_every_format_carries_it(awkward: tuple[str, Callable[[str], bytes]]) -> None:
    text, export = awkward
    with zipfile.ZipFile(io.BytesIO(export("csv"))) as archive:
        for name in archive.namelist():
            header, *found = rows(archive.read(name))
            assert header == [column.name for column in TABLES[name.removesuffix(".csv")].columns]
            numeric = {n for n, c in enumerate(TABLES[name.removesuffix(".csv")].columns) if c.type in ("integer", "number")}
            assert all(len(row) == len(header) for row in found), name
            assert not any(is_formula(f) for row in found for n, f in enumerate(row) if n not in numeric), name
        header, *found = rows(archive.read("articles.csv"))
        assert {plain(row[header.index("title")]) for row in found} == {text}
    with zipfile.ZipFile(io.BytesIO(export("parquet"))) as archive:
        table = pq.read_table(io.BytesIO(archive.read("articles.parquet"))).to_pylist()
        assert {row["title"] for row in table} == {text}
    book = openpyxl.load_workbook(io.BytesIO(export("xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
    title = book["articles"].cell(2, [c.name for c in TABLES["articles"].columns].index("title") + 1).value
    assert unescape(title) == (text if len(text) <= 32_767 else f"{text[:32_766]}…")


@pytest.mark.parametrize("format", [name for name, f in FORMATS.items() if "json" in f.file.media_type])
def test_json_is_one_item_a_line_and_the_text_in_it(awkward: tuple[str, Callable[[str], bytes]], format: str) -> None:
    text, export = awkward
    data = export(format).decode()
    if FORMATS[format].file.media_type == "application/jsonl":
        items = [json.loads(line) for line in data.split("\n") if line]
        assert data.endswith("\n")
    else:
        items = [json.loads(data)]
    assert items
    if format == "timeline":
        assert "<script" not in json.dumps(items)
    elif format == "followthemoney":
        assert all(model.get_proxy(item).schema.name == item["schema"] for item in items)
    elif format != "annotation":  # which has what records say, and those are as they were
        assert any(text in value for item in items for value in texts(item))


def texts(item: Any) -> list[str]:
    """All texts in an item."""
    if isinstance(item, dict):
        return [t for value in item.values() for t in texts(value)]
    if isinstance(item, list):
        return [t for value in item for t in texts(value)]
    return [item] if isinstance(item, str) else []


def test_rows_stay_rows(awkward: tuple[str, Callable[[str], bytes]]) -> None:
    _, export = awkward
    lines = export("gdelt").decode().split("\n")
    assert (len(lines), lines[-1]) == (2, "")
    assert len(lines[0].split("\t")) == len(GDELT)
    for format in ("acled", "hxl"):
        header, *found = rows(export(format))
        assert found
        assert all(len(row) == len(header) for row in found)
        latitude = {n for n, name in enumerate(header) if name.lower() in ("latitude", "longitude")}
        assert not any(is_formula(f) for row in found for n, f in enumerate(row) if n not in latitude)
    errors: list[Any] = []
    assert hxl.data(rows(export("hxl"))).validate(callback=errors.append), errors


@given(st.text())
def test_what_is_guarded_comes_back(text: str) -> None:
    assert plain(guarded(text)) == text
    assert not is_formula(guarded(text))


def test_an_article_full_of_it_is_stored_and_exported(workspace: Workspace) -> None:
    body = "\n".join([f"قُتل 12 شخصا في فيضانات ضربت مدينة درنة يوم الجمعة. {text[:500]}" for text in AWKWARD])
    nul, odd = "خبر\x00", f"{RUN}\n{body}\x00\ud800"
    items = [
        Article(id="odd/1", text=odd, titled=True, title=RUN, published="2024-03-10T09:00:00Z", outlet="@x"),
        Article(id="odd/2", text="\x00", titled=False, outlet="=1"),
        Article(
            id="odd/3\x00", text=f"{nul}\nقُتل 12\x00 شخصا في درنة.\x00", titled=True, title=nul, outlet="x\x00y", url="u:\x00"
        ),
    ]
    for what in ("added", "known"):
        assert [outcome.what for outcome in add(workspace, items, fast=True)] == [what] * 3
    with workspace.reading() as connection:
        for name in FORMATS:
            data = written(name, connection)
            assert data or name == "gdelt"
            if "json" in FORMATS[name].file.media_type:
                data.decode()
