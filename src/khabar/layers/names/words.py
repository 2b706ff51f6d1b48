"""What a word may be, for the grammar of names: looked up once for each form and kept."""

from functools import lru_cache
from typing import NamedTuple

from khabar.gazetteer import load
from khabar.lexicon.tables import rows
from khabar.script import fold, partings

Reading = tuple[int, str]
"""How many letters of clitics come off, and the word that is left (with the article that للـ swallows)."""


class Word(NamedTuple):
    """A form and what it may be. Each `…_at` says how many letters of clitics that reading takes off (-1: not so read)."""

    form: str
    readings: tuple[Reading, ...]
    known: tuple[tuple[int, str, int], ...]
    """Readings that begin a gazetteer form: letters off, word, length in words of the longest such form."""
    title: str
    title_at: int
    organization: str
    organization_at: int
    place: tuple[str, str]
    place_at: int
    people: str
    people_at: int
    person: str
    person_at: int
    """g, n, c or nothing (gazetteer.words) in the reading most like a name."""
    nisba: str
    nisba_at: int
    """adj or plural, where a reading is a nisba."""
    definite: bool
    """Whether the word has its article in the reading without conjunction and preposition."""
    flagged: bool
    """Whether any rule may begin here."""
    phrase_at: int = -1
    """Letters off where the word begins a title of several words and is none alone (صاحب السمو, خادم الحرمين); -1 elsewhere."""


class Lexicon:
    """The word lists of the grammar, folded."""

    def __init__(self) -> None:
        self.titles = {row[0]: row[1] for row in rows("titles") if " " not in row[0]}
        self.title_phrases = _phrases(row[0] for row in rows("titles") if " " in row[0])
        self.phrase_classes = {row[0]: row[1] for row in rows("titles") if " " in row[0]}
        self.organizations = {row[0]: row[1] for row in rows("organizations") if " " not in row[0]}
        self.places = {row[0]: (row[1], row[2]) for row in rows("places") if " " not in row[0]}
        self.people: dict[str, str] = {}
        phrases: dict[str, str] = {}
        for single, plurals in rows("people"):
            for form, number in _people(single, plurals):
                (phrases if " " in form else self.people).setdefault(form, number)
        self.people_phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for form, number in phrases.items():
            first, *rest = form.split()
            self.people_phrases.setdefault(first, []).append((tuple(rest), number))


def _phrases(forms: object) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for form in forms:  # type: ignore[attr-defined]
        first, *rest = form.split()
        found.setdefault(first, []).append(tuple(rest))
    for rests in found.values():
        rests.sort(key=len, reverse=True)
    return found


def _people(single: str, plurals: str) -> list[tuple[str, str]]:
    """(form, number) of a noun: `one`, `two` or `many`; `of` for the form that a construct needs (مسلحو, مسؤولي), `some` for what
    is a group only with an adjective or a complement, `counted` for what is one only with its number (3 آخرين)."""
    forms: list[tuple[str, str]] = []
    if single != "-":
        words = single.split()
        forms.append((single, "one"))
        if len(words) == 1:
            stem = single[:-1] + "ت" if single.endswith("ه") else single
            forms += [(stem + "ان", "two"), (stem + "ين", "two"), (single + "ا", "one")]
            if not single.endswith("ه"):
                forms += [(single + "تان", "two"), (single + "تين", "two")]
    for plural in plurals.split() if " " not in single and single != "-" else [plurals]:
        if plural == "-":
            continue
        if plural == "ون":
            forms += [(single + "ون", "many"), (single + "ين", "many"), (single + "و", "of"), (single + "ي", "of")]
        elif plural.startswith("*"):
            forms += [(plural[1:], "some"), (plural[1:] + "ا", "some")]
        elif plural.startswith("#"):
            forms.append((plural[1:], "counted"))
        else:
            forms.append((plural, "many"))
            if not plural.endswith(("ا", "ي", "و", "ون", "ين", "ه")):
                forms.append((plural + "ا", "many"))
            if plural.endswith("ون"):
                forms.append((plural[:-2] + "ين", "many"))
    return forms


@lru_cache(maxsize=1)
def _sets() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in rows("naming")}


def wordset(name: str) -> frozenset[str]:
    """A set of folded words of `lexicon/naming.tsv`."""
    return _sets()[name]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The word lists, read once."""
    return Lexicon()


def bare(word: str) -> str:
    """A word without its article."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


@lru_cache(maxsize=1 << 16)
def word_of(form: str) -> Word:
    """What a folded form may be."""
    gazetteer, words = load(), lexicon()
    readings: list[Reading] = []
    for part in partings(form):
        if not part.article:
            readings.append((part.at, part.stem))
        elif part.at and form[part.at - 1] == "ل" and form[part.at - 2 : part.at] != "ال":
            readings.append((part.at, "ال" + part.stem))
    longest, keys = gazetteer.longest, gazetteer.keys
    whole = form in wordset("words that are no town with a clitic")
    known = tuple((at, word, longest[word]) for at, word in readings if word in longest and not (at and whole))
    title, title_at = _first(readings, words.titles.get)
    organization, organization_at = _first(readings, words.organizations.get)
    place, place_at = ("", ""), -1
    for at, stem in readings:
        if stem in words.places:
            place, place_at = words.places[stem], at
            break
    people, people_at = _first(
        readings, lambda w: words.people.get(w) or (words.people.get(w[2:]) if w.startswith("ال") else None)
    )
    if people == "" and any(w in words.people_phrases or bare(w) in words.people_phrases for _, w in readings):
        people_at = -2
    person, person_at = _person(readings, gazetteer.words)
    nisba, nisba_at = "", -1
    for at, word in readings:
        uses = keys.get(word)
        if uses and ("adj" in uses or "plural" in uses):
            nisba, nisba_at = ("adj" if "adj" in uses else "plural"), at
            break
    phrase_at = -1 if title else next((at for at, w in readings if w in words.title_phrases), -1)
    conjunction = next((w for at, w in readings if at <= 1 and (not at or form[0] in "وف") and w.startswith("ال")), None)
    flagged = bool(
        known
        or title
        or phrase_at >= 0
        or organization
        or place
        or people
        or people_at == -2
        or person == "g"
        or nisba
        or _latin(form)
        or form.endswith(_ONE)
    )
    return Word(
        form, tuple(readings), known, title, title_at, organization, organization_at, place, place_at, people,
        people_at, person, person_at, nisba, nisba_at, conjunction is not None and len(form) > 3, flagged, phrase_at,
    )  # fmt: skip


_ONE = (fold("أحد"), fold("إحدى"))


def _latin(form: str) -> bool:
    return form.isascii() and form[0].isalpha() and len(form) > 1


def _first(readings: list[Reading], get: object) -> tuple[str, int]:
    for at, word in readings:
        if value := get(word):  # type: ignore[operator]
            return value, at
    return "", -1


def _person(readings: list[Reading], kinds: dict[str, str]) -> tuple[str, int]:
    at, word = readings[0]
    kind = kinds.get(word, "")
    if kind != "g" or (word[0] == "و" and len(readings) > 1 and kinds.get(readings[1][1]) == "g"):
        for after, rest in readings[1:]:
            if kinds.get(rest) == "g" and len(rest) > 2 and (after < 2 or word[0] == "و" or len(rest) > 4):
                return "g", after
    return kind, at
