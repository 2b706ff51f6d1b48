"""Proclitics: the one-letter words and the article that Arabic writes as one with the word after them.

Only a lexicon can tell that the و of وبنغازي is "and" and that of وزارة is not, so this module lists the ways in which a form
can be parted and leaves the choice to whoever looks the rest up.
"""

from functools import lru_cache
from typing import NamedTuple


class Parting(NamedTuple):
    """One way to part a folded form: `form[:at]` are proclitics, `stem` is what is left, `article` whether ال was taken off."""

    at: int
    stem: str
    article: bool


@lru_cache(maxsize=1 << 16)
def partings(form: str) -> tuple[Parting, ...]:
    """Ways to part a folded form, the whole form first, then by how much is taken off.

    Conjunction (و ف), then preposition (ب ل ك) or future (س), then the article; للـ is ل with the article's alef swallowed.
    A stem keeps at least two letters.
    """
    found = [Parting(0, form, False)]
    heads = [0]
    if len(form) > 2 and form[0] in "وف":
        heads.append(1)
    heads += [head + 1 for head in heads if len(form) > head + 2 and form[head] in "بلكس"]
    for head in heads:
        rest = form[head:]
        if head and len(rest) > 1:
            found.append(Parting(head, rest, False))
        if rest.startswith("ال") and len(rest) > 3:
            found.append(Parting(head + 2, rest[2:], True))
        elif head and form[head - 1] == "ل" and rest.startswith("ل") and len(rest) > 2:
            found.append(Parting(head + 1, rest[1:], True))
    return tuple(sorted(set(found)))
