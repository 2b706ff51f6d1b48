"""How well attributions are read in annotated articles that nothing was learned from.

    python -m training.voices [--fast] [--shared DATA]

As in the scorer of the gold, contents are paired that share half of the shorter one, one to one, and a source is right where
one of its mentions is one of the annotated entity's. Of `annotations/measured.jsonl` nothing is learned; the scores
from which `layers/attributions/tagged.py` heeds the tagger were chosen with them.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from typing import Any

from khabar.reader import Reader
from khabar.record import Article, Attribution, Record
from khabar.script import fold
from training.folds import FOLDER
from training.tally import rates

MEASURED = FOLDER / "measured.jsonl"


def articles(annotations: Path, news: Path) -> list[tuple[dict[str, Any], Article]]:
    """Annotations with their articles."""
    wanted = {a["id"]: a for a in map(json.loads, annotations.read_text("utf-8").splitlines())}
    found = []
    with gzip.open(news, "rt", encoding="utf-8") as lines:
        for a in map(json.loads, lines):
            if a["id"] in wanted:
                text = a["title"] + "\n" + a["text"]
                told = {k: a.get(k) for k in ("title", "published", "outlet")}
                found.append((wanted[a["id"]], Article(id=a["id"], text=text, titled=True, **told)))
    return found


def paired(annotated: list[dict[str, Any]], read: list[Attribution]) -> list[tuple[dict[str, Any], Attribution]]:
    """Annotated attributions with those read of the same content, the most alike first, each once."""
    pairs = []
    for n, said in enumerate(annotated):
        for a, b in said["content"]:
            for m, found in enumerate(read):
                first, end = found.content.span
                shared = min(b, end) - max(a, first)
                if shared > 0 and 2 * shared >= min(b - a, end - first):
                    pairs.append((-shared, n, m))
    left, right = set(range(len(annotated))), set(range(len(read)))
    kept = []
    for _, n, m in sorted(pairs):
        if n in left and m in right:
            left.remove(n)
            right.remove(m)
            kept.append((annotated[n], read[m]))
    return kept


def named(annotation: dict[str, Any], said: dict[str, Any], text: str) -> set[str]:
    """All forms of the entities that an annotated attribution names as its sources."""
    spans = [
        m
        for e in annotation["entities"]
        if any(_overlap(m, s) for m in e["mentions"] for s in said["sources"])
        for m in e["mentions"]
    ]
    return {fold(text[a:b]) for a, b in spans}


def source_right(wanted: set[str], found: Attribution, record: Record) -> bool:
    """Whether one of the sources is called as an annotated one, or there is rightly none."""
    if not wanted or not found.sources:
        return not wanted and not found.sources
    entities = {e.id: e for e in record.entities}
    return any(fold(m.quote) in wanted for s in found.sources for m in entities[s].mentions)


def _overlap(a: list[int], b: list[int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def main() -> None:
    """Print precision, recall and F1."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=Path("../shared"), help="the data folder (default ../shared)")
    ask.add_argument("--fast", action="store_true", help="without the tagger")
    given = ask.parse_args()
    reader = Reader(fast=given.fast)
    gold = read = matched = right = 0
    for annotation, article in articles(MEASURED, given.shared / "news/dev.jsonl.gz"):
        record = reader.read(article)
        said = [s for s in annotation["attributions"] if s["content"]]
        pairs = paired(said, record.attributions)
        gold, read, matched = gold + len(said), read + len(record.attributions), matched + len(pairs)
        right += sum(source_right(named(annotation, s, article.text), found, record) for s, found in pairs)
    for name, n in (("attribution", matched), ("attribution+source", right)):
        p, r, f = rates(n, gold, read)
        print(f"{name:20} P {p:.3f}  R {r:.3f}  F1 {f:.3f}   {n} of {gold} annotated, {read} read")


if __name__ == "__main__":
    main()
