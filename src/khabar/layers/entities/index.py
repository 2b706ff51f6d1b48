"""Which entity is named where: the lookup that attributions, events and figures ask.

index = Index(text, entities)
index.at(token)              the mention that covers a token, with its title: "وزير" of "وزير الخارجية سيرجي لافروف" too
index.within(first, end)     mentions that lie in tokens [first, end), in order; a longer one before those inside it
index.outermost(first, end)  the same without mentions inside a longer one
index.after(token, end)      the first mention that begins at or after a token
index.before(token, first)   the last mention that ends at or before a token
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from khabar.record import Entity, Mention, Span
from khabar.script import Text


class Ref(NamedTuple):
    """A mention in the text, in tokens.

    [first, end) is the mention itself; [start, stop) the whole noun phrase with the titles before the name, which is what a verb
    or a preposition governs. The mention's first token may hold a proclitic that is no part of it (بـ of بمدينة): `clitic` has
    the letters, folded, as written ("ب", "وال", "لل"), and is empty where there are none.
    """

    entity: Entity
    mention: Mention
    first: int
    end: int
    start: int
    stop: int
    clitic: str


class Index:
    """The mentions of all entities of a text, by token."""

    def __init__(self, text: Text, entities: Sequence[Entity]) -> None:
        refs: list[Ref] = []
        starts = _title_starts(text, entities)
        for entity in entities:
            for mention in _innermost(entity.mentions):
                covered = text.tokens_in(mention.span)
                if not covered:
                    continue
                start = starts.get(mention.span, covered.start) if entity.type == "person" else covered.start
                refs.append(_ref(text, entity, mention, covered.start, covered.stop, start))
        refs.sort(key=lambda r: (r.first, -r.end, r.start))
        self.refs = refs
        """Every mention in order; a longer one before those inside it, of one entity only the innermost."""
        self._firsts = [r.first for r in refs]
        self._cover: dict[int, Ref] = {}
        for ref in sorted(refs, key=lambda r: (r.start - r.stop, r.first)):
            for token in range(ref.start, ref.stop):
                self._cover.setdefault(token, ref)
        for ref in sorted(refs, key=lambda r: r.end - r.first):  # what a name covers itself goes before what a title covers
            for token in range(ref.first, ref.end):
                self._cover[token] = ref

    def at(self, token: int) -> Ref | None:
        """The longest mention whose noun phrase covers a token."""
        return self._cover.get(token)

    def within(self, first: int, end: int) -> list[Ref]:
        """Mentions that lie in tokens [first, end), in order."""
        lo, hi = bisect_left(self._firsts, first), bisect_left(self._firsts, end)
        return [r for r in self.refs[lo:hi] if r.end <= end]

    def outermost(self, first: int, end: int) -> list[Ref]:
        """Mentions that lie in tokens [first, end) and in no longer mention there, in order."""
        kept: list[Ref] = []
        for ref in self.within(first, end):
            if not kept or ref.first >= kept[-1].end:
                kept.append(ref)
        return kept

    def after(self, token: int, end: int) -> Ref | None:
        """The first mention that begins in tokens [token, end)."""
        i = bisect_left(self._firsts, token)
        return self.refs[i] if i < len(self.refs) and self.refs[i].first < end else None

    def before(self, token: int, first: int) -> Ref | None:
        """The last mention that begins in tokens [first, token) and ends by `token`; the longest one there."""
        i = bisect_left(self._firsts, token) - 1
        while i >= 0 and self.refs[i].first >= first:
            if self.refs[i].end <= token:
                while i and self.refs[i - 1].end >= self.refs[i].end and self.refs[i - 1].end <= token:
                    i -= 1
                return self.refs[i]
            i -= 1
        return None


def _innermost(mentions: Sequence[Mention]) -> list[Mention]:
    """An entity's mentions without those that hold another one: a name with the head or the number that it does not need."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.span[0], -m.span[1])):
        while kept and kept[-1].span[1] >= mention.span[1] and kept[-1].span != mention.span:
            kept.pop()
        kept.append(mention)
    return kept


def _title_starts(text: Text, entities: Sequence[Entity]) -> dict[Span, int]:
    """Span of a person's mention → first token of the title right before it, where one of the person's roles stands there."""
    starts: dict[Span, int] = {}
    for entity in entities:
        if entity.type != "person" or not entity.roles:
            continue
        for mention in entity.mentions:
            at = mention.span[0]
            before = text.raw[max(0, at - 160) : at].rstrip(_BETWEEN)
            found = max((role for role in entity.roles if before.endswith(role)), key=len, default="")
            if found and mention.kind == "name":
                starts[mention.span] = text.token_from(max(0, at - 160) + len(before) - len(found))
    return starts


_BETWEEN = ' \u00a0\t،,"“”«»()-–\u200f\u200e'


def _ref(text: Text, entity: Entity, mention: Mention, first: int, end: int, start: int) -> Ref:
    token = text.tokens[first]
    within = mention.span[0] - token.start
    clitic = token.form[: max(0, len(token.form) - (token.end - mention.span[0]))] if within > 0 else ""
    return Ref(entity, mention, first, end, min(start, first), end, clitic)
