"""Articles of a feed: the items of RSS 1.0 and 2.0, the entries of Atom (RFC 4287).

An item's text is its whole content where the feed carries it (`content:encoded`, `content`), else its summary.
"""

import re
from collections.abc import Iterator
from typing import Any

from khabar.record import Article
from khabar.sources.jsonl import is_date
from khabar.sources.problem import Problem, Unreadable
from khabar.sources.stream import Stream

_BLOCKS = frozenset(
    ["p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figure", "figcaption", "tr", "table"]
)
_DROPPED = frozenset(["script", "style", "iframe", "noscript"])
_BLANK = re.compile(r"[^\S\n]+")
_ENTRIES = frozenset(["item", "entry"])


class _File:
    """A stream as lxml reads it."""

    def __init__(self, stream: Stream) -> None:
        self._chunks = iter(stream)
        self._held = b""

    def read(self, size: int) -> bytes:
        while not self._held:
            chunk = next(self._chunks, None)
            if chunk is None:
                return b""
            self._held = chunk
        given, self._held = self._held[:size], self._held[size:]
        return given


def read(stream: Stream, path: str) -> Iterator[Article | Problem]:
    """Articles of a feed, one item in memory at a time."""
    from lxml import etree

    outlet: str | None = None
    count = 0
    try:
        # An entity may name a file of this machine or a page of the network, or blow up; none is resolved.
        events = etree.iterparse(
            _File(stream), events=("end",), recover=True, resolve_entities=False, no_network=True, load_dtd=False
        )
        for _, element in events:
            name = _local(element)
            if name == "title" and _local(element.getparent()) in ("channel", "feed"):
                outlet = outlet or _text(element)
            elif name in _ENTRIES:
                count += 1
                yield from _article(element, path, f"{path}#{count}", outlet)
                element.clear()
                while element.getprevious() is not None and _local(element.getprevious()) in _ENTRIES:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"the feed is not valid XML ({error.msg}); fetch it again") from None
    if not count:
        yield Problem(path=path, message="the feed has no items; there is nothing to read")


def _local(element: Any) -> str:
    tag = getattr(element, "tag", None)
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _text(element: Any) -> str | None:
    return " ".join("".join(element.itertext()).split()) or None


def _article(entry: Any, path: str, id: str, outlet: str | None) -> Iterator[Article | Problem]:
    found: dict[str, Any] = {}
    for child in entry:
        found.setdefault(_local(child) if _local(child) != "link" or child.get("rel") in (None, "alternate") else "", child)

    def text(*names: str) -> str | None:
        return next((value for name in names if name in found and (value := _text(found[name]))), None)

    body = next((value for name in ("encoded", "content", "description", "summary") if (value := _body(found.get(name)))), None)
    line = entry.sourceline
    title = _plain(text("title") or "").replace("\n", " ") or None
    if not body:
        named = f" {title[:60]!r}" if title else ""
        yield Problem(path=path, line=line, message=f"the item{named} has no text; give the article's own page")
        return
    dates: dict[str, str | None] = {}
    for field, value in (
        ("published", text("published", "pubDate", "date", "issued")),
        ("updated", text("updated", "modified")),
    ):
        dates[field] = value if value and is_date(value) else None
        if value and not dates[field]:
            yield Problem(path=path, line=line, message=f"the item's date is none: {value[:40]!r}; it is left out", fatal=False)
    link = found.get("link")
    url = (link.get("href") or _text(link)) if link is not None else None
    author = found.get("author")
    name = next((_text(part) for part in author if _local(part) == "name"), None) if author is not None else None
    yield Article(
        id=text("guid", "id") or url or id,
        text=f"{title}\n{body}" if title else body,
        titled=bool(title),
        title=title,
        published=dates["published"] or (dates["updated"] if _local(entry) == "entry" else None),
        updated=dates["updated"],
        outlet=outlet,
        url=url,
        author=name or text("creator", "author"),
        path=path,
        line=line,
    )


def _body(element: Any) -> str | None:
    """Text of an element that holds HTML, as escaped text or (Atom's xhtml) as elements."""
    if element is None:
        return None
    if len(element):
        from lxml import etree

        return _plain(etree.tostring(element, encoding="unicode", with_tail=False)) or None
    return _plain(element.text or "") or None


def _plain(markup: str) -> str:
    """Text of a piece of HTML, one line a block."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    from lxml import html

    try:
        tree = html.fromstring(f"<div>{markup}</div>")
    except (ValueError, html.etree.ParserError):
        return re.sub(r"<[^<>]*>", " ", markup).strip()
    pieces: list[str] = []
    for event, element in html.etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start" or not tag:
            if tag in _BLOCKS:
                pieces.append("\n")
            if tag and tag not in _DROPPED and element.text:
                pieces.append(_BLANK.sub(" ", element.text.replace("\n", " ")))
        if (event == "end" or not tag) and element is not tree:
            if tag in _BLOCKS:
                pieces.append("\n")
            if element.tail:
                pieces.append(_BLANK.sub(" ", element.tail.replace("\n", " ")))
    lines = (line.strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)
