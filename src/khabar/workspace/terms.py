"""What an article is about, as weighted terms: stems of its words and the names in it.

Title and lead say what an article reports, so their words weigh more. Stems are those of a light stemmer (article with its
proclitics, the commonest endings), after Larkey, Ballesteros and Connell (2007), Light stemming for Arabic information
retrieval, without the bare conjunction, which cannot be told from a first letter.
"""

import math
import re
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

from khabar.record import Record
from khabar.workspace.body import words_of

MOST = 48
"""Terms of an article that are kept, those that weigh most."""

TITLE, LEAD, REST = 3.0, 1.5, 0.5
LEAD_LENGTH = 400
"""Characters of a body that count as its lead."""

NAME = 1.5
"""What the whole name of a person, organisation or place adds to its words."""

_PREFIX = re.compile(r"^(?:[وف]?(?:[بك]?ال|لل))(?=...)")
_SUFFIX = re.compile(r"(?<=...)(?:اته|اتها|ات|ون|ين|ان|يه|ها|هم|ه|ي|ا)$")
_LETTERS = re.compile(r"[^\W\d_]{2}")


class Terms(msgspec.Struct, frozen=True):
    """Terms of an article with how much it speaks of them; `title` are those of its title."""

    weights: dict[str, float]
    title: list[str]


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The stem of a folded word."""
    return _SUFFIX.sub("", _PREFIX.sub("", word))


def is_term(word: str) -> bool:
    """Whether a folded word can be a term: two letters at least, no number."""
    return _LETTERS.match(word) is not None


def terms_of(record: Record) -> Terms:
    """The terms of an article that say most about it."""
    counts: defaultdict[str, float] = defaultdict(float)
    title: dict[str, None] = {}
    left = LEAD_LENGTH
    for block in record.blocks:
        if block.kind not in ("title", "paragraph", "subhead"):
            continue
        a, b = block.span
        text = record.text[a:b]
        weight = TITLE if block.kind == "title" else LEAD if left > 0 else REST
        left -= 0 if block.kind == "title" else len(text)
        for word in words_of(text):
            if is_term(word):
                counts[stem(word)] += weight
                if block.kind == "title":
                    title[stem(word)] = None
    for entity in record.entities:
        if entity.type in ("person", "organization", "place") and " " in entity.name:
            counts[" ".join(map(stem, words_of(entity.name)))] += NAME * min(3, len(entity.mentions))
    weights = {term: round((1 + math.log(max(1.0, n))) * rarity(term), 3) for term, n in counts.items()}
    best = sorted(weights, key=lambda t: (-weights[t], t))[:MOST]
    return Terms({t: round(weights[t] / rarity(t), 3) for t in best}, [t for t in title if t in weights])


def rarity(term: str, seen: int = 0, of: int = 0) -> float:
    """How rare a term is (inverse document frequency), from news at large and from the `seen` of `of` articles at hand."""
    return math.log((_BASE + of + 1) / (common().get(term, 0.0) * _BASE + seen + 1))


_BASE = 2000
"""Articles that what is known of news at large counts for."""


@cache
def common() -> dict[str, float]:
    """Terms that many articles have, with their share of articles (`common.tsv`, made by scripts/common_terms.py)."""
    lines = files("khabar.workspace").joinpath("common.tsv").read_text(encoding="utf-8").splitlines()
    return {term: float(share) for term, share in (line.split("\t") for line in lines if not line.startswith("#"))}
