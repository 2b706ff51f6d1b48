"""CSV of every layer, read by the library of the language."""

import csv
import io
import zipfile

import pytest

from khabar.exports import CannotExport
from khabar.exports.contents import LAYERS
from khabar.exports.layers import TABLES
from tests.exports.conftest import Export
from tests.workspace import made


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_every_layer_is_a_file_with_its_columns(export: Export) -> None:
    with zipfile.ZipFile(io.BytesIO(export("csv"))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [f"{layer}.csv" for layer in LAYERS]
        for name in archive.namelist():
            header = next(csv.reader(io.StringIO(archive.read(name).decode(), newline="")))
            assert header == [column.name for column in TABLES[name.removesuffix(".csv")].columns]
            assert archive.read(name) == export("csv", layer=name.removesuffix(".csv"))


def test_a_claim_keeps_its_amount_its_source_its_carrier_its_day_and_its_words(export: Export) -> None:
    first, second = rows(export("csv", layer="claims"))
    assert (first["best"], first["as_of"], first["reported"]) == ("15", "2024-03-10", "2024-03-10")
    assert (first["sources"], first["sources_en"], first["carriers"]) == ("مستشفى درنة", "Derna Hospital", "وكالة الأفق")
    assert first["carrier_ids"] == "", "a carrier that is joined to nothing has no id"
    assert made.SECOND[int(first["start"]) : int(first["stop"])] == first["quote"] == "15 شخصا"
    assert (second["best"], second["event"], second["story"]) == ("12", "1", "1")


def test_copies_come_only_when_they_are_asked_for(export: Export) -> None:
    counts = (("articles", 3, 4), ("claims", 2, 3), ("attributions", 2, 3), ("reports", 3, 4), ("namings", 8, 10))
    for layer, without, everything in counts:
        assert len(rows(export("csv", layer=layer))) == without, layer
        assert len(rows(export("csv", layer=layer, copies=True))) == everything, layer


def test_filters_narrow_every_layer(export: Export) -> None:
    assert [row["type"] for row in rows(export("csv", layer="events", type="CONSULT"))] == ["CONSULT"]
    assert rows(export("csv", layer="claims", type="CONSULT")) == []
    assert [row["key"] for row in rows(export("csv", layer="articles", outlet="الساحل"))] == ["made/2"]


def test_the_text_of_an_article_comes_back_whole(export: Export) -> None:
    texts = {row["key"]: row["text"] for row in rows(export("csv", layer="articles"))}
    assert texts == {"made/1": made.FIRST, "made/2": made.SECOND, "made/4": made.VISIT}


def test_what_there_is_not_is_refused_in_one_line(export: Export) -> None:
    with pytest.raises(CannotExport, match="no layer 'sources'; there are articles"):
        export("csv", layer="sources")
    with pytest.raises(CannotExport, match="no format 'xls'; there are csv"):
        export("xls")
