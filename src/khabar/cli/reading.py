"""`khabar read`: articles in, records out."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec

from khabar import __version__
from khabar.cli.bar import bar
from khabar.cli.outcome import ALL_READ, SOME_FAILED, STOPPED, Stop, colours, complain
from khabar.cli.output import Output, Stdout, WholeFile
from khabar.pool import CannotStart, Failure, ordered_map
from khabar.record import Article, Record
from khabar.sources import Problem, iter_articles


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
    try:
        items = iter_articles(paths, fields_of(options.fields), options.published)
    except ValueError as error:
        raise Stop(str(error)) from None
    on_screen = options.output is None and sys.stdout.isatty()
    pretty = options.format == "pretty" or (options.format is None and on_screen)
    output = _output(paths, options, pretty)
    show = _pages(options.evidence, colours() and options.output is None) if pretty else lambda record: record
    done, failed = output.done, output.failed
    jobs = options.jobs or os.cpu_count() or 1
    try:
        with (
            closing(ordered_map(reading, (options.fast,), _rest(items, output), jobs)) as results,
            bar(paths, wanted=not on_screen) as step,
        ):
            for item, result in results:
                done += 1
                if isinstance(result, bytes):
                    output.put(item, show(result))
                else:
                    fatal = isinstance(result, Failure) or result.fatal
                    failed += fatal
                    output.put(item, None, fatal)
                    complain(f"{_where(item)}: {result.reason}" if isinstance(result, Failure) else str(result))
                step(done, failed)
        output.finish()
    except KeyboardInterrupt:
        kept = output.stop()
        raise Stop(f"stopped; {kept}" if kept else "stopped", STOPPED) from None
    except CannotStart as error:
        output.stop()
        raise Stop(str(error)) from None
    except Exception:
        output.stop()
        raise
    finally:
        output.close()
    return SOME_FAILED if failed else ALL_READ


def reading(fast: bool) -> Callable[[Article | Problem], bytes | Problem]:
    """A function that gives the record of an article as a line of JSON, and a problem as it is."""
    from khabar.reader import Reader

    reader = Reader(fast=fast)
    encoder = msgspec.json.Encoder()

    def read(item: Article | Problem) -> bytes | Problem:
        return encoder.encode(reader.read(item)) + b"\n" if isinstance(item, Article) else item

    return read


def _rest(items: Iterable[Article | Problem], output: Output) -> Iterator[Article | Problem]:
    """The inputs that are still to be done."""
    for item in items:
        if output.skip:
            output.skipped(item)
        else:
            yield item


def _where(item: Article | Problem) -> str:
    if isinstance(item, Problem):
        return str(item)
    return f"{item.path}:{item.line}" if item.path and item.line else item.path or item.id


def _pages(evidence: bool, colour: bool) -> Callable[[bytes], bytes]:
    from khabar.cli.page import page

    first = True

    def show(line: bytes) -> bytes:
        nonlocal first
        text = page(Record.from_json(line), evidence=evidence, colour=colour)
        rule, first = "" if first else "\n", False
        return (rule + text).encode("utf-8", "replace")

    return show


def _output(paths: list[str], options: Options, pretty: bool) -> Output:
    path = options.output
    if path is None or str(path) == "-":
        if options.resume:
            raise Stop("--resume goes with -o FILE")
        return Stdout()
    if path.is_dir():
        raise Stop(f"-o {path} is a folder; name a file")
    if not path.parent.is_dir():
        raise Stop(f"-o {path}: there is no folder {path.parent}")
    if path.suffix == ".gz":
        raise Stop(f"-o {path}: records are written as plain text; compress them afterwards")
    if path.exists() and any(os.path.exists(p) and os.path.samefile(p, path) for p in paths):
        raise Stop(f"-o {path} is one of the files to read")
    shape = f"{'pages' if pretty else 'records'}{' with evidence' if pretty and options.evidence else ''}"
    made = f"khabar {__version__}, {shape}, {'fast' if options.fast else 'with the tagger'}"
    return WholeFile(path, made, options.resume)


def fields_of(given: list[str]) -> dict[str, str]:
    """The fields of `--field NAME=KEY`; raises `Stop` where one is not written so."""
    fields = {}
    for pair in given:
        name, _, key = pair.partition("=")
        if not name or not key:
            raise Stop(f"--field {pair}: expected NAME=KEY, as in text=body")
        fields[name] = key
    return fields
