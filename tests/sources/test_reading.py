"""From paths to articles: kinds, folders, ids, and what is wrong with an input."""

import gzip
import io
import itertools
import json
import os
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khabar.record import Article
from khabar.sources import Problem, iter_articles

BODY = "وصل وزير الخارجية إلى العاصمة صباح الأحد في زيارة تستمر يومين، والتقى نظيره في مقر الوزارة."
Write = Callable[[str, str | bytes], str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, content: str | bytes) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def read(*paths: str, **options: Any) -> tuple[list[Article], list[Problem]]:
    found = list(iter_articles(paths, **options))
    return [x for x in found if isinstance(x, Article)], [x for x in found if isinstance(x, Problem)]


def only_problem(*paths: str, **options: Any) -> Problem:
    articles, problems = read(*paths, **options)
    assert not articles
    assert len(problems) == 1
    assert problems[0].fatal
    assert "\n" not in str(problems[0])
    return problems[0]


def lines(*values: object) -> str:
    return "".join((v if isinstance(v, str) else json.dumps(v, ensure_ascii=False)) + "\n" for v in values)


# kinds


def test_plain_text_is_read_as_it_is(write: Write) -> None:
    content = f"عنوان الخبر\r\n\r\n{BODY}\r\n"
    path = write("a.txt", content)
    (article,), problems = read(path)
    assert not problems
    assert article == Article(id=path, text=content, path=path)


def test_a_line_is_an_article(write: Write) -> None:
    full = {"id": 7, "title": "عنوان", "text": BODY, "published": "2024-09-03", "updated": "2024-09-04 10:00", "outlet": "سانا"}
    path = write("a.jsonl", lines(full | {"url": "https://example.org/7", "author": "ليلى"}, {"text": BODY}))
    (first, second), problems = read(path)
    assert not problems
    assert first == Article(
        id="7", title="عنوان", text=f"عنوان\n{BODY}", titled=True, published="2024-09-03", updated="2024-09-04 10:00",
        outlet="سانا", url="https://example.org/7", author="ليلى", path=path, line=1,
    )  # fmt: skip
    assert second == Article(id=f"{path}#2", text=BODY, path=path, line=2)


@pytest.mark.parametrize("name", ["a.json", "a.txt", "a.html"])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_list_of_objects(write: Write, name: str, indent: int | None) -> None:
    content = [{"id": "x", "text": BODY, "tags": [{"n": ']}\\"'}]}, {"title": "ثان", "text": BODY}]
    path = write(name, json.dumps(content, indent=indent, ensure_ascii=False))
    (first, second), problems = read(path)
    assert not problems
    assert (first.id, second.id) == ("x", f"{path}#2")
    assert second.text == f"ثان\n{BODY}"
    assert (first.line, second.line) == ((1, 1) if indent is None else (2, 11))


def test_one_object_over_several_lines(write: Write) -> None:
    (article,), problems = read(write("a.json", json.dumps({"title": "عنوان", "text": BODY}, indent=1)))
    assert not problems
    assert article.title == "عنوان"


def test_kind_does_not_hang_on_the_suffix(write: Write) -> None:
    page = f"<html><head><title>عنوان</title></head><body><article><p>{BODY}</p><p>{BODY}</p></article></body></html>"
    (line,), _ = read(write("a.txt", lines({"text": BODY})))
    (html,), _ = read(write("b.jsonl", page))
    (text,), _ = read(write("c.html", f"[عاجل] {BODY}\n"))
    assert (line.text, html.title, text.text) == (BODY, "عنوان", f"[عاجل] {BODY}\n")


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.json", "a.html"])
def test_gzip_of_any(write: Write, name: str) -> None:
    content = {
        "a.txt": BODY,
        "a.jsonl": lines({"text": BODY}),
        "a.json": json.dumps([{"text": BODY}]),
        "a.html": f"<!doctype html><title>عنوان</title><body><article><p>{BODY}</p></article></body>",
    }[name]
    packed = gzip.compress(content.encode())
    (article,), problems = read(write(name + ".gz", packed))
    assert not problems
    assert BODY in article.text
    half = len(content.encode()) // 2
    members = gzip.compress(content.encode()[:half]) + gzip.compress(content.encode()[half:])
    assert BODY in read(write("members", members))[0][0].text


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(lines({"text": BODY}).encode())))
    (article,), problems = read("-")
    assert not problems
    assert (article.path, article.line, article.id) == ("-", 1, "-#1")


def test_standard_input_that_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert "closed" in only_problem("-").message


@pytest.mark.parametrize("shape", ["lines", "list"])
def test_a_large_input_is_never_whole_in_memory(write: Write, shape: str) -> None:
    line = json.dumps({"text": BODY * 20}, ensure_ascii=False)
    content = "\n".join([line] * 6000) if shape == "lines" else "[" + ",\n".join([line] * 6000) + "]"
    path = write("a.gz", gzip.compress(content.encode(), 1))
    del content
    assert sum(isinstance(x, Article) for x in itertools.islice(iter_articles([path]), 10)) == 10  # loads what is loaded once
    tracemalloc.start()
    try:
        assert sum(isinstance(x, Article) for x in iter_articles([path])) == 6000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4_000_000  # of 20 million bytes


# which files


def test_folders_and_globs_come_sorted(write: Write, tmp_path: Path) -> None:
    for name in ("d/b.txt", "d/a.txt", "d/sub/c.txt", "d/.hidden", "d/style.css", "d/photo.jpg"):
        write(name, BODY)
    names = [Path(a.path or "").name for a in read(str(tmp_path / "d"))[0]]
    assert names == ["a.txt", "b.txt", "c.txt"]
    assert [Path(a.path or "").name for a in read(str(tmp_path / "d" / "[ab].txt"))[0]] == ["a.txt", "b.txt"]
    deep = read(str(tmp_path / "**" / "*.txt"))[0]
    assert sorted(Path(a.path or "").name for a in deep) == ["a.txt", "b.txt", "c.txt"]


def test_a_name_that_looks_like_a_glob(write: Write) -> None:
    (article,), _ = read(write("a[1].txt", BODY))
    assert article.text == BODY


def test_paths_that_name_nothing(tmp_path: Path) -> None:
    assert "no such file" in only_problem(str(tmp_path / "none.txt")).message
    assert "no file matches" in only_problem(str(tmp_path / "*.txt")).message
    assert "holds no text" in only_problem(str(tmp_path)).message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_permission_denied(write: Write) -> None:
    path = write("a.txt", BODY)
    os.chmod(path, 0)
    assert "permission denied" in only_problem(path).message


def test_permission_denied_is_said(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a.txt", BODY)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    assert "permission denied; make the file readable" in only_problem(path).message


def test_the_rest_goes_on(write: Write, tmp_path: Path) -> None:
    good = write("good.txt", BODY)
    articles, problems = read(str(tmp_path / "none"), write("empty", b""), good)
    assert [a.path for a in articles] == [good]
    assert [p.fatal for p in problems] == [True, True]


# what is wrong with a file


def test_empty_and_blank(write: Write) -> None:
    assert "empty" in only_problem(write("a.txt", b"")).message
    assert "blank" in only_problem(write("b.txt", " \n\n ")).message
    assert "empty" in only_problem(write("c.gz", gzip.compress(b""))).message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"PK\x03\x04\x14\0\x06\0", "ZIP"),
        (bytes(range(256)) * 20, "binary|encoding"),
    ],
)
def test_binary(write: Write, content: bytes, said: str) -> None:
    message = only_problem(write("a.txt", content)).message
    assert any(word in message for word in said.split("|"))


def test_truncated_gzip_keeps_the_whole_lines(write: Write) -> None:
    values = [{"id": str(n), "text": f"{BODY} {n * 7919}"} for n in range(2000)]
    packed = gzip.compress(lines(*values).encode())
    articles, problems = read(write("a.gz", packed[: len(packed) // 2]))
    assert 500 < len(articles) < 1500
    assert [a.id for a in articles] == [str(n) for n in range(len(articles))]
    (problem,) = problems
    assert problem.fatal
    assert problem.line == len(articles) + 1
    assert "breaks off" in problem.message
    packed = gzip.compress((BODY * 3).encode())
    assert "breaks off" in only_problem(write("b.gz", packed[:-10])).message


def test_damaged_gzip(write: Write) -> None:
    packed = bytearray(gzip.compress(os.urandom(3000)))
    packed[30:60] = b"\xff" * 30
    assert "damaged" in only_problem(write("a.gz", bytes(packed))).message


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"text": "قال', "breaks off"),
        ('{"text": "قال" "title"}', "not valid"),
        ('["قال"]', "a list"),
        ('"قال"', "a string"),
        ("null", "null"),
        ("12", "a number"),
        ('{"title": "عنوان", "body": "قال"}', 'no "text"; the object has title, body'),
        ('{"text": null}', "empty"),
        ('{"text": ""}', "empty"),
        ('{"text": "  "}', "blank"),
        ('{"text": ["قال"]}', "no string"),
        ('{"text": 12}', "no string"),
        ("[" * 5000, "JSON"),
    ],
)
def test_a_line_that_is_no_article(write: Write, line: str, said: str) -> None:
    articles, problems = read(write("a.jsonl", lines({"id": "a", "text": BODY}, line, {"id": "b", "text": BODY})))
    assert [a.id for a in articles] == ["a", "b"]
    (problem,) = problems
    assert problem.fatal
    assert problem.line == 2
    assert said in problem.message
    assert str(problem).startswith(f"{problem.path}:2: ")


@pytest.mark.parametrize("line", ['["قال"]', '{"text": "قال'])
def test_the_first_line_is_no_article(write: Write, line: str) -> None:
    articles, (problem,) = read(write("a.jsonl", lines(line, {"id": "b", "text": BODY})))
    assert [a.id for a in articles] == ["b"]
    assert problem.line == 1


def test_an_object_of_a_list_that_is_not_valid(write: Write) -> None:
    good = json.dumps({"id": "b", "text": BODY})
    articles, (problem,) = read(write("a.json", '[\n{"text": "قال" 1},\n' + good + "]"))
    assert [a.id for a in articles] == ["b"]
    assert (problem.line, "not valid" in problem.message) == (2, True)
    articles, (problem,) = read(write("b.json", "[" + good + ',\n{"text": "قال'))
    assert [a.id for a in articles] == ["b"]
    assert (problem.line, "breaks off" in problem.message) == (2, True)


def test_a_list_with_other_things_in_it(write: Write) -> None:
    good = json.dumps({"id": "b", "text": BODY})
    for content in (f'["قال", {good}]', f"[{good},\n12]", f'[{good}, ["قال"]]', f"[{good} {{"):
        articles, problems = read(write("a.json", content))
        assert [a.id for a in articles] == ["b"]
        assert len(problems) == 1
        assert problems[0].fatal


def test_a_list_without_objects(write: Write) -> None:
    assert "no article" in only_problem(write("a.json", "[]")).message


@pytest.mark.parametrize("value", ["2024-02-31", "31/2/2024", "99999-01-01", "2024-13-01", "غدا", "-", 17, True, ["2024-01-01"]])
def test_a_date_that_is_none(write: Write, value: object) -> None:
    (article,), (problem,) = read(write("a.jsonl", lines({"text": BODY, "published": value})))
    assert article.published is None
    assert not problem.fatal
    assert '"published"' in problem.message


@pytest.mark.parametrize("value", ["2015-07-21 10:39:05", "16/4/2024 - 15:23", "2017-01-21T23:43:00+01:00", "16 أبريل 2024"])
def test_a_date_is_passed_on_as_written(write: Write, value: str) -> None:
    (article,), problems = read(write("a.jsonl", lines({"text": BODY, "published": value})))
    assert not problems
    assert article.published == value


def test_other_fields_of_a_wrong_type_are_left_out(write: Write) -> None:
    odd = {"id": True, "text": BODY, "title": ["عنوان"], "outlet": {"name": "سانا"}, "author": ["ليلى", "سامي"], "url": 3}
    path = write("a.jsonl", lines(odd))
    (article,), problems = read(path)
    assert (article.id, article.title, article.outlet, article.url) == (f"{path}#1", None, None, None)
    assert article.author == "ليلى، سامي"
    assert article.text == BODY
    assert len(problems) == 4
    assert not any(p.fatal for p in problems)


def test_lone_surrogates_become_replacement_characters(write: Write) -> None:
    line = '{"id": "s", "text": "' + BODY + ' \\ud83d\\ude00 \\ud83d!"}\n'
    (article,), (problem,) = read(write("a.jsonl", line))
    assert article.text == BODY + " 😀 \ufffd!"
    article.text.encode()
    assert not problem.fatal
    assert "surrogate" in problem.message


def test_control_characters_are_kept(write: Write) -> None:
    for name, content in (("a.jsonl", lines({"text": "قال\0" + BODY})), ("a.txt", "قال\0" + BODY)):
        (article,), (problem,) = read(write(name, content))
        assert article.text == "قال\0" + BODY
        assert not problem.fatal
        assert "control" in problem.message
    (article,), _ = read(write("b.jsonl", '{"text": "قال\x01 ' + BODY + '"}\n'))  # a raw one, which JSON forbids
    assert article.text == "قال\x01 " + BODY


def test_a_line_of_a_hundred_thousand_words(write: Write) -> None:
    text = " ".join([BODY] * 6000)
    for name, content in (("a.txt", text), ("a.jsonl", lines({"text": text})), ("a.json", json.dumps([{"text": text}]))):
        (article,), problems = read(write(name, content))
        assert not problems
        assert article.text == text


def test_a_line_too_long_for_an_article(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khabar.sources.stream.LONGEST", 100_000)
    path = write("a.jsonl", lines({"text": BODY * 2000}, {"id": "b", "text": BODY}))
    (article,), (problem,) = read(path)
    assert (article.id, problem.line) == ("b", 1)
    assert "too long" in problem.message
    assert "too long" in only_problem(write("a.txt", BODY * 2000)).message


def test_ids_given_twice_are_both_read(write: Write) -> None:
    path = write("a.jsonl", lines(*[{"id": i, "text": BODY} for i in ("x", "x~2", "x", "x")]))
    articles, problems = read(path)
    assert len({a.id for a in articles}) == 4
    assert [p.line for p in problems] == [3, 4]
    assert not any(p.fatal for p in problems)
    again, _ = read(path)
    assert [a.id for a in again] == [a.id for a in articles]


def test_a_url_is_an_id(write: Write) -> None:
    (article,), _ = read(write("a.jsonl", lines({"text": BODY, "url": "https://example.org/1"})))
    assert article.id == "https://example.org/1"


# options


def test_fields_are_mapped(write: Write) -> None:
    path = write("a.jsonl", lines({"body": BODY, "headline": "عنوان", "text": 5}))
    (article,), problems = read(path, fields={"text": "body", "title": "headline"})
    assert not problems
    assert article.text == f"عنوان\n{BODY}"
    with pytest.raises(ValueError, match="no field 'body'"):
        iter_articles([path], fields={"body": "text"})


def test_published_stands_in_where_none_is_given(write: Write) -> None:
    path = write("a.jsonl", lines({"text": BODY}, {"text": BODY, "published": "2020-01-01"}))
    assert [a.published for a in read(path, published="2024-09-03")[0]] == ["2024-09-03", "2020-01-01"]
    with pytest.raises(ValueError, match="no date"):
        iter_articles([path], published="2024-02-31")


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=300)
    | st.text(max_size=200).map(str.encode)
    | st.text('{}[]",:\\ \n\u0642a1<>', max_size=80).map(str.encode)
)
def test_any_bytes_give_articles_or_problems(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(content)
    articles, problems = read(str(path))
    assert articles or problems
    for article in articles:
        article.text.encode()
    for problem in problems:
        str(problem).encode()
        assert len(str(problem).splitlines()) == 1
