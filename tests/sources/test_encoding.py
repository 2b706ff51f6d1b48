"""Encodings are found, for a long article and for a few words."""

import codecs
from pathlib import Path

import pytest

from khabar.record import Article
from khabar.sources import Problem, iter_articles

LONG = "أعلنت وزارة الصحة، يوم الأحد، أن عدد المصابين بلغ «120» شخصاً؛ ونُقل بعضهم إلى مستشفى المدينة.\n" * 5
SHORT = ["وصل الوزير إلى العاصمة", "استقالة الحكومة", "قصف يطال مستشفى", "عاد النازحون إلى قراهم"]


def read(path: Path, content: bytes) -> list[Article | Problem]:
    path.write_bytes(content)
    return list(iter_articles([path]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256"])
@pytest.mark.parametrize("text", [LONG, *SHORT])
def test_encoding_is_found(tmp_path: Path, encoding: str, text: str) -> None:
    (found,) = read(tmp_path / "a.txt", text.encode(encoding))
    assert isinstance(found, Article)
    assert found.text == text


@pytest.mark.parametrize("text", [LONG.replace("«", '"').replace("»", '"'), *SHORT])
def test_the_other_one_byte_encoding(tmp_path: Path, text: str) -> None:
    (found,) = read(tmp_path / "a.txt", text.encode("iso-8859-6"))
    assert isinstance(found, Article)
    assert found.text == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "cp1256"])
def test_lines_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    content = '{"id": "a", "text": "وصل الوزير إلى العاصمة"}\n{"id": "b", "text": "عاد النازحون إلى قراهم"}\n'
    found = read(tmp_path / "a.jsonl", content.encode(encoding))
    assert [isinstance(x, Article) and (x.id, x.text) for x in found] == [("a", SHORT[0]), ("b", SHORT[3])]
    as_list = "[" + content.strip().replace("\n", ",\n") + "]"
    found = read(tmp_path / "a.json", as_list.encode(encoding))
    assert [isinstance(x, Article) and (x.id, x.line) for x in found] == [("a", 1), ("b", 2)]


def test_a_page_that_names_its_encoding(tmp_path: Path) -> None:
    page = (
        f'<html><head><meta charset="windows-1256"><title>خبر</title></head><body><article><p>{LONG}</p></article></body></html>'
    )
    (found,) = read(tmp_path / "a.html", page.encode("cp1256"))
    assert isinstance(found, Article)
    assert found.title == "خبر"


def test_a_few_broken_bytes_are_shown_and_said(tmp_path: Path) -> None:
    data = LONG.encode()
    problem, article = read(tmp_path / "a.txt", data[:20] + b"\xff" + data[20:])
    assert isinstance(problem, Problem)
    assert isinstance(article, Article)
    assert not problem.fatal
    assert article.text.count("\ufffd") >= 1
    line = '{"text": "' + SHORT[0] + '"}\n'
    broken = line.encode().replace("إلى".encode(), "إلى".encode() + b"\xff")
    _, problem, second = read(tmp_path / "a.jsonl", line.encode() + broken)
    assert isinstance(problem, Problem)
    assert isinstance(second, Article)
    assert (problem.line, problem.fatal) == (2, False)
    assert second.text == SHORT[0].replace("إلى", "إلى\ufffd")


def test_bytes_of_no_encoding(tmp_path: Path) -> None:
    (found,) = read(tmp_path / "a.txt", bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D, 0x00, 0x01, 0xFE] * 40))
    assert isinstance(found, Problem)
    assert found.fatal


def test_a_character_cut_at_the_end_of_the_look_ahead(tmp_path: Path) -> None:
    text = "a" + "ب" * 70_000
    assert text.encode()[1 << 16 : (1 << 16) + 1] < codecs.BOM_UTF8  # the head ends inside a character
    (found,) = read(tmp_path / "a.txt", text.encode())
    assert isinstance(found, Article)
    assert found.text == text
