"""A sentence as the reading of arguments sees it: what each token is to the clause, and what governs each mention.

No parser stands behind it: Arabic news keeps to an order (verb, subject, object, prepositions; or subject, verb) that the
closed classes, the event words and the mentions of entities show well enough.
"""

from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from khabar.layers.entities import Index, Ref
from khabar.layers.events.lookup import hits, lights
from khabar.lexicon import load
from khabar.script import Text, partings

STOPS = frozenset([".", "!", "?", "؟", "...", "..", "؛", ":", "|"])
PAUSES = frozenset(["،", ",", "-", "(", ")", '"', "[", "]", "/", ";"])


def _class(name: str) -> frozenset[str]:
    return frozenset(load("grammar")[name])


PREPOSITIONS = _class("prepositions")
LOCATIVE = _class("locative")
RELATIVES = _class("relatives")
COMPLEMENTIZERS = _class("complementizers")
NEGATIONS = _class("negations")
_CUES = load("cues")["forms"]


LONGEST = 250
"""Tokens of a sentence; a longer one (a list, a text without stops) is read in pieces."""


def pieces(text: Text) -> list[tuple[int, int]]:
    """Token ranges of the sentences, long ones in pieces."""
    return [(at, min(at + LONGEST, end)) for first, end in text.sentences for at in range(first, end, LONGEST)]


_BREAKS = frozenset(["stop", "comp", "rel"])


class Governor(NamedTuple):
    """What stands before a noun phrase: kind is `prep`, `verb`, `noun` (an event word), `and`, `stop`, `pause`, `rel`, `comp` or
    `start`; `word` its form without conjunction, `token` where it stands, `heads` how many nouns lie between."""

    kind: str
    word: str
    token: int
    heads: int


@lru_cache(maxsize=1 << 16)
def kind_of(form: str) -> str:
    """What a token is to the clause: stop, pause, prep, rel, comp, neg, verb, event (noun), or empty."""
    if form in STOPS:
        return "stop"
    if form in PAUSES:
        return "pause"
    for bare in (form, form[1:] if form[0] in "وف" and len(form) > 2 else ""):
        if bare in RELATIVES:
            return "rel"
        if bare in NEGATIONS:
            return "neg"
        if bare in COMPLEMENTIZERS:
            return "comp"
        if bare in PREPOSITIONS:
            return "prep"
    found = hits(form)
    if any(h.finite for h in found) and not all(h.article for h in found):
        return "verb"
    if found:
        return "event"
    if any(h.code[0] in "PIJ" for h in lights(form)) or any(
        r[1] == "v" for p in partings(form) if not p.article for r in _CUES.get(p.stem, [])
    ):
        return "verb"
    bare = form[1:] if form[0] in "وفس" and len(form) > 4 else form
    if bare[0] == "ي" and 3 < len(bare) < 8 and not bare.endswith("ه"):
        return "verb"
    return ""


def bare(form: str) -> str:
    """A closed-class word without its conjunction (وفي → في)."""
    return form[1:] if form[:1] in ("و", "ف") and form not in PREPOSITIONS and len(form) > 2 else form


class Sentence:
    """A sentence's tokens, their kinds, and its mentions with what governs them."""

    def __init__(
        self,
        text: Text,
        index: Index,
        number: int,
        bounds: tuple[int, int],
        title: bool = False,
        timed: frozenset[int] = frozenset(),
    ) -> None:
        self.text = text
        self.number = number
        self.title = title
        self.first, self.end = bounds
        self.forms = [t.form for t in text.tokens[self.first : self.end]]
        self.kinds = [kind_of(f) for f in self.forms]
        for token in timed.intersection(range(self.first, self.end)):  # فجرا is a time of day there, no verb
            if self.kinds[token - self.first] in ("verb", "event"):
                self.kinds[token - self.first] = ""
        self._verbs = [0, *accumulate(k == "verb" for k in self.kinds)]
        self._clauses: dict[int, tuple[int, int]] = {}
        self.refs: list[Ref] = index.outermost(self.first, self.end)
        self.firsts = [r.first for r in self.refs]
        self.order = {r.first: i for i, r in enumerate(self.refs)}
        self.entities = frozenset(r.entity.id for r in self.refs)
        self.covered: dict[int, Ref] = {t: r for r in self.refs for t in range(r.first, r.end)}
        self._governors: dict[int, Governor] = {}

    def form(self, token: int) -> str:
        """Folded form of a token of the sentence, empty outside it."""
        return self.forms[token - self.first] if self.first <= token < self.end else ""

    def kind(self, token: int) -> str:
        """Kind of a token of the sentence, `stop` outside it."""
        return self.kinds[token - self.first] if self.first <= token < self.end else "stop"

    def governor(self, ref: Ref) -> Governor:
        """What governs a mention."""
        known = self._governors.get(ref.first)
        if known is None:
            known = self._governors[ref.first] = self._governor(ref)
        return known

    def _governor(self, ref: Ref) -> Governor:
        clitic = ref.clitic
        joined = clitic[:1] in ("و", "ف") and bool(clitic)
        for letter in clitic[1:] if joined else clitic:
            if letter in "بلك":
                return Governor("prep", letter, ref.first, 0)
        if joined:
            return Governor("and", "و", ref.first, 0)
        heads = 0
        for token in range(ref.start - 1, self.first - 1, -1):
            form, kind = self.form(token), self.kind(token)
            if kind == "prep":
                return Governor("prep", bare(form), token, heads)
            if kind in ("verb", "rel", "comp", "stop", "pause", "neg"):
                return Governor(kind, bare(form), token, heads)
            if kind == "event":
                return Governor("noun", form, token, heads)
            if token in self.covered:
                other = self.covered[token]
                return Governor("name", self.form(other.first), token, heads)
            if form == "و":
                return Governor("and", "و", token, heads)
            if heads >= 4:
                return Governor("far", form, token, heads)
            heads += 1
            if form.startswith(("بال", "لل", "وبال", "ولل")) and len(form) > 4:
                return Governor("prep", "ب" if "ب" in form[:2] else "ل", token, heads)
        return Governor("start", "", self.first - 1, heads)

    def verbs(self, first: int, end: int) -> int:
        """How many verbs stand in tokens [first, end) of the sentence."""
        return self._verbs[end - self.first] - self._verbs[first - self.first] if end > first else 0

    def clause(self, token: int) -> tuple[int, int]:
        """Bounds of the clause around a token: from the stop, complementizer or relative before it to the one after."""
        known = self._clauses.get(token)
        if known is None:
            a = b = token - self.first
            while a > 0 and self.kinds[a - 1] not in _BREAKS:
                a -= 1
            b += 1
            while b < len(self.kinds) and self.kinds[b] not in _BREAKS:
                b += 1
            known = self._clauses[token] = a + self.first, b + self.first
        return known
