"""Articles of a web archive: the pages of WARC files (ISO 28500), packed or not.

A record of type `response` holds an HTTP answer, `resource` a page as it is, `conversion` the text of one. Other records
(requests, metadata, pictures, redirections) are passed over.
"""

import re
import zlib
from collections.abc import Iterator

from khabar.record import Article
from khabar.sources.encoding import decode, detect
from khabar.sources.html import read_markup
from khabar.sources.problem import Problem, Unreadable
from khabar.sources.stream import LONGEST, Stream

_PAGE = re.compile(r"text/html|application/xhtml\+xml", re.IGNORECASE)
_TEXT = re.compile(r"text/plain", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{3,20})", re.IGNORECASE)


class _Bytes:
    """A stream that is read by lines and by counts."""

    def __init__(self, stream: Stream) -> None:
        self._chunks = iter(stream)
        self._held = bytearray()

    def _more(self) -> bool:
        chunk = next(self._chunks, None)
        if chunk is None:
            return False
        self._held += chunk
        return True

    def line(self) -> bytes | None:
        """The next line without its end; None at the end of the stream."""
        while (at := self._held.find(b"\n")) < 0:
            if len(self._held) > 1 << 20 or not self._more():
                break
        if not self._held:
            return None
        at = at if at >= 0 else len(self._held) - 1
        found = bytes(self._held[: at + 1])
        del self._held[: at + 1]
        return found.rstrip(b"\r\n")

    def take(self, count: int, keep: bool) -> bytes:
        """The next `count` bytes (nothing where they are not to be kept); raises `Unreadable` where the stream ends before."""
        kept = bytearray()
        while count:
            if not self._held and not self._more():
                raise Unreadable("the web archive breaks off inside a record; fetch it again")
            piece = self._held[:count]
            del self._held[: len(piece)]
            count -= len(piece)
            if keep:
                kept += piece
        return bytes(kept)


def read(stream: Stream, path: str) -> Iterator[Article | Problem]:
    """Articles of a web archive, one record in memory at a time. `line` of an article is the number of its record."""
    source = _Bytes(stream)
    number = pages = 0
    while (first := source.line()) is not None:
        if not first.strip():
            continue
        number += 1
        if not first.startswith(b"WARC/"):
            raise Unreadable(f"record {number} does not begin as one of a web archive does; the rest is not read", number)
        fields = _fields(source)
        try:
            length = int(fields.get("content-length", ""))
        except ValueError:
            raise Unreadable(f"record {number} has no length; the rest is not read", number) from None
        kind = fields.get("warc-type", "")
        wanted = kind in ("response", "resource", "conversion") and 0 <= length <= LONGEST
        data = source.take(max(length, 0), wanted)
        if not wanted:
            if kind in ("response", "resource", "conversion"):
                yield Problem(
                    path=path, line=number, message=f"the record is longer than {LONGEST >> 20} MiB, too long for one page"
                )
            continue
        for found in _record(kind, fields, data, path, number):
            pages += 1
            yield found
    if not pages:
        yield Problem(path=path, message="the web archive holds no page; there is nothing to read")


def _fields(source: _Bytes) -> dict[str, str]:
    fields: dict[str, str] = {}
    while line := source.line():
        name, _, value = line.decode("utf-8", "replace").partition(":")
        fields.setdefault(name.strip().lower(), value.strip())
    return fields


def _record(kind: str, fields: dict[str, str], data: bytes, path: str, number: int) -> Iterator[Article | Problem]:
    url = fields.get("warc-target-uri", "").strip("<>") or None
    content_type = fields.get("content-type", "")
    if kind == "response":
        head, _, data = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        answer = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:])}
        if not re.match(r"HTTP/\S+ 200\b", lines[0]):
            return
        content_type = answer.get("content-type", "")
        if not _PAGE.search(content_type) and not _TEXT.search(content_type):
            return
        try:
            data = _decoded(data, answer)
        except Unreadable as failure:
            yield Problem(path=path, line=number, message=failure.message)
            return
    page = _PAGE.search(content_type) is not None
    if not page and not _TEXT.search(content_type):
        return
    encoding = detect(data[: 1 << 16], len(data) <= 1 << 16)
    declared = _CHARSET.search(content_type)
    said = declared[1] if declared else (m[1].decode("ascii") if (m := _META.search(data[:4096])) else None)
    if said and not (encoding or "").startswith(("utf-8", "utf-16", "utf-32")):
        encoding = said
    try:
        text, _ = decode(data, encoding or "utf-8")
    except Unreadable as failure:
        yield Problem(path=path, line=number, message=failure.message)
        return
    id = url or f"{path}#{number}"
    if page:
        yield from read_markup(text, path, id, number, url)
    elif text.strip():
        yield Article(id=id, text=text, url=url, path=path, line=number)


def _decoded(data: bytes, answer: dict[str, str]) -> bytes:
    """The body of an HTTP answer, put together and unpacked. Some archives keep the header of what they have undone."""
    if "chunked" in answer.get("transfer-encoding", "").lower():
        data = _joined(data)
    packing = answer.get("content-encoding", "").lower()
    if packing in ("gzip", "x-gzip", "deflate") and (packing == "deflate" or data.startswith(b"\x1f\x8b")):
        try:
            unpacker = zlib.decompressobj(wbits=47 if packing != "deflate" or data[:1] == b"\x78" else -15)
            data = unpacker.decompress(data, LONGEST)
        except zlib.error:
            raise Unreadable("the page's packed data is damaged; fetch the page again") from None
    elif packing in ("br", "zstd") and data.lstrip()[:1] != b"<":
        raise Unreadable(f"the page is packed in a way that is not read ({packing}); archive it without")
    return data


def _joined(data: bytes) -> bytes:
    joined, at = bytearray(), 0
    while m := re.compile(rb"([0-9a-fA-F]+)[^\r\n]*\r\n").match(data, at):
        size = int(m[1], 16)
        if not size:
            return bytes(joined)
        joined += data[m.end() : m.end() + size]
        at = m.end() + size + 2
    return bytes(joined) if joined else data
