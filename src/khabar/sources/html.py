"""An article in HTML: its body by trafilatura, title, dates, outlet and author by what the page says of itself.

A page states these in JSON-LD (schema.org), in OpenGraph properties and in `meta` elements; they are taken in this order.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from khabar.record import Article
from khabar.sources.encoding import decode
from khabar.sources.jsonl import is_date
from khabar.sources.problem import Problem
from khabar.sources.stream import Stream

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{3,20})", re.IGNORECASE)
_ARTICLE_TYPES = re.compile(r"article|posting|report|webpage", re.IGNORECASE)
_BLANK = re.compile(r"\s+")


SHORTEST = 25
"""Fewest characters of a body; what is shorter is a page's menu or button."""


class Meta(msgspec.Struct):
    """What a page says of itself; None for what it does not say."""

    title: str | None = None
    published: str | None = None
    updated: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None


def read(stream: Stream, path: str, encoding: str) -> Iterator[Article | Problem]:
    """The article of a page: `text` is its title, one newline, its body."""
    data = stream.read()
    declared = _CHARSET.search(data[:4096])
    if declared and not encoding.startswith(("utf-8", "utf-16", "utf-32")):
        encoding = declared[1].decode("ascii")  # one-byte encodings look alike; the page knows its own
    markup, broken = decode(data, encoding)
    if broken:
        yield Problem(path=path, message=f"{broken} places are not {encoding}; they are read as U+FFFD", fatal=False)
    yield from read_markup(markup, path, path, None, None)


def read_markup(markup: str, path: str, id: str, line: int | None, url: str | None) -> Iterator[Article | Problem]:
    """The article of a page whose characters are `markup`; `id` and `url` stand in where the page names none."""
    import trafilatura

    # lxml takes no declaration of an encoding in characters, and ends at a NUL
    markup = re.sub(r"^\s*<\?xml[^>]*\?>", "", markup).replace("\0", "")
    try:
        tree = trafilatura.load_html(markup)
        if tree is None:
            raise ValueError("no elements")
        meta = metadata(tree)
        _keep_captions(tree)
        body = trafilatura.extract(tree, include_comments=False, include_tables=False) or ""
    except Exception as error:  # whatever a page does to the parsers of others, the next one is read
        message = f"no HTML page can be made out ({type(error).__name__}: {error}); save its text as a .txt file instead"
        yield Problem(path=path, line=line, message=message)
        return
    for field in ("published", "updated"):
        value = getattr(meta, field)
        if value and not is_date(value):
            setattr(meta, field, None)
            message = f"the page's date ({field}) is none of the calendar: {value[:40]!r}; it is left out"
            yield Problem(path=path, line=line, message=message, fatal=False)
    body = _without_title(body, meta.title)
    if len(body.strip()) < SHORTEST:
        yield Problem(path=path, line=line, message="no article is found in the page; save its text as a .txt file instead")
        return
    page_url = meta.url or url
    yield Article(
        id=page_url or id,
        text=f"{meta.title}\n{body}" if meta.title else body,
        titled=bool(meta.title),
        title=meta.title,
        published=meta.published,
        updated=meta.updated,
        outlet=meta.outlet,
        url=page_url,
        author=meta.author,
        path=path,
        line=line,
    )


def _keep_captions(tree: Any) -> None:
    """Make captions paragraphs, which trafilatura keeps; those outside of the article it drops with what is around them."""
    for caption in tree.xpath("//figure//figcaption"):
        text = _string(caption.text_content())
        figure = next(caption.iterancestors("figure"))
        if text and figure.getparent() is not None:
            caption.getparent().remove(caption)
            paragraph = figure.makeelement("p")
            paragraph.text = text
            figure.addnext(paragraph)
            paragraph.tail, figure.tail = figure.tail, None


def _without_title(body: str, title: str | None) -> str:
    first, newline, rest = body.partition("\n")
    return rest if newline and title and _BLANK.sub(" ", first).strip(" #") == title else body


def metadata(tree: Any) -> Meta:
    """What a page (an lxml tree) says of itself."""
    meta = Meta()
    for found in (_json_ld(tree), _meta_elements(tree), _elements(tree)):
        for field in Meta.__struct_fields__:
            if not getattr(meta, field):
                setattr(meta, field, getattr(found, field))
    if meta.title and meta.outlet:
        meta.title = re.sub(rf"\s*[|\-–—:•]\s*{re.escape(meta.outlet)}\s*$", "", meta.title) or meta.title
    return meta


def _json_ld(tree: Any) -> Meta:
    found: list[dict[str, Any]] = []
    for script in tree.xpath('//script[@type="application/ld+json"]/text()'):
        try:
            _collect(json.loads(script, strict=False), found, 0)
        except (ValueError, RecursionError):
            continue
    for node in found:
        kinds = node.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(kind, str) and _ARTICLE_TYPES.search(kind) for kind in kinds) and node.get("datePublished"):
            return Meta(
                title=_string(node.get("headline") or node.get("name")),
                published=_string(node.get("datePublished")),
                updated=_string(node.get("dateModified")),
                outlet=_name(node.get("publisher")),
                author=_name(node.get("author")),
                url=_string(node.get("url")),
            )
    return Meta()


def _collect(value: Any, found: list[dict[str, Any]], depth: int) -> None:
    if depth > 8:
        return
    if isinstance(value, list):
        for item in value:
            _collect(item, found, depth + 1)
    elif isinstance(value, dict):
        found.append(value)
        _collect(value.get("@graph"), found, depth + 1)
        _collect(value.get("mainEntity"), found, depth + 1)


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        names = [name for item in value if (name := _name(item))]
        return "، ".join(dict.fromkeys(names)) or None
    return _string(value.get("name")) if isinstance(value, dict) else _string(value)


def _string(value: Any) -> str | None:
    return _BLANK.sub(" ", value).strip() or None if isinstance(value, str) else None


def _meta_elements(tree: Any) -> Meta:
    said: dict[str, str] = {}
    for element in tree.xpath("//meta[@content]"):
        value = _string(element.get("content"))
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            key = element.get(attribute)
            if key and value:
                said.setdefault(key.lower(), value)

    def first(*keys: str) -> str | None:
        return next((said[key] for key in keys if key in said), None)

    author = first("author", "article:author", "dc.creator", "sailthru.author", "parsely-author")
    return Meta(
        title=first("og:title", "twitter:title", "dc.title", "title", "headline"),
        published=first(
            "article:published_time", "og:published_time", "datepublished", "date", "publishdate", "pubdate", "dc.date",
            "dc.date.issued", "dcterms.created", "parsely-pub-date", "sailthru.date",
        ),
        updated=first("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified"),
        outlet=first("og:site_name", "application-name", "publisher", "dc.publisher"),
        author=None if author and author.startswith(("http", "@")) else author,
        url=first("og:url"),
    )  # fmt: skip


def _elements(tree: Any) -> Meta:
    def text(*paths: str) -> str | None:
        for path in paths:
            found = tree.xpath(path)
            if len(found) == 1 and (value := _string(found[0] if isinstance(found[0], str) else found[0].text_content())):
                return value
        return None

    return Meta(
        title=text("//article//h1", "//h1", "//head/title", "//title"),
        published=text('//*[@itemprop="datePublished"]/@datetime', "//article//time/@datetime", "//time/@datetime"),
        author=text('//*[@itemprop="author"]', '//*[@rel="author"]'),
        url=text('//link[@rel="canonical"]/@href'),
    )
