"""What the sentence around a figure tells: part of a toll, correction, withdrawal."""

import pytest

from khabar.reader import Reader
from khabar.record import Article
from khabar.workspace.marks import mark_of, part_of


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(fast=True)


def figures(reader: Reader, sentence: str) -> list[tuple[int | None, str | None, str | None]]:
    text = f"أنباء اليوم\n{sentence}"
    article = Article(id="x", text=text, titled=True, title="أنباء اليوم", published="2024-03-10T10:00:00+02:00")
    record = reader.read(article)
    return [(f.best, part_of(record, f), mark_of(record, f)) for f in record.figures]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("قُتل 20 شخصا في الهجوم على البلدة.", [(20, None, None)]),
        ("ارتفعت حصيلة القتلى إلى 31 قتيلا في المدينة.", [(31, None, None)]),
        ("قُتل 9 جنود في هجوم على حاجز قرب المدينة.", [(9, "جندي", None)]),
        ("وأسفر القصف عن مقتل 14 شخصا بينهم 3 أطفال.", [(14, None, None), (3, "طفل", None)]),
        ("خفضت وزارة الصحة حصيلة القتلى من 40 قتيلا إلى 33 قتيلا.", [(40, None, "withdrawn"), (33, None, "corrects")]),
        ("تراجعت الوزارة عن حصيلتها السابقة وقالت إن عدد القتلى 33 قتيلا.", [(33, None, "corrects")]),
        ("وقتل 19 شخصا في التفجير، وكانت حصيلة سابقة أفادت بمقتل 17 شخصا.", [(19, None, None), (17, None, "earlier")]),
        (
            "وأودت السيول بحياة نحو 400 شخص وأتلفت محاصيل واسعة العام الماضي خلال الرياح الموسمية.",
            [(400, None, "past")],
        ),
        ("قُتل خمسة من أفراد الحرس في الهجوم.", [(5, "افراد", None)]),
        ("قُتل أكثر من 20 شخصا في الهجوم.", [(20, None, None)]),
        ("دمر الحريق 24 منزلا وأتى على 300 هكتار من الغابات.", [(24, "منزل", None), (300, "هكتار", None)]),
        ("نفى المتحدث باسم الجيش صحة مقتل 12 جنديا في الهجوم.", [(12, "جندي", "withdrawn")]),
    ],
)
def test_marks(reader: Reader, sentence: str, expected: list[tuple[int, str | None, str | None]]) -> None:
    assert figures(reader, sentence) == expected
