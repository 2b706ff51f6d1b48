"""Temporal expressions: what is found, how it is resolved, and what hangs on other events. The corpus has the many sentences."""

import doctest
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import khabar
from khabar.layers import times
from khabar.layers.times import calendars
from khabar.layers.times.context import published_at
from khabar.script import Text

PUBLISHED = "2023-09-26T21:15:00+00:00"  # a Tuesday


def read(sentence: str, published: str | None = PUBLISHED) -> list[tuple[str, str | None, str | None]]:
    return [(t.quote, t.begin, t.end) for t in times.find(Text(sentence), published)]


@pytest.mark.parametrize(
    "sentence",
    ["وصل الوفد أمس", "أعلن الثلاثاء", "قتل 3 في 26 يونيو الماضي", "منذ 3 أشهر", "خلال الشهر المقبل", "في عيد الفطر", "بعد غد"],
)
def test_without_a_day_of_publication_what_is_relative_stays_open(sentence: str) -> None:
    [(_, begin, end)] = read(sentence, None)
    assert begin is None
    assert end is None


def test_without_a_day_of_publication_what_is_absolute_is_resolved() -> None:
    assert read("انفجر المخزن في 26 أيلول/سبتمبر 2023", None) == [("26 أيلول/سبتمبر 2023", "2023-09-26", "2023-09-26")]
    assert read("منذ مارس من عام 2011", None) == [("مارس من عام 2011", "2011-03-01", "2011-03-31")]


@pytest.mark.parametrize(
    ("stamp", "day"),
    [("2017-06-03T10:12:00+01:00", "2017-06-03"), ("07/10/2016", "2016-10-07"), ("2015-07-21 10:39:05", "2015-07-21")],
)
def test_the_day_of_publication_is_read_from_any_stamp(stamp: str, day: str) -> None:
    today, _ = published_at(stamp)
    assert str(today) == day


@pytest.mark.parametrize("stamp", [None, "", "yesterday", "2023-13-45", "99/99/2020"])
def test_what_is_no_stamp_gives_no_day(stamp: str | None) -> None:
    assert published_at(stamp) == (None, None)


@pytest.mark.parametrize(
    ("before", "begin"),
    [
        ("سيصل الوزير", "2023-09-28"),
        ("من المقرر أن يصل الوزير", "2023-09-28"),
        ("كان الوزير قد وصل", "2023-09-21"),
        ("وصل", "2023-09-21"),
    ],
)
def test_a_bare_weekday_follows_the_tense_of_its_clause(before: str, begin: str) -> None:
    assert read(f"{before} الخميس إلى العاصمة") == [("الخميس", begin, begin)]


def test_clitics_stay_outside_the_span() -> None:
    assert [q for q, _, _ in read("خطط ل‍ـ2024 وللعام المقبل وبالأحد")][-2:] == ["عام المقبل", "الأحد"]


def test_a_time_that_hangs_on_an_event_is_settled_from_either_side() -> None:
    text = Text("عاد إلى منصبه بعد ثلاثة أيام من الهجوم على القاعدة")
    found = times.find(text, PUBLISHED)
    [hanging] = times.anchored(text, found)
    assert (hanging.unit, hanging.count, hanging.direction) == ("D", 3, 1)
    assert hanging.head is not None
    assert text.quote(hanging.head) == "الهجوم"
    assert hanging.day_of_time("2023-09-10") == "2023-09-13"
    assert hanging.day_of_head("2023-09-13") == "2023-09-10"
    hanging.settle("2023-09-13")
    assert (found[0].value, found[0].begin, found[0].end) == ("2023-09-13", "2023-09-13", "2023-09-13")
    assert times.anchored(text, found) == []


@pytest.mark.parametrize(
    ("sentence", "head", "count", "direction"),
    [
        ("استقال قبل يومين من الانتخابات", "الانتخابات", 2, -1),
        ("انسحبوا بعد أشهر من توقيع الهدنة", "توقيع", None, 1),
        ("غادر غداة الهجوم", "الهجوم", 1, 1),
        ("عثر عليه بعد أسبوعين على اختفائه", "اختفائه", 2, 1),
    ],
)
def test_the_word_that_a_time_hangs_on_is_named(sentence: str, head: str, count: int | None, direction: int) -> None:
    text = Text(sentence)
    [hanging] = times.anchored(text, times.find(text, PUBLISHED))
    assert hanging.head is not None
    assert (text.quote(hanging.head), hanging.count, hanging.direction) == (head, count, direction)


def test_a_vague_or_bounded_distance_settles_no_day() -> None:
    text = Text("عاد بعد أكثر من 3 أيام من الهجوم وغادر بعد أيام من الاتفاق")
    for hanging in times.anchored(text, times.find(text, PUBLISHED)):
        assert hanging.day_of_time("2023-09-10") is None


def test_parse_time_reads_one_expression_and_nothing_else() -> None:
    time = khabar.parse_time("26 سبتمبر/أيلول 2023")
    assert time is not None
    assert (time.type, time.value, time.begin, time.end) == ("DATE", "2023-09-26", "2023-09-26", "2023-09-26")
    assert khabar.parse_time("قال الوزير") is None
    assert khabar.parse_time("أمس وغدا", published=PUBLISHED) is None
    assert khabar.parse_time("") is None


def test_parse_time_takes_an_assistants_words_where_it_is_asked_to() -> None:
    said = khabar.parse_time("الخميس", published=PUBLISHED, leads="future")
    written = khabar.parse_time("الخميس", published=PUBLISHED)
    assert said is not None
    assert written is not None
    assert (said.begin, written.begin) == ("2023-09-28", "2023-09-21")


@pytest.mark.parametrize(
    ("year", "month", "first"),
    [(1444, 9, "2023-03-23"), (1436, 12, "2015-09-15"), (1439, 9, "2018-05-17"), (1440, 10, "2019-06-04")],
)
def test_islamic_months_begin_as_they_were_announced(year: int, month: int, first: str) -> None:
    days = calendars.islamic_month(year, month)
    assert days is not None
    assert days[0].isoformat() == first


def test_easter_falls_where_it_did() -> None:
    assert [calendars.easter(y) for y in (2013, 2016, 2024)] == [date(2013, 3, 31), date(2016, 3, 27), date(2024, 3, 31)]


WORDS = st.sampled_from(
    [
        "في",
        "من",
        "إلى",
        "بين",
        "و",
        "منذ",
        "قبل",
        "بعد",
        "خلال",
        "يوم",
        "أيام",
        "شهر",
        "عام",
        "سنة",
        "الساعة",
        "26",
        "2023",
        "7",
        "0",
        "99",
        "999999",
        "الثلاثاء",
        "الأحد",
        "سبتمبر",
        "أيلول",
        "/",
        "،",
        "-",
        "(",
        ")",
        "مارس",
        "رمضان",
        "هـ",
        "العام",
        "الماضي",
        "المقبل",
        "الجاري",
        "أمس",
        "غدا",
        "اليوم",
        "مساء",
        "فجر",
        "مطلع",
        "نهاية",
        "كل",
        "نصف",
        "ربع",
        "الأول",
        "الثاني",
        "ثلاثة",
        "عشر",
        "مئة",
        "ألف",
        "العيد",
        "عيد",
        "الفطر",
        "التسعينات",
        "القرن",
        "31/12/9999",
        "1/1/0001",
        "24:59",
        "2023-02-30",
        "الموافق",
        "نفسه",
        "التالي",
        ".",
        "ألفين",
        "وثلاثة",
        "والعشرين",
        "لليوم",
        "وقت",
        "مبكر",
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=25).map(" ".join)),
    st.sampled_from([None, PUBLISHED, "0001-01-01", "9999-12-31"]),
)
def test_any_text_is_read_and_every_span_is_inside_it(raw: str, published: str | None) -> None:
    text = Text(raw)
    found = times.find(text, published)
    ends = [0]
    for time in found:
        a, b = time.span
        assert ends[-1] <= a < b <= len(raw)
        assert time.quote == raw[a:b]
        ends.append(b)
        assert (time.begin is None) == (time.end is None)
        if time.begin and time.end:
            assert date.fromisoformat(time.begin) <= date.fromisoformat(time.end)
    assert times.find(Text(raw), published) == found
    times.anchored(text, found)
    khabar.parse_time(raw, published, leads="future", week_starts=1)


def test_the_examples_of_the_page_on_times_are_true() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "times.md").read_text(encoding="utf-8")
    examples = doctest.DocTestParser().get_doctest(page.replace("```", ""), {}, "times.md", None, 0)
    result = doctest.DocTestRunner().run(examples)
    assert result.attempted >= 4
    assert not result.failed
