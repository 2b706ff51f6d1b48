"""The words of an article's body, as they are compared: what makes two articles the same text, and what makes them differ.

Two articles are the same text where nearly all of the later one stands in the earlier one, in runs of several words. They
differ all the same where a number or a name was exchanged: a report whose toll was brought up to date, tomorrow's prices, a
telegram to another president are texts of their own, however alike. So are the arrival and the departure of a guest, which
protocol tells in one set of words.
"""

import re
from collections import Counter
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

from khabar.layers.amounts.words import LEXICON
from khabar.lexicon.tables import rows
from khabar.record import Record
from khabar.script import fold

WORD = re.compile(r"\d+(?:[.,٫٬]\d+)*|[^\W\d_]+")
RUN = 3
"""Words that two texts share by chance stand alone or in pairs; what was copied stands in runs of at least so many."""

SHARE = 0.7
"""A copy's words that stand in such runs in its original, at least; of a short text `SHORT_SHARE`, since chance tells less."""
SHORT, SHORT_SHARE = 40, 0.85

MOST_WORDS = 4000
"""Words of an article that are compared."""

_ROLES = frozenset(["ten", "teen", "tens", "hundred", "hundreds", "thousands", "scale", "dual", "many", "part", "parts", "pair"])

Copy = Literal["exact", "near"]


class Body(NamedTuple):
    """Words of a body (without title, byline and stamps), folded; and what the article is about in numbers and names."""

    words: list[str]
    title: list[str]
    names: frozenset[str]
    """words of names of people, organisations, countries and places"""
    meant: frozenset[str]
    """these, and the words of other phrases that mean one of them"""
    figures: frozenset[tuple[str, int | None, int | None, int | None]]


def body_of(record: Record) -> Body:
    """The body of an article; of one that has only a title, the title."""
    title = [b.span for b in record.blocks if b.kind == "title"]
    spans = [b.span for b in record.blocks if b.kind in ("paragraph", "subhead")] or title
    mentions = [(m.kind, m.quote) for e in record.entities if e.type not in ("hazard", "group") for m in e.mentions]
    names = frozenset(word for kind, quote in mentions if kind == "name" for word in words_of(quote) if len(word) > 2)
    meant = frozenset(word for kind, quote in mentions if kind == "nominal" for word in words_of(quote) if len(word) > 2)
    figures = frozenset((f.kind, f.low, f.best, f.high) for f in record.figures)
    words = words_of("\n".join([record.text[a:b] for a, b in spans]))
    return Body(words[:MOST_WORDS], words_of("\n".join([record.text[a:b] for a, b in title])), names, names | meant, figures)


def words_of(text: str) -> list[str]:
    """Folded words and numbers of a text, without punctuation."""
    return WORD.findall(fold(text).replace(",", "") if "," in text else fold(text))


def is_number(word: str) -> bool:
    """Whether a folded word is a number, in digits or in words; one, and what is also the name of a day, is none."""
    if word[0].isdigit():
        return True
    known = LEXICON.get(word)
    return known is not None and not known.article and (bool(_ROLES & known.roles.keys()) or known.roles.get("unit", 0) > 1)


def same_text(later: Body, earlier: Body) -> Copy | None:
    """Whether the later of two articles is a copy of the earlier one: word for word, nearly, or not at all."""
    if later.words == earlier.words and later.title == earlier.title:
        return "exact"
    if not later.words or not later.figures <= earlier.figures:
        return None
    there = set(earlier.words)
    gaps, shared = [], 0
    for same, theirs, ours in _runs(earlier.words, later.words):
        if same:
            shared += len(ours)
        else:
            gaps.append((theirs, ours))
    if shared < (SHORT_SHARE if len(later.words) < SHORT else SHARE) * len(later.words):
        return None
    if any(_exchanged(theirs, ours, later, earlier, there) or _recounted(theirs, ours) for theirs, ours in gaps):
        return None
    if any(_reversed(theirs, ours, there, set(later.words)) for theirs, ours in gaps):
        return None
    if _new_number(later, earlier):
        return None
    return "near"


def _runs(earlier: list[str], later: list[str]) -> list[tuple[bool, list[str], list[str]]]:
    """Stretches of two texts in order: same or not, the earlier's words, the later's. What is the same is at least `RUN` long."""
    found: list[tuple[bool, list[str], list[str]]] = []
    for op in Indel.opcodes(earlier, later):
        a, b, c, d = op.src_start, op.src_end, op.dest_start, op.dest_end
        same = op.tag == "equal" and (b - a >= RUN or a == c == 0 or (b == len(earlier) and d == len(later)))
        if not same and found and not found[-1][0]:
            found[-1][1].extend(earlier[a:b])
            found[-1][2].extend(later[c:d])
        else:
            found.append((same, earlier[a:b], later[c:d]))
    return found


def _exchanged(theirs: list[str], ours: list[str], later: Body, earlier: Body, there: set[str]) -> bool:
    """Whether a name was put in another's place."""
    new, gone = {w for w in ours if w not in there}, {w for w in theirs if w not in ours}
    return bool((new & later.names and gone & earlier.meant) or (new & later.meant and gone & earlier.names))


def _reversed(theirs: list[str], ours: list[str], there: set[str], here: set[str]) -> bool:
    """Whether a word was put in the place of its opposite, which each text has alone."""
    gone = {w for w in theirs if w not in here}
    return any(gone & opposites().get(w, frozenset()) for w in ours if w not in there)


@lru_cache(maxsize=1)
def opposites() -> dict[str, frozenset[str]]:
    """Folded words with those that tell of the opposite."""
    found: dict[str, frozenset[str]] = {}
    for one, other in rows("opposites"):
        for some, against in ((one.split(), other.split()), (other.split(), one.split())):
            for word in some:
                found[word] = found.get(word, frozenset()) | frozenset(against)
    return found


def _recounted(theirs: list[str], ours: list[str]) -> bool:
    """Whether a number was put in another's place."""
    before, after = Counter(filter(is_number, theirs)), Counter(filter(is_number, ours))
    return bool(before - after) and bool(after - before)


def _new_number(later: Body, earlier: Body) -> bool:
    """Whether the later text has a number that the earlier one has not, or not of the same thing."""
    before = _numbers(earlier.words)
    after = _numbers(later.words)
    known = {(n, w) for n, w, _ in before}, {(n, w) for n, _, w in before}
    if any((n, w) not in known[0] and (n, v) not in known[1] for n, w, v in after):
        return True
    figures = {w for w in (*earlier.words, *earlier.title) if is_number(w)}
    return any(is_number(w) and w not in figures for w in later.title)


def _numbers(words: list[str]) -> list[tuple[str, str, str]]:
    """Numbers of a text with the word before and the word after each."""
    round = ["", *words, ""]
    return [(w, round[i], round[i + 2]) for i, w in enumerate(words) if is_number(w)]
