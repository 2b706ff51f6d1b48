"""The closed classes of the lexicon that reading who speaks depends on, folded."""

from functools import cache
from typing import Literal

from khabar import lexicon
from khabar.script import fold


@cache
def vocab(kind: str) -> frozenset[str]:
    """The folded words of one list of speech.yaml."""
    return frozenset(fold(word) for word in lexicon.load("speech")[kind])


@cache
def nouns(kind: str) -> frozenset[str]:
    """The folded words of one list of sources.yaml."""
    return frozenset(fold(word) for word in lexicon.load("sources")[kind])


@cache
def compounds() -> frozenset[tuple[str, ...]]:
    """Folded two-word heads (وسائل إعلام)."""
    return frozenset(tuple(fold(words).split()) for words in lexicon.load("sources")["compound"])


def bare(form: str) -> str:
    """A folded word without its article."""
    return form[2:] if form.startswith("ال") and len(form) > 4 else form


def unjoined(form: str) -> str:
    """A folded word without a conjunction or preposition before its article; لل becomes ال."""
    if form[:3] in ("وال", "فال", "بال"):
        return form[1:]
    return "ال" + form[2:] if form.startswith("لل") else form


def beside(form: str) -> Literal["person", "group", None]:
    """What an unnamed voice is that a word joins to the one before it by "and" (ومصادر طبية); None where it joins none."""
    if not form.startswith("و"):
        return None
    # with the article it may be a second title of the same person: الكاتب والمحلل فلان
    return "group" if bare(form[1:]) in nouns("group") else "person" if form[1:] in nouns("person") else None


def joined(form: str) -> str:
    """A folded word without an "and" before it."""
    return form[1:] if len(form) > 3 and form[0] == "و" else form
