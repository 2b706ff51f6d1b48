"""Words to pieces."""

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.tagger.pieces import LONGEST_WORD, UNKNOWN, Pieces, folded


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces(Path(str(files("khabar.tagger") / "weights" / "tokenizer.json")))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("قُتِلَ", "قتل"),
        ("الـعـراق", "العراق"),
        ("٢٠٢٤", "2024"),
        ("«", '"'),
        ("أحمد", "أحمد"),
        ("غزة", "غزة"),
        ("ﻻ", "لا"),
        ("ایران", "ايران"),
    ],
)
def test_folding_keeps_hamza_and_drops_marks(written: str, read: str) -> None:
    assert folded(written) == read


def test_a_word_begins_with_the_mark_and_punctuation_does_not(pieces: Pieces) -> None:
    assert pieces.of("في") != pieces.of("،")
    assert len(pieces.of("،")) == 1
    assert len(pieces.of("في")) == 1


def test_spellings_that_differ_in_marks_are_one(pieces: Pieces) -> None:
    assert pieces.of("مُحمّد") == pieces.of("محمد")


@given(st.text(max_size=300))
def test_any_word_has_pieces(pieces: Pieces, word: str) -> None:
    ids = pieces.of(word)
    assert 1 <= len(ids) <= LONGEST_WORD
    assert all(i >= UNKNOWN for i in ids)


def test_a_very_long_word_is_cut(pieces: Pieces) -> None:
    assert len(pieces.of("x1" * 100_000)) <= LONGEST_WORD
