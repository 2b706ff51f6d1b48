"""The page says what the record says, in its columns, from left to right."""

import re

import pytest
from rich.cells import cell_len

from khabar.cli.page import page
from khabar.record import Record, Source
from tests.samples import record

ANSI = re.compile(r"\x1b\[[0-9;]*m")
LRM = "\u200e"


def plain(width: int = 80, **options: bool) -> str:
    return page(record(), width=width, **options).replace(LRM, "")


def test_who_did_what_to_whom_where_when_and_who_says_so() -> None:
    text = plain()
    assert text.startswith("وصول قائد القوات إلى موسكو\n")
    head = "published 27 Sep 2023 10:15 +03:00 · updated 27 Sep 2023 09:00 UTC · in المدار · by سلمى حداد · from موسكو"
    assert head in " ".join(text.split())
    assert re.search(r"26 Sep 2023 +visit  CONSULT  happened\n", text)
    assert "Khaled Mansour visited Moscow, 26 September 2023\n" in text
    assert re.search(r"^ +who خالد منصور\n +whom موسكو\n +in موسكو$", text, re.MULTILINE)
    assert "in Derna درنة\n" in text
    assert "according to السفارة (بيان)" in text
    assert re.search(r"no date +assault  ASSAULT  denied\n +whom Derna درنة\n", text)
    assert re.search(r"about 50 +killed  flood  as of 16 Sep 2023", text)
    assert re.search(r"Khaled Mansour +خالد منصور +قائد القوات · LBY", text)


def test_events_stand_in_the_order_of_their_days_and_the_undated_last() -> None:
    text = plain()
    assert text.index("10–11 Sep 2023") < text.index("26 Sep 2023") < text.index("no date ")


def test_evidence_shows_the_words_of_the_article() -> None:
    assert "ونفى منصور أن تكون" not in plain()
    text = " ".join(plain(evidence=True).split())
    assert "» ونفى منصور أن تكون قواته قصفت المدينة." in text
    assert "named خالد منصور, منصور" in text
    assert "32.77, 22.64" in text


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
@pytest.mark.parametrize("evidence", [False, True])
def test_no_line_is_wider_than_the_terminal(width: int, evidence: bool) -> None:
    lines = page(record(), width=width, evidence=evidence).splitlines()
    assert max(map(cell_len, lines)) <= width


def test_a_wide_page_has_the_source_beside_the_event() -> None:
    assert re.search(r"flood  DISASTER  happened +according to السفارة", plain(120))


def test_arabic_is_neither_reordered_nor_reshaped_and_ends_with_a_mark_of_no_width() -> None:
    text = page(record(), width=200)
    assert f"Moscow موسكو{LRM}, Derna درنة{LRM}" in text
    assert not re.search("[\ufb50-\ufdff\ufe70-\ufeff]", text)


def test_colours_only_where_they_are_wanted() -> None:
    assert not ANSI.search(page(record(), width=80))
    coloured = page(record(), width=80, colour=True)
    assert ANSI.sub("", coloured) == page(record(), width=80)


def test_a_record_with_nothing_in_it() -> None:
    empty = Record(id="x", source=Source(), text="كلام لا شيء فيه")
    assert "Nothing was found" in page(empty, width=80)
    assert "كلام لا شيء فيه" in page(empty, width=80)


def test_what_a_terminal_would_obey_is_not_sent() -> None:
    nasty = record()
    nasty.title = "عنوان \x1b[31mأحمر\x07 \u202eمقلوب"
    nasty.entities[0].name_en = "Khaled \x1b]0;title\x07 [red]Mansour[/red]"
    text = page(nasty, width=120)
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text
    assert "[red]Mansour[/red]" in text


def test_lines_that_are_not_quoted_begin_from_the_left() -> None:
    lines = plain(200, evidence=True).splitlines()[1:]
    first = [next((c for c in line if c.isalpha()), "a") for line in lines if "»" not in line]
    assert [c for c in first if not c.isascii()] == []
