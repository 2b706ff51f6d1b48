"""How far a long reading is: a bar on stderr, where that is a terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

COUNTED = 1 << 28
"""Bytes of JSON Lines that are counted to know how many articles there are; with more the bar does not say how many."""


class Step(Protocol):
    """Call it after each article, with how many are done and how many of them failed."""

    def __call__(self, done: int, failed: int) -> None: ...


@contextmanager
def bar(paths: list[str], wanted: bool) -> Iterator[Step]:
    """A bar while articles are read; nothing where stderr is no terminal, or it is not wanted, or there is one article."""
    with counted(_total(paths) if wanted and sys.stderr.isatty() else 1, wanted) as step:
        yield step


@contextmanager
def counted(total: int | None, wanted: bool) -> Iterator[Step]:
    """The same where it is known how many articles there are; None where it is not."""
    if total in (0, 1) or not wanted or not sys.stderr.isatty():
        yield lambda done, failed: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("reading"),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]:.0f}/s  {task.fields[failed]} failed"),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, expand=True) as progress:
        task = progress.add_task("", total=total, rate=0.0, failed=0)

        def step(done: int, failed: int) -> None:
            elapsed = progress.tasks[0].elapsed or 0.0
            progress.update(task, completed=done, rate=done / elapsed if elapsed > 0.5 else 0.0, failed=failed)

        yield step


def _total(paths: list[str]) -> int | None:
    """About how many articles: a line of JSON Lines is one, another file is one; None where counting would take long."""
    total, left = 0, COUNTED
    for path in map(Path, paths):
        files = [path] if path.is_file() else sorted(path.rglob("*")) if path.is_dir() else []
        if not files:
            return None
        for file in files:
            if ".jsonl" in file.suffixes or ".ndjson" in file.suffixes:
                size = file.stat().st_size * (5 if file.suffix == ".gz" else 1)
                if (left := left - size) < 0:
                    return None
                total += _lines(file)
            elif file.is_file():
                total += 1
    return total


def _lines(path: Path) -> int:
    import gzip

    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    except (OSError, EOFError):
        return 1
