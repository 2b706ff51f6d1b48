"""What a word is searched by: its folded form without the words that Arabic writes as one with it.

ببنغازي, وبنغازي, لبنغازي and بنغازي have one term, so that each finds the others. Only a lexicon can tell the و of وبنغازي from
that of وزير, and no lexicon has all names; but for searching it is enough that a word and the same word after a proclitic come
to the same term. So every letter that can be a proclitic is taken off (وزير comes to زير as لوزير does), which does harm only
where what is left is another word: those words are listed in `own.txt` (فيصل is not ف + يصل) and are terms as they stand.
Three letters have to be left, or one of the two-letter nouns of `short.txt` (سد, دم).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from khabar.script.fold import INVISIBLE, MARKS, fold

FOLDER = Path(__file__).parent
LONGEST = 60
"""Letters of a term at most; longer ones are cut."""

_WORD = re.compile(
    rf"\d{{1,3}}(?:[,٬،]\d{{3}})+(?![,٬،]?\d)|[^\W_](?:[^\W_]|[{MARKS}{INVISIBLE}](?=[{MARKS}{INVISIBLE}]*[^\W_]))*"
)
_PROCLITICS = frozenset("وفبلكس")
_ARABIC = re.compile("[\u0621-\u064a]")


def listed(name: str) -> frozenset[str]:
    """The folded words of a file, one a line; what follows # is a comment."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return frozenset(fold(word) for line in lines if (word := line.partition("#")[0].strip()))


_OWN, _SHORT = listed("own.txt"), listed("short.txt")


class Found(NamedTuple):
    """A term and where its word stands: `[start, end)` of the text."""

    term: str
    start: int
    end: int


def found(text: str) -> Iterator[Found]:
    """The terms of a text with their places."""
    for match in _WORD.finditer(text):
        if term := term_of(match[0]):
            yield Found(term, match.start(), match.end())


def terms(text: str) -> list[str]:
    """The terms of a text, in order."""
    return [term for word in _WORD.findall(text) if (term := term_of(word))]


@lru_cache(maxsize=1 << 17)
def term_of(word: str) -> str:
    """The term of a word as it stands in a text: what it and the same word after a proclitic are both searched by."""
    form = folded(word)
    for shorter in parted(form):
        form = shorter
    return form


def folded(word: str) -> str:
    """A word without what is not searched by: marks, hamzas, case, accents of Latin letters, commas of thousands."""
    form = fold(word)
    if not _ARABIC.search(form):
        form = "".join(c for c in unicodedata.normalize("NFKD", form) if c.isalnum()).casefold()
    return form[:LONGEST]


def parted(form: str) -> Iterator[str]:
    """What is left of a folded form, proclitic by proclitic, as long as it is no word of its own and what is left can be one."""
    while form and form not in _OWN:
        if form.startswith("ال"):
            rest = form[2:]
        elif form[0] in _PROCLITICS:
            rest = form[1:]
        else:
            return
        if len(rest) < 3 and rest not in _SHORT:
            return
        yield rest
        form = rest
