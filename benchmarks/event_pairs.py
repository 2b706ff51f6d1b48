"""How well events are joined across articles, on pairs of tellings marked by hand (`benchmarks/event_pairs.tsv`).

usage: python benchmarks/event_pairs.py [--workspace W.db] [--others N] [--json]

With --workspace, made of the whole news file by `khabar add ../shared/news/dev.jsonl.gz --fast --workspace W.db`, the pairs are
looked up there; without, their articles are added to a new one together with N (1,000) others. A pair that is no longer read as
marked (another type, another trigger) is counted as unread. Prints, for the half of the marks on which the weights were set
(every other line, from the first) and the half on which they were not: precision and recall of `joined` (the workspace has the
two in one event) and of `weighed` (the weights of the pair alone say so).
"""

import argparse
import json
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, select

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
NEWS = ROOT.parent / "shared" / "news" / "dev.jsonl.gz"
MARKS = Path(__file__).with_name("event_pairs.tsv")

from marked import added  # noqa: E402

from khabar.workspace import Workspace  # noqa: E402
from khabar.workspace.events import told  # noqa: E402
from khabar.workspace.happening import Telling, weight  # noqa: E402
from khabar.workspace.tables import article_events, articles, tellings  # noqa: E402


class Pair(NamedTuple):
    """Two tellings: whether they are of one event, and where each stands (article, offset of its trigger)."""

    same: bool
    type: str
    first: tuple[str, int]
    second: tuple[str, int]


class Found(NamedTuple):
    """A telling in a workspace: the event that it is joined to, and what is compared of it."""

    event: int
    telling: Telling


def marks() -> list[Pair]:
    """The marked pairs."""
    lines = [line.split("\t") for line in MARKS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [Pair(same == "same", type, (a, int(i)), (b, int(j))) for same, type, a, i, b, j in lines]


def found(connection: Connection, pairs: list[Pair]) -> dict[tuple[str, str, int], Found]:
    """The tellings that stand where the marks say, by type, article and place."""
    keys = sorted({key for pair in pairs for key, _ in (pair.first, pair.second)})
    this = (tellings.c.article == article_events.c.article) & (tellings.c.local == article_events.c.local)
    columns = (articles.c.key, article_events.c.type, article_events.c.start, article_events.c.event, tellings.c.telling)
    query = select(*columns).join(articles, articles.c.id == article_events.c.article).join(tellings, this)
    rows = connection.execute(query.where(articles.c.key.in_(keys)))
    return {(row.type, row.key, row.start): Found(row.event, told(row.telling)) for row in rows}


def measured(pairs: list[Pair], there: dict[tuple[str, str, int], Found]) -> dict[str, object]:
    """Precision and recall over pairs."""
    counts = {name: [0, 0, 0] for name in ("joined", "weighed")}
    unread = 0
    for pair in pairs:
        a, b = there.get((pair.type, *pair.first)), there.get((pair.type, *pair.second))
        if a is None or b is None:
            unread += 1
            continue
        w = weight(a.telling, b.telling)
        for name, yes in (("joined", a.event == b.event), ("weighed", w is not None and w > 0)):
            counts[name][0] += yes and pair.same
            counts[name][1] += yes
            counts[name][2] += pair.same
    scores = {
        name: {"precision": round(both / max(1, yes), 3), "recall": round(both / max(1, same), 3), "pairs": yes}
        for name, (both, yes, same) in counts.items()
    }
    return {"marks": len(pairs), "unread": unread, **scores}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--workspace", metavar="W.db")
    ask.add_argument("--others", type=int, default=1000, metavar="N")
    ask.add_argument("--json", action="store_true", help="one JSON object")
    given = ask.parse_args()
    pairs = marks()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        keys = {key for pair in pairs for key, _ in (pair.first, pair.second)}
        opened = Workspace.open(given.workspace) if given.workspace else added(NEWS, folder, keys, given.others)
        with stack.enter_context(opened) as workspace, workspace.reading() as connection:
            there = found(connection, pairs)
    result = {"set on": measured(pairs[::2], there), "not set on": measured(pairs[1::2], there)}
    if given.json:
        print(json.dumps(result))
        return
    for half, scores in result.items():
        print(half, *(f"{name} {value}" for name, value in scores.items()), sep="\n  ")


if __name__ == "__main__":
    main()
