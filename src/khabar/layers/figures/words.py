"""Words of impact and of what is counted, by token, with their clitics."""

from typing import NamedTuple

from khabar.layers.amounts.words import HEADS
from khabar.lexicon.tables import rows
from khabar.record import FigureKind


class Mark(NamedTuple):
    """What a token is in the grammar of figures.

    `role`: bearer (قتيل), total (وفيات), act (مقتل), deed (القتل), verb, done (مصرعهم), person, troops or thing; `kind` that of
    the record, None for what is only counted. `number`: one, kin, two, many, both (مدنيين: two or many), pair (ضابطي: two of a
    construct); of a verb, its ending or "present".
    """

    at: int
    conj: bool
    prep: bool
    article: bool
    role: str
    kind: FigureKind | None
    number: str


# forms that are a country's name (ألمانيا) or a movement's (طالبان) before they are an accusative or a dual
_NAMES = frozenset(word for _, words in rows("names_like_nouns") for word in words.split())
_PAST = ("", "ت", "وا", "ا", "تا")
_PRESENT = [p + "{}" + s for p in "يت" for s in ("", "ون", "ان")]
_VERB_HEADS = [("", False), ("و", True), ("ف", True)]


def _duals(form: str) -> list[tuple[str, str]]:
    if form.endswith("ه"):
        stem = form[:-1] + "ت"
        return [(stem + "ان", "two"), (stem + "ين", "two"), (stem + "ي", "pair"), (stem + "ا", "pair")]
    return [(form + "ان", "two"), (form + "ين", "two"), (form + "ي", "pair"), (form + "ا", "pair")]


def _table() -> dict[str, tuple[Mark, ...]]:
    nouns: dict[tuple[str, str, str | None, bool], str] = {}

    def noun(form: str, role: str, kind: str | None, number: str) -> None:
        key = (form, role, kind, number == "pair")
        old = nouns.get(key)
        nouns[key] = "both" if {old, number} == {"two", "many"} else old or number

    marks: dict[str, list[Mark]] = {}

    def mark(form: str, *rest: object) -> None:
        m = Mark(*rest)  # type: ignore[arg-type]
        if m not in (known := marks.setdefault(form, [])):
            known.append(m)

    kind: str | None
    for role, kind, forms in rows("impact"):
        for form in forms.split():
            if role == "one":
                noun(form, "bearer", kind, "one")
                if not form.endswith("ا"):
                    for dual, number in _duals(form):
                        noun(dual, "bearer", kind, number)
            elif role == "many":
                noun(form, "bearer", kind, "many")
            elif role == "total":
                noun(form, "total", kind, "many")
            elif role == "act":
                for head, conj, prep, article in HEADS:
                    mark(head + form, len(head), conj, prep, article, "deed" if article else "act", kind, "")
            elif role == "done":
                mark(form, 0, False, False, False, "done", kind, "")
            elif role == "verb":
                for head, conj in _VERB_HEADS:
                    for end in _PAST:
                        mark(head + form + end, len(head), conj, False, False, "verb", kind, end)
                    if form.endswith("ي") and form != "قضي":  # أخلى، أخلت، أخلوا; قضت and قضوا are of time as often
                        for end in ("ت", "وا"):
                            mark(head + form[:-1] + end, len(head), conj, False, False, "verb", kind, end)
            elif role == "present":
                for head, conj in (*_VERB_HEADS, ("س", False), ("وس", True)):
                    for shape in _PRESENT:
                        mark(head + shape.format(form), len(head), conj, False, False, "verb", kind, "present")
    for role, ones, manys in rows("counted"):
        single, role = role != "kin", "person" if role == "kin" else role
        for form in ones.split():
            noun(form, role, None, "one" if single else "kin")
            if single and not form.endswith(("ه", "ا", "ء")) and form + "ا" not in _NAMES:
                noun(form + "ا", role, None, "one")
            for dual, number in _duals(form):
                if dual not in _NAMES:
                    noun(dual, role, None, number)
        for form in manys.split():
            noun(form, role, None, "many")
    for (form, role, kind, _), number in nouns.items():
        for head, conj, prep, article in HEADS:
            mark(head + form, len(head), conj, prep, article, role, kind, number)
    return {form: tuple(m) for form, m in marks.items()}


MARKS = _table()
"""Marks of every folded token that has any."""


def _lists() -> dict[str, frozenset[str]]:
    lists: dict[str, set[str]] = {}
    for name, words in rows("impact_cues"):
        lists.setdefault(name, set()).update(words.split())
    return {name: frozenset(words) for name, words in lists.items()}


CUES = _lists()
"""The small words of the grammar, by list (`lexicon/impact_cues.tsv` says what each is for)."""

TALLY = frozenset(h + w for h in ("", "و", "ال", "وال", "ب", "ل", "لل", "بال", "ف") for w in CUES["tally"])
PARTS = frozenset(h + w for h in ("", "و", "ف") for w in CUES["parts"])

TRIGGERS = frozenset(
    {form for form, marks in MARKS.items() if any(m.kind for m in marks)}.union(
        TALLY, PARTS, *(CUES[name] for name in ("need", "presence", "fire", "rest"))
    )
)
"""A sentence without one of these has no figure."""
