"""Names by their letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.gazetteer.letters import model, nearest, written


@pytest.mark.parametrize("token", ["كوفاتشيك", "ماركيزيو", "ستيلمان"])
def test_forms_are_likeliest_first_and_share_one_chance(token: str) -> None:
    forms = model().forms(token)
    chances = [p for p, _ in forms]
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) == pytest.approx(1)
    assert len({form for _, form in forms}) == len(forms)
    assert written(token)[0] == token.translate(str.maketrans("كمس", "kms"))[0]


def test_the_form_that_most_others_are_near_to_is_answered() -> None:
    apart = [(0.4, "hogroy"), (0.3, "karim"), (0.3, "kareem")]
    assert nearest(apart) == "hogroy"
    assert nearest([(0.4, "hogroy"), (0.31, "karim"), (0.29, "karem")]) == "karim"
    assert nearest([(0.6, "hogroy"), (0.2, "karim"), (0.2, "karem")]) == "hogroy"
    assert nearest([]) == ""


def test_letters_of_no_word_are_left_out() -> None:
    assert written("x1؟") == ""
    assert written("سا؟ن") == written("سان")


@given(st.text(max_size=60) | st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةى", max_size=120))
def test_any_token_has_a_form_in_small_latin_letters(token: str) -> None:
    form = written(token)
    assert form == "" or (form.isascii() and form.isalpha() and form.islower())
