"""Reading in one call: a text or a file in, its record out."""

import os
from functools import lru_cache
from pathlib import Path

from khabar.reader import Reader, ReadError
from khabar.record import Article, Record


@lru_cache(maxsize=2)
def _reader(fast: bool) -> Reader:
    return Reader(fast=fast)


def read(
    text_or_path: str | Path,
    published: str | None = None,
    *,
    title: str | None = None,
    updated: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    author: str | None = None,
    fast: bool = False,
) -> Record:
    """Read one article, from its text or from a file that holds it, and give its record.

    A `Path`, or a string that names a file, is read as `khabar read` reads it; any other string is the article's text, its
    first line the title unless `title` gives it. `published` is an ISO 8601 day or time. `fast` reads without the tagger.
    Raises `ReadError`, with one line that says why, where a file cannot be read or holds more than one article.
    """
    if isinstance(text_or_path, Path) or _names_a_file(text_or_path):
        article = _only_article(Path(text_or_path), published)
        return _reader(fast).read(article)
    text = f"{title}\n{text_or_path}" if title else text_or_path
    given = Article(
        id="text",
        text=text,
        titled=bool(title),
        title=title,
        published=published,
        updated=updated,
        outlet=outlet,
        url=url,
        author=author,
    )
    return _reader(fast).read(given)


def _names_a_file(text: str) -> bool:
    return "\n" not in text and "\0" not in text and 0 < len(text) < 1000 and os.path.isfile(text)


def _only_article(path: Path, published: str | None) -> Article:
    from khabar.sources import iter_articles

    found: list[Article] = []
    for article in iter_articles([str(path)], published=published):
        if not isinstance(article, Article):
            if article.fatal:
                raise ReadError(str(article))
            continue
        found.append(article)
        if len(found) > 1:
            raise ReadError(f"{path}: more than one article; read them with Reader.read_many or `khabar read`")
    if not found:
        raise ReadError(f"{path}: no article in it")
    return found[0]
