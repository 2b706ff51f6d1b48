"""Examples to tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from khabar.tagger.labels import LAYERS, REACH, RELATIONS, distance_classes
from khabar.tagger.pieces import BEGIN, END, PAD, Pieces
from training.corpora import UNASKED, Example, Head, packed
from training.model import Around

MOST_PIECES = 448
MOST_HEADS = 7
"""Triggers and cues of an example that one step looks at."""


@dataclass
class Batch:
    """Padded pieces, and the labels of all words of the batch in one row."""

    ids: Tensor
    mask: Tensor
    firsts: Tensor
    allowed: Tensor
    labels: dict[str, Tensor]
    around: Around | None
    """The words around the triggers and cues of which something is asked; None where there are none."""
    related: Tensor
    """[heads, words around, relations]: 1, 0 or `UNASKED`."""
    none: Tensor
    """[heads, relations]: 1, 0 or `UNASKED`."""


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
    heads: list[tuple[Example, int, int, int, Head]] = []
    for row, (e, start, after, ids, firsts) in enumerate(cut):
        all_ids[row, : len(ids)] = torch.tensor(ids)
        mask[row, : len(ids)] = True
        base = len(places) - start
        places += [row * length + f for f in firsts]
        inside = [h for h in e.heads if start <= h.run[0] and h.run[1] <= after]
        if rng is not None and len(inside) > MOST_HEADS:
            inside = rng.sample(inside, MOST_HEADS)
        heads += [(e, base, start, after, h) for h in inside]
    allowed = torch.from_numpy(np.concatenate([e.allowed[s:a] for e, s, a, _, _ in cut]))
    labels = {
        layer: torch.from_numpy(
            np.concatenate([e.labels.get(layer, np.full(len(e.words), UNASKED))[s:a] for e, s, a, _, _ in cut])
        )
        for layer in LAYERS
        if layer != "names"
    }
    return Batch(all_ids, mask, torch.tensor(places), allowed, labels, *_around(heads))


def _around(heads: list[tuple[Example, int, int, int, Head]]) -> tuple[Around | None, Tensor, Tensor]:
    """Of each head its example, where that begins in the flat words, and the words of it that are read."""
    stretches = [(max(start, h.run[0] - REACH), min(after, h.run[1] + REACH)) for _, _, start, after, h in heads]
    wide = max((b - a for a, b in stretches), default=0)
    words, distances = (torch.zeros((len(heads), wide), dtype=torch.long) for _ in range(2))
    there = torch.zeros((len(heads), wide), dtype=torch.bool)
    related = torch.full((len(heads), wide, len(RELATIONS)), UNASKED)
    for n, ((e, base, _, _, h), (a, b)) in enumerate(zip(heads, stretches, strict=True)):
        words[n, : b - a] = torch.arange(base + a, base + b)
        there[n, : b - a] = True
        distances[n, : b - a] = torch.from_numpy(distance_classes(h.run[0], h.run[1], np.array(e.sentence[a:b]), a))
        related[n, : b - a] = torch.from_numpy(h.labels[a:b])
    if not heads:
        return None, related, torch.zeros((0, len(RELATIONS)))
    spans = torch.tensor([[base + h.run[0], base + h.run[1] - 1] for _, base, _, _, h in heads])
    at = torch.tensor([h.run[0] - a for (_, _, _, _, h), (a, _) in zip(heads, stretches, strict=True)])
    none = torch.from_numpy(np.stack([h.none for *_, h in heads]))
    return Around(words, there, spans, at, distances), related, none


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
