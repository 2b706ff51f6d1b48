"""Names: mentions of entities in the text, before they are joined."""

import msgspec

from khabar.layers.names.rules import read
from khabar.layers.names.sentence import Found, Sentence
from khabar.layers.names.shorts import short_names, with_shorts
from khabar.layers.names.tagged import combine
from khabar.record import EntityType, MentionKind, Span
from khabar.script import Text
from khabar.tagger import Tags

__all__ = ["Name", "find"]


class Name(msgspec.Struct, kw_only=True):
    """A mention: `span` without clitics and titles, its type and kind, and the spans of titles that belong to it.

    `entries` are the numbers of the gazetteer's entries that it may be, `head` what found it (a head word, known, title …), and
    `owner` the country (alpha-3) that an adjective in it names.
    """

    span: Span
    type: EntityType
    kind: MentionKind = "name"
    roles: list[Span] = []
    score: float | None = None
    entries: tuple[int, ...] = ()
    head: str = ""
    owner: str = ""
    full: Span | None = None
    """The name with the head that the mention leaves out (محافظة الطائف where the mention is الطائف)."""


def find(text: Text, tags: list[Tags] | None) -> list[Name]:
    """Mentions of a text, in order; `tags` has what the tagger says of each sentence, None with `--fast`."""
    sentences = [Sentence(text, first, end) for first, end in text.sentences]
    found = [read(sentence) for sentence in sentences]
    if tags is not None:
        seen = frozenset(token.form for token in text.tokens)
        found = [
            combine(sentence, mentions, said, first, seen)
            for sentence, mentions, said, (first, _) in zip(sentences, found, tags, text.sentences, strict=True)
        ]
    shorts = short_names(sentences, found)
    names: list[Name] = []
    for sentence, mentions in zip(sentences, found, strict=True):
        if shorts:
            mentions = with_shorts(sentence, mentions, shorts)
        names += [_name(text, sentence, mention) for mention in mentions]
    names.sort(key=lambda n: (n.span[0], -n.span[1]))
    return names


def _name(text: Text, s: Sentence, found: Found) -> Name:
    return Name(
        span=_span(text, s, found.first, found.end, found.at),
        type=found.type,
        kind=found.kind,
        roles=[_span(text, s, a, b, at) for a, b, at in found.roles],
        score=found.score,
        entries=found.entries,
        head=found.head,
        owner=found.owner,
        full=_span(text, s, found.full[0], max(found.end, found.full[2]), found.full[1]) if found.full[0] >= 0 else None,
    )


def _span(text: Text, s: Sentence, first: int, end: int, at: int) -> Span:
    start = text.line_start(s.ids[first]) + at
    last = s.ids[end - 1]
    return text.span(start, text.line_start(last) + len(text.tokens[last].form))
