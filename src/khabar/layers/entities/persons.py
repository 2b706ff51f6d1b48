"""Which mentions name one person: full and short names, foreign spellings, titles that only one person bears."""

from khabar.layers.entities.keys import skeleton, tokens
from khabar.layers.names.words import wordset

_APART = wordset("first names told apart by vowels")
_LINKS = frozenset(["بن", "بنت", "ابن", "ابو", "ابي", "ال", "ولد", "دي", "فون", "فان", "دو", "لو", "لا"])


def same_person(a: str, b: str) -> bool:
    """Whether two names of two words or more can be one person's."""
    x, y = tokens(a), tokens(b)
    if len(x) > len(y):
        x, y = y, x
    if len(x) < 2:
        return False
    if not alike(x[0], y[0]):
        return _inner(x, y)
    if len(x) == len(y):
        return all(alike(p, q) for p, q in zip(x, y, strict=True))
    if all(alike(p, q) for p, q in zip(x, y, strict=False)):
        return True  # محمد بن سلمان, محمد بن سلمان بن عبد العزيز
    rest = iter(y)
    return alike(x[-1], y[-1]) and all(any(alike(p, q) for q in rest) for p in x)


def _inner(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    """A name without its first name: فون دير لاين, أمير عبد اللهيان. Not the father's (سعد بن فهد of ناصر بن سعد بن فهد)."""
    if len(y) <= len(x) or (len(x) > 1 and y[-len(x) - 1] in _SON):
        return False
    return all(alike(p, q) for p, q in zip(x, y[-len(x) :], strict=True))


_SON = frozenset(["بن", "بنت", "ابن"])


def alike(p: str, q: str) -> bool:
    """Whether two words are spellings of one name."""
    if p == q:
        return True
    if p in _APART and q in _APART:
        return False  # محمد and محمود are two names
    if min(len(p), len(q)) < 3:
        return skeleton(p) == skeleton(q) and p[:1] == q[:1] and len(p) + len(q) > 4
    return skeleton(p) == skeleton(q)


def short_of(short: str, full: str) -> bool:
    """Whether a name of one word (or a family's بن X) is the last part of a full name."""
    x, y = tokens(short), tokens(full)
    return bool(x) and _inner(x, y)


def first_of(short: str, full: str) -> bool:
    """Whether a name of one word is the first part of a full name."""
    x, y = tokens(short), tokens(full)
    return len(x) == 1 and len(y) > 1 and x[0] == y[0] and y[0] not in _LINKS
