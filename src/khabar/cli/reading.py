"""`khabar read`: articles in, records out."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from khabar.cli.outcome import ALL_READ, SOME_FAILED, Stop, complain
from khabar.pool import Failure, ordered_map
from khabar.record import Article

FIELDS = ("id", "title", "text", "published", "updated", "outlet", "url", "author")


class Options(msgspec.Struct, kw_only=True):
    """What `khabar read` was asked."""

    output: Path | None = None
    format: str | None = None
    fast: bool = False
    jobs: int = 1
    published: str | None = None
    fields: list[str] = []
    evidence: bool = False
    resume: bool = False


def run(paths: list[str], options: Options) -> int:
    """Read all articles of `paths`; gives the exit code."""
    from khabar.sources import iter_articles

    fields = _fields(options.fields)
    jobs = options.jobs or os.cpu_count() or 1
    failed = 0

    def articles() -> Iterator[Article]:
        nonlocal failed
        for found in iter_articles(paths, fields, options.published):
            if isinstance(found, Article):
                yield found
            else:
                failed += found.fatal
                complain(str(found))

    for article, line in ordered_map(reading, (options.fast,), articles(), jobs):
        if isinstance(line, Failure):
            failed += 1
            complain(f"{article.path}: {line.reason}")
        else:
            sys.stdout.buffer.write(line)
    return SOME_FAILED if failed else ALL_READ


def reading(fast: bool) -> Callable[[Article], bytes]:
    """A function that reads an article and gives its record as a line of JSON."""
    from khabar.reader import Reader

    reader = Reader(fast=fast)
    encoder = msgspec.json.Encoder()

    def read(article: Article) -> bytes:
        return encoder.encode(reader.read(article)) + b"\n"

    return read


def _fields(given: list[str]) -> dict[str, str]:
    fields = {}
    for pair in given:
        name, equals, key = pair.partition("=")
        if not equals or not key or name not in FIELDS:
            raise Stop(f"--field {pair}: expected NAME=KEY with NAME one of {', '.join(FIELDS)}")
        fields[name] = key
    return fields
