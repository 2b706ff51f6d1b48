"""Web archives: their pages, whatever stands between them."""

import gzip
from pathlib import Path

from khabar.record import Article
from khabar.sources import Problem, iter_articles

P1 = "وصل وزير الخارجية إلى العاصمة صباح الأحد على رأس وفد يضم وزيري الدفاع والاقتصاد، في زيارة تستمر يومين."
PAGE = f"<!doctype html><html><head><title>زيارة</title></head><body><article><p>{P1}</p><p>{P1}</p></article></body></html>"


def record(kind: str, content: bytes, url: str = "", content_type: str = "application/http; msgtype=response") -> bytes:
    target = f"WARC-Target-URI: {url}\r\n" if url else ""
    head = f"WARC/1.1\r\nWARC-Type: {kind}\r\n{target}Content-Type: {content_type}\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content + b"\r\n\r\n"


def answer(body: bytes, *headers: str, status: str = "200 OK", content_type: str = "text/html; charset=utf-8") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {content_type}", *headers, "", ""]).encode() + body


def read(tmp_path: Path, *records: bytes, packed: bool = False) -> list[Article | Problem]:
    path = tmp_path / "a.warc"
    path.write_bytes(b"".join(gzip.compress(r) if packed else r for r in records))
    return list(iter_articles([path]))


RECORDS = (
    record("warcinfo", b"software: x\r\n", content_type="application/warc-fields"),
    record("request", b"GET / HTTP/1.1\r\n\r\n", "https://example.org/1"),
    record("response", answer(PAGE.encode()), "https://example.org/1"),
    record("response", answer(b"", status="301 Moved"), "https://example.org/2"),
    record("response", answer(b"\x89PNG", content_type="image/png"), "https://example.org/3"),
    record("response", answer(gzip.compress(PAGE.encode()), "Content-Encoding: gzip"), "https://example.org/4"),
    record("response", answer(PAGE.encode("cp1256"), content_type="text/html; charset=windows-1256"), "https://example.org/5"),
    record("conversion", P1.encode(), "https://example.org/6", "text/plain"),
)


def test_pages_are_read(tmp_path: Path) -> None:
    for packed in (False, True):
        found = read(tmp_path, *RECORDS, packed=packed)
        assert [isinstance(x, Article) and x.id for x in found] == [f"https://example.org/{n}" for n in (1, 4, 5, 6)]
        assert [x.line for x in found] == [3, 6, 7, 8]
        assert all(isinstance(x, Article) and P1 in x.text for x in found)


def test_a_chunked_answer(tmp_path: Path) -> None:
    body = PAGE.encode()
    parts = [body[i : i + 100] for i in range(0, len(body), 100)]
    chunked = b"".join(f"{len(p):x}\r\n".encode() + p + b"\r\n" for p in parts) + b"0\r\n\r\n"
    (found,) = read(tmp_path, record("response", answer(chunked, "Transfer-Encoding: chunked"), "https://example.org/1"))
    assert isinstance(found, Article)
    assert P1 in found.text


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    article, problem = read(tmp_path, RECORDS[2], RECORDS[5][:-100])
    assert isinstance(article, Article)
    assert isinstance(problem, Problem)
    assert "breaks off" in problem.message
    article, problem = read(tmp_path, RECORDS[2], b"no record\r\n")
    assert isinstance(problem, Problem)
    assert problem.line == 2
    (problem,) = read(tmp_path, RECORDS[0])
    assert isinstance(problem, Problem)
    assert "no page" in problem.message
    damaged = record("response", answer(b"\x1f\x8b" + b"x" * 50, "Content-Encoding: gzip"), "https://example.org/9")
    problem, article = read(tmp_path, damaged, RECORDS[2])
    assert isinstance(problem, Problem)
    assert isinstance(article, Article)
    assert problem.line == 1
