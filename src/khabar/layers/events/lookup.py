"""The lexicon of event words as a reading uses it: from a token's folded form to the entries that it may be."""

from functools import cache, lru_cache
from typing import NamedTuple

import msgspec

from khabar.lexicon import load
from khabar.record import EventType
from khabar.script import partings


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A sense of a verb or noun (see lexicon/verbs.yaml): what happens, and which argument plays what."""

    key: str
    lemma: str
    part: str
    type: EventType
    mode: str
    cameo: str | None = None
    frame: dict[str, str]
    genitive: str = "none"
    words: tuple[frozenset[str], ...] = ()
    then: frozenset[str] | None = None
    then_rows: tuple[tuple[tuple[str, ...], ...], ...] = ()
    never: frozenset[str] | None = msgspec.field(default=None, name="not")
    never_rows: tuple[tuple[tuple[str, ...], ...], ...] = msgspec.field(default=(), name="not_rows")
    subject: tuple[str, ...] = ()
    weak: int = 0


class Light(msgspec.Struct, frozen=True, kw_only=True):
    """A support verb: which of its arguments is the event, and what the others are to it."""

    lemma: str
    frame: dict[str, str]


class Hit(NamedTuple):
    """A reading of a token: the entry, and the form. `at` letters of the form are proclitics; `code` as in lexicon/inflect.py."""

    entry: Entry
    code: str
    at: int
    article: bool
    pronoun: str

    @property
    def finite(self) -> bool:
        """A verb in a tense."""
        return self.code[0] in "PIJ"

    @property
    def passive(self) -> bool:
        """A verb in the passive."""
        return self.code[1:2] == "p" and self.finite


class LightHit(NamedTuple):
    """A token read as a support verb."""

    entry: Light
    code: str
    pronoun: str


@cache
def _tables() -> tuple[tuple[list[Entry], dict[str, str]], ...]:
    tables = [load(name) for name in ("nouns", "verbs")]
    return tuple((msgspec.convert(t["entries"], list[Entry]), t["forms"]) for t in tables)


@cache
def _lights() -> tuple[list[Light], dict[str, str]]:
    table = load("light")
    return msgspec.convert(table["entries"], list[Light]), table["forms"]


@cache
def _homographs() -> frozenset[str]:
    return frozenset(load("grammar")["homographs"])


def hits(form: str) -> tuple[Hit, ...]:
    """Readings of a folded form as an event word, the least parted first; none of a form that is nearly always another word."""
    return () if form in _homographs() else known(form)


def spelled(form: str, word: str) -> tuple[Hit, ...]:
    """`hits` of a word as it is written: a hamza inside it tells هنأ from هنا, which folding makes one."""
    return known(form) if form in _homographs() and any(c in word[1:] for c in "أؤئ") else hits(form)


@lru_cache(maxsize=1 << 16)
def known(form: str) -> tuple[Hit, ...]:
    """Readings of a folded form, whatever else it may be."""
    found: dict[tuple[int, bool, str], Hit] = {}
    for part in partings(form):
        for entries, forms in _tables():
            packed = forms.get(part.stem)
            if packed is None:
                continue
            for reading in packed.split():
                number, _, rest = reading.partition(":")
                code, _, pronoun = rest.partition("+")
                entry = entries[int(number)]
                if _fits(form, part.at, part.article, code, pronoun):
                    found.setdefault((id(entry), part.article, code), Hit(entry, code, part.at, part.article, pronoun))
    return tuple(found.values())


def _fits(form: str, at: int, article: bool, code: str, pronoun: str) -> bool:
    """Whether the proclitics may stand before the form: no article on verbs and before pronouns, س before the present alone."""
    if article:
        return code[0] in "MNAB" and not pronoun
    if not at:
        return True
    last = form[at - 1]
    if code[0] in "MNAB":
        return last in "وفبلك"
    return last in "وف" or (last == "س" and code[0] == "I") or (last == "ل" and code[0] == "J")


@lru_cache(maxsize=1 << 16)
def lights(form: str) -> tuple[LightHit, ...]:
    """Readings of a folded form as a support verb."""
    entries, forms = _lights()
    found: list[LightHit] = []
    for part in partings(form):
        if (packed := forms.get(part.stem)) is None:
            continue
        for reading in packed.split():
            number, _, rest = reading.partition(":")
            code, _, pronoun = rest.partition("+")
            if _fits(form, part.at, part.article, code, pronoun):
                found.append(LightHit(entries[int(number)], code, pronoun))
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def stems(form: str) -> frozenset[str]:
    """What a form may be without its proclitics and article: with these collocated words are compared."""
    return frozenset(p.stem for p in partings(form))
