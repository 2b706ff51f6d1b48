"""Patterns over atoms: a small algebra that compiles to regular expressions on the letters of `Atoms`.

A pattern knows with which kinds of atom it can start, so that at each token only the rules are tried that may match there. The
idea of rules over classified tokens is Duckling's; here a rule is one regular expression, and rules of one level are composed by
`points` and `spans`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from khabar.layers.times.vocabulary import REST, Atom, code

if TYPE_CHECKING:
    from khabar.layers.times.atoms import Atoms
    from khabar.layers.times.meanings import Meaning


class Pattern(NamedTuple):
    """A regular expression over letters, the kinds it can start with, and whether it can match nothing."""

    text: str
    first: frozenset[str]
    empty: bool = False


def atom(*kinds: str, glue: str = "") -> Pattern:
    """One atom of the kinds, of as many tokens as it has; a year in words is a cardinal too. It stands without clitics unless
    `glue` lists some (`w`, `b`, `l`, `k`); `glue="w!"` demands one. The clitic of an expression's first token never counts."""
    if "cardinal" in kinds:
        kinds += ("yearInWords",)
    letters = "".join(re.escape(code(kind)) for kind in kinds)
    clitics = glue.removesuffix("!")
    allowed = f"[{clitics}]" if glue.endswith("!") else f"[{clitics}-]" if clitics else "-"
    return Pattern(f"{allowed}[{letters}](?:.{re.escape(REST)})*", frozenset(kinds))


def seq(*parts: Pattern) -> Pattern:
    """One pattern after the other."""
    first: set[str] = set()
    for part in parts:
        first |= part.first
        if not part.empty:
            break
    return Pattern("".join(p.text for p in parts), frozenset(first), all(p.empty for p in parts))


def either(*parts: Pattern) -> Pattern:
    """The first of the patterns that matches."""
    return Pattern(
        "(?:" + "|".join(p.text for p in parts) + ")", frozenset().union(*(p.first for p in parts)), any(p.empty for p in parts)
    )


def maybe(*parts: Pattern) -> Pattern:
    """The sequence, or nothing."""
    inner = seq(*parts)
    return Pattern(f"(?:{inner.text})?", inner.first, True)


def some(*parts: Pattern) -> Pattern:
    """The sequence, any number of times."""
    inner = seq(*parts)
    return Pattern(f"(?:{inner.text})*", inner.first, True)


def named(name: str, *parts: Pattern) -> Pattern:
    """The sequence, to be asked for by name."""
    inner = seq(*parts)
    return Pattern(f"(?P<{name}>{inner.text})", inner.first, inner.empty)


_LEADS = frozenset(["in", "since", "to", "during", "between", "edge", "before", "after"])
LEADING = frozenset(["dayLabel", "length", "since", "during", "in", "from", "with"])
"""Kinds of words that lead to a time and stay outside its expression."""


_BOUNDS = frozenset(["before", "after"])
"""Kinds of words that belong to a distance (قبل عام) and not to a date (قبل عام 2020)."""


class Rule(NamedTuple):
    """A pattern and what it means; `build` gives None where the words turn out to mean nothing."""

    name: str
    expression: re.Pattern[str]
    parts: dict[str, tuple[int, ...]]
    build: "Callable[[Match], Meaning | None]"
    first: frozenset[str]


class Match:
    """A match of a rule: atoms by the names of its parts. `start` and `end` are tokens."""

    def __init__(self, found: re.Match[str], rule: Rule, start: int, atoms: "Atoms", limit: int) -> None:
        self.start = start
        self._limit = limit
        self._all = atoms
        self._forms = atoms.forms
        self.end = start + len(found[0]) // 2
        self._found = found
        self._parts = rule.parts
        self._atoms = atoms.of

    @property
    def after_time_word(self) -> bool:
        """Whether the word before is a preposition or a noun that a time follows (في، منذ، خلال، حتى، مطلع)."""
        return self.before in _LEADS

    @property
    def alone(self) -> bool:
        """Whether the match is all that there is."""
        return self.start == 0 and self.end == len(self._atoms)

    @property
    def all(self) -> list[Atom]:
        """All atoms of the match."""
        return [a for a in self._atoms[self.start : self.end] if a.kind != "other"]

    @property
    def before(self) -> str:
        """Kind of the atom before the match."""
        return self._all.kind_before(self.start)

    @property
    def after(self) -> str:
        """Kind of the atom after the match."""
        return self._atoms[self.end].kind if self.end < self._limit else "end"

    @property
    def stop(self) -> int:
        """The token after the expression: the part `head`, which the rule needs to see behind it, is no part of it."""
        return self._span("head")[0] or self.end

    @property
    def head(self) -> int | None:
        """The token of the word that the expression hangs on, where the rule has a `head`."""
        a, b = self._span("head")
        if not b:
            return None
        word = a if self._atoms[a].kind == "other" else b
        return word if word < len(self._atoms) else None

    @property
    def form(self) -> str:
        """The folded form that the match begins with."""
        return self._forms[self.start]

    def form_at(self, token: int) -> str:
        """The folded form of a token of the match, counted from its first."""
        return self._forms[self.start + token]

    @property
    def previous(self) -> str:
        """The folded form before the match, empty at the beginning of the text."""
        return self._forms[self.start - 1] if self.start else ""

    @property
    def following(self) -> str:
        """The folded form after the match, empty at the end of the sentence."""
        return self._forms[self.end] if self.end < self._limit else ""

    @property
    def second(self) -> str:
        """The folded form after that."""
        return self._forms[self.end + 1] if self.end + 1 < self._limit else ""

    def behind(self, tokens: int) -> list[str]:
        """Kinds of the atoms of some tokens before the match."""
        return [a.kind for a in self._atoms[max(0, self.start - tokens) : self.start]]

    def _span(self, name: str) -> tuple[int, int]:
        for group in self._parts.get(name, ()):
            a, b = self._found.span(group)
            if a >= 0:
                return self.start + a // 2, self.start + b // 2
        return 0, 0

    def has(self, name: str) -> bool:
        """Whether a part is there."""
        return self._span(name) != (0, 0)

    def atoms(self, name: str) -> list[Atom]:
        """The atoms of a part; none where it is not there."""
        a, b = self._span(name)
        return [x for x in self._atoms[a:b] if x.kind != "other"]

    def value(self, name: str) -> Any:
        """The value of a part's first atom that has one; None where the part is not there."""
        return next((x.value for x in self.atoms(name) if x.value is not None), None)


_NAME = re.compile(r"\(\?P<(\w+)>")


def rule(name: str, pattern: Pattern, build: "Callable[[Match], Meaning | None]") -> Rule:
    """A rule of a pattern. A name may stand at several places of it, of which one at most matches."""
    groups: dict[str, list[str]] = {}

    def unique(found: re.Match[str]) -> str:
        places = groups.setdefault(found[1], [])
        places.append(f"{found[1]}_{len(places)}")
        return f"(?P<{places[-1]}>"

    expression = re.compile(_NAME.sub(unique, pattern.text))
    index = expression.groupindex
    return Rule(name, expression, {k: tuple(index[p] for p in places) for k, places in groups.items()}, build, pattern.first)


class Grammar:
    """Rules by the kind of atom that they start with."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._by_first: dict[str, list[Rule]] = {}
        for one in rules:
            for kind in sorted(one.first):
                self._by_first.setdefault(kind, []).append(one)

    def matches(self, atoms: "Atoms", sentences: Sequence[tuple[int, int]]) -> Iterator[tuple[Match, "Meaning"]]:
        """The longest match at each token from left to right, without overlaps; of equally long ones the first rule's.

        Where a rule begins with a word that only leads to a time (في، منذ، خلال) and more is read without it, that word is left
        out.
        """
        of, by_first = atoms.of, self._by_first
        for first, end in sentences:
            i = first
            while i < end:
                if of[i].kind not in by_first:
                    i += 1
                    continue
                best = self._best(i, end, atoms)
                if best is None:
                    i += 1
                    continue
                if atoms.of[i].kind in LEADING or atoms.of[i].kind in _BOUNDS:
                    k = i + 1
                    while k < best[0].end and (atoms.letters[2 * k + 1] == REST or of[k].kind in LEADING):
                        k += 1
                    rival = self._best(k, end, atoms) if k < best[0].end + 1 and k < end else None
                    if rival and rival[0].end > best[0].end:
                        best = rival
                yield best
                i = best[0].end

    def _best(self, i: int, end: int, atoms: "Atoms") -> tuple[Match, "Meaning"] | None:
        best = None
        rules = self._by_first.get(atoms.of[i].kind)
        if rules:
            window = "-" + atoms.letters[2 * i + 1 : 2 * min(end, i + 30)]
            for one in rules:
                found = one.expression.match(window)
                if found and (best is None or len(found[0]) // 2 > best[0].end - i):
                    match = Match(found, one, i, atoms, end)
                    meaning = one.build(match)
                    if meaning is not None:
                        best = (match, meaning)
        return best
