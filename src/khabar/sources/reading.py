"""From paths to articles: the one way in."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from khabar.record import Article
from khabar.script.stamps import parse_stamp
from khabar.sources import jsonl, kinds, plain
from khabar.sources.encoding import decode, detect
from khabar.sources.language import foreign_language
from khabar.sources.paths import STANDARD_INPUT, expand
from khabar.sources.problem import Problem, Unreadable
from khabar.sources.stream import Stream, opened

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def iter_articles(
    paths: Iterable[str | os.PathLike[str]], fields: Mapping[str, str] | None = None, published: str | None = None
) -> Iterator[Article | Problem]:
    """Articles of files, folders, globs and standard input ("-"), in order, with a `Problem` for each thing that is wrong.

    `fields` names the JSON fields that are not called as an article's are (`{"text": "body"}`); `published` is the day of
    publication of articles whose source gives none. Memory is bounded by the longest single article.

    An article's id is the one given; else its url; else its path as given here, with "#" and the number of its line (JSON
    Lines) or of its place (JSON list) where a file holds several, so that the same call gives the same ids. Where two
    articles have one id, both are read, the second as "ID~2", and a `Problem` that is not fatal says so.

    Raises `ValueError` at once where `fields` names a field that an article does not have or `published` is no date.
    """
    mapping = jsonl.Fields(fields)
    if published is not None and parse_stamp(published) is None:
        raise ValueError(f"{published!r} is no date; write it as 2024-09-03 or 2024-09-03T13:27:00+03:00")
    return _articles([paths] if isinstance(paths, str | os.PathLike) else paths, mapping, published)


def _articles(
    paths: Iterable[str | os.PathLike[str]], fields: jsonl.Fields, published: str | None
) -> Iterator[Article | Problem]:
    seen: dict[str, int] = {}
    for path in expand(paths):
        if isinstance(path, Problem):
            yield path
            continue
        try:
            for found in _read(path, fields):
                if isinstance(found, Article):
                    yield from _checked(found, seen, published)
                else:
                    yield found
        except Unreadable as failure:
            yield Problem(path=_shown(path), line=failure.line, message=failure.message)


def _read(path: str, fields: jsonl.Fields) -> Iterator[Article | Problem]:
    shown = _shown(path)
    stream = Stream(opened(path))
    if not stream.head:
        yield from stream_end(stream, shown)
        return
    if what := kinds.magic(stream.head):
        raise Unreadable(f"{what}, not text; give the article's text, HTML or JSON")
    if kinds.is_warc(stream.head):  # its records are pages, each in an encoding of its own
        from khabar.sources import warc

        yield from warc.read(stream, shown)
        return
    encoding = detect(stream.head, stream.whole)
    if encoding is None:
        raise Unreadable("its encoding cannot be found, or it is no text; save it as UTF-8")
    head, _ = decode(stream.head, encoding)
    if kinds.is_binary(head):
        raise Unreadable("a binary file, not text; give the article's text, HTML or JSON")
    kind = kinds.kind_of(head)
    if kind == "lines":
        yield from jsonl.read_lines(stream, shown, encoding, fields)
    elif kind == "json":
        yield from jsonl.read_document(stream, shown, encoding, fields)
    elif kind == "html":
        from khabar.sources import html  # trafilatura takes a while to load

        yield from html.read(stream, shown, encoding)
    elif kind == "feed":
        from khabar.sources import feed

        yield from feed.read(stream, shown)
    else:
        yield from plain.read(stream, shown, encoding)


def stream_end(stream: Stream, path: str) -> Iterator[Problem]:
    """The problem with an input that has no bytes."""
    for _ in stream:
        pass
    yield Problem(path=path, message="the file is empty; there is nothing to read")


def _shown(path: str) -> str:
    # a file name that is not UTF-8 reaches Python with surrogates, which nothing can write
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _checked(article: Article, seen: dict[str, int], published: str | None) -> Iterator[Article | Problem]:
    """The article, under an id of its own and with `published`, after the problems with it; nothing where it is not Arabic."""
    path, line = article.path, article.line
    if not article.text.strip():
        yield Problem(path=path, line=line, message="the text is blank; there is nothing to read")
        return
    language = foreign_language(article.text[len(article.title) if article.titled and article.title else 0 :])
    if language is not None:
        what = f"the text is {language}, not Arabic" if language else "the text has no words"
        yield Problem(path=path, line=line, message=f"{what}; only Arabic articles are read")
        return
    if control := len(_CONTROL.findall(article.text)):
        message = f"the text has {control} control characters (such as NUL); they are kept, and nothing is read from them"
        yield Problem(path=path, line=line, message=message, fatal=False)
    changes: dict[str, str] = {}
    times = seen[article.id] = seen.get(article.id, 0) + 1
    if times > 1:
        while (other := f"{article.id}~{times}") in seen:
            times += 1
        seen[other] = 1
        message = f"the id {article.id!r} was given before; this article is read as {other!r}"
        yield Problem(path=path, line=line, message=message, fatal=False)
        changes["id"] = other
    if published and not article.published:
        changes["published"] = published
    yield msgspec.structs.replace(article, **changes) if changes else article


__all__ = ["STANDARD_INPUT", "iter_articles"]
