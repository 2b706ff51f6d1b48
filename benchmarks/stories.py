"""How well articles are grouped into stories, against stories marked by hand (`benchmarks/stories.tsv`).

usage: python benchmarks/stories.py [--workspace W.db] [--others N] [--json]

`stories.tsv` names articles of the news file: those of stories that several outlets reported in July and August 2015, and near
misses, which share words, people or places with them and report something else. With --workspace, the stories of that workspace
are measured (made of the whole news file by `khabar add ../shared/news/dev.jsonl.gz --fast --workspace W.db`); without, the
marked articles are added to a new one together with N (3,000) other articles, in the order of their publication.

Prints B-cubed precision, recall and F (Bagga and Baldwin 1998) over all marked articles, and over those of the stories alone,
without the near misses. Copies count where they are marked.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import select

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
NEWS = ROOT.parent / "shared" / "news" / "dev.jsonl.gz"
MARKS = Path(__file__).with_name("stories.tsv")

from marked import added  # noqa: E402

from khabar.record import Article  # noqa: E402
from khabar.workspace import Workspace  # noqa: E402
from khabar.workspace.tables import articles as table  # noqa: E402


def marks() -> dict[str, str]:
    """The story of each marked article."""
    lines = [line.split("\t") for line in MARKS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {key: story for story, key in lines}


def bcubed(found: dict[str, int], marked: dict[str, str], over: list[str]) -> dict[str, float]:
    """B-cubed over some of the marked articles; the others count as members of groups."""
    groups, stories = Counter(found[k] for k in marked), Counter(marked.values())
    both = Counter((found[k], marked[k]) for k in marked)
    shared = [both[found[k], marked[k]] for k in over]
    precision = sum(n / groups[found[k]] for n, k in zip(shared, over, strict=True)) / len(over)
    recall = sum(n / stories[marked[k]] for n, k in zip(shared, over, strict=True)) / len(over)
    f = 2 * precision * recall / (precision + recall)
    return {"articles": len(over), "precision": round(precision, 3), "recall": round(recall, 3), "f": round(f, 3)}


def _in_those_weeks(article: Article) -> bool:
    return "2015-07-21" <= (article.published or "")[:10] <= "2015-08-11"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--workspace", metavar="W.db")
    ask.add_argument("--others", type=int, default=3000, metavar="N")
    ask.add_argument("--json", action="store_true", help="one JSON object")
    given = ask.parse_args()
    marked = marks()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        opened = (
            Workspace.open(given.workspace)
            if given.workspace
            else added(NEWS, folder, set(marked), given.others, _in_those_weeks)
        )
        with stack.enter_context(opened) as workspace, workspace.reading() as connection:
            query = select(table.c.key, table.c.story).where(table.c.key.in_(list(marked)))
            found = dict(iter(connection.execute(query)))
    missing = sorted(marked.keys() - found.keys())
    if missing:
        sys.exit(f"{len(missing)} marked articles are not in the workspace, {missing[0]} for one; it must hold the news file")
    sizes = Counter(marked.values())
    result = {
        "stories": sum(n > 1 for n in sizes.values()),
        "all": bcubed(found, marked, list(marked)),
        "of stories": bcubed(found, marked, [k for k in marked if sizes[marked[k]] > 1]),
    }
    if given.json:
        print(json.dumps(result))
        return
    print(f"{result['stories']} stories marked, {len(marked)} articles with near misses")
    for name in ("all", "of stories"):
        print(f"{name:11} " + "  ".join(f"{k} {v}" for k, v in result[name].items()))


if __name__ == "__main__":
    main()
