"""Words that only look like times: صلاة الجمعة, حزب الغد, روسيا اليوم, رمضان the person."""

from khabar.lexicon import load
from khabar.script import fold

_CLITICS = ("", "و", "ل", "ب", "وال", "ال", "لل", "بال")


def _words(table: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    return {kind: frozenset(clitic + fold(w) for w in words for clitic in _CLITICS) for kind, words in table.items()}


_AFTER = _words(load("calendar")["not_after"])
_BEFORE = _words(load("calendar")["not_before"])


def is_trap(kind: str, before: str, after: str) -> bool:
    """Whether a word that is an atom of a kind and stands alone is no time, by the folded forms before and after it."""
    return before in _AFTER.get(kind, ()) or after in _BEFORE.get(kind, ())
