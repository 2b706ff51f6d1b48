"""Noun phrases: how far a head's complements go (وزارة الداخلية الليبية, هيئة شؤون الأسرى والمحررين)."""

from khabar.layers.names.sentence import Sentence
from khabar.layers.names.words import lexicon, wordset

_TIMES = wordset("time words")
_ADJECTIVE_ENDS = ("ي", "يه", "يين", "يون", "يات", "يتين")
_ADJECTIVES = wordset("definite adjectives")
INDEFINITE_ADJECTIVES = wordset("indefinite adjectives")
_JOINING = wordset("heads of joined fields")


def definite_word(s: Sentence, i: int) -> bool:
    """Whether word i has its article and no clitic before it, and is no word of time or relative."""
    if i >= s.size:
        return False
    form = s.words[i].form
    return form.startswith("ال") and len(form) > 3 and form not in _TIMES


def is_adjective(s: Sentence, i: int) -> bool:
    """Whether word i may be a definite adjective after a noun."""
    if not definite_word(s, i):
        return False
    word = s.words[i]
    if word.title in ("rank", "honour", "kin") or (word.organization == "definite" and word.form not in _ADJECTIVES):
        return False
    return (
        word.form in _ADJECTIVES
        or word.nisba != ""
        or word.title == "modifier"
        or (
            word.form.endswith(_ADJECTIVE_ENDS)
            and word.person != "n"
            and word.title != "office"
            and word.form[2:] not in lexicon().places
            and not word.people
        )
    )


def indefinite_adjective(s: Sentence, i: int) -> bool:
    """Whether word i may be an indefinite adjective after a noun."""
    if i >= s.size:
        return False
    word = s.words[i]
    if word.form.startswith("ال") or word.form[0] in "0123456789":
        return False
    return (
        word.form in INDEFINITE_ADJECTIVES
        or (word.nisba == "adj" and word.nisba_at == 0)
        or (word.nisba == "plural" and word.nisba_at == 0 and word.form != "عرب")
    )


def adjectives(s: Sentence, i: int, most: int = 3) -> int:
    """End of the definite adjectives that begin at word i (i where there are none)."""
    end = i
    while end < i + most and is_adjective(s, end) and not _relates(s, end):
        end += 1
    return end


def _relates(s: Sentence, i: int) -> bool:
    """Whether word i is a participle that only says what the noun has to do with what follows: المقربة من, المنتمي إلى."""
    after = s.form(i + 1)
    return s.form(i) in _RELATING and (after in _RELATED or after[:1] in ("ل", "ب"))


_RELATING = wordset("participles that relate")
_RELATED = wordset("prepositions after them")


def quoted_run(s: Sentence, i: int) -> int:
    """End of a quoted name that begins at word i; i where none does."""
    if i not in s.quoted or s.stop(i):
        return i
    for end in range(i + 1, min(i + 7, s.size + 1)):
        if end - 1 in s.closed:
            return end
        if s.stop(end):
            return i
    return i


def complement(s: Sentence, i: int, head: str, names: bool) -> int:
    """End of what follows a construct head at i - 1 and belongs to its name; i where nothing does.

    `names`: whether a proper name that no list knows may follow (حزب تواصل, جامعة ييل).
    """
    if s.stop(i):
        return i
    if (end := quoted_run(s, i)) > i:
        return adjectives(s, end, 2)
    end = i
    word = s.words[i]
    known = next((k for k in s.known(i) if k[1] == 0 and any(u in k[2] for u in ("name",))), None)
    if known and (known[0] - i > 1 or not definite_word(s, i) or not s.words[i].nisba):
        end = adjectives(s, known[0], 2)
    elif definite_word(s, i) and word.title not in ("rank", "honour"):
        end = i + 1
        if names and word.person == "" and not word.nisba:  # صحيفة الديلي ميل
            while end < i + 3 and _proper(s, end) and not s.words[end].known:
                end += 1
        end = adjectives(s, end)
    elif not definite_word(s, i) and word.form[0] not in "0123456789":
        after = i + 1
        if definite_word(s, after) and not indefinite_adjective(s, i) and _noun(s, i) and s.words[after].title != "rank":
            end = adjectives(s, after + 1)
        elif (
            after < s.size and _noun(s, i) and not indefinite_adjective(s, i) and _noun(s, after) and definite_word(s, after + 1)
        ):
            end = adjectives(s, after + 2)  # مكتب حاكم إقليم أغري; لجنة حماية حقوق الإنسان
        elif (
            _noun(s, i)
            and (inner := next((k for k in s.known(after) if k[1] == 0 and "name" in k[2]), None) if after < s.size else None)
            and word.person == "c"
        ):
            end = adjectives(s, inner[0], 2)
        elif names and _proper(s, i):
            end = i + 1
            while end < i + 3 and _proper(s, end) and not s.words[end].known:
                end += 1
            end = adjectives(s, end, 2)
    if end == i:
        return i
    return _goes_on(s, end, head)


def _goes_on(s: Sentence, end: int, head: str) -> int:
    """The coordinated and ل- parts of a name: والإعلام, لحقوق الإنسان."""
    for _ in range(3):
        if end >= s.size:
            break
        form = s.words[end].form
        if end not in s.quoted and form.startswith("وال") and len(form) > 4 and head in _JOINING and _field(s, end):
            end = adjectives(s, end + 1, 1)
        elif form.startswith("ل") and head in _PURPOSE and _purpose(s, end):
            end += 1 if form.startswith("لل") else 2
            end = adjectives(s, end, 2)
        else:
            break
    return end


_PURPOSE = wordset("heads with purpose")


def _purpose(s: Sentence, i: int) -> bool:
    form = s.words[i].form
    if form.startswith("لل"):
        return len(form) > 4 and s.words[i].title == "" and not s.words[i].nisba
    return len(form) > 3 and definite_word(s, i + 1) and s.words[i].person != "g" and not s.words[i].form.startswith("لا")


def _field(s: Sentence, i: int) -> bool:
    word = s.words[i]
    if word.title in ("rank", "office", "honour") or word.organization or word.people or word.nisba:
        return False
    return not any("name" in uses for _, at, uses in s.known(i) if at == 1) and word.form[1:] not in _TIMES


def _noun(s: Sentence, i: int) -> bool:
    """Whether word i may be a noun in construct: a common word that is no particle, adjective or title."""
    word = s.words[i]
    return (
        word.form.isalpha()
        and len(word.form) > 2
        and word.form not in _PARTICLES
        and not word.form.startswith(("ال", "ي", "وال"))
        and word.title not in ("rank", "honour")
        and not word.nisba
    )


def _proper(s: Sentence, i: int) -> bool:
    """Whether word i may be a proper name that no list has."""
    if s.stop(i):
        return False
    word = s.words[i]
    return (
        word.person != "c"
        and len(word.form) > 2
        and word.form.isalpha()
        and not word.form.startswith(("ال", "وال", "لل", "بال"))
        and not (word.title or word.organization or word.people or word.nisba or word.place_at >= 0 or indefinite_adjective(s, i))
    )


_PARTICLES = wordset("particles")
PARTICLES = _PARTICLES
TIME_WORDS = _TIMES


def phrases_at(s: Sentence, i: int) -> tuple[int, str]:
    """End and number of a noun for people in several words that begins at word i (شهود عيان); (i, "") where there is none."""
    table = lexicon().people_phrases
    for _, word in s.words[i].readings:
        for form in (word, word[2:] if word.startswith("ال") else ""):
            for rest, number in table.get(form, ()):
                if all(s.form(i + 1 + k) in (r, "ال" + r) for k, r in enumerate(rest)):
                    return i + 1 + len(rest), number
    return i, ""
