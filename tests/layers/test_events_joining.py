"""Triggers of one type are one event, unless their times surely differ."""

from khabar.reader import Reader
from khabar.record import Article

TWO = (
    "التقى وزير الخارجية التركي نظيره المصري في القاهرة يوم 3 مايو 2021. "
    "والتقى وزير الخارجية التركي نظيره المصري في أنقرة يوم 9 أبريل 2019."
)


def test_two_meetings_on_two_days_are_two_events() -> None:
    record = Reader(fast=True).read(Article(id="a", text=TWO))
    meetings = [e for e in record.events if e.type == "CONSULT"]
    assert sorted({(e.begin or "") for e in meetings}) == ["2019-04-09", "2021-05-03"]
