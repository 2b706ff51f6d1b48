"""Number fragments that the grammars of other layers build on."""

import re

import pytest

from khabar.layers.amounts import NUMBER, ORDINAL, value_of
from khabar.script import fold


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("5", 5),
        ("ثلاثمائة", 300),
        ("ثلاث مئة", 300),
        ("إحدى عشرة", 11),
        ("خمسة وعشرون", 25),
        ("ألفان", 2000),
        ("11 ألفاً و470", 11470),
        ("1,5 مليون", 1_500_000),
        ("مليون ومئتا ألف", 1_200_000),
        ("ألف وتسعمائة وسبعة وستين", 1967),
        ("نصف مليون", 500_000),
    ],
)
def test_a_cardinal_is_matched_whole_and_has_its_value(words: str, value: int) -> None:
    folded = fold(words)
    assert value_of(folded) == value
    assert re.fullmatch(NUMBER, folded.replace("و470", "و 470"))


@pytest.mark.parametrize(("words", "value"), [("الأول", 1), ("الحادي عشر", 11), ("الخامسة والعشرين", 25), ("العشرين", 20)])
def test_an_ordinal_is_matched_whole_and_has_its_value(words: str, value: int) -> None:
    folded = fold(words)
    assert value_of(folded) == value
    assert re.fullmatch(ORDINAL, folded)


@pytest.mark.parametrize("words", ["كتاب", "ثلاثة وخمسة", "2023-09-26", ""])
def test_what_is_not_one_number_has_no_value(words: str) -> None:
    assert value_of(fold(words)) is None
