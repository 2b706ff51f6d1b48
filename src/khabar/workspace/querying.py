"""What a query asks for.

Words are all asked for; "words in quotes" stand side by side, `-word` must not be there, `word*` begins with what is written.
Whatever else is written is no error and asks for nothing.
"""

from __future__ import annotations

import re

import msgspec

from khabar.script import fold
from khabar.workspace.forms import folded, parted, terms

LONGEST = 1000
"""Characters of a query that are read."""
MOST = 32
"""Clauses of a query that are read."""

_PIECE = re.compile(r'(?P<no>(?<!\S)-)?(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]+))')
_LATIN = re.compile(r"[a-z]")


class Clause(msgspec.Struct, frozen=True):
    """Something that an article has to have, or not: one of several rows of terms, side by side.

    With `prefix`, the last term of each is only the beginning of one. `latin` is the words where all are Latin, by which
    entities too are found.
    """

    rows: tuple[tuple[str, ...], ...]
    prefix: bool = False
    negative: bool = False
    latin: tuple[str, ...] = ()


def clauses(query: str) -> list[Clause]:
    """The clauses of a query; Latin words that follow one another are one name, though not one phrase."""
    found: list[Clause] = []
    for piece in _PIECE.finditer(fold(query[:LONGEST])):
        clause = _clause(piece["phrase"] if piece["word"] is None else piece["word"], piece["word"] is None, bool(piece["no"]))
        if clause and clause not in found:
            found.append(clause)
    return found[:MOST]


def _clause(words: str, phrase: bool, negative: bool) -> Clause | None:
    row = tuple(terms(words))
    if not row:
        return None
    latin = row if all(word.isascii() and _LATIN.search(word) for word in row) else ()
    if phrase or not words.rstrip().endswith("*"):
        return Clause((row,), negative=negative, latin=latin)
    last = folded(re.sub(r".*[\W_](?=[^\W_])", "", words).rstrip("*"))
    # the words that begin so come to terms that begin so, or as what proclitics leave of it
    ends = [last, *parted(last)]
    return Clause(tuple((*row[:-1], end) for end in dict.fromkeys(ends)), prefix=True, negative=negative, latin=latin)


def fts5(clause: Clause) -> str:
    """A clause in the language of SQLite's FTS5; terms are letters and digits, so that nothing in them has to be escaped."""
    star = " *" if clause.prefix else ""
    return "(" + " OR ".join(f'"{" ".join(row)}"{star}' for row in clause.rows) + ")"


def tsquery(clause: Clause) -> str:
    """A clause in the language of PostgreSQL's tsquery."""
    star = ":*" if clause.prefix else ""
    return "(" + " | ".join(" <-> ".join(f"'{term}'" for term in row) + star for row in clause.rows) + ")"
