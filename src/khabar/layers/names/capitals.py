"""Whether a capital's name stands for its government (قالت موسكو) or for the town (في موسكو)."""

from khabar.layers.names.sentence import Sentence
from khabar.layers.names.words import wordset

_PLACE = wordset("words that make a capital a place")
_BETWEEN = "بين"
_ACTS = wordset("words before an acting capital")


def acts(s: Sentence, i: int, at: int, end: int) -> bool:
    """Whether the capital at words [i, end), `at` letters of clitics off, acts in its clause."""
    clitic = s.form(i)[:at]
    if clitic.endswith("ب"):
        return False
    if clitic.endswith("ل"):
        return True
    before = s.form(i - 1) if i else ""
    if clitic == "و" and _capital(s, i - 1):  # بغداد وأنقرة
        first = next(k for k in s.known(i - 1))
        return s.form(i - 2) == _BETWEEN or acts(s, i - 1, first[1], i)
    if before == _BETWEEN and s.form(end)[:1] == "و" and _capital(s, end):
        return True
    if before in _ACTS or (before.lstrip("و") in _ACTS and before != "و"):
        return True
    if before in _PLACE or before.lstrip("وبل") in _PLACE:
        return False
    if before and _feminine_verb(s, i - 1):
        return True
    return end < s.size and _feminine_verb(s, end)


def _capital(s: Sentence, i: int) -> bool:
    """Whether word i alone is a capital's name."""
    return 0 <= i < s.size and any(
        end == i + 1 and any(s.gazetteer.entries[n].capital for n in uses.get("name", ())) for end, _, uses in s.known(i)
    )


def _feminine_verb(s: Sentence, i: int) -> bool:
    """Whether a word has the shape of a verb whose subject is feminine singular, as towns and states are: قالت, تسعى, ستواصل."""
    word = s.words[i]
    form = word.form
    if form[:1] in "وف" and len(form) > 4:
        form = form[1:]
    if word.organization or word.people or word.nisba or not form.isalpha():
        return False
    past = form.endswith("ت") and len(form) > 3 and not form.endswith(("ات", "وت", "يت"))
    past = past or form in ("كانت", "باتت", "عادت", "قالت", "دعت", "نفت", "رات", "سعت", "ابدت")
    kinds = s.gazetteer.words
    present = (
        form.startswith(("ت", "ست"))
        and len(form) > 3
        and (kinds.get(form) == "c" or kinds.get("ي" + form[1:]) == "c")
        and not form.endswith(("ه", "ات", "ين", "ا"))
    )
    return past or present
