"""`import khabar` is cheap, and reading is one call."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import khabar
from khabar.record import Article

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"


def test_importing_loads_nothing_that_is_heavy() -> None:
    heavy = {"msgspec", "numpy", "onnxruntime", "pandas", "rich", "trafilatura", "typer"}
    code = f"import sys, khabar; print([m for m in sys.modules if m in {heavy}])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert done.stdout.strip() == "[]"


def test_every_name_of_the_face_is_there() -> None:
    for name in khabar.__all__:
        assert getattr(khabar, name) is not None
    assert set(khabar.__all__) <= set(dir(khabar))
    with pytest.raises(AttributeError, match="no_such_name"):
        khabar.no_such_name  # noqa: B018


def test_a_text_is_read() -> None:
    record = khabar.read("وصل الوفد إلى بغداد.", published="2024-05-06", title="وفد في بغداد", outlet="المدار", fast=True)
    assert record.text == "وفد في بغداد\nوصل الوفد إلى بغداد."
    assert record.title == "وفد في بغداد"
    assert record.source.outlet == "المدار"
    assert record.published is not None
    assert record.published.startswith("2024-05-06")


def test_a_file_is_read_by_its_name_or_path() -> None:
    by_path, by_name = (khabar.read(p, fast=True) for p in (EXAMPLES / "attack.html", str(EXAMPLES / "attack.html")))
    assert by_path.title == by_name.title == "133 قتيلا في هجوم قاعة كروكوس قرب موسكو وتوقيف 11 شخصا"
    assert by_path.published == "2024-03-23T18:45:00+03:00"


def test_what_holds_no_single_article_says_why(tmp_path: Path) -> None:
    with pytest.raises(khabar.ReadError, match="more than one"):
        khabar.read(EXAMPLES / "flood.jsonl", fast=True)
    with pytest.raises(khabar.ReadError, match="no such file"):
        khabar.read(tmp_path / "missing.txt", fast=True)
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(khabar.ReadError, match="empty"):
        khabar.read(tmp_path / "empty.txt", fast=True)


def test_any_string_is_a_text() -> None:
    for text in ("", " ", "\0", "a" * 5000, "/", ".", "\ud800"):
        assert khabar.read(text, fast=True).text == text


@pytest.mark.parametrize("jobs", [1, 2])
def test_many_articles_come_in_their_order(jobs: int) -> None:
    articles = [Article(id=f"a{n}", text=f"وصل الوفد رقم {n} إلى بغداد.") for n in range(30)]
    records = list(khabar.Reader(fast=True).read_many(articles, jobs=jobs))
    assert [r.id for r in records] == [a.id for a in articles]
    assert records == [khabar.Reader(fast=True).read(a) for a in articles]


def test_an_article_that_breaks_the_reader_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = khabar.Reader(fast=True)
    monkeypatch.setattr(reader, "read", lambda article: 1 / 0)
    with pytest.raises(khabar.ReadError, match="a7: the reader failed \\(ZeroDivisionError"):
        list(reader.read_many([Article(id="a7", text="x")]))


def test_a_record_goes_through_json_unchanged() -> None:
    record = khabar.read(EXAMPLES / "attack.html", fast=True)
    assert khabar.Record.from_json(record.to_json()) == record
    assert record.to_dict()["format"] == "khabar/1"
    assert khabar.schema()["$defs"]["Record"]["properties"]["events"]
