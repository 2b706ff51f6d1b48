"""What a story is about: the sum of what its articles are about, and how near an article is to it."""

from __future__ import annotations

import math
from collections.abc import Mapping

import msgspec

from khabar.workspace.terms import Terms, rarity

MOST = 120
"""Terms of a story that are kept, those that weigh most."""

Vector = dict[str, float]


class Profile(msgspec.Struct):
    """A story's terms: sums over its articles of unit vectors, of all terms and of the titles' terms."""

    terms: Vector
    title: Vector

    def add(self, other: Profile) -> None:
        """Count an article's terms in."""
        self.terms = _sum(self.terms, other.terms)
        self.title = _sum(self.title, other.title)


def profile(terms: Terms, counts: Mapping[str, int], of: int) -> Profile:
    """An article's terms as unit vectors, weighed by how rare they are: `counts` says how many of `of` articles have each."""
    rare = {term: rarity(term, counts.get(term, 0), of) for term in {**terms.weights, **dict.fromkeys(terms.title)}}
    return Profile(_unit({t: w * rare[t] for t, w in terms.weights.items()}), _unit({t: rare[t] for t in terms.title}))


def similarity(one: Profile, other: Profile) -> tuple[float, float]:
    """Cosines of two profiles: of all their terms, and of the first's title with the other's titles."""
    return _cosine(one.terms, other.terms), _cosine(one.title, other.title)


def packed(made: Profile) -> bytes:
    """A profile as it is stored."""
    return msgspec.msgpack.encode(made)


def unpacked(blob: bytes) -> Profile:
    """A profile from what is stored."""
    return msgspec.msgpack.decode(blob, type=Profile)


def _sum(one: Vector, other: Vector) -> Vector:
    total = dict(one)
    for term, weight in other.items():
        total[term] = total.get(term, 0.0) + weight
    if len(total) <= MOST:
        return total
    return {t: total[t] for t in sorted(total, key=lambda t: (-total[t], t))[:MOST]}


def _unit(vector: Vector) -> Vector:
    length = _length(vector)
    return {t: w / length for t, w in vector.items()} if length else {}


def _length(vector: Vector) -> float:
    return math.sqrt(sum(w * w for w in vector.values()))


def _cosine(one: Vector, other: Vector) -> float:
    if len(one) > len(other):
        one, other = other, one
    both = _length(one) * _length(other)
    return sum(w * other[t] for t, w in one.items() if t in other) / both if both else 0.0
