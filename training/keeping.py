"""Learn which entities a record keeps from annotated articles.

    python -m training.keeping               learn and write layers/entities/keeping.json
    python -m training.keeping --evaluate    five-fold cross-validation instead

`--fast`'s table is learned from all annotated articles, the tagger's from those that it has not seen (`folds.py`).
A candidate is right where the scorer pairs it with an annotated entity.
"""

import argparse
import gzip
import json
import random
import sys
from math import exp
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from khabar.layers import amounts, attributions, blocks, entities, events, figures, names, times
from khabar.layers.entities.keeping import PATH, Table
from khabar.record import Article
from khabar.script import Text
from khabar.tagger import Tagger
from training.events import SHARED, logistic
from training.folds import ANNOTATIONS, held_out
from training.gold_records import Gold, load, unseen

L2 = 5.0
THRESHOLDS = {"tagger": 0.38, "fast": 0.38, "part tagger": 0.08, "part fast": 0.2}


class Candidate(NamedTuple):
    """An entity before settling: its features, whether it is right, and whether it is kept without being asked."""

    features: list[str]
    right: bool
    source: bool


class Lesson(NamedTuple):
    """An article's candidates, and how many entities it really has."""

    candidates: list[Candidate]
    entities: int


def scorer() -> Any:
    """The scorer that stands beside the gold."""
    sys.path.insert(0, str(SHARED / "gold"))
    import score  # type: ignore[import-not-found]

    return score


def lesson(annotated: list[dict[str, Any]], article: Article, tagger: Tagger | None) -> Lesson:
    """The candidates of an article whose entities are annotated (`type` and `forms` of each)."""
    page = blocks.find(article)
    text = Text(article.text, page.readable)
    words = [[text.raw[t.start : t.end] for t in text.tokens[a:b]] for a, b in text.sentences]
    tags = tagger.tag(words) if tagger else None
    found_times, found_names = times.find(text, page.published), names.find(text, tags)
    found = entities.join(text, found_names, page.outlet)
    said = attributions.find(text, found, tags)
    happened = events.find(text, page, found, found_times, said, tags)
    counted = figures.find(text, amounts.find(text), found_times, found, said, happened)
    evidence = entities.Evidence(text, page, found_names, tags, said, happened, counted)
    score = scorer()

    def named(e: dict[str, Any]) -> set[str]:
        quotes = e["forms"] if "forms" in e else [m["quote"] for m in e["mentions"] if m["kind"] == "name"] + [e["name"]]
        return {score.fold(quote) for quote in quotes}

    def quality(a: dict[str, Any], b: dict[str, Any]) -> int:
        return len(named(a) & named(b)) if score.CLASS[a["type"]] == score.CLASS[b["type"]] else 0

    right = {e["id"] for _, e in score.pair(annotated, msgspec.to_builtins(found), quality)}
    rows = [Candidate(list(evidence.features(e)), e.id in right, bool({"source", "via"} & evidence.speaks[e.id])) for e in found]
    return Lesson(rows, len(annotated))


def annotations() -> list[tuple[list[dict[str, Any]], Article]]:
    """The articles of training/annotations with annotated entities, without other prints of what is measured with."""
    lines = [line for path in ANNOTATIONS for line in path.read_text(encoding="utf-8").splitlines()]
    wanted = {a["id"]: a for a in map(json.loads, lines) if "entities" in a}
    found: dict[str, tuple[list[dict[str, Any]], Article]] = {}
    with gzip.open(SHARED / "news/dev.jsonl.gz", "rt", encoding="utf-8") as news:
        for raw in map(json.loads, news):
            if raw["id"] in wanted and raw["id"] not in found:
                body = raw["title"] + "\n" + raw["text"]
                article = Article(
                    id=raw["id"],
                    text=body,
                    titled=True,
                    title=raw["title"],
                    published=raw.get("published"),
                    outlet=raw.get("outlet"),
                )
                listed = [
                    {"type": e["type"], "forms": sorted({body[a:b] for a, b in e["mentions"]})}
                    for e in wanted[raw["id"]]["entities"]
                    if e["mentions"]
                ]
                found[raw["id"]] = listed, article
    golds = [Gold({"id": i}, found[i][1], [], [], []) for i in sorted(found)]
    return [found[gold.article.id] for gold in unseen(golds, SHARED / "gold")]


def learn(lessons: list[Lesson]) -> Table:
    """Weights from lessons."""
    rows = [c for x in lessons for c in x.candidates]
    return logistic([c.features for c in rows], [c.right for c in rows], l2=L2)


def f1(lessons: list[tuple[Lesson, Table]], threshold: float) -> float:
    """F1 of entities where each article's candidates are weighed by the table beside it."""
    right = kept = total = 0
    for one, table in lessons:
        total += one.entities
        for c in one.candidates:
            if c.source or 1 / (1 + exp(-sum(table.get(f, 0.0) for f in c.features))) >= threshold:
                kept += 1
                right += c.right
    return 2 * right / max(1, kept + total)


def main() -> None:
    """Learn and write, or evaluate."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--evaluate", action="store_true", help="cross-validate and print instead of writing")
    ask.add_argument("--tagger", type=Path, help="folder of the tagger (default: the one that ships)")
    asked = ask.parse_args()
    tagger = Tagger(folder=asked.tagger) if asked.tagger else Tagger.load()
    golds = unseen(load(SHARED / "gold/train"), SHARED / "gold")
    articles = [*annotations(), *((g.annotation["entities"], g.article) for g in golds)]
    tables: dict[str, Table] = {}
    for mode, reader in (("tagger", tagger), ("fast", None)):
        lessons = [lesson(*x, reader) for x in articles if reader is None or held_out(x[1].id)]
        if asked.evaluate:
            order = list(range(len(lessons)))
            random.Random(0).shuffle(order)
            held = []
            for n in range(5):
                table = learn([lessons[i] for k, i in enumerate(order) if k % 5 != n])
                held += [(lessons[i], table) for i in order[n::5]]
            print(mode, " ".join(f"{t / 100:.2f}: {f1(held, t / 100):.3f}" for t in range(30, 52, 2)))
        else:
            tables[mode] = learn(lessons)
    if tables:
        told = {"tables": tables, "thresholds": THRESHOLDS}
        PATH.write_text(json.dumps(told, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
