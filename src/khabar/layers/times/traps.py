"""Words that only look like times: صلاة الجمعة, حزب الغد, روسيا اليوم, رمضان the person."""

from collections.abc import Sequence
from dataclasses import replace

from khabar.layers.times.meanings import Date
from khabar.lexicon import load
from khabar.script import fold

_CLITICS = ("", "و", "ف", "ل", "ب", "ك")
_CALENDAR = load("calendar")


def _forms(words: list[str]) -> frozenset[str]:
    return frozenset(clitic + fold(word) for word in words for clitic in _CLITICS)


_AFTER = {kind: _forms(words) for kind, words in _CALENDAR["not_after"].items()}
_BEFORE = {kind: _forms(words) for kind, words in _CALENDAR["not_before"].items()}
_OUTLETS, _BYLINES = _forms(_CALENDAR["outlets"]), _forms(_CALENDAR["bylines"])
_NAMED = _CALENDAR["named_after"]
_PLACES, _OPEN, _EVENTS = _forms(_NAMED["places"]), _forms(_NAMED["open"]), _forms(_NAMED["events"])
_YEARS = {(d["month"], d["day"]): d["year"] for d in _NAMED["years"]}


def as_named(date: Date, before: str) -> Date | None:
    """A day or month without a year after the word `before`: with its year where an event is named by it (ثورة 25 يناير), without
    month where the event's year is not known, None where something else is (شارع 26 يوليو)."""
    if before in _EVENTS and (year := _YEARS.get((date.month or 0, date.day))):
        return replace(date, year=year)
    if before in _PLACES and date.day:
        return None
    return replace(date, day=None, month=None) if before in _OPEN else date


def is_trap(kind: str, forms: Sequence[str], at: int) -> bool:
    """Whether a word that is an atom of a kind and stands alone is no time, by the folded forms around it."""
    before, after = forms[at - 1] if at else "", forms[at + 1] if at + 1 < len(forms) else ""
    if before in _AFTER.get(kind, ()) or after in _BEFORE.get(kind, ()):
        return True
    if kind != "today" or at < 1:
        return False
    further = forms[at - 2] if at > 1 else ""
    if after == '"' and '"' in (before, further):
        return True
    if before in _BYLINES:
        return "-" in (further, after) or at == 1
    return further in _OUTLETS
