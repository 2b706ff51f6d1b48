"""The corpus of amounts: each entry is a test."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from khabar.layers import amounts
from khabar.layers.amounts import Amount, find, parse_number
from khabar.script import Text

CORPUS = yaml.safe_load(Path(amounts.__file__).with_name("corpus.yaml").read_text(encoding="utf-8"))


def entries(part: str) -> list[Any]:
    return [pytest.param(str(text), expected, id=str(text)) for expected, texts in CORPUS[part] for text in texts]


@pytest.mark.parametrize(("text", "value"), entries("values"))
def test_an_exact_number_is_its_value(text: str, value: float) -> None:
    assert parse_number(text) == pytest.approx(value)


@pytest.mark.parametrize(("text", "bounds"), entries("bounds"))
def test_a_hedged_vague_or_ranged_number_has_bounds(text: str, bounds: list[float | None]) -> None:
    amount = parse_number(text)
    assert isinstance(amount, Amount)
    assert [amount.low, amount.best, amount.high] == bounds


@pytest.mark.parametrize(("text", "expected"), entries("units"))
def test_a_number_with_a_unit_has_its_kind(text: str, expected: dict[str, Any]) -> None:
    amount = parse_number(text)
    assert isinstance(amount, Amount)
    assert {"kind": amount.kind, "value": amount.value, "unit": amount.unit} == expected


@pytest.mark.parametrize("text", CORPUS["nothing"])
def test_what_is_no_number_has_none(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(("sentence", "values"), CORPUS["found"])
def test_the_numbers_of_a_sentence_are_found_in_order(sentence: str, values: list[float | None]) -> None:
    assert [a.value for a in find(Text(sentence))] == values


def test_the_corpus_is_large() -> None:
    assert len(entries("values") + entries("bounds") + entries("units") + CORPUS["nothing"] + CORPUS["found"]) >= 200
