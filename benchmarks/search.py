"""How fast searching is, over how many articles, and how large the index is.

    python benchmarks/search.py news.jsonl.gz            # full text alone, over all articles of a file, which need not be read
    python benchmarks/search.py --workspace w.db         # everything, in a workspace that is there

Without a workspace a temporary one is made that holds the articles' texts and their index. Each query is asked several times in
an order made by chance; of each kind the median and the 95th of 100 is printed, in milliseconds, and how many articles are found.
"""

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, insert

from khabar.record import Article, Record, Source
from khabar.sources import iter_articles
from khabar.workspace import Workspace, indexing
from khabar.workspace.linking import Added
from khabar.workspace.matching import match
from khabar.workspace.preparing import prepare
from khabar.workspace.search import search
from khabar.workspace.tables import articles, revisions
from khabar.workspace.views import Filter

QUERIES: dict[str, list[tuple[str, Filter]]] = {
    "rare words": [(q, Filter()) for q in ("الجمارك", "سنجار", "القرصنة", "زلزال", "مانديلا", "انهيار سقف", "ببنغازي")],
    "frequent words": [(q, Filter()) for q in ("السعودية", "قال", "في", "على من", "الرئيس", "وزير الخارجية", "محمد بن")],
    "phrases": [(q, Filter()) for q in ('"مجلس الأمن"', '"وزير الخارجية" الأمريكي', '"الأمم المتحدة"', '"في المملكة"')],
    "without, beginnings": [(q, Filter()) for q in ("وزير -الخارجية", "انفج*", "سعود*", "-السعودية", 'مجلس -"مجلس الأمن"')],
    "Latin names": [(q, Filter()) for q in ("Haftar", "Salman", "Saudi Arabia", "Yemen", "Barack Obama الكونغرس", "Twitter")],
    "outlet and days": [
        ("وزير", Filter(begin="2015-07-25", end="2015-08-05")),
        ("السعودية", Filter(begin="2015-08-01", end="2015-08-02")),
        ("قال الرئيس", Filter(begin="2024-01-01")),
        ("اليمن", Filter(outlet="الميادين")),
    ],
}
FILTERED: dict[str, list[tuple[str, Filter]]] = {
    "type, place, actor": [
        ("قتلى", Filter(type="ASSAULT")),
        ("انفجار", Filter(place="Yemen")),
        ("زيارة", Filter(actor="Barack Obama")),
        ("السعودية", Filter(near=(15.35, 44.2, 100))),
        ("قال", Filter(source="United Nations")),
        ("قتل", Filter(figure="killed", status="happened")),
    ],
}
"""These need a workspace whose articles were read."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", nargs="?", help="a file of articles")
    parser.add_argument("--workspace", help="a workspace that is there")
    parser.add_argument("--articles", type=int, help="only the first so many")
    parser.add_argument("--times", type=int, default=20, help="how often each query is asked")
    options = parser.parse_args()
    if options.workspace:
        with Workspace.open(options.workspace) as workspace:
            measure(workspace, QUERIES | FILTERED, options.times)
    elif options.news:
        with tempfile.TemporaryDirectory() as folder, Workspace.open(Path(folder) / "w.db", create=True) as workspace:
            fill(workspace, options.news, options.articles)
            measure(workspace, QUERIES, options.times)
    else:
        parser.error("name a file of articles or a workspace")


def fill(workspace: Workspace, news: str, most: int | None) -> None:
    """Store the articles' texts, and index them."""
    found = (item for item in iter_articles([news]) if isinstance(item, Article))
    begun, spent, count = time.perf_counter(), 0.0, 0
    for number, batch in enumerate(_batches(islice(found, most), 32)):
        records = [Record(id=a.id, source=Source(outlet=a.outlet), title=a.title, text=a.text) for a in batch]
        prepared = [prepare(a, record) for a, record in zip(batch, records, strict=True)]
        ids = range(number * 32 + 1, number * 32 + 1 + len(batch))
        with workspace.writing() as connection:
            for id, p in zip(ids, prepared, strict=True):
                _store(connection, id, p.article, p.blob)
            before = time.perf_counter()
            indexing.add(connection, [Added(id, p, r) for id, p, r in zip(ids, prepared, records, strict=True)])
            spent += time.perf_counter() - before
        count += len(batch)
    seconds = time.perf_counter() - begun
    print(f"{count:,} articles indexed in {seconds:.0f} s, of which the step of linking {1000 * spent / count:.2f} ms an article")


def _batches(items: Iterator[Article], size: int) -> Iterator[list[Article]]:
    while batch := list(islice(items, size)):
        yield batch


def _store(connection: Connection, id: int, article: Article, blob: bytes) -> None:
    published = article.published if article.published and article.published[4:5] == "-" else None
    head = {"key": article.id, "outlet": article.outlet, "title": article.title, "published": published}
    connection.execute(insert(articles).values(id=id, revision=1, day=(published or "")[:10] or None, **head))
    made = {"format": "khabar/1", "version": "0", "fast": True, "added": "", "given": {}, "digest": ""}
    connection.execute(insert(revisions).values(article=id, number=1, record=blob, **made))


def measure(workspace: Workspace, queries: dict[str, list[tuple[str, Filter]]], times: int) -> None:
    """Ask all queries, in an order made by chance, and print the table."""
    asked = [(kind, n) for kind, some in queries.items() for n in range(len(some))] * times
    random.Random(7).shuffle(asked)
    took: dict[tuple[str, int], list[float]] = {}
    spent: list[float] = []
    with workspace.reading() as connection:
        for kind, n in asked:
            query, f = queries[kind][n]
            before, worked = time.perf_counter(), time.process_time()
            search(connection, query, f)
            spent.append(1000 * (time.process_time() - worked))
            took.setdefault((kind, n), []).append(1000 * (time.perf_counter() - before))
        print(f"{'':<24}{'median':>9}{'p95':>9}   the slowest query")
        for kind, some in queries.items():
            slowest = max(range(len(some)), key=lambda n: statistics.median(took[kind, n]))
            query, f = some[slowest]
            found = _count(connection, query)
            note = f"{query} ({found:,} articles, {statistics.median(took[kind, slowest]):.1f})"
            print(f"{kind:<24}{_both([t for n in range(len(some)) for t in took[kind, n]])}   {note}")
        print(f"{'all':<24}{_both([t for some in took.values() for t in some])}")
        print(f"{'of that, processor':<24}{_both(spent)}")
    _sizes(workspace)


def _both(times: list[float]) -> str:
    return f"{statistics.median(times):>9.1f}{statistics.quantiles(times, n=20)[-1]:>9.1f}"


def _count(connection: Connection, query: str) -> int:
    from sqlalchemy import func, select

    asked = match(connection, query, articles.c.id)
    if asked is None:
        return 0
    return connection.execute(select(func.count()).select_from(articles).where(asked.having)).scalar_one()


def _sizes(workspace: Workspace) -> None:
    """How large the index is, in SQLite's file."""
    if workspace.postgres or not workspace.engine.url.database:
        return
    with sqlite3.connect(workspace.engine.url.database) as connection:
        try:
            rows = connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name").fetchall()
        except sqlite3.OperationalError:  # built without dbstat
            return
    sizes = {name: size / 1e6 for name, size in rows}
    index = sum(size for name, size in sizes.items() if name.startswith("article_words"))
    names = sum(sizes.get(name, 0.0) for name in ("name_words", "ix_name_words_entity"))
    print(
        f"the file {sum(sizes.values()):.0f} MB: index {index:.0f}, terms to take articles out {sizes['article_terms']:.0f}, "
        f"words of names {names:.0f}"
    )


if __name__ == "__main__":
    main()
