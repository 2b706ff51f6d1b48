"""Learn the weights of the events layer from annotated articles.

    python -m training.events              learn on ../shared/gold/train and write layers/events/weights.json
    python -m training.events --evaluate   five-fold cross-validation on the same articles instead

Every model is a logistic regression over named features (khabar.layers.events.features) with an L2 penalty; features seen fewer
than three times are left out.
"""

import argparse
import json
import random
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from khabar.layers import blocks
from khabar.layers.events import assemble, features
from khabar.layers.events.context import Context
from khabar.layers.events.joining import pair
from khabar.layers.events.reading import Reading, fill
from khabar.layers.events.weights import PATH, Table, Weights
from khabar.layers.events.weights import load as load_weights
from khabar.record import STATUSES, Event, Record, Source
from khabar.script import Text
from training.folds import ANNOTATIONS
from training.gold_records import Gold, annotated, as_read, corpus, load, locate, unseen, with_entities
from training.parties import apart, learn_parties

SHARED = Path(__file__).parents[1] / "../shared"
NEWS = SHARED / "news/dev.jsonl.gz"
THRESHOLDS = {"event": 0.25, "keep": 0.42, "actor": 0.5, "recipient": 0.62, "place": 0.5, "when": 0.4, "same": 0.5}


def logistic(rows: list[list[str]], labels: list[bool], l2: float = 2.0, least: int = 3) -> Table:
    """Weights of a logistic regression over sets of feature names."""
    counts = Counter(f for row in rows for f in set(row))
    names = sorted(f for f, n in counts.items() if n >= least)
    index = {f: i for i, f in enumerate(names)}
    columns = [index[f] for row in rows for f in row if f in index]
    ends = np.cumsum([0, *(sum(f in index for f in row) for row in rows)])
    table = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(names)))
    model = LogisticRegression(C=1 / l2, fit_intercept=False, max_iter=300, tol=1e-3).fit(table, np.array(labels, int))
    return {name: round(float(w), 3) for name, w in zip(names, model.coef_[0], strict=True) if abs(w) >= 0.02}


class Lesson:
    """An annotated article with the features of its candidates and their right answers."""

    def __init__(self, gold: Gold) -> None:
        self.gold = gold
        page = blocks.find(gold.article)
        text = Text(gold.article.text, page.readable)
        self.context = Context(text, page, gold.entities, gold.times, gold.attributions)
        spans = [(locate(gold.article.text, t), v) for v in gold.annotation["events"] for t in v["triggers"]]
        near = {(v["type"], self.context.number_of(text.token_from(a))) for (a, _), v in spans if text.token_from(a) < len(text)}
        self.events: list[tuple[list[str], bool]] = []
        self.arguments: list[tuple[list[str], bool, bool, bool]] = []
        self.times: list[tuple[list[str], bool]] = []
        self.statuses: list[tuple[list[str], str]] = []
        self.right: list[tuple[Any, Any]] = []
        taken: set[int] = set()
        for c in (c for group in self.context.groups for c in group):
            a, b = self.context.span(c)
            right = [v for (x, y), v in spans if v["type"] == c.entry.type and x < b and a < y]
            # a candidate beside a right trigger of its type would be counted as right, so it teaches nothing
            if right or (c.entry.type, c.sentence.number) not in near:
                self.events.append((list(features.event(c, self.context)), bool(right)))
            if right:
                self._read(c, right[0])
                if c.first not in taken:
                    taken.add(c.first)
                    self.right.append((c, right[0]))

    def _read(self, c: Any, v: dict[str, Any]) -> None:
        for ref in self.context.scope(c):
            e = ref.entity.id
            seen = list(features.argument(c, ref, self.context))
            self.arguments.append((seen, e in v["actors"], e in v["recipients"], e in v["places"]))
        for time in self.context.times_near(c) if "begin" in v else []:
            right = v["begin"] is not None and (time.begin, time.end) == (v["begin"], v["end"])
            self.times.append((list(features.when(c, time, self.context)), right))
        self.statuses.append((list(features.status(c, self.context)), v["status"]))

    def pairs(self, weights: Weights) -> list[tuple[list[str], bool]]:
        """Pairs of right triggers of one type, and whether they name one event."""
        read = [(fill(Reading(candidate=c, context=self.context, score=1.0), weights), v) for c, v in self.right]
        return [
            (list(pair(x, y)), u is v)
            for (x, u), (y, v) in combinations(read, 2)
            if x.candidate.entry.type == y.candidate.entry.type
        ]


def learn(lessons: list[Lesson]) -> Weights:
    """Weights from lessons."""
    weights = learn_triggers(lessons)
    parts = apart(lessons, learn_triggers)
    pairs = [p for held, other in parts for x in held for p in x.pairs(other)]
    weights.same = logistic([p for p, _ in pairs], [same for _, same in pairs])
    for _, other in parts:
        other.same = weights.same
    weights.parties = learn_parties(parts)
    return weights


def learn_triggers(lessons: list[Lesson]) -> Weights:
    """Weights of all that is asked of triggers one by one."""

    def of(rows: list[Any], label: int = 1, **settings: Any) -> Table:
        return logistic([r[0] for r in rows], [r[label] for r in rows], **settings)

    arguments = [a for x in lessons for a in x.arguments]
    # readers of news differ most in what still goes on: what the gold says of it counts most
    statuses = [s for x in lessons for s in x.statuses * (1 + 2 * bool(x.gold.annotation["entities"]))]
    return Weights(
        event=of([e for x in lessons for e in x.events], l2=8.0, least=5),
        argument=_merged([of(arguments, n, least=6, l2=6.0) for n in (1, 2, 3)]),
        when=of([t for x in lessons for t in x.times], l2=1.0),
        same={},
        status={name: logistic([r[0] for r in statuses], [r[1] == name for r in statuses], l2=4.0) for name in STATUSES},
        thresholds=THRESHOLDS,
    )


def _merged(tables: list[Table]) -> dict[str, tuple[float, float, float]]:
    names = sorted(set().union(*tables))
    return {n: (tables[0].get(n, 0.0), tables[1].get(n, 0.0), tables[2].get(n, 0.0)) for n in names}


def record(lesson: Lesson, events: list[Event]) -> dict[str, Any]:
    """The record of a lesson's article with events."""
    context = lesson.context
    return Record(
        id=lesson.gold.article.id,
        source=Source(),
        text=lesson.gold.article.text,
        entities=context.entities,
        times=context.times,
        attributions=context.attributions,
        events=events,
    ).to_dict()


def scorer() -> Any:
    """The gold's scorer, a module."""
    sys.path.insert(0, str(SHARED / "gold"))
    import score  # type: ignore[import-not-found]

    return score


def evaluate(
    lessons: list[Lesson], read: list[Lesson], drill: list[Lesson], folds: int = 5, seed: int = 0
) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of the events' parts, each article read as Khabar reads it by itself, with weights learned on the
    other folds."""
    score = scorer()
    order = list(range(len(lessons)))
    random.Random(seed).shuffle(order)
    total: Counter[tuple[str, int]] = Counter()
    for fold in range(folds):
        held = set(order[fold::folds])
        weights = learn([x[i] for i in order if i not in held for x in (lessons, read)] + drill)
        for i in sorted(held):
            gold = score.as_record(lessons[i].gold.annotation, lessons[i].gold.article.text)
            for layer, three in score.score(gold, record(read[i], assemble(read[i].context, weights))).items():
                for k, n in enumerate(three):
                    total[layer, k] += n
    return {x: score.rates(*(total[x, k] for k in range(3))) for x in score.LAYERS if x.startswith("event")}


def write(weights: Weights, blend: dict[str, tuple[float, ...]]) -> None:
    """Write the weights with a blend."""
    weights.blend = blend
    told = {k: getattr(weights, k) for k in weights.__struct_fields__}
    PATH.write_text(json.dumps(told, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def drill() -> list[Lesson]:
    """Lessons beside gold: the annotated news, as read and with the annotated entities, and the corpus."""
    golds = unseen([*annotated(ANNOTATIONS, NEWS), *with_entities(ANNOTATIONS, NEWS)], SHARED / "gold")
    return [Lesson(gold) for gold in golds] + [Lesson(gold) for gold in corpus(PATH.with_name("corpus.yaml"))] * 8


def main() -> None:
    """Learn and write, or evaluate."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--evaluate", action="store_true", help="cross-validate and print instead of writing")
    asked = ask.parse_args()
    golds = unseen(load(SHARED / "gold/train"), SHARED / "gold")
    lessons = [Lesson(gold) for gold in golds]
    read = [Lesson(as_read(gold)) for gold in golds]
    more = drill()
    if asked.evaluate:
        for layer, (p, r, f) in evaluate(lessons, read, more).items():
            print(f"{layer:14} P {p:.3f}  R {r:.3f}  F1 {f:.3f}")
        return
    write(learn(lessons + read + more), load_weights().blend if PATH.exists() else {})


if __name__ == "__main__":
    main()
