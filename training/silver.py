"""Self-training: what a first model (the teacher) says of unlabelled news, for a second one to learn beside the gold.

The student learns the teacher's probabilities, not its decisions (knowledge distillation, Hinton et al. 2015), on articles
that neither has seen labelled. No article that is measured with, and none that is the same report as one, is among them.
"""

from __future__ import annotations

import gzip
import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

from khabar.script import Text
from khabar.tagger.decode import spans
from khabar.tagger.labels import LAYERS, RELATIONS, distance_class, slices
from khabar.tagger.pieces import Pieces
from training.annotated import apart_from
from training.batches import batch_of
from training.corpora import Example, Pair, Run
from training.fit import pair_scores
from training.model import Model

SHORTEST, LONGEST = 60, 330
"""Words of an article that is taken; a longer one would not fit a window."""

ARGUMENTS = {"triggers": ("actor", "recipient", "place"), "cues": ("source", "via")}


def unlabelled(news: Path, number: int, without: set[str], measured: list[Example], seed: int) -> list[Example]:
    """Articles of the news file by chance, as many of one outlet as of another while they last."""
    rng = random.Random(seed)
    by_outlet: dict[str, list[str]] = {}
    with gzip.open(news, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            if article["id"] not in without and 5 * SHORTEST < len(article["text"]) < 6 * LONGEST:
                by_outlet.setdefault(article["outlet"], []).append(line)
    for some in by_outlet.values():
        rng.shuffle(some)
    turns = itertools.chain.from_iterable(itertools.zip_longest(*by_outlet.values()))
    examples = []
    for line in turns:
        if line is None:
            continue
        article = json.loads(line)
        body = article["title"] + "\n" + article["text"]
        text = Text(body)
        if not SHORTEST <= len(text) <= LONGEST:
            continue
        words = [body[t.start : t.end] for t in text.tokens]
        sentence = [n for n, (a, b) in enumerate(text.sentences) for _ in range(a, b)]
        examples.append(Example(article["id"], words, sentence, np.ones((len(words), len(LAYERS["names"])), dtype=bool)))
        if len(examples) == number:
            break
    return apart_from(examples, measured)


def taught(teacher: Model, pieces: Pieces, examples: list[Example]) -> list[Example]:
    """The examples with the teacher's outputs, and with the probabilities of relations between the spans that it finds."""
    teacher.eval()
    where = slices()
    order = sorted(examples, key=lambda e: len(e.words))
    for at in range(0, len(order), 8):
        batch = batch_of(order[at : at + 8], pieces)
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            outputs, queries, keys = teacher(batch.ids, batch.mask, batch.firsts)
        begin = 0
        for row, e in enumerate(order[at : at + 8]):
            of_row = (batch.firsts >= row * batch.ids.shape[1]) & (batch.firsts < (row + 1) * batch.ids.shape[1])
            n = int(of_row.sum())
            mine = outputs[begin : begin + n].numpy()
            e.soft = np.full((len(e.words), mine.shape[1]), np.nan, dtype=np.float16)
            e.soft[:n] = mine
            found = {layer: [s[:2] for s in spans(layer, mine[:, where[layer]])] for layer in ("names", "triggers", "cues")}
            e.pairs = _pairs(teacher, queries[begin : begin + n], keys[begin : begin + n], found, e.sentence)
            begin += n
    return examples


def _pairs(
    teacher: Model, queries: torch.Tensor, keys: torch.Tensor, found: dict[str, list[Run]], sentence: list[int]
) -> list[Pair]:
    wanted = list(_wanted(found))
    if not wanted:
        return []
    table = [
        (r, h[0], h[1] - 1, t[0], t[1] - 1, distance_class(t[0] - h[0], sentence[t[0]] == sentence[h[0]])) for r, h, t in wanted
    ]
    columns = torch.tensor(table)
    with torch.inference_mode():
        scores = pair_scores(teacher, queries, keys, columns[:, 0], columns[:, 1:3], columns[:, 3:5], columns[:, 5]).sigmoid()
    return [Pair(r, h, t, round(float(p), 3)) for (r, h, t), p in zip(wanted, scores, strict=True)]


def _wanted(found: dict[str, list[Run]]) -> Iterator[tuple[int, Run, Run]]:
    for layer, relations in ARGUMENTS.items():
        for head, relation, tail in itertools.product(found[layer], relations, found["names"]):
            if head != tail:
                yield RELATIONS.index(relation), head, tail
    for head in found["triggers"]:
        yield from ((RELATIONS.index("vouched"), head, cue) for cue in found["cues"] if cue != head)
        yield from ((RELATIONS.index("same"), head, other) for other in found["triggers"] if other != head)
