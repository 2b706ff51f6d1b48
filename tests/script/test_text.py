"""Tokens, sentences and the way from the folded line back to the text."""

from hypothesis import given
from hypothesis import strategies as st

from khabar.script import Text, fold, partings
from khabar.script.text import LONGEST

ARABIC = st.text(st.sampled_from('ابتثجدرسعفقلمنهويىةأإآؤئءـًٌَُِّْ٠١٢٣0123456789 \n.,،؛؟!"«»()/-–…ﻻ\u200f\u00a0aZ@#_'), max_size=200)


def words(raw: str) -> list[str]:
    return [t.form for t in Text(raw).tokens]


def test_fold_brings_spellings_together() -> None:
    assert fold("أحمدُ إلى غزّة ٢٠٢٣") == "احمد الي غزه 2023"
    assert fold("اســـتقبل ﻻ") == "استقبل لا"


def test_tokens() -> None:
    assert words("قُتل 11 ألفاً و470 في ٢٦/٩/٢٠٢٣") == ["قتل", "11", "الفا", "و", "470", "في", "26/9/2023"]
    assert words("سبتمبر/أيلول") == words("سبتمبر / أيلول") == ["سبتمبر", "/", "ايلول"]
    assert words("الدوحة ـ قنا") == ["الدوحه", "-", "قنا"]
    assert words("#القوات_المسلحة https://t.co/a_b") == ["#", "القوات", "المسلحه", "https://t.co/a_b"]


def test_sentences_end_at_stops_and_lines() -> None:
    text = Text('عنوان\nقال د. أحمد إن 3.5 مليون نزحوا. وأضاف: "لن نعود." ثم مضى')
    assert [text.quote(text.sentence_span(i)) for i in range(len(text.sentences))] == [
        "عنوان",
        "قال د. أحمد إن 3.5 مليون نزحوا.",
        'وأضاف: "لن نعود."',
        "ثم مضى",
    ]


def test_what_nobody_punctuated_is_parted() -> None:
    lengths = [b - a for a, b in Text("كلمة " * 1000).sentences]
    assert lengths == [LONGEST, LONGEST, LONGEST, 1000 - 3 * LONGEST]
    first, second = Text("كلمة " * 200 + "، " + "كلمة " * 150).sentences
    assert first == (0, 201)
    assert second == (201, 351)


def test_only_readable_parts_are_read() -> None:
    raw = "عنوان\nتم النشر\nوصل الوفد"
    assert [t.form for t in Text(raw, [(0, 5), (15, 24)]).tokens] == ["عنوان", "وصل", "الوفد"]


def test_span_leads_back_to_the_unchanged_text() -> None:
    text = Text("وصلَ  وبِبنغازي الوفدُ")
    at = text.line.index("بنغازي")
    assert text.quote(text.span(at, at + 6)) == "بنغازي"
    at = text.line.index("وصل")
    assert text.quote(text.span(at, at + 3)) == "وصلَ"


def test_partings_list_every_way() -> None:
    assert [(p.stem, p.article) for p in partings("وبالمدينه")] == [
        ("وبالمدينه", False),
        ("بالمدينه", False),
        ("المدينه", False),
        ("مدينه", True),
    ]
    assert ("حكومه", True) in [(p.stem, p.article) for p in partings("للحكومه")]
    assert [p.stem for p in partings("قتل")] == ["قتل"]


@given(ARABIC)
def test_every_span_is_inside_and_every_token_is_its_form(raw: str) -> None:
    text = Text(raw)
    assert sum(b - a for a, b in text.sentences) == len(text)
    for i, token in enumerate(text.tokens):
        assert fold(raw[token.start : token.end]) in (token.form, "")
        start = text.line_start(i)
        assert text.line[start : start + len(token.form)] == token.form
        assert text.span(start, start + len(token.form)) == (token.start, token.end)
        assert list(text.tokens_in((token.start, token.end))) == [i]
        first, end = text.sentences[text.sentence_of(i)]
        assert first <= i < end


@given(ARABIC, st.data())
def test_any_slice_of_the_line_has_a_span(raw: str, data: st.DataObject) -> None:
    text = Text(raw)
    if text.line:
        a = data.draw(st.integers(0, len(text.line) - 1))
        b = data.draw(st.integers(a + 1, len(text.line)))
        start, end = text.span(a, b)
        assert 0 <= start <= len(raw)
        assert 0 <= end <= len(raw)
