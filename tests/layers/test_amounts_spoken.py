"""Numbers said in words and read back: every number up to the millions, whole and with decimals."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from khabar.layers.amounts import parse_number

UNITS = ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة", "أحد عشر", "اثنا عشر"]
FEMININE = ["", "", "", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"]
TENS = ["", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
SCALES = [(10**9, "مليار", "ملياران", "مليارات"), (10**6, "مليون", "مليونان", "ملايين"), (1000, "ألف", "ألفان", "آلاف")]
TENTHS = {1: "عشرة", 2: "مئة", 3: "ألف", 4: "عشرة آلاف"}


def say(n: int, parted: bool = True) -> str:
    """A number in words, in the nominative; hundreds parted (ثلاث مئة) or joined (ثلاثمئة)."""
    parts = []
    for scale, one, two, many in SCALES:
        count, n = divmod(n, scale)
        if count:
            parts.append(
                one if count == 1 else two if count == 2 else f"{say(count, parted)} {many if 3 <= count <= 10 else one}"
            )
    hundreds, n = divmod(n, 100)
    if hundreds:
        parts.append("مئة" if hundreds == 1 else "مئتان" if hundreds == 2 else f"{FEMININE[hundreds]}{' ' * parted}مئة")
    if 0 < n <= 12:
        parts.append(UNITS[n])
    elif n < 20 and n:
        parts.append(f"{UNITS[n - 10]} عشر")
    elif n:
        unit = n % 10
        parts.append(f"{UNITS[unit]} و{TENS[n // 10]}" if unit else TENS[n // 10])
    return " و".join(parts)


@settings(max_examples=400, deadline=None)
@given(st.integers(1, 4_999_999_999), st.booleans())
def test_a_number_said_in_words_is_read_back(n: int, parted: bool) -> None:
    assert parse_number(say(n, parted)) == n


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 99_999), st.integers(1, 4), st.data())
def test_decimals_said_as_tenths_and_hundredths_are_read_back(whole: int, places: int, data: st.DataObject) -> None:
    under = 10**places
    part = data.draw(st.integers(1, under - 1))
    assume(part < 1000 or whole % 1000 == 0)  # مئة وثلاثة آلاف … من عشرة آلاف: of 103,000 too
    spoken = f"{say(whole)} و{say(part)} من {TENTHS[places]}"
    together = whole + part if whole % 10 ** len(str(part)) == 0 else None
    if 0 < whole % 100 < 10 and part % 10 == 0 and part < 100:  # خمسة وعشرون من مئة: 25 of 100 too
        together = whole + part
    got = parse_number(spoken)
    assert got is not None
    if together is None:
        assert got == pytest.approx(float(whole + Fraction(part, under)))
