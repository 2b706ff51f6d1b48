"""What is counted in a sentence: numbers with their nouns, duals, and single persons and things."""

from collections.abc import Sequence
from typing import NamedTuple

from khabar.layers.amounts import Amount
from khabar.layers.amounts.words import LEXICON
from khabar.layers.figures.words import CUES, MARKS, TALLY, Mark

Bound = int | None


class Count(NamedTuple):
    """A counted noun phrase: tokens [first, end), where its span starts and ends in the text, its bounds, the marks of its noun.
    `sort`: number, dual, single or one of; `conj` and `prep` tell of the clitics before it."""

    first: int
    end: int
    low: Bound
    best: Bound
    high: Bound
    sort: str
    noun: tuple[Mark, ...] = ()
    head: int | None = None
    conj: bool = False
    prep: bool = False
    at: int = 0
    amount: Amount | None = None


def whole(value: float | None) -> Bound:
    """A count is a whole number."""
    return None if value is None else int(value)


def number(amount: Amount, forms: Sequence[str], line_first: int, end: int) -> Count | None:
    """The counted phrase that a number begins; None where the number counts no people and no things."""
    bounds = _bounds(amount)
    if bounds is None:
        return None
    first = amount.tokens[0]
    n, head, noun = _noun_of(amount, forms, end)
    after_noun = forms[first] in CUES["after_noun"]
    if not noun and after_noun and (named := _named_before(first, forms, line_first)) is not None:
        i, marks = named
        return Count(i, n, *bounds, "dual", marks, i, marks[0].conj, marks[0].prep, marks[0].at)
    at = first - 1
    while at > line_first and forms[at] in ("(", '"'):
        at -= 1
    before = forms[at] if at >= line_first else ""
    if not noun:
        day = before in ("ال", "بال") and forms[at - 1] in CUES["days"]
        lonely = forms[first] in ("واحد", "واحده") and not any(m.kind for m in MARKS.get(before, ()))  # بحجر واحد
        if before in CUES["years"] or day or lonely:
            return None
    stop = head + 1 if noun or (head == n and not after_noun and _nounlike(forms, n, end)) else n
    while stop < end and forms[stop] in CUES["other"]:
        stop += 1
    word = LEXICON.get(forms[first])
    # وأحد المجندين is folded like واحد
    one_more = forms[first] == "واحد" and any(m.article and m.number in ("many", "both") for m in noun)
    conj = before == "و" or one_more or bool(word and word.conj)
    prep = before in ("ب", "ك") or bool(word and word.prep)
    return Count(first, stop, *bounds, "number", noun, head if head < end else None, conj, prep, 0, amount)


def _bounds(amount: Amount) -> tuple[Bound, Bound, Bound] | None:
    """Low, best and high as whole numbers; None for amounts that count nothing (money, spans of time, 2.5)."""
    area = amount.kind == "measure" and amount.unit in ("acre", "hectare", "dunam")
    if amount.kind != "cardinal" and not area:
        return None
    low, best, high = amount.low, amount.best, amount.high
    if amount.doubtful is not None:
        low, best, high = (None if v is None else amount.doubtful for v in (low, best, high))
    if any(v is not None and (v != int(v) or v < 0) for v in (low, best, high)):
        return None
    return whole(low), whole(best), whole(high)


def _noun_of(amount: Amount, forms: Sequence[str], end: int) -> tuple[int, int, tuple[Mark, ...]]:
    """End of the number with its closing bracket and unit of area, the token of its noun, the noun's marks."""
    n = amount.tokens[1] + (amount.kind == "measure")
    if n < end and forms[n] in (")", '"'):
        n += 1
    of = n + 1 < end and forms[n] == "من" and forms[n + 1] not in CUES["movements"]
    head = n + 1 if of and marks_of(forms[n + 1]) else n
    marks = marks_of(forms[head]) if head < end else ()
    noun = tuple(m for m in marks if m.role in ("bearer", "total", "person", "troops", "thing") and not m.conj and not m.prep)
    if forms[amount.tokens[0]] in CUES["after_noun"] and head == n and not any(m.article for m in noun):
        noun = ()  # واحد and اثنان come after their noun; what follows them is another word
    return n, head, noun


def _named_before(first: int, forms: Sequence[str], line_first: int) -> tuple[int, tuple[Mark, ...]] | None:
    """The noun that a number follows (عسكريين آخرين اثنين), over words that describe it."""
    for i in range(first - 1, max(line_first, first - 3) - 1, -1):
        marks = tuple(
            m for m in MARKS.get(forms[i], ()) if m.role in ("bearer", "person", "troops") and m.number in ("two", "both")
        )
        if marks and forms[i] not in CUES["other"]:
            return i, marks
        if forms[i] not in CUES["other"]:
            return None
    return None


def noun(i: int, forms: Sequence[str], end: int, sort: str) -> Count | None:
    """The phrase that a dual or a single noun begins: جنديين، شخص واحد."""
    wanted = ("two", "pair") if sort == "dual" else ("one",)
    marks = tuple(m for m in MARKS[forms[i]] if m.number in wanted and m.role in ("bearer", "person", "troops", "thing"))
    if sort == "dual":
        marks = tuple(m for m in marks if m.number == "two" or (i + 1 < end and forms[i + 1] in CUES["organs"]))
    if not marks:
        return None
    stop = i + 1
    while stop < end and (forms[stop] in CUES["other"] or (sort == "dual" and _dual_adjective(forms[stop]))):
        stop += 1
    if stop < end and forms[stop] in CUES["after_noun"]:
        stop += 1
    value = 2 if sort == "dual" else 1
    m = marks[0]
    return Count(i, stop, value, value, value, sort, marks, i, m.conj, m.prep, m.at)


def _dual_adjective(form: str) -> bool:
    """Whether a token is a dual that may describe the dual before it (جنديين تركيين)."""
    return any(m.number in ("two", "both") and not (m.conj or m.prep or m.kind) for m in MARKS.get(form, ()))


def one_of(i: int, forms: Sequence[str], end: int) -> Count | None:
    """The phrase of أحد or إحدى with the plural after it: أحد جنودها، إحدى السيارات، أحد أبرز القادة."""
    head = i + 2 if i + 1 < end and forms[i + 1] in CUES["elatives"] else i + 1
    if head >= end:
        return None
    marks = tuple(
        m for m in marks_of(forms[head]) if m.number in ("many", "both") and m.role in ("bearer", "person", "troops", "thing")
    )
    if not marks or marks[0].conj or marks[0].prep:
        return None
    at = next((k for k, letter in enumerate(forms[i]) if letter == "ا"), 0)
    return Count(i, head + 1, 1, 1, 1, "one of", marks, head, forms[i].startswith("و"), False, at)


def marks_of(form: str) -> tuple[Mark, ...]:
    """Marks of a noun, with or without a pronoun after it (جنودها)."""
    if marks := MARKS.get(form):
        return marks
    for pronoun in ("هما", "ها", "هم", "هن", "نا", "ه"):
        if form.endswith(pronoun) and (marks := MARKS.get(form[: -len(pronoun)])):
            return marks
    return ()


def counts(forms: Sequence[str], i: int) -> bool:
    """Whether the token at `i` is a noun of people or things."""
    return i < len(forms) and any(
        m.role in ("bearer", "person", "troops", "thing") and not m.prep and not m.conj for m in MARKS.get(forms[i], ())
    )


def _nounlike(forms: Sequence[str], i: int, end: int) -> bool:
    """Whether an unknown token after a number looks like the noun that it counts."""
    if i >= end or len(form := forms[i]) < 3 or not form.isalpha() or form in MARKS or form in TALLY:
        return False
    return (
        form[0] not in "وبلفك"
        and not form.startswith("ال")
        and not any(form in CUES[name] for name in ("breaks", "apart", "adverbs", "parts", "yearly"))
    )
