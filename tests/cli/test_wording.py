"""Values in words."""

import pytest

from khabar.cli.wording import TYPES, amount, clip, day, moment, period
from khabar.record import EVENT_TYPES, Figure


@pytest.mark.parametrize(
    ("begin", "end", "words"),
    [
        ("2023-09-26", "2023-09-26", "26 Sep 2023"),
        ("2023-09-03", "2023-09-05", "3–5 Sep 2023"),
        ("2023-09-28", "2023-10-02", "28 Sep – 2 Oct 2023"),
        ("2022-12-30", "2023-01-02", "30 Dec 2022 – 2 Jan 2023"),
        ("2023-09-01", "2023-09-30", "Sep 2023"),
        ("2019-04-01", "2020-06-30", "Apr 2019 – Jun 2020"),
        ("2022-01-01", "2022-03-31", "Jan – Mar 2022"),
        ("2023-01-01", "2023-12-31", "2023"),
        ("2011-01-01", "2013-12-31", "2011–2013"),
        ("9999-01-01", "9999-12-31", "9999"),
        ("2023-09-03", None, "since 3 Sep 2023"),
        (None, "2023-09-03", "until 3 Sep 2023"),
        (None, None, "no date"),
        ("soon", "later", "soon – later"),
    ],
)
def test_periods(begin: str | None, end: str | None, words: str) -> None:
    assert period(begin, end) == words


def test_days_and_moments() -> None:
    assert day("2024-02-29") == "29 Feb 2024"
    assert day("2024-02-31") == "2024-02-31"
    assert moment("2024-02-29") == "29 Feb 2024"
    assert moment("2024-02-29T08:05:00") == "29 Feb 2024 08:05"
    assert moment("2024-02-29T08:05:00+00:00") == "29 Feb 2024 08:05 UTC"
    assert moment("2024-02-29T08:05:00-04:30") == "29 Feb 2024 08:05 -04:30"
    assert moment("yesterday, at noon") == "yesterday, at noon"
    assert moment(None) == ""


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        (11470, 11470, 11470, "11,470"),
        (20, 20, None, "at least 20"),
        (None, 50, None, "about 50"),
        (10, None, None, "10 or more"),
        (18000, None, 20000, "18,000–20,000"),
        (20, 25, 30, "20–30"),
        (None, 300, 300, "up to 300"),
        (None, None, 300, "up to 300"),
        (0, 0, 0, "0"),
        (None, None, None, "?"),
    ],
)
def test_amounts(low: int | None, best: int | None, high: int | None, words: str) -> None:
    assert amount(Figure(id="f1", span=(0, 1), quote="x", kind="killed", low=low, best=best, high=high)) == words


def test_clip_cuts_at_a_space() -> None:
    assert clip("كلمة  ثم\nكلمة", 50) == "كلمة ثم كلمة"
    assert clip("كلمة ثم كلمة", 9) == "كلمة ثم …"
    assert len(clip("x" * 500, 100)) <= 103


def test_every_type_has_a_noun() -> None:
    assert set(TYPES) == set(EVENT_TYPES)
