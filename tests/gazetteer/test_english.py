"""English for what organisations and groups are called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.gazetteer.english import english


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("وزارة الشؤون الاجتماعية", "organization", "Ministry of Social Affairs"),
        ("وزارة الداخلية في الحكومة المكلفة", "organization", "Interior Ministry in Interim Government"),
        ("جمعية الثقافة والفنون", "organization", "Association of Culture and Arts"),
        ("الهيئة العامة للسياحة والتراث الوطني", "organization", "General Authority for Tourism and National Heritage"),
        ("القوات الروسية", "group", "Russian forces"),
        ("قوات الطوارئ الخاصة", "group", "special emergency forces"),
        ("عشرات المتظاهرين", "group", "dozens of protesters"),
        ("وسائل إعلام إسرائيلية", "group", "Israeli media outlets"),
        ("5300 شخص", "group", "5300 people"),
        ("المفقودين", "group", "missing"),
        ("حكومة الولايات المتحدة", "organization", "United States Government"),
        ("حكومة المملكة العربية السعودية", "organization", "Saudi Arabia Government"),
        ("قوات الولايات المتحدة", "group", "United States forces"),
        ("شرطة دبي", "organization", "Dubai Police"),
        ("مقاتلو تنظيم الدولة الإسلامية", "group", "fighters of Islamic State (ISIS)"),
    ],
)
def test_described_names_are_said_in_words(name: str, kind: str, said: str) -> None:
    assert english(name, kind) == said


def test_a_name_among_the_words_is_written_in_latin_letters() -> None:
    said = english("مجموعة البتراء", "organization")
    assert said.endswith(" Group")
    assert said.isascii()
    assert "Group" not in english("بتراء", "organization")


@given(st.text(st.sampled_from("ابتثجدرسعفقلمنهويىةأ 5«»-في"), max_size=40), st.sampled_from(["organization", "group"]))
def test_any_name_gives_one_line(name: str, kind: str) -> None:
    said = english(name, kind)
    assert "\n" not in said
    assert "\0" not in said
