"""From the heads' outputs to labelled spans: the best legal sequence of labels."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from khabar.tagger.labels import LAYERS

Floats = npt.NDArray[np.floating[Any]]


@lru_cache
def _barred(layer: str) -> npt.NDArray[np.float64]:
    """Penalties [labels before, labels after]: I-X follows only B-X or I-X."""
    labels = LAYERS[layer]
    barred = np.zeros((len(labels), len(labels)))
    for j, after in enumerate(labels):
        if after.startswith("I-"):
            barred[[i for i, before in enumerate(labels) if before[2:] != after[2:]], j] = -1e9
    return barred


def log_softmax(outputs: Floats) -> npt.NDArray[np.float64]:
    """Logarithms of probabilities along the last axis."""
    x = outputs.astype(np.float64)
    x = x - x.max(axis=-1, keepdims=True)
    return np.asarray(x - np.log(np.exp(x).sum(axis=-1, keepdims=True)))


def best_path(layer: str, scores: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Viterbi: the legal sequence of the highest summed score; scores [words, labels]."""
    words, labels = scores.shape
    if words == 0:
        return np.zeros(0, dtype=np.int64)
    greedy: npt.NDArray[np.int64] = scores.argmax(axis=1)
    barred = _barred(layer)
    starts_inside = LAYERS[layer][greedy[0]].startswith("I-")
    if not starts_inside and (barred[greedy[:-1], greedy[1:]] == 0).all():
        return greedy  # each word's best label makes a legal sequence, which then is the best one
    total = scores[0] + np.array([-1e9 if label.startswith("I-") else 0.0 for label in LAYERS[layer]])
    back = np.zeros((words, labels), dtype=np.int64)
    for i in range(1, words):
        step = total[:, None] + barred
        back[i] = step.argmax(axis=0)
        total = step[back[i], np.arange(labels)] + scores[i]
    path = np.zeros(words, dtype=np.int64)
    path[-1] = int(total.argmax())
    for i in range(words - 1, 0, -1):
        path[i - 1] = back[i, path[i]]
    return path


def spans(layer: str, outputs: Floats, bias: float = 0.0) -> list[tuple[int, int, str, float]]:
    """Spans (first word, after last, kind, score) of a layer; the score is the mean probability of the kind over the words.

    `bias` is added to the output of O: above 0 spans are fewer and surer.
    """
    labels = LAYERS[layer]
    scores = log_softmax(outputs)
    biased = scores
    if bias:
        biased = scores.copy()
        biased[:, 0] += bias
    path = best_path(layer, biased)
    out = []
    i = 0
    while i < len(path):
        if path[i] == 0:
            i += 1
            continue
        kind, j = labels[path[i]][2:], i + 1
        while j < len(path) and labels[path[j]] == "I-" + kind:
            j += 1
        both = [labels.index("B-" + kind), labels.index("I-" + kind)]
        score = float(np.exp(scores[i:j][:, both]).sum(axis=1).mean())
        out.append((i, j, kind, round(score, 4)))
        i = j
    return out
