"""Whatever is wrong with an input has its line on stderr that a person can act on; the rest of the batch is read."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end import khabar

BODY = "وصل وزير الخارجية المصري إلى بغداد يوم الاثنين، والتقى نظيره العراقي وبحث معه العلاقات بين البلدين."
GOOD = {"id": "good/1", "title": "وزير الخارجية المصري في بغداد", "text": BODY, "published": "2024-05-06"}


def line(**changes: object) -> bytes:
    return json.dumps({**GOOD, **changes}, ensure_ascii=False).encode() + b"\n"


ENGLISH = "The minister of foreign affairs arrived in the capital on Monday for talks with his counterpart. "
PERSIAN = "وزیر امور خارجه ایران روز دوشنبه برای گفت‌وگو وارد پایتخت شد و درباره روابط دو کشور گفتگو کرد. "
DATES = " وذلك يوم 31 فبراير 2024 وفي 30/2/99999 وعام 99999 و45 رمضان 1600 هـ والساعة 25:61."

LOST = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "blank"),
    "binary.bin": (bytes(range(256)) * 40, "binary"),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "not text"),
    "english.txt": (ENGLISH.encode() * 3, "English"),
    "persian.txt": (PERSIAN.encode() * 3, "Persian"),
    "noise.txt": (b"\xff\xfe\xfd\xfc\xfb\x81\x8d\x8f\x90\x9d" * 30, ""),
    "broken.jsonl": (line() + b'{"id": "x", "text": "abc\n' + line(id="good/2"), ":2:"),
    "cut.jsonl": (line() + line(id="good/2")[:60], ":2:"),
    "list.jsonl": (line() + b"[1, 2]\n", ":2:"),
    "notext.jsonl": (line() + b'{"id": "x", "title": "abc"}\n', ":2:"),
    "cut.jsonl.gz": (gzip.compress(line() * 1, mtime=0)[:-9], "gzip"),
}  # fmt: skip
"""Name of a file: its bytes, and what the message about it says. Each loses an article (exit code 1)."""

KEPT = {
    "broken.jsonl": ["good/1", "good/2"],
    "cut.jsonl": ["good/1"],
    "list.jsonl": ["good/1"],
    "notext.jsonl": ["good/1"],
}
"""Articles that stand before or after what is wrong in a file."""


@pytest.mark.parametrize("name", LOST)
def test_what_cannot_be_read_has_its_line_and_the_rest_is_read(name: str, tmp_path: Path) -> None:
    data, says = LOST[name]
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.jsonl").write_bytes(line(id="good/9"))
    done = khabar("read", "--fast", name, "good.jsonl", folder=tmp_path)
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1, lines
    assert lines[0].startswith(f"khabar: {name}")
    assert says in lines[0]
    assert done.returncode == 1
    records = [json.loads(r) for r in done.stdout.splitlines()]
    assert records[-1]["id"] == "good/9"
    assert [r["id"] for r in records[:-1]] == KEPT.get(name, [])


NOT_LOST: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "nul": (lambda: line(text=BODY.replace(" ", " \0\x07", 3)), "control characters"),
    "surrogates": (lambda: line(text=BODY).replace("وصل".encode(), b"\\ud83d \\udc00"), "surrogate"),
    "31 February": (lambda: line(published="2024-02-31"), "2024-02-31"),
    "year 99999": (lambda: line(published="99999-01-01T00:00:00Z"), "99999"),
    "number for a date": (lambda: line(published=20240506), "published"),
    "dates in the text": (lambda: line(text=BODY + DATES), None),
    "over 1 MB": (lambda: line(text=(BODY + "\n") * 6000), None),
    "a line of 100,000 words": (lambda: line(text=BODY.replace(".", "،") * 6700), None),
    "one word": (lambda: line(text="ا" * 300_000 + " " + BODY), None),
    "marks only": (lambda: line(text="\u064b\u0651" * 5000 + BODY), None),
    "windows-1256": (lambda: json.dumps(GOOD, ensure_ascii=False).encode("cp1256"), None),
    "UTF-16": (lambda: json.dumps(GOOD, ensure_ascii=False).encode("utf-16"), None),
    "BOM": (lambda: b"\xef\xbb\xbf" + line(), None),
    "gzip": (lambda: gzip.compress(line(), mtime=0), None),
}  # fmt: skip


@pytest.mark.parametrize("what", NOT_LOST)
def test_what_is_odd_is_read_all_the_same(what: str, tmp_path: Path) -> None:
    make, says = NOT_LOST[what]
    (tmp_path / "odd.jsonl").write_bytes(make())
    done = khabar("read", "--fast", "odd.jsonl", folder=tmp_path)
    lines = done.stderr.decode().splitlines()
    assert done.returncode == 0, lines
    if says:
        assert [f for f in lines if says in f and f.startswith("khabar: odd.jsonl")]
    assert len(lines) == bool(says)
    records = [json.loads(r) for r in done.stdout.splitlines()]
    assert [r["id"] for r in records] == ["good/1"]
    text = records[0]["text"]
    for part in ("entities", "times", "events", "figures", "attributions"):
        for found in records[0][part]:
            for quote in [found, found.get("cue"), found.get("content"), *found.get("mentions", []), *found.get("triggers", [])]:
                if quote and "span" in quote:
                    assert text[quote["span"][0] : quote["span"][1]] == quote["quote"]


def test_paths_that_name_nothing(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    done = khabar("read", "--fast", "missing.txt", "no*.txt", "folder", folder=tmp_path)
    lines = done.stderr.decode().splitlines()
    assert [f.split(": ")[1] for f in lines] == ["missing.txt", "no*.txt", "folder"]
    assert done.returncode == 1
    assert done.stdout == b""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["read"], "PATHS"),
        (["read", "a.jsonl", "--jobs", "many"], "--jobs"),
        (["read", "a.jsonl", "--jobs", "-1"], "--jobs"),
        (["read", "a.jsonl", "--format", "xml"], "--format"),
        (["read", "a.jsonl", "--published", "31/02/2024"], "2024"),
        (["read", "a.jsonl", "--published", "99999-01-01"], "99999"),
        (["read", "a.jsonl", "--field", "text"], "NAME=KEY"),
        (["read", "a.jsonl", "--field", "body=text"], "body"),
        (["read", "a.jsonl", "-o", "nowhere/out.jsonl"], "nowhere"),
        (["read", "a.jsonl", "-o", "."], "folder"),
        (["read", "a.jsonl", "-o", "a.jsonl"], "one of the files"),
        (["read", "a.jsonl", "-o", "out.jsonl.gz"], "compress"),
        (["read", "a.jsonl", "--resume"], "-o"),
        (["read", "a.jsonl", "-o", "out.jsonl", "--resume"], "no stopped run"),
        (["read", "a.jsonl", "--wrong"], "--wrong"),
        (["raed", "a.jsonl"], "raed"),
    ],
)
def test_usage(arguments: list[str], says: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(line())
    done = khabar(*arguments, folder=tmp_path)
    assert done.returncode == 2
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("khabar: ")
    assert says in lines[0]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.jsonl"]


def test_a_disk_that_is_full_is_said(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    (tmp_path / "a.jsonl").write_bytes(line())
    (tmp_path / "out.jsonl.partial").symlink_to("/dev/full")
    done = khabar("read", "--fast", "a.jsonl", "-o", "out.jsonl", folder=tmp_path)
    assert done.returncode == 2
    assert b"No space left" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "out.jsonl").exists()
