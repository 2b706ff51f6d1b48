"""Figures of sentences of our own, read without times, entities and events."""

import pytest

from khabar.layers import amounts, figures
from khabar.script import Text

Reading = tuple[str, int | None, int | None, int | None]


def read(sentence: str) -> list[Reading]:
    text = Text(sentence)
    found = figures.find(text, amounts.find(text), [], [], [], [])
    for figure in found:
        assert text.raw[figure.span[0] : figure.span[1]] == figure.quote
    return [(f.kind, f.low, f.best, f.high) for f in found]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("أسفر الهجوم عن مقتل 13 بحاراً", [("killed", 13, 13, 13)]),
        ("خلفت العاصفة 11 ألفاً و470 قتيلاً و10 آلاف مفقود", [("killed", 11470, 11470, 11470), ("missing", 10000, 10000, 10000)]),
        ("انهار المبنى دون وقوع إصابات", [("injured", 0, 0, 0)]),
    ],
)
def test_a_count_takes_its_kind_from_what_governs_it(sentence: str, expected: list[Reading]) -> None:
    assert read(sentence) == expected


@pytest.mark.parametrize("sentence", ["يبلغ عدد سكان البلدة 30 ألف نسمة", "بلغت الخسائر 5 ملايين دولار", "عمره 45 عاماً"])
def test_what_counts_no_harm_is_no_figure(sentence: str) -> None:
    assert read(sentence) == []
