"""Any text in: no exception, spans inside the text, bounds in order, the same result each time."""

from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.layers import amounts, figures
from khabar.layers.amounts import Amount, parse_number
from khabar.script import Text

WORDS = [
    "قتل",
    "مقتل",
    "وإصابة",
    "أصيب",
    "13",
    "٢٠",
    "ثلاثة",
    "و5",
    "مئة",
    "ألف",
    "آلاف",
    "عشرات",
    "جنديين",
    "شخصاً",
    "جندي",
    "قتيلاً",
    "وجريح",
    "بينهم",
    "نحو",
    "على",
    "الأقل",
    "أكثر",
    "من",
    "إلى",
    "بين",
    "عدد",
    "القتلى",
    "ارتفع",
    "(",
    ")",
    "«",
    "»",
    "-",
    ".",
    "،",
    "دون",
    "وقوع",
    "إصابات",
    "أحد",
    "الجنود",
    "مصرعهم",
    "%",
    "دولار",
    "1.500",
    "ألفاً",
    "ونصف",
    "مليون",
    "الـ900",
    "من",
    "10-12",
    "لم",
    "ديسمبر",
    "2023",
]
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_amounts_and_figures_of_any_text_stand_inside_it(raw: str) -> None:
    text = Text(raw)
    found = amounts.find(text)
    for amount in found:
        a, b = amount.span
        c, d = amount.number
        assert 0 <= a <= c < d <= b <= len(raw)
    read = figures.find(text, found, [], [], [], [])
    for figure in read:
        assert 0 <= figure.span[0] < figure.span[1] <= len(raw)
        assert figure.quote == raw[figure.span[0] : figure.span[1]]
        known = [v for v in (figure.low, figure.best, figure.high) if v is not None]
        assert known
        assert known == sorted(known)
    assert figures.find(text, amounts.find(text), [], [], [], []) == read


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_an_expression_is_a_number_or_none(raw: str) -> None:
    got = parse_number(raw)
    assert got is None or isinstance(got, int | float | Amount)
