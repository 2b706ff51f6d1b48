"""Learn all models of the events layer, those of the lexicon and how its opinion and the tagger's are weighed.

    python -m training.event_blend               write layers/events/weights.json
    python -m training.event_blend --evaluate    print how the articles that are held out are read instead

The tagger has not seen the articles that are held out (`folds.py`). Models of the lexicon that have not learned from them either
read them beside it: so both opinions on each question (is it an event, is it the actor …) are of unknown articles, and a logistic
regression with two or three parameters for each question weighs their log-odds. Who takes part and when is learned on these
readings as well (`parties.py`), and thresholds are those with which they score best.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from sklearn.linear_model import LogisticRegression

from khabar.layers.events import assemble
from khabar.layers.events.joining import pair
from khabar.layers.events.neural import Neural
from khabar.layers.events.reading import UNREAD, Reading, fill, judge, logit, with_tagged
from khabar.layers.events.weights import PATH, Table, Weights, total
from khabar.script import Text
from khabar.tagger import Tagger
from training.events import NEWS, SHARED, Lesson, learn, record, scorer, write
from training.folds import ANNOTATIONS, held_out
from training.gold_records import Gold, annotated, as_read, corpus, load, locate, unseen, with_entities
from training.parties import answered

ROLES = {"actor": "actors", "recipient": "recipients", "place": "places"}
Rows = list[tuple[list[float], bool]]
Blend = dict[str, tuple[float, ...]]

QUESTIONS = ("event", "when", "actor", "recipient", "place", "same", "keep")
START = (0.22, 0.46, 0.47, 0.32, 0.56, 0.46, 0.36)
STEPS = (-0.12, -0.06, -0.03, 0.03, 0.06, 0.12)
AIM = {"event type": 1, "event who": 1, "event when": 0.5, "event where": 0.5, "event status": 0.5, "event whole": 2}
"""What thresholds are chosen for: the sum of the scores, weighed."""


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


class Item(NamedTuple):
    """An article that the tagger has not seen: the record of its annotation, the article as Khabar reads it by itself and with
    the tagger, and what the tagger says."""

    truth: dict[str, Any]
    fast: Lesson
    read: Lesson
    neural: Neural


def item(truth: dict[str, Any], fast: Gold, read: Gold, tagger: Tagger) -> Item:
    """One article, ready to be asked about."""
    lesson = Lesson(read)
    text = lesson.context.text
    return Item(truth, Lesson(fast), lesson, Neural(text, tags_of(tagger, text)))


def truth_of(gold: Gold) -> dict[str, Any]:
    """The record that says what an annotation by offset says, for the scorer."""
    events = []
    for n, v in enumerate(gold.annotation["events"], 1):
        triggers = [{"span": t["span"], "quote": gold.article.text[slice(*t["span"])]} for t in v["triggers"]]
        event = {"begin": "not asked", "end": None, **v, "id": f"v{n}", "triggers": triggers, "attributions": []}
        events.append(event)
    read = Lesson(gold)
    return {**record(read, []), "times": [], "attributions": [], "events": events}


class Question:
    """Both opinions on every question of an article, with the right answers."""

    def __init__(self, lesson: Lesson, weights: Weights, neural: Neural) -> None:
        self.rows: dict[str, Rows] = {k: [] for k in ("event", "alone", "actor", "recipient", "place", "when", "same")}
        self.statuses: list[tuple[dict[str, float], dict[str, float], str]] = []
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
            for time in context.dates if "begin" in v else []:
                holds = v["begin"] is not None and (time.begin, time.end) == (v["begin"], v["end"])
                row = [logit(reading.whens.get(time.id, UNREAD)), logit(said.get(time.id, UNREAD))]
                self.rows["when"].append((row, holds))
            if status := neural.statuses(reading.candidate):
                self.statuses.append((reading.statuses, status, v["status"]))


def blend(questions: Iterable[Question], thresholds: tuple[float, ...] = START) -> Blend:
    """The weights of both opinions, from questions to which neither knew the answer."""
    every = list(questions)
    found: Blend = {name: fitted([row for q in every for row in q.rows[name]]) for name in every[0].rows}
    found["status"] = (_share([s for q in every for s in q.statuses]),)
    return {**found, "threshold": thresholds}


def _share(statuses: list[tuple[dict[str, float], dict[str, float], str]]) -> float:
    """The tagger's share in a status: the one that names most right."""

    def right(share: float) -> int:
        return sum(
            max(own, key=lambda s: own[s] * (1 - share) + said[s] * share) == truth
            for own, said, truth in statuses
            if max(own.values()) < 1.0
        )

    return max((n / 10 for n in range(3, 8)), key=right)


def _alike(truth: dict[str, Any]) -> Callable[[dict[str, Any], dict[str, Any]], int]:
    """How well two events of an article fit each other, as the scorer sees it: type, and triggers in one sentence."""
    score = scorer()
    sentence = score.Reading(truth).sentence

    def alike(a: dict[str, Any], b: dict[str, Any]) -> int:
        pairs = [(s["span"], t["span"]) for s in a["triggers"] for t in b["triggers"]]
        near = sum(100 * score.overlap(s, t) + (sentence(s[0]) == sentence(t[0])) for s, t in pairs)
        return near if a["type"] == b["type"] else 0

    return alike


class Trial:
    """The articles that are held out, read with models that have not learned from them. Of who takes part each half is read with
    what the other half teaches."""

    def __init__(self, items: list[Item], weights: Weights) -> None:
        self.items = items
        questions = [Question(x.read, weights, x.neural) for x in items]
        self.weights = msgspec.structs.replace(weights, blend=blend(questions))
        halves = [self.answered(items[n::2]) for n in (1, 0)]
        self.of_half = [msgspec.structs.replace(self.weights, tagged=tables) for tables in halves]

    def answered(self, items: list[Item]) -> dict[str, Table]:
        """Weights of who takes part and when, as some articles teach them."""
        return answered((x.read, self.weights, x.neural) for x in items)

    def scores(self, thresholds: tuple[float, ...], tagged: bool = True) -> dict[str, tuple[float, float, float]]:
        """Precision, recall and F1 of the events' parts."""
        score = scorer()
        counted: Counter[tuple[str, int]] = Counter()
        for n, x in enumerate(self.items):
            own = self.of_half[n % 2]
            weights = msgspec.structs.replace(own, blend={**own.blend, "threshold": thresholds})
            lesson = x.read if tagged else x.fast
            events = assemble(lesson.context, weights, x.neural if tagged else None)
            for layer, three in score.score(x.truth, record(lesson, events)).items():
                for k, count in enumerate(three):
                    counted[layer, k] += count
        return {layer: score.rates(*(counted[layer, n] for n in range(3))) for layer in AIM}

    def sure(self, thresholds: tuple[float, ...], tagged: bool) -> tuple[float, float]:
        """Slope and constant by which the log-odds of an event become how often such an event is right."""
        rows: Rows = []
        score = scorer()
        for n, x in enumerate(self.items):
            own = self.of_half[n % 2]
            weights = msgspec.structs.replace(own, blend={**own.blend, "threshold": thresholds}, sure={})
            events = assemble((x.read if tagged else x.fast).context, weights, x.neural if tagged else None)
            told = record(x.read, events)["events"]
            right = {v["id"] for _, v in score.pair(x.truth["events"], told, _alike(x.truth))}
            rows += [([logit(v.confidence or 0.0)], v.id in right) for v in events]
        model = LogisticRegression(C=100.0).fit([x for x, _ in rows], [y for _, y in rows])
        return round(float(model.coef_[0, 0]), 3), round(float(model.intercept_[0]), 3)

    def thresholds(self) -> tuple[float, ...]:
        """The best ones, found by changing one at a time, twice over."""
        best = START
        reached = aim(self.scores(best))
        for _ in range(2):
            for place in range(len(best)):
                here = best[place]
                for step in STEPS:
                    tried = (*best[:place], round(here + step, 2), *best[place + 1 :])
                    if (now := aim(self.scores(tried))) > reached + 0.001:
                        best, reached = tried, now
        return best


def aim(scores: dict[str, tuple[float, float, float]]) -> float:
    """What thresholds are to raise."""
    return sum(weight * scores[layer][2] for layer, weight in AIM.items())


def gold_item(gold: Gold, tagger: Tagger) -> Item:
    """An article of the gold."""
    return item(scorer().as_record(gold.annotation, gold.article.text), as_read(gold), as_read(gold, tagger), tagger)


def main() -> None:
    """Fit and write, or evaluate."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--tagger", type=Path, help="folder of the tagger (default: the one that ships)")
    ask.add_argument("--evaluate", action="store_true", help="print what cross-validation gives instead of writing")
    asked = ask.parse_args()
    tagger = Tagger(folder=asked.tagger) if asked.tagger else Tagger.load()
    gold = unseen(load(SHARED / "gold/train"), SHARED / "gold")
    news = unseen(annotated(ANNOTATIONS, NEWS), SHARED / "gold")
    own = {g.article.id: g for g in with_entities(ANNOTATIONS, NEWS)}
    items = [gold_item(g, tagger) for g in gold if held_out(g.article.id)]
    held = [g for g in news if held_out(g.article.id) and g.article.id in own]
    again = {g.article.id: g for g in annotated(ANNOTATIONS, NEWS, tagger, {g.article.id for g in held})}
    items += [item(truth_of(own[g.article.id]), g, again[g.article.id], tagger) for g in held]
    lessons = {g.article.id: [Lesson(g), Lesson(as_read(g))] for g in gold}
    lessons |= {g.article.id: [Lesson(g), *([Lesson(own[g.article.id])] if g.article.id in own else [])] for g in news}
    drill = [Lesson(g) for g in corpus(PATH.with_name("corpus.yaml"))] * 8
    unheld = [x for name, some in lessons.items() if not held_out(name) for x in some]
    trial = Trial(items, learn(unheld + drill))
    chosen = trial.thresholds()
    for name, tagged in (("with the tagger", True), ("without", False)):
        for layer, (p, r, f) in trial.scores(chosen, tagged).items():
            print(f"{name:16}{layer:14} P {p:.3f}  R {r:.3f}  F1 {f:.3f}")
    found = {**trial.weights.blend, "threshold": chosen}
    print(json.dumps(found))
    if not asked.evaluate:
        weights = learn([x for some in lessons.values() for x in some] + drill)
        weights.tagged = trial.answered(items)
        weights.sure = {"tagger": trial.sure(chosen, True), "fast": trial.sure(chosen, False)}
        write(weights, found)


if __name__ == "__main__":
    main()
