"""The corpus of figures: each sentence is a test."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from khabar.layers import amounts, figures, times
from khabar.script import Text

CORPUS: dict[str, list[Any]] = yaml.safe_load(Path(figures.__file__).with_name("corpus.yaml").read_text(encoding="utf-8"))
CASES = [pytest.param(*case, id=f"{group}-{n}") for group, cases in CORPUS.items() for n, case in enumerate(cases, 1)]


def read(sentence: str) -> list[list[Any]]:
    text = Text(sentence)
    found = figures.find(text, amounts.find(text), times.find(text, "2023-09-26"), [], [], [])
    return [[f.kind, f.best] if f.low == f.best == f.high else [f.kind, f.low, f.best, f.high] for f in found]


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_a_sentence_has_its_figures(sentence: str, expected: list[list[Any]]) -> None:
    assert read(sentence) == expected


def test_the_corpus_is_large() -> None:
    assert len(CASES) >= 120
