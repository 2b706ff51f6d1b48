"""How a word of a name is written in Latin letters: a small network says, letter by letter, what each becomes.

A bidirectional network of gated units (GRU) reads the Arabic letters; each then becomes none to four Latin letters ("chunk"),
chosen after the chunk and the last Latin letters before it, as in hard monotonic attention (Aharoni and Goldberg, Morphological
inflection generation with hard monotonic attention, 2017). A beam keeps the likeliest forms, and of the best few the one is
answered that is expected to be nearest to the right one (minimum Bayes risk), so that vowels on which forms disagree do not
win by a hair. Weights stand in `generated/letters.bin`, one byte each, made by `python -m training.letters`.
"""

import json
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from math import exp, log1p
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

Floats = NDArray[np.float32]

_BEAM = 8
_COMPARED = 12
_NEAR = 0.8
"""How much a form within one letter counts; the rest is for the very form."""
_AT_ONCE = 1 << 18
"""Multiplications below which OpenBLAS keeps to one thread."""
_LONGEST = 40
"""Letters read at once; a longer token is no name and is written in pieces."""


class Model:
    """The network's weights as they are computed with."""

    def __init__(self, data: bytes) -> None:
        head, _, body = data.partition(b"\n")
        facts: dict[str, Any] = json.loads(head)
        self.letters: dict[str, int] = {letter: i + 1 for i, letter in enumerate(facts["letters"])}
        self.chunks: list[str] = facts["chunks"]
        self.last: int = facts["last"]
        """How many Latin letters before a chunk are looked at."""
        self.arrays: dict[str, Floats] = {}
        at = 0
        for name, shape in facts["arrays"]:
            scale = np.frombuffer(body, "<f4", shape[0], at)
            at += 4 * shape[0]
            whole = np.frombuffer(body, "i1", shape[0] * shape[1], at).reshape(shape)
            at += whole.size
            self.arrays[name] = whole.astype(np.float32) * scale[:, None]
        self.layers: int = facts["layers"]

    def read(self, ids: list[int]) -> Floats:
        """What the network makes of a word's letters, a row a letter."""
        a = self.arrays
        x: Floats = a["emb"][ids]
        n, size = len(ids), a["h0"].shape[1]
        for layer in range(self.layers):
            ahead = _times(x, a[f"i{layer}"]) + a[f"ib{layer}"]
            back = _times(x[::-1], a[f"r{layer}"]) + a[f"rb{layer}"]
            given = np.stack([ahead, back], 1)
            inner = np.concatenate([a[f"h{layer}"], a[f"s{layer}"]])
            bias = np.concatenate([a[f"hb{layer}"], a[f"sb{layer}"]])
            h = np.zeros((2, size), np.float32)
            out = np.zeros((n, 2, size), np.float32)
            for i in range(n):
                both = h @ inner.T  # either direction with both matrices: one product of two rows is quicker than two of one
                own = np.stack([both[0, : 3 * size], both[1, 3 * size :]]) + bias
                gates = 1 / (1 + np.exp(-(given[i, :, : 2 * size] + own[:, : 2 * size])))
                new = np.tanh(given[i, :, 2 * size :] + gates[:, :size] * own[:, 2 * size :])
                h = new + gates[:, size:] * (h - new)
                out[i] = h
            x = np.concatenate([out[:, 0], out[::-1, 1]], 1)
        read: Floats = _times(x, a["enc"]) + a["encb"]
        return read

    def chances(self, seen: Floats, before: list[int], written: list[str]) -> Floats:
        """Logarithms of the chances of each chunk, a row for each beginning of the word."""
        a = self.arrays
        z = seen + a["prev"][before] + a["let"][[self._tail(w) for w in written]].sum(1)
        z = np.maximum(z, 0)
        z = np.maximum(_times(z, a["mid"]) + a["midb"], 0) + z
        scores = _times(z, a["out"]) + a["outb"]
        scores -= scores.max(1, keepdims=True)
        logs: Floats = scores - np.log(np.exp(scores).sum(1, keepdims=True))
        return logs

    def _tail(self, written: str) -> list[int]:
        tail = written[: -self.last - 1 : -1]
        return [28 * i + (ord(tail[i]) - 96 if i < len(tail) else 0) for i in range(self.last)]

    def forms(self, token: str) -> list[tuple[float, str]]:
        """The likeliest Latin forms of a word with their chances, the likeliest first."""
        ids = [self.letters[c] for c in token if c in self.letters]
        if not ids:
            return []
        beam: list[tuple[float, int, str]] = [(0.0, len(self.chunks), "")]
        for seen in self.read(ids):
            logs = self.chances(seen, [b for _, b, _ in beam], [w for _, _, w in beam])
            total = (logs + np.array([[s] for s, _, _ in beam], np.float32)).ravel()
            best = np.argpartition(-total, min(2 * _BEAM, total.size - 1))[: 2 * _BEAM].tolist()
            following: dict[tuple[int, str], float] = {}
            for j in best:
                row, chunk = divmod(j, len(self.chunks))
                key = (chunk, beam[row][2] + self.chunks[chunk])
                score = float(total[j])
                held = following.get(key)
                following[key] = score if held is None else max(held, score) + log1p(exp(-abs(held - score)))
            # rounded, so that the last bits of another processor's sums do not choose
            ranked = sorted((-round(score, 3), written, chunk) for (chunk, written), score in following.items())[:_BEAM]
            beam = [(-score, chunk, written) for score, written, chunk in ranked]
        chances: defaultdict[str, float] = defaultdict(float)
        for score, _, written in beam:
            chances[written] += exp(score - beam[0][0])
        whole = sum(chances.values())
        return sorted(((p / whole, written) for written, p in chances.items()), key=lambda c: (-c[0], c[1]))


def _times(rows: Floats, matrix: Floats) -> Floats:
    """Rows by a matrix of outputs, a few at a time: of larger products the library makes one for each processor, and waiting
    for them takes longer than computing."""
    step = max(2, _AT_ONCE // matrix.size)
    if len(rows) <= step:
        return rows @ matrix.T
    return np.concatenate([rows[i : i + step] @ matrix.T for i in range(0, len(rows), step)])


def nearest(forms: list[tuple[float, str]]) -> str:
    """The form expected to be nearest to the right one; empty of none."""
    forms = forms[:_COMPARED]
    if forms and forms[0][0] > 0.5:
        return forms[0][1]
    gains = {
        form: sum(p * ((1 - _NEAR) * (other == form) + _NEAR * (Levenshtein.distance(form, other) <= 1)) for p, other in forms)
        for _, form in forms
    }
    return max(gains, key=lambda form: round(gains[form], 3), default="")


@lru_cache(maxsize=1)
def model() -> Model:
    """The network, read when it is first asked."""
    return Model(files("khabar.gazetteer").joinpath("generated", "letters.bin").read_bytes())


@lru_cache(maxsize=1 << 15)
def written(token: str) -> str:
    """A Latin form of one word of a name, in lower case; of its Arabic letters alone, without vowel marks."""
    return "".join(nearest(model().forms(token[i : i + _LONGEST])) for i in range(0, len(token), _LONGEST))
