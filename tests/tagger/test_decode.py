"""From outputs to spans."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from khabar.tagger.decode import best_path, log_softmax, spans
from khabar.tagger.labels import LAYERS

CUES = len(LAYERS["cues"])


def legal(path: tuple[int, ...]) -> bool:
    return all(now != 2 or before in (1, 2) for before, now in zip((0, *path), path, strict=False))


@given(arrays(np.float64, st.tuples(st.integers(1, 6), st.just(CUES)), elements=st.floats(-8, 8, width=16)))
def test_the_path_is_the_best_legal_one(outputs: np.ndarray) -> None:
    scores = log_softmax(outputs)
    path = tuple(int(i) for i in best_path("cues", scores))
    assert legal(path)
    value = sum(scores[i, j] for i, j in enumerate(path))
    best = max(sum(scores[i, j] for i, j in enumerate(p)) for p in itertools.product(range(CUES), repeat=len(scores)) if legal(p))
    assert abs(value - best) < 1e-9


@given(arrays(np.float64, st.tuples(st.integers(0, 40), st.just(len(LAYERS["names"]))), elements=st.floats(-30, 30, width=16)))
def test_spans_are_in_order_apart_and_inside(outputs: np.ndarray) -> None:
    at = 0
    for start, end, kind, score in spans("names", outputs):
        assert at <= start < end <= len(outputs)
        assert f"B-{kind}" in LAYERS["names"]
        assert 0 <= score <= 1
        at = end


def test_a_bias_towards_nothing_leaves_fewer_spans() -> None:
    outputs = np.random.default_rng(1).normal(size=(50, CUES))
    assert len(spans("cues", outputs, 2.0)) < len(spans("cues", outputs))
    assert spans("cues", outputs, 1e6) == []
