"""What kind of input it is, found by its content."""

import re
from typing import Literal

import msgspec

Kind = Literal["plain", "html", "lines", "json", "feed"]

_SPACE = "\ufeff \t\r\n"
_TAG = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title|article|main|div|section|h[1-6]|p|table)\b", re.IGNORECASE)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b")
_MARKUP = re.compile(r"</(?:p|div|body|html|article|span|h[1-6])\s*>", re.IGNORECASE)
_MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a media file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")


def magic(head: bytes) -> str | None:
    """What a file is that begins with the mark of a format that holds no text; else None."""
    return next((name for mark, name in _MAGIC if head.startswith(mark)), None)


def is_warc(head: bytes) -> bool:
    """Whether it is a web archive."""
    return head.startswith(b"WARC/")


def is_binary(text: str) -> bool:
    """Whether decoded text has more control characters than any text has."""
    return len(_CONTROL.findall(text)) > max(2, 0.05 * len(text))


def kind_of(text: str) -> Kind:
    """Kind of an input by its beginning, decoded."""
    start = text.lstrip(_SPACE)
    if start.startswith("{") and start[1:].lstrip()[:1] in ('"', "}", ""):
        return _object(start)
    if start.startswith("[") and start[1:].lstrip()[:1] in ("{", "]", '"', "["):
        return _array(start)
    if start.startswith("<"):
        if _FEED.search(start[:2000]):
            return "feed"
        if _TAG.search(start[:5000]):
            return "html"
    return "html" if len(_MARKUP.findall(text)) >= 3 else "plain"


def _object(start: str) -> Kind:
    # one object over several lines, unless its first line is whole or the next line begins another one
    first, _, rest = start.partition("\n")
    if _whole(first) or rest.lstrip().startswith("{") or not rest.strip():
        return "lines"
    return "json"


def _array(start: str) -> Kind:
    # a list of articles, unless it is one whole line and others follow
    first, _, rest = start.partition("\n")
    if rest.strip() and _whole(first):
        return "lines"
    # text may open with words in brackets: [عاجل] ["..."]
    return "json" if start[1:].lstrip()[:1] in ("{", "]") or _whole(first) else "plain"


def _whole(line: str) -> bool:
    try:
        msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return False
    return True
