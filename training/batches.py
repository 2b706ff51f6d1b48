"""Examples to tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from khabar.tagger.labels import LAYERS, distance_class
from khabar.tagger.pieces import BEGIN, END, PAD, Pieces
from training.corpora import UNASKED, Example, packed

MOST_PIECES = 448


@dataclass
class Batch:
    """Padded pieces, and the labels of all words of the batch in one row."""

    ids: Tensor
    mask: Tensor
    firsts: Tensor
    allowed: Tensor
    labels: dict[str, Tensor]
    pairs: tuple[Tensor, Tensor, Tensor, Tensor, Tensor]
    """Relation, head and tail (the rows that are averaged: [pairs, 2] first and last word), distance class, holds."""
    soft: Tensor | None
    """A teacher's outputs [words, WIDE], where the batch is of unlabelled articles."""


def window(example: Example, pieces: Pieces, start: int) -> tuple[int, list[int], list[int]]:
    """From a word on as many words as fit: the word after the last, the ids, and the places of the words' first pieces."""
    ids, firsts, at = [BEGIN], [], start
    while at < len(example.words):
        of = pieces.of(example.words[at])
        if len(ids) + len(of) >= MOST_PIECES:
            break
        firsts.append(len(ids))
        ids.extend(of)
        at += 1
    return at, [*ids, END], firsts


def batch_of(examples: list[Example], pieces: Pieces, rng: random.Random | None = None) -> Batch:
    """One batch; an example too long for a window gives its beginning or, with `rng`, as often its end."""
    cut = []
    for e in examples:
        after, ids, firsts = window(e, pieces, 0)
        start = 0
        if after < len(e.words) and rng is not None and rng.random() < 0.5:
            start = next(s for s in range(len(e.words)) if window(e, pieces, s)[0] == len(e.words))
            after, ids, firsts = window(e, pieces, start)
        cut.append((e, start, after, ids, firsts))
    length = max(len(ids) for _, _, _, ids, _ in cut)
    all_ids = torch.full((len(cut), length), PAD)
    mask = torch.zeros((len(cut), length), dtype=torch.bool)
    places: list[int] = []
    pairs: list[tuple[int, int, int, int, int, int]] = []
    holds: list[float] = []
    for row, (e, start, after, ids, firsts) in enumerate(cut):
        all_ids[row, : len(ids)] = torch.tensor(ids)
        mask[row, : len(ids)] = True
        base = len(places) - start
        places += [row * length + f for f in firsts]
        for p in e.pairs:
            if start <= min(p.head[0], p.tail[0]) and max(p.head[1], p.tail[1]) <= after:
                close = distance_class(p.tail[0] - p.head[0], e.sentence[p.tail[0]] == e.sentence[p.head[0]])
                pairs.append((p.relation, base + p.head[0], base + p.head[1] - 1, base + p.tail[0], base + p.tail[1] - 1, close))
                holds.append(p.holds)
    allowed = torch.from_numpy(np.concatenate([e.allowed[s:a] for e, s, a, _, _ in cut]))
    labels = {
        layer: torch.from_numpy(
            np.concatenate([e.labels.get(layer, np.full(len(e.words), UNASKED))[s:a] for e, s, a, _, _ in cut])
        )
        for layer in LAYERS
        if layer != "names"
    }
    table = torch.tensor(pairs, dtype=torch.long).reshape(-1, 6)
    packed_pairs = (table[:, 0], table[:, 1:3], table[:, 3:5], table[:, 5], torch.tensor(holds, dtype=torch.float32))
    soft = None
    if all(e.soft is not None for e in examples):
        soft = torch.from_numpy(np.concatenate([e.soft[s:a] for e, s, a, _, _ in cut if e.soft is not None])).float()
    return Batch(all_ids, mask, torch.tensor(places), allowed, labels, packed_pairs, soft)


def by_length(examples: list[Example], pieces_a_batch: float, rng: random.Random) -> list[list[Example]]:
    """Batches of like lengths in random order; the measure is padded words."""
    keyed = sorted(examples, key=lambda e: len(e.words) * rng.uniform(0.85, 1.15))
    out: list[list[Example]] = []
    for e in keyed:
        if out and (len(out[-1]) + 1) * max(len(e.words), max(len(x.words) for x in out[-1])) <= pieces_a_batch:
            out[-1].append(e)
        else:
            out.append([e])
    rng.shuffle(out)
    return out


def endless(kinds: list[tuple[list[Example], int, bool]], words: float, seed: int) -> Iterator[list[Example]]:
    """Batches without end of several corpora: (examples, how often each in a round, whether its sentences follow one
    another).

    Of sentences that follow one another half come alone, half packed to texts, as run time packs the sentences of an article.
    """
    rng = random.Random(seed)
    while True:
        pool: list[Example] = []
        for examples, times, follow in kinds:
            for _ in range(times):
                if not follow:
                    pool += examples
                    continue
                at = rng.randrange(8)
                pool += examples[:at]
                while at < len(examples):
                    if rng.random() < 0.12:
                        text = packed(examples, at, rng.randrange(60, 240))
                        pool.append(text)
                        at += len(set(text.sentence))
                    else:
                        pool.append(examples[at])
                        at += 1
        yield from by_length(pool, words, rng)
