"""Timestamps in digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.script.stamps import parse_stamp, zone_minutes


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-09-03", "2024-09-03"),
        ("2015-07-21 10:39:05", "2015-07-21T10:39:05"),
        ("2017-01-21T23:43:00+01:00", "2017-01-21T23:43:00+01:00"),
        ("2017-01-21T234300", "2017-01-21T23:43:00"),
        ("2024-09-03T10:27:00.123Z", "2024-09-03T10:27:00+00:00"),
        ("2024-09-03 13:27 GMT+3", "2024-09-03T13:27:00+03:00"),
        ("16/4/2024 - 15:23", "2024-04-16T15:23:00"),
        ("16.04.2024", "2024-04-16"),
        ("04/05/2024", "2024-05-04"),
        ("4/16/2024", "2024-04-16"),
        ("20240903", "2024-09-03"),
        ("٢٠٢٤/٩/٣", "2024-09-03"),
        ("3/9/2024 1:27 PM", "2024-09-03T13:27:00"),
        ("3/9/2024 12:05 am", "2024-09-03T00:05:00"),
        ("Tue, 03 Sep 2024 13:27:00 +0300", "2024-09-03T13:27:00+03:00"),
    ],
)
def test_stamps(text: str, iso: str) -> None:
    assert parse_stamp(text) == iso


@pytest.mark.parametrize(
    "text",
    ["", "2024-02-31", "31/2/2024", "99999-01-01", "1/1/99999", "2024-09-03 25:00", "13/13/2024", "0000-01-01", "2024",
     "12:30", "غدا", "Sunday", "2024-09-03 13:27 PM"],
)  # fmt: skip
def test_what_is_no_day_of_the_calendar(text: str) -> None:
    assert parse_stamp(text) is None


def test_a_zone_that_is_none_is_left_out() -> None:
    assert parse_stamp("2024-09-03T10:00+99:00") == "2024-09-03T10:00:00"


def test_zones() -> None:
    assert [zone_minutes(z) for z in ("Z", "+03:00", "GMT-5", "utc", "+0530", "+99")] == [0, 180, -300, 0, 330, None]


@given(st.text(max_size=40) | st.text("0123456789-/:. TZ+APM", max_size=30))
def test_any_text(text: str) -> None:
    found = parse_stamp(text)
    assert found is None or parse_stamp(found) == found
