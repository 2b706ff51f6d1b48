"""Many articles into a workspace: how long, how much memory, how large, and whether the last articles cost what the first did.

    python benchmarks/workspace.py ARTICLES.jsonl.gz [--workspace w.db] [--jobs 2] [--few 100]

All articles but the last `--few` are added in one run, with the first `--few` timed apart, then the last ones. The cost of the
few is told as the ratio of the last to the first, both measured in this run, reading left out (it is the same for both).
"""

import argparse
import itertools
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from khabar.reader import Reader
from khabar.record import Article
from khabar.sources import iter_articles
from khabar.workspace import Workspace
from khabar.workspace.adding import BATCH, add, put
from khabar.workspace.preparing import Prepared, prepare


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles")
    parser.add_argument("--workspace")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--few", type=int, default=100)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = arguments.workspace or str(Path(folder) / "w.db")
        with Workspace.open(where, create=True) as workspace:
            measure(workspace, arguments.articles, arguments.jobs, arguments.few)


def measure(workspace: Workspace, path: str, jobs: int, few: int) -> None:
    """Add the articles of `path` and print what that took."""
    total = sum(1 for _ in _articles(path))
    first = list(itertools.islice(_articles(path), few))
    last = list(itertools.islice(_articles(path), total - few, None))
    reader = Reader(fast=True)
    ready = [[prepare(a, reader.read(a)) for a in part] for part in (first, last)]
    early = _stored(workspace, ready[0])
    began, shown, count = time.perf_counter(), 0, 0
    rest = itertools.islice(_articles(path), few, total - few)
    for count, _ in enumerate(add(workspace, rest, fast=True, jobs=jobs), 1):
        if count - shown >= 2500:
            shown = count
            print(f"{count + few:>7,} articles, {count / (time.perf_counter() - began):.0f} a second", flush=True)
    took = time.perf_counter() - began
    late = _stored(workspace, ready[1])
    peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    size = Path(workspace.name).stat().st_size if not workspace.postgres else 0
    print(f"{total:,} articles with {jobs} jobs on {os.cpu_count()} cores: {took:.0f} s, {count / took:.0f} a second")
    print(f"memory at most {peak / 1024:.0f} MB (this process and the largest of those that read)")
    print(f"workspace {size / 1e6:,.0f} MB, {size / max(1, total) / 1e3:.1f} kB an article")
    print(
        f"storing and joining the first {few}: {early / few * 1e3:.1f} ms an article; the last {few}: {late / few * 1e3:.1f} ms"
    )
    print(f"last to first: {late / early:.2f}")


def _articles(path: str) -> Iterator[Article]:
    return (item for item in iter_articles([path]) if isinstance(item, Article))


def _stored(workspace: Workspace, ready: list[Prepared]) -> float:
    """Seconds that storing takes."""
    began = time.perf_counter()
    for n in range(0, len(ready), BATCH):
        with workspace.writing() as connection:
            put(connection, ready[n : n + BATCH], True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
