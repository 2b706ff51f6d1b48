"""Learn what is settled for an event as a whole, who takes part and when: softmaxes over answers (khabar.layers.events.parties).

What single triggers say of their arguments must be as doubtful in the lessons as it will be in a new article, so it comes from
weights that were learned on other articles: three parts, each read with what the other two teach.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from khabar.layers.events import kept, thresholds
from khabar.layers.events.joining import join
from khabar.layers.events.neural import Neural
from khabar.layers.events.parties import ROLES, Parties, Seen
from khabar.layers.events.reading import read
from khabar.layers.events.weights import Table, Weights
from training.gold_records import locate

Row = tuple[list[Seen], list[bool]]
"""The answers to a question, and which of them are right (any of them)."""

PARTS = 3


def softmax(rows: Sequence[Row], l2: float = 12.0, least: int = 3, rounds: int = 300) -> Table:
    """Weights by which the right answers are likeliest together, with an L2 penalty, by full-batch Adam."""
    counts = Counter(name for answers, _ in rows for seen in answers for name in {n for n, _ in seen})
    names = sorted(n for n, count in counts.items() if count >= least)
    index = {n: i for i, n in enumerate(names)}
    answers = [(n, seen, right) for n, (table, rights) in enumerate(rows) for seen, right in zip(table, rights, strict=True)]
    column, value, owner = (
        np.array(x)
        for x in zip(*((index[f], v, n) for n, (_, seen, _) in enumerate(answers) for f, v in seen if f in index), strict=True)
    )
    question = np.array([n for n, _, _ in answers])
    right = np.array([r for _, _, r in answers], dtype=bool)
    weight, first, second = (np.zeros(len(names)) for _ in range(3))
    for step in range(1, rounds + 1):
        odds = np.bincount(owner, weights=weight[column] * value, minlength=len(answers))
        peak = np.full(len(rows), -np.inf)
        np.maximum.at(peak, question, odds)
        raised = np.exp(odds - peak[question])
        likely = raised / np.bincount(question, weights=raised, minlength=len(rows))[question]
        among = raised * right
        wanted = among / np.bincount(question, weights=among, minlength=len(rows))[question]
        gradient = np.bincount(column, weights=(likely - wanted)[owner] * value, minlength=len(names)) + l2 * weight
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient * gradient
        rate = 0.1 * (1 - 0.9 * step / rounds)
        weight -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return {name: round(float(w), 3) for name, w in zip(names, weight, strict=True) if abs(w) >= 0.005}


def apart(lessons: Sequence[Any], learn: Callable[[list[Any]], Weights], seed: int = 1) -> list[tuple[list[Any], Weights]]:
    """The lessons in parts, each with the weights that the other parts teach."""
    own = list({id(x): x for x in lessons}.values())
    ids = sorted({x.gold.article.id for x in own})
    random.Random(seed).shuffle(ids)
    found = []
    for part in range(PARTS):
        held = set(ids[part::PARTS])
        weights = learn([x for x in lessons if x.gold.article.id not in held])
        found.append(([x for x in own if x.gold.article.id in held], weights))
    return found


def learn_parties(parts: Sequence[tuple[Sequence[Any], Weights]]) -> dict[str, Table]:
    """Weights of the answers to who takes part, where and when, from the parts of `apart`."""
    return answered((lesson, weights, None) for lessons, weights in parts for lesson in lessons)


def answered(asked: Iterable[tuple[Any, Weights, Neural | None]]) -> dict[str, Table]:
    """Weights of the answers, from lessons with weights that have not learned from them, and what a tagger says that has not
    either."""
    rows: dict[str, list[Row]] = {role: [] for role in (*ROLES, "when")}
    for lesson, weights, neural in asked:
        for _ in range(24 if lesson.gold.article.id.startswith("corpus/") else 1):
            _ask(lesson, weights, neural, rows)
    return {role: softmax(some, l2=4.0 if role == "when" else 12.0) for role, some in rows.items()}


def _ask(lesson: Any, weights: Weights, neural: Neural | None, rows: dict[str, list[Row]]) -> None:
    read_groups = join(read(lesson.context, weights, neural), weights, neural)
    groups = kept(read_groups, thresholds(weights, neural is not None)["keep"])
    parties = Parties(groups, lesson.context)
    for group, party in zip(groups, parties.parties, strict=True):
        event = _annotated(group, lesson)
        if event is None:
            continue
        if "begin" in event and not lesson.gold.article.id.startswith("corpus/"):
            days = parties.days(party)
            told = (event["begin"], event["end"])
            rights = [told == (t.begin, t.end) if t is not None else event["begin"] is None for t, _ in days]
            if event["begin"] is None:
                rights = [t is None for t, _ in days]
            if any(rights):
                rows["when"].append(([seen for _, seen in days], rights))
        for role in ROLES[:2] if lesson.gold.article.id.startswith("corpus/") else ROLES:  # the corpus tells no places
            right = set(event[role + "s"])
            if not right and event.get("unread", {}).get(role + "s"):
                continue  # somebody is named whom Khabar has not read: neither nobody nor anybody is right
            bids = parties.bids(party, role)
            rights = [(e in right) if e is not None else not right for e, _ in bids]
            if any(rights):
                rows[role].append(([seen for _, seen in bids], rights))


def _annotated(group: Sequence[Any], lesson: Any) -> dict[str, Any] | None:
    """The annotated event that a group of triggers names: of its type, with most of its words, else with one in its sentence."""
    context = lesson.context
    spans = [context.span(r.candidate) for r in group]
    numbers = {r.candidate.sentence.number for r in group}
    best, most = None, 0
    for event in lesson.gold.annotation["events"]:
        if event["type"] != group[0].candidate.entry.type:
            continue
        score = 0
        for trigger in event["triggers"]:
            x, y = locate(lesson.gold.article.text, trigger)
            score += 100 * any(x < b and a < y for a, b in spans)
            token = context.text.token_from(x)
            score += token < len(context.text) and context.number_of(token) in numbers
        if score > most:
            best, most = event, score
    return best
