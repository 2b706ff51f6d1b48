"""How the lexicon's and the tagger's opinions are weighed: fitted on articles that neither has learned from.

    python -m training.event_blend      print the blend, and write it into layers/events/weights.json

The tagger leaves a fold of the annotated articles out (`training/held_out.txt`). The lexicon learns from the others, both
read the fold, and a logistic regression with two or three parameters for each question (is it an event, is it the actor …) weighs
their log-odds. So few parameters can be fitted on so few articles.
"""

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from khabar.layers.events.joining import pair
from khabar.layers.events.neural import Neural
from khabar.layers.events.reading import UNREAD, Reading, fill, judge, logit, with_tagged
from khabar.layers.events.weights import PATH, Weights, total
from khabar.script import Text
from khabar.tagger import Tagger
from training.events import SHARED, Lesson, learn, write
from training.folds import ANNOTATIONS
from training.gold_records import Gold, annotated, as_read, corpus, load, locate, unseen

HELD_OUT = Path(__file__).with_name("held_out.txt")
ROLES = {"actor": "actors", "recipient": "recipients", "place": "places"}
Rows = list[tuple[list[float], bool]]


def fitted(rows: Rows, l2: float = 0.5, rounds: int = 50) -> tuple[float, ...]:
    """Slopes and constant of a logistic regression, by Newton's method with a small pull toward the mean of both opinions."""
    x = np.array([[*r, 1.0] for r, _ in rows])
    y = np.array([label for _, label in rows], float)
    prior = np.array([1 / (x.shape[1] - 1)] * (x.shape[1] - 1) + [0.0])
    penalty = np.diag([l2] * (x.shape[1] - 1) + [0.01])
    w = prior.copy()
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (p - y) + penalty @ (w - prior)
        hessian = (x * (p * (1 - p))[:, None]).T @ x + penalty
        w -= np.linalg.solve(hessian, gradient)
    return tuple(round(float(v), 3) for v in w)


def tags_of(tagger: Tagger, text: Text) -> Any:
    """The tagger's reading of a text."""
    return tagger.tag([[text.raw[t.start : t.end] for t in text.tokens[a:b]] for a, b in text.sentences])


class Question:
    """Both opinions on every question of the held-out articles, with the right answers."""

    def __init__(self) -> None:
        self.rows: dict[str, Rows] = {k: [] for k in ("event", "alone", "actor", "recipient", "place", "when", "same")}
        self.statuses: list[tuple[dict[str, float], tuple[str, float], str]] = []

    def ask(self, lesson: Lesson, weights: Weights, neural: Neural) -> None:
        """Ask about one article."""
        context = lesson.context
        spans = [(locate(lesson.gold.article.text, t), v) for v in lesson.gold.annotation["events"] for t in v["triggers"]]
        near = {(v["type"], context.number_of(context.text.token_from(a))) for (a, _), v in spans}
        right: list[tuple[Reading, dict[str, Any]]] = []
        for group in with_tagged(context, neural):
            for c in group:
                a, b = context.span(c)
                found = [v for (x, y), v in spans if v["type"] == c.entry.type and x < b and a < y]
                if not found and (c.entry.type, c.sentence.number) in near:
                    continue
                said = logit(neural.probability(c))
                if c.entry.part == "model":
                    self.rows["alone"].append(([said], bool(found)))
                else:
                    own = logit(judge(c, context, weights, None))
                    self.rows["event"].append(([own, said], bool(found)))
                if found and all(r.candidate.first != c.first for r, _ in right):
                    right.append((fill(Reading(candidate=c, context=context, score=1.0), weights), found[0]))
        self._arguments(right, neural)
        same = neural.same([r.candidate for r, _ in right])
        for (i, (x, u)), (j, (y, v)) in combinations(enumerate(right), 2):
            if x.candidate.entry.type == y.candidate.entry.type:
                self.rows["same"].append(([total(weights.same, pair(x, y)), logit(same[i][j])], u is v))

    def _arguments(self, right: list[tuple[Reading, dict[str, Any]]], neural: Neural) -> None:
        if not right:
            return
        context = right[0][0].context
        heads = [r.candidate for r, _ in right]
        for role, key in ROLES.items():
            for (reading, v), said in zip(right, neural.arguments(role, heads, context.index.refs), strict=True):
                own = getattr(reading, key)
                for e in dict.fromkeys([*own, *said]):
                    self.rows[role].append(([logit(own.get(e, UNREAD)), logit(said.get(e, UNREAD))], e in v[key]))
        for (reading, v), said in zip(right, neural.times(heads, context.dates), strict=True):
            for time in context.dates:
                holds = v["begin"] is not None and (time.begin, time.end) == (v["begin"], v["end"])
                row = [logit(reading.whens.get(time.id, UNREAD)), logit(said.get(time.id, UNREAD))]
                self.rows["when"].append((row, holds))
            if (status := neural.status(reading.candidate)) is not None:
                self.statuses.append((reading.statuses, status, v["status"]))

    def share(self) -> float:
        """The tagger's share in a status, half at most: the one that names most right."""

        def right(share: float) -> int:
            return sum(
                max(own, key=lambda s: own[s] * (1 - share) + (p if s == name else (1 - p) / 4) * share) == truth
                for own, (name, p), truth in self.statuses
            )

        return max((0.3, 0.4, 0.5), key=right)


def blend(golds: list[Gold], held: set[str], drill: list[Lesson], tagger: Tagger) -> dict[str, tuple[float, ...]]:
    """The blend from annotated articles, of which those with ids in `held` are unknown to the tagger."""
    rest = [g for g in golds if g.article.id not in held]
    weights = learn([Lesson(g) for g in rest] + [Lesson(as_read(g)) for g in rest] + drill)
    question = Question()
    for gold in golds:
        if gold.article.id in held:
            lesson = Lesson(as_read(gold, tagger))
            question.ask(lesson, weights, Neural(lesson.context.text, tags_of(tagger, lesson.context.text)))
    found = {name: fitted(rows) for name, rows in question.rows.items()}
    return {**found, "status": (question.share(),), "threshold": THRESHOLDS}


THRESHOLDS = (0.28, 0.4, 0.2, 0.2, 0.25, 0.48, 0.42)
"""Of event (a trigger), when, actor, recipient, place, same and keep (an event), where both are heard."""


def main() -> None:
    """Fit and write."""
    held = set(HELD_OUT.read_text(encoding="utf-8").split())
    drill = [Lesson(g) for g in unseen(annotated(ANNOTATIONS, SHARED / "news/dev.jsonl.gz"), SHARED / "gold")]
    drill += [Lesson(g) for g in corpus(PATH.with_name("corpus.yaml"))] * 4
    golds = unseen(load(SHARED / "gold/train"), SHARED / "gold")
    found = blend(golds, held, drill, Tagger.load())
    print(json.dumps(found))
    write(learn([Lesson(g) for g in golds] + [Lesson(as_read(g)) for g in golds] + drill), found)


if __name__ == "__main__":
    main()
