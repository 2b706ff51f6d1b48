"""Triggers of one type are one event, unless their times surely differ."""

import pytest
from msgspec import structs

from khabar.layers import events
from khabar.layers.events.weights import load
from khabar.reader import Reader
from khabar.record import Article

TWO = (
    "التقى وزير الخارجية التركي نظيره المصري في القاهرة يوم 3 مايو 2021. "
    "والتقى وزير الخارجية التركي نظيره المصري في أنقرة يوم 9 أبريل 2019."
)
TWICE = "التقى الوزير نظيره المصري يوم 3 مايو 2021. وقال إن لقاء الوزيرين يوم {day} كان طويلا."


def days(text: str) -> list[str]:
    record = Reader(fast=True).read(Article(id="a", text=text))
    return sorted(e.begin or "" for e in record.events if e.type == "CONSULT")


def test_two_meetings_on_two_days_are_two_events() -> None:
    assert days(TWO) == ["2019-04-09", "2021-05-03"]


@pytest.mark.parametrize(("day", "read"), [("3 مايو", ["2021-05-03"]), ("9 مايو", ["2021-05-03", "2021-05-09"])])
def test_no_likeness_makes_one_event_of_two_days(day: str, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    alike = structs.replace(load(), same={"bias": 9.0})
    monkeypatch.setattr(events, "load", lambda: alike)
    assert days(TWICE.format(day=f"{day} 2021")) == read
