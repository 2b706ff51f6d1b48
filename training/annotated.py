"""The event annotations kept by offset (`training/annotations`), and the guard against training on what is measured with.

News is printed more than once: an article of the training texts can be the same report as one of gold/dev, under another id.
Whatever shares more than a tenth of its five-word runs with a text that is measured with is left out of training.
"""

from __future__ import annotations

import gzip
import itertools
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from khabar.script import Text
from khabar.tagger.labels import LAYERS, RELATIONS, STATUSES
from training.corpora import UNASKED, Example, Pair, Run, mark

SHARED = 0.1
"""Share of five-word runs (of the shorter text) above which two texts count as one report."""

_TRIGGER = {label: i for i, label in enumerate(LAYERS["triggers"])}


def runs_of_five(words: list[str]) -> set[tuple[str, ...]]:
    """All runs of five words of a text; punctuation counts as a word."""
    return set(zip(*(words[i:] for i in range(5)), strict=False))


def same_report(a: set[tuple[str, ...]], b: set[tuple[str, ...]]) -> bool:
    """Whether two texts are one report."""
    return len(a & b) > SHARED * max(1, min(len(a), len(b)))


def apart_from(examples: list[Example], measured: Iterable[Example]) -> list[Example]:
    """The examples that are not the report of any text that is measured with."""
    others = [runs_of_five(e.words) for e in measured]
    kept = []
    for e in examples:
        mine = runs_of_five(e.words)
        if not any(same_report(mine, other) for other in others):
            kept.append(e)
    return kept


def annotated_examples(annotations: Path, news: Path) -> list[Example]:
    """Articles whose events are annotated: triggers, status, and their participants; the other heads are asked nothing."""
    wanted = {a["id"]: a for a in map(json.loads, annotations.read_text("utf-8").splitlines())}
    out = []
    with gzip.open(news, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            annotation = wanted.pop(article["id"], None)
            if annotation is not None:
                out.append(_example(annotation, article["title"] + "\n" + article["text"]))
    return sorted(out, key=lambda e: e.key)


def _example(annotation: dict[str, Any], body: str) -> Example:
    text = Text(body)
    words = [body[t.start : t.end] for t in text.tokens]
    sentence = [n for n, (a, b) in enumerate(text.sentences) for _ in range(a, b)]
    labels = {layer: np.full(len(words), UNASKED, dtype=np.int64) for layer in LAYERS if layer != "names"}
    labels["triggers"][:] = 0

    def runs(spans: list[list[int]]) -> list[Run]:
        tokens = [text.tokens_in((a, b)) for a, b in spans]
        return [(t[0], t[-1] + 1) for t in tokens if t]

    events = [{k: runs(event[k]) for k in ("triggers", "actors", "recipients", "places")} for event in annotation["events"]]
    for event, found in zip(annotation["events"], events, strict=True):
        for run in found["triggers"]:
            if mark(labels["triggers"], run, _TRIGGER["B-" + event["type"]]):
                labels["status"][run[0]] = STATUSES.index(event["status"])
    allowed = np.ones((len(words), len(LAYERS["names"])), dtype=bool)
    return Example(annotation["id"], words, sentence, allowed, labels, list(_pairs(events, words, sentence)))


def _pairs(events: list[dict[str, list[Run]]], words: list[str], sentence: list[int]) -> Iterator[Pair]:
    """As for gold, but that an event's participants are known by their spans alone: the true one is that of the trigger's
    sentence, else the nearest."""
    everyone = sorted({run for event in events for key in ("actors", "recipients", "places") for run in event[key]})
    for event in events:
        for head, key in itertools.product(event["triggers"], ("actors", "recipients", "places")):
            relation = RELATIONS.index(key[:-1])
            right = [m for m in event[key] if m != head]
            said = {" ".join(words[a:b]) for a, b in right}
            chosen = [m for m in right if sentence[m[0]] == sentence[head[0]]] or sorted(
                right, key=lambda m: abs(m[0] - head[0])
            )[:1]
            yield from (Pair(relation, head, m, 1) for m in chosen)
            yield from (
                Pair(relation, head, m, 0)
                for m in everyone
                if m not in right and m != head and " ".join(words[m[0] : m[1]]) not in said
            )
        for other in events:
            for head, tail in itertools.product(event["triggers"], other["triggers"]):
                if head != tail:
                    yield Pair(RELATIONS.index("same"), head, tail, int(other is event))
