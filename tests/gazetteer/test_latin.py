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


@pytest.mark.parametrize(
    ("name", "expected"),
    [("فهد المطيري", "Fahd al-Mutairi"), ("على الغامدى", "Ali al-Ghamdi"), ("صالح العتيبي", "Saleh al-Otaibi"),
     ("إياد علاوي", "Iyad Allawi"), ("اياد علاوى", "Iyad Allawi")],
)  # fmt: skip
def test_common_names_of_families_are_written_as_the_press_does_however_they_are_spelt(name: str, expected: str) -> None:
    assert latin(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("نصر الله", "Nasrallah"), ("حسن نصرالله", "Hassan Nasrallah"), ("هبة الله", "Hebatallah"), ("آية الله", "Ayatollah"),
     ("نور الدين", "Nour al-Din"), ("نورالدين", "Nour al-Din"), ("عبدالدائم", "Abdul Dayem"), ("أبوشوشة", "Abu Shousha"),
     ("أبوالخير", "Abu al-Khair"), ("أبو بكر", "Abu Bakr"), ("بن زايد", "Bin Zayed"), ("عبد الله آل ثاني", "Abdullah Al Thani")],
)  # fmt: skip
def test_compound_names_are_made_of_their_parts(name: str, expected: str) -> None:
    assert latin(name) == expected


def test_a_foreign_name_that_begins_as_a_fathers_does_is_one_word() -> None:
    assert " " not in latin("أبوستولوف")
    assert latin("رسول الله") == "Rasoul Allah"


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
