"""Which place a name means: by the countries an article speaks of, by the word before it, and by size."""

from collections.abc import Mapping, Sequence
from math import log10

from khabar.gazetteer.model import Entry

_ALONE = 0.0


def resolve(candidates: Sequence[Entry], weak: frozenset[int], context: Mapping[str, float]) -> Entry | None:
    """The entry that a place's name means, or None where nothing fits.

    `weak` are the numbers of entries whose name alone tells no place; `context` maps countries (alpha-3) to how much the article
    speaks of them. A country that the article names outweighs size; without it the largest well-known place is meant, but a weak
    name without its country means nothing.
    """
    best, best_score = None, _ALONE
    spoken = sum(context.values())
    for entry in candidates:
        there = context.get(entry.country, 0.0) if entry.country else 0.5 * spoken
        if entry.number in weak and not there and len(candidates) > 1:
            continue
        score = 1.0 + 4.0 * there / (spoken + 1.0) + log10(entry.population + 10) / 8 + (0.6 if entry.number not in weak else 0.0)
        if entry.capital:
            score += 0.4
        if entry.number in weak and not there:
            score = 0.0 if spoken else 0.5
        if score > best_score:
            best, best_score = entry, score
    return best
