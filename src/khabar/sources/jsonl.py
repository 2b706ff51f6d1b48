"""Articles in JSON: one object a line (JSON Lines), one list of objects, or one object over several lines."""

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from khabar.record import Article
from khabar.script.stamps import parse_stamp
from khabar.sources.encoding import decode
from khabar.sources.problem import Problem, Unreadable, printable
from khabar.sources.stream import LONGEST, Stream

FIELDS = ("id", "title", "text", "published", "updated", "outlet", "url", "author")
"""Names of the fields of an article; other names are mapped to them."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_SIGN = re.compile(r'["{}\[\]]')
_IN_STRING = re.compile(r'(?:[^"\\]|\\.)*+', re.DOTALL)


class Fields:
    """Where the fields of an article stand in an object. Raises `ValueError` for a field that an article does not have."""

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        unknown = sorted(set(names or ()) - set(FIELDS))
        if unknown:
            raise ValueError(f"an article has no field {', '.join(map(repr, unknown))}; it has {', '.join(FIELDS)}")
        self.names = {field: (names or {}).get(field, field) for field in FIELDS}

    def article(self, value: object, path: str, line: int | None, default_id: str) -> Iterator[Article | Problem]:
        """The article that a JSON value holds, after the problems with it."""
        if not isinstance(value, dict):
            what = {list: "a list", str: "a string", type(None): "null"}.get(type(value), "a number or a truth value")
            yield Problem(path=path, line=line, message=f'{what}, where an object with "text" was expected')
            return
        text = value.get(self.names["text"])
        if not isinstance(text, str) or not text.strip():
            yield Problem(path=path, line=line, message=self._without_text(value, text))
            return
        given: dict[str, str | None] = {}
        for field in FIELDS:
            given[field], wrong = _field(field, value.get(self.names[field]))
            if wrong:
                yield Problem(path=path, line=line, message=f'"{self.names[field]}" {wrong}', fatal=False)
        if any(v and _SURROGATE.search(v) for v in given.values()):
            given = {k: v and _SURROGATE.sub("\ufffd", v) for k, v in given.items()}
            message = "halves of surrogate pairs (\\ud800-\\udfff) stand for no character; each is read as U+FFFD"
            yield Problem(path=path, line=line, message=message, fatal=False)
        title, body = given["title"], given["text"] or ""
        yield Article(
            id=given["id"] or given["url"] or default_id,
            text=f"{title}\n{body}" if title else body,
            titled=bool(title),
            title=title,
            published=given["published"],
            updated=given["updated"],
            outlet=given["outlet"],
            url=given["url"],
            author=given["author"],
            path=path,
            line=line,
        )

    def _without_text(self, value: dict[str, Any], text: object) -> str:
        name = self.names["text"]
        if name not in value:
            has = ", ".join(list(value)[:8]) or "nothing"
            return f'no "{name}"; the object has {printable(has)[:120]} (another name is mapped with --field text=NAME)'
        if text is None or text == "":
            return f'"{name}" is empty; there is nothing to read'
        return f'"{name}" is blank; there is nothing to read' if isinstance(text, str) else f'"{name}" is no string'


def _field(field: str, value: Any) -> tuple[str | None, str | None]:
    """Value of a field as a string, and what is wrong with it."""
    if value is None or value == "":
        return None, None
    if field in ("published", "updated"):
        return _date(value)
    if isinstance(value, str):
        return (value, None) if value.strip() or field == "text" else (None, None)
    if field == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value), None
    if field == "author" and isinstance(value, list) and all(isinstance(name, str) for name in value):
        return "، ".join(value) or None, None
    return None, "is no string; it is left out"


def _date(value: Any) -> tuple[str | None, str | None]:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return None, "is a number; it is left out (write it as 2024-09-03T13:27:00+03:00)"
    if not isinstance(value, str):
        return None, "is no string; it is left out"
    if not value.strip():
        return None, None
    if is_date(value):
        return value, None
    return None, f"is no date of the calendar: {printable(value)[:40]!r}; it is left out"


def is_date(value: str) -> bool:
    """Whether a string is a date, or may be one in words, which the layer of blocks reads (it knows the names of months)."""
    return parse_stamp(value) is not None or bool(re.search(r"[\u0621-\u064a]{3}", value) and re.search(r"\d", value))


def parse(data: bytes | str) -> Any:
    """The value of a JSON text; raises `Unreadable` saying where it breaks."""
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        pass
    # The standard library takes control characters in strings and lone surrogates, and says where a text breaks.
    text = data if isinstance(data, str) else data.decode("utf-8", "replace")
    try:
        return json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
        what = "the JSON breaks off (it is cut short)" if cut else f"the JSON is not valid ({error.msg})"
        raise Unreadable(f"{what} at character {error.pos + 1}") from None
    except (RecursionError, ValueError) as error:
        raise Unreadable(f"the JSON cannot be read ({error})") from None


def read_lines(stream: Stream, path: str, encoding: str, fields: Fields) -> Iterator[Article | Problem]:
    """Articles of JSON Lines, one line in memory at a time. A line that cannot be read is a `Problem`, the rest is read."""
    for number, raw in _decoded_lines(stream, encoding):
        if raw is None:
            message = f"the line is longer than {LONGEST >> 20} MiB, too long for one article"
            yield Problem(path=path, line=number, message=message)
            continue
        if not raw.strip():
            continue
        broken = 0
        if isinstance(raw, bytes):
            try:
                value = msgspec.json.decode(raw)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                raw, broken = decode(raw, "utf-8")
        if isinstance(raw, str):
            try:
                value = parse(raw)
            except Unreadable as failure:
                yield Problem(path=path, line=number, message=failure.message)
                continue
        if broken:
            message = f"{broken} places are not {encoding}; they are read as U+FFFD"
            yield Problem(path=path, line=number, message=message, fatal=False)
        yield from fields.article(value, path, number, f"{path}#{number}")


def _decoded_lines(stream: Stream, encoding: str) -> Iterator[tuple[int, bytes | str | None]]:
    """Numbered lines; bytes where they are UTF-8, characters where they had to be decoded."""
    if encoding.startswith("utf-8"):
        for number, raw in stream.lines():
            yield number, raw.removeprefix(b"\xef\xbb\xbf") if raw and number == 1 else raw
    elif encoding.startswith(("utf-16", "utf-32")):
        # a line feed is more than one byte here, and its bytes also stand inside other characters
        text, _ = decode(stream.read(), encoding)
        yield from enumerate(text.split("\n"), 1)
    else:
        for number, raw in stream.lines():
            yield number, raw if raw is None else decode(raw, encoding)[0]


def read_document(stream: Stream, path: str, encoding: str, fields: Fields) -> Iterator[Article | Problem]:
    """Articles of a JSON list of objects, one object in memory at a time, or of one object."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    line, count = 1, 0
    pieces = (decoder.decode(chunk) for chunk in stream)
    for at_line, element in _elements(pieces):
        line = at_line
        if element is None:
            message = 'something that is no object stands here, where objects with "text" were expected'
            yield Problem(path=path, line=line, message=message)
            continue
        count += 1
        try:
            value = parse(element)
        except Unreadable as failure:
            yield Problem(path=path, line=line, message=failure.message)
            continue
        yield from fields.article(value, path, line, f"{path}#{count}")
    if not count:
        yield Problem(path=path, message="the JSON holds no article; a list of objects, or one object a line, was expected")


def _elements(pieces: Iterator[str]) -> Iterator[tuple[int, str | None]]:
    """Texts of the objects of a list (or of one object, or of objects after one another), each with the line it begins on; None
    for what stands between them and is no object.

    Strings and brackets are followed, nothing else, so that an object that is not valid is found whole and the next one read.
    """
    held, at, start, depth, line, in_string = "", 0, -1, 0, 1, False
    stray = False
    for piece in pieces:
        held += piece
        if len(held) > LONGEST:
            raise Unreadable(f"an object is longer than {LONGEST >> 20} MiB, too long for one article", line)
        while at < len(held):
            if in_string:
                at = _IN_STRING.match(held, at).end()  # type: ignore[union-attr]
                if held[at : at + 1] != '"':
                    break  # the string goes on in the next piece
                at, in_string = at + 1, False
            m = _SIGN.search(held, at)
            if m is None:
                at = len(held)
                break
            sign, at = m[0], m.end()
            if sign == '"':
                in_string = True
            elif sign in "{[":
                if not depth and sign == "{":
                    start = m.start()
                    if stray or _between(held[:start]):
                        yield line, None
                    stray = False
                depth += start >= 0
            elif start >= 0:
                depth -= 1
                if not depth:
                    line += held.count("\n", 0, start)
                    yield line, held[start:at]
                    line += held.count("\n", start, at)
                    held, at, start = held[at:], 0, -1
        if start < 0:
            stray = stray or _between(held[:at])
            line += held.count("\n", 0, at)
            held, at = held[at:], 0
    if stray:
        yield line, None
    if start >= 0:
        yield line + held.count("\n", 0, start), held[start:]


def _between(text: str) -> bool:
    return text.strip("\ufeff \t\r\n,[]") != ""
