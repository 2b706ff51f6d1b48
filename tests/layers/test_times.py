"""Temporal expressions in sentences: what is found, where it begins and ends, and which days it covers."""

import pytest

from khabar.layers import times
from khabar.script import Text

PUBLISHED = "2023-09-26T21:15:00+00:00"  # a Tuesday


def read(sentence: str, published: str | None = PUBLISHED) -> list[tuple[str, str | None, str | None]]:
    return [(t.quote, t.begin, t.end) for t in times.find(Text(sentence), published)]


@pytest.mark.parametrize(
    ("sentence", "quote", "begin", "end"),
    [
        (
            "التقى الوزيران في الثلاثاء، 26 سبتمبر/أيلول 2023 بالعاصمة",
            "الثلاثاء، 26 سبتمبر/أيلول 2023",
            "2023-09-26",
            "2023-09-26",
        ),
        ("زار المدينة يوم الخميس الماضي", "الخميس الماضي", "2023-09-21", "2023-09-21"),
        ("جرت الانتخابات مطلع 2022 دون حوادث", "مطلع 2022", "2022-01-01", "2022-03-31"),
        (
            "دار القتال بين أبريل/نيسان 2019 ويونيو/حزيران 2020",
            "بين أبريل/نيسان 2019 ويونيو/حزيران 2020",
            "2019-04-01",
            "2020-06-30",
        ),
    ],
)
def test_an_expression_is_found_whole_and_resolved(sentence: str, quote: str, begin: str, end: str) -> None:
    assert read(sentence) == [(quote, begin, end)]


def test_without_a_publication_day_a_relative_day_stays_open() -> None:
    assert read("وصل الوفد أمس", None) == [("أمس", None, None)]
