"""The tense of the clause that an expression stands in, as far as closed classes of words tell it.

Arabic marks the future by سـ and سوف, by participles like المقرر and المرتقب, by verbs of planning, and news by the imperfect of
what is scheduled (ينطلق الجمعة); it marks the past by the perfect, of which the feminine can be told by its ending (جرت). The
nearest such word before the expression in its sentence tells; without one, the expression is read as news is: of what happened.
"""

import re
from functools import lru_cache

from khabar.layers.times.context import Tense
from khabar.lexicon import load
from khabar.script import Text, fold

_REACH = 24
"""Tokens that are looked at before an expression."""

_WORDS = load("calendar")["tense"]


def _forms(words: list[str]) -> frozenset[str]:
    return frozenset(clitic + fold(word) for word in words for clitic in ("", "و", "ف", "ال", "وال", "بال"))


_FUTURE, _PAST, _SCHEDULED = _forms(_WORDS["future"]), _forms(_WORDS["past"]), _forms(_WORDS["scheduled"])
_BARRIER = _forms(_WORDS["barrier"])
_NO_FUTURE = tuple(fold(word) for word in _WORDS["not_future"])
_NO_PERFECT = _forms(_WORDS["not_perfect"])
_WILL = re.compile(r"[وف]?س([يتن]\w{2,})")
_RELATIVE = frozenset(["الذي", "التي", "الذين", "اللذان", "اللتان", "والتي", "والذي"])
_UNTIL = frozenset(["الي", "لغايه", "بحلول", "قبل"])
_COMES = frozenset(["تاتي", "ياتي", "وتاتي", "وياتي", "فتاتي"])


@lru_cache(maxsize=1 << 14)
def _told(form: str, after: str) -> Tense:
    """What tense a token tells, None where it tells none; `after` is the token after it."""
    if form in _FUTURE:
        return "future"
    if form in _SCHEDULED:
        return "scheduled"
    if form in _PAST:
        return "past"
    if (will := _WILL.fullmatch(form)) and not ("س" + will[1]).startswith(_NO_FUTURE):
        return "future"
    # the feminine perfect: جرت, not plurals in ات, not imperfects
    if (
        len(form) > 2
        and form[-1] == "ت"
        and form[-2] != "ا"
        and not form.startswith(("ال", "ي", "وال"))
        and form not in _NO_PERFECT
    ):
        return "past"
    if form in _RELATIVE and after and after[0] not in "يتسلنم":
        return "past"
    return None


def tense_before(text: Text, token: int) -> Tense:
    """The tense that the nearest telling word before a token sets, from its sentence's beginning on."""
    first = max(text.sentences[text.sentence_of(token)][0], token - _REACH)
    tokens = text.tokens
    if token > first and tokens[token - 1].form in _UNTIL:
        return "future"
    for i in range(token - 1, first - 1, -1):
        if tokens[i].form in _BARRIER:
            return None
        if tense := _told(tokens[i].form, tokens[i + 1].form):
            return tense
    return None


def comes_before(text: Text, token: int) -> bool:
    """Whether تأتي or يأتي stands shortly before a token: what comes is what the article reports."""
    first = max(text.sentences[text.sentence_of(token)][0], token - 14)
    return any(text.tokens[i].form in _COMES for i in range(first, token))
