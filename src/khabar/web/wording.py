"""The record's own words (types, kinds, statuses) in the language of a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from khabar.web.language import LOCALES, Language


def _(message: str) -> str:
    """Marks a message for the catalogue."""
    return message


EVENTS = {
    "AGREE": _("agreement"),
    "CONSULT": _("consultation"),
    "SUPPORT": _("support"),
    "CONCEDE": _("concession"),
    "COOPERATE": _("cooperation"),
    "AID": _("aid"),
    "RETREAT": _("retreat"),
    "REQUEST": _("request"),
    "ACCUSE": _("accusation"),
    "REJECT": _("rejection"),
    "THREATEN": _("threat"),
    "PROTEST": _("protest"),
    "SANCTION": _("sanction"),
    "MOBILIZE": _("mobilisation"),
    "COERCE": _("coercion"),
    "ASSAULT": _("assault"),
    "DISASTER": _("disaster"),
}
STATUSES = {
    "happened": _("happened"),
    "ongoing": _("ongoing"),
    "planned": _("planned"),
    "possible": _("possible"),
    "denied": _("denied"),
}
FIGURES = {
    "killed": _("killed"),
    "injured": _("injured"),
    "missing": _("missing"),
    "displaced": _("displaced"),
    "detained": _("detained"),
    "affected": _("affected"),
    "rescued": _("rescued"),
    "kidnapped": _("kidnapped"),
    "damaged": _("damaged"),
    "deployed": _("deployed"),
}
ENTITIES = {
    "person": _("person"),
    "organization": _("organisation"),
    "country": _("country"),
    "place": _("place"),
    "group": _("group"),
    "hazard": _("hazard"),
}
OTHERS = {
    "confirm": _("confirmed"),
    "reject": _("rejected"),
    "correct": _("corrected"),
    "merge": _("merged"),
    "split": _("split off"),
    "event": _("event"),
    "figure": _("figure"),
    "attribution": _("attribution"),
    "entity": _("entity"),
    "story": _("story"),
    "waiting": _("waiting"),
    "reading": _("reading"),
    "latest": _("latest claim"),
    "min": _("least"),
    "max": _("greatest"),
    "ranked": _("ranked sources"),
    "ucdp": _("low, best and high (UCDP)"),
    "done": _("done"),
    "failed": _("failed"),
    "the reader is not sure": _("the reader is not sure"),
    "no day was found": _("no day was found"),
    "put together of several reports": _("put together of several reports"),
}
WORDS = {**OTHERS, **EVENTS, **STATUSES, **FIGURES, **ENTITIES}


@cache
def _modes(code: str) -> dict[str, str]:
    """What the modes of events are called; in English they are words already."""
    path = LOCALES / code / "modes.tsv"
    if not path.exists():
        return {}
    return dict(line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())


def words(language: Language) -> Callable[[str | None], str]:
    """A function that says a word of the record in a language; a word that it does not know as it is."""
    modes = _modes(language.code)

    def said(word: str | None) -> str:
        if not word:
            return ""
        return language.text(WORDS[word]) if word in WORDS else modes.get(word, word.replace("-", " "))

    return said
