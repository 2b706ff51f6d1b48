"""Times and events that hang on one another."""

from khabar.reader import Reader
from khabar.record import Article, Record


def read(text: str, published: str | None = None) -> Record:
    return Reader(fast=True).read(Article(id="a", text=text, published=published))


def test_a_time_takes_its_day_from_the_event_that_it_hangs_on() -> None:
    record = read("وقع الهجوم على السوق في 2 مايو 2021. وأعلنت الشرطة اعتقال المنفذ بعد 3 أيام من الهجوم.")
    time = next(t for t in record.times if t.quote.startswith("بعد 3"))
    assert (time.begin, time.end) == ("2021-05-05", "2021-05-05")
    arrest = next(e for e in record.events if e.type == "COERCE")
    assert (arrest.begin, arrest.end) == ("2021-05-05", "2021-05-05")
    assert "5 May 2021" in (arrest.gloss or "")


def test_what_hangs_on_an_event_without_a_day_stays_open() -> None:
    record = read("وأعلنت الشرطة اعتقال المنفذ بعد 3 أيام من الهجوم على السوق.")
    assert all(t.begin is None for t in record.times)
    assert all(e.begin is None for e in record.events)


def test_what_would_lie_after_publication_stays_open() -> None:
    told = "وقع الهجوم على السوق في 2 مايو 2021. وأعلنت الشرطة اعتقال المنفذ بعد 3 أيام من الهجوم."
    assert next(t for t in read(told, "2021-05-04").times if t.quote.startswith("بعد 3")).begin is None
