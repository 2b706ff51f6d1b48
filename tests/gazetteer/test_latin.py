"""Latin forms of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.gazetteer.latin import latin, plain, word


@pytest.mark.parametrize(
    ("name", "expected"),
    [("خليفة حفتر", "Khalifa Haftar"), ("سيرجي لافروف", "Sergey Lavrov"), ("خالد الدبيبة", "Khaled al-Dbeibah"),
     ("محمد بن سلمان", "Mohammed bin Salman"), ("عبد الله", "Abdullah"), ("عبد الكريم", "Abdul Karim"), ("Reuters", "Reuters")],
)  # fmt: skip
def test_known_words_take_the_spelling_of_the_press(name: str, expected: str) -> None:
    assert latin(name) == expected


@pytest.mark.parametrize(("token", "beginning"), [("برانوفيتش", "br"), ("شاكيروف", "sh"), ("خورشيدوف", "kh"), ("غالينكو", "g")])
def test_unknown_words_are_written_by_their_letters(token: str, beginning: str) -> None:
    written = word(token)
    assert written.startswith(beginning)
    assert written.isascii()
    assert len(written) >= len(token) - 2


def test_marks_do_not_change_a_form() -> None:
    assert latin("مُحَمَّد") == latin("محمد")
    assert plain("مـحـمد") == "محمد"


@given(st.text(max_size=30))
def test_any_text_has_a_form(name: str) -> None:
    assert isinstance(latin(name), str)
