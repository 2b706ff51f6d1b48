"""An article's words: tokens with their offsets, sentences, and the folded line on which grammars match.

The `line` holds the folded form of every token, one space between tokens and one newline between sentences, whatever the
spacing of the article. Grammars (regular expressions, automata) run over it in one pass and `Text.span` leads a match back to
the unchanged text, to the character: a match may begin after a clitic, in the middle of a word.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from khabar.script.fold import INVISIBLE, MARKS, fold, fold_lengths

Span = tuple[int, int]

_TOKEN = re.compile(
    rf"""(?:https?://|www\.|pic\.twitter\.com/)[^\s«»"“”()]+     # an address is one token
       | \d+(?:[.,:/٫٬،\-–]\d+)*                                   # 1,5  21:15  26/9/2023  10-12
       | [^\W\d_ـ](?:[^\W\d_]|[{MARKS}])*                          # a word with its marks and tatweel
       | \.{{2,}} | [^\w\s{INVISIBLE}] | ـ+
    """,
    re.VERBOSE,
)
_END = frozenset([".", "!", "?", "؟", "...", ".."])
_PAUSES = frozenset(["،", ",", "؛", ";", ":", "-"])
LONGEST = 300
"""Tokens of a sentence at most. What is longer was punctuated by nobody (a list, a page run together), and the work that layers
do in a sentence grows faster than its length."""
_CLOSERS = frozenset(['"', "'", ")", "]"])
# A full stop after one of these ends no sentence: academic and religious titles written as a letter or two.
_ABBREVIATIONS = frozenset(["د", "ا", "م", "أ", "ص", "ب", "ت", "ه", "ق", "ج", "ر", "dr", "mr", "st", "u", "s"])


class Token(NamedTuple):
    """A token: `start` and `end` in the unchanged text, and its folded form."""

    start: int
    end: int
    form: str


class Text:
    """The readable parts of an article as tokens, sentences and a folded line.

    `readable` are the spans to read, in order (by default the whole text); no sentence crosses from one to the next, and
    none crosses a line break.
    """

    def __init__(self, raw: str, readable: Iterable[Span] | None = None) -> None:
        self.raw = raw
        spans: list[Span] = []
        breaks: set[int] = set()  # indexes of tokens before which a sentence has to end
        for a, b in [(0, len(raw))] if readable is None else readable:
            breaks.add(len(spans))
            at = a
            for piece in raw[a:b].splitlines(keepends=True):
                breaks.add(len(spans))
                spans.extend(m.span() for m in _TOKEN.finditer(raw, at, at + len(piece)))
                at += len(piece)
        forms = fold(" ".join([raw[a:b] for a, b in spans])).split(" ") if spans else []
        # a tatweel that stands alone is a dash (الدوحة ـ)
        self.tokens = [Token(a, b, form or "-") for (a, b), form in zip(spans, forms, strict=True)]
        self.sentences = [part for a, b in _sentences(self.tokens, breaks) for part in _bounded(self.tokens, a, b)]
        """Token ranges [first, after last), one a sentence; of at most `LONGEST` tokens."""
        self.line = "\n".join([" ".join([t.form for t in self.tokens[a:b]]) for a, b in self.sentences])
        self._at = [0, *accumulate(len(t.form) + 1 for t in self.tokens)]
        self._starts = [t.start for t in self.tokens]

    def __len__(self) -> int:
        return len(self.tokens)

    # from the line to the text

    def token_at(self, position: int) -> int:
        """Index of the token that a position of the line falls in (a separator belongs to the token before it)."""
        return min(bisect_right(self._at, position) - 1, len(self.tokens) - 1)

    def span(self, start: int, end: int) -> Span:
        """Span in the unchanged text of `line[start:end]`, which begins and ends inside tokens."""
        return self._raw(start, False), self._raw(end - 1, True)

    def _raw(self, position: int, after: bool) -> int:
        i = self.token_at(position)
        token, within = self.tokens[i], position - self._at[i] + after
        if within <= 0:
            return token.start
        if within >= len(token.form):
            return token.end
        if token.end - token.start == len(token.form):
            return token.start + within
        done = 0
        for k, n in enumerate(fold_lengths(self.raw[token.start : token.end])):
            if done >= within and n:
                return token.start + k
            done += n
        return token.end

    # from tokens to the line and the text

    def line_start(self, token: int) -> int:
        """Position in the line at which a token begins."""
        return self._at[token]

    def token_span(self, first: int, end: int) -> Span:
        """Span in the unchanged text of tokens [first, end)."""
        return self.tokens[first].start, self.tokens[end - 1].end

    # from the text to tokens

    def token_from(self, offset: int) -> int:
        """Index of the first token that ends after an offset of the unchanged text (`len(self)` where there is none)."""
        i = bisect_right(self._starts, offset) - 1
        return i if i >= 0 and self.tokens[i].end > offset else i + 1

    def tokens_in(self, span: Span) -> range:
        """Indexes of the tokens that a span of the unchanged text touches."""
        first = self.token_from(span[0])
        return range(first, max(first, bisect_left(self._starts, span[1])))

    def sentence_of(self, token: int) -> int:
        """Index of the sentence that a token stands in."""
        return bisect_right(self.sentences, (token, len(self.tokens) + 1)) - 1

    def sentence_span(self, sentence: int) -> Span:
        """Span in the unchanged text of a sentence."""
        return self.token_span(*self.sentences[sentence])

    def quote(self, span: Span) -> str:
        """The words of a span."""
        return self.raw[span[0] : span[1]]


def _sentences(tokens: Sequence[Token], breaks: set[int]) -> Iterable[tuple[int, int]]:
    """Token ranges of sentences: they end at a full stop, at ! and ?, at a line's end, with the closing quote that follows."""
    first, i, n = 0, 0, len(tokens)
    while i < n:
        if i in breaks and i > first:
            yield first, i
            first = i
        if tokens[i].form in _END and _ends(tokens, i):
            i += 1
            while i < n and i not in breaks and tokens[i].form in _CLOSERS and tokens[i].start == tokens[i - 1].end:
                i += 1
            yield first, i
            first = i
        else:
            i += 1
    if first < n:
        yield first, n


def _bounded(tokens: Sequence[Token], first: int, end: int) -> Iterable[tuple[int, int]]:
    """A sentence, parted after its last pause within reach as often as it is too long to be one."""
    while end - first > LONGEST:
        pause = next(
            (i + 1 for i in range(first + LONGEST - 1, first + LONGEST // 2, -1) if tokens[i].form in _PAUSES), first + LONGEST
        )
        yield first, pause
        first = pause
    yield first, end


def _ends(tokens: Sequence[Token], i: int) -> bool:
    stop = tokens[i]
    if stop.form == "." and i and tokens[i - 1].end == stop.start and tokens[i - 1].form.lower() in _ABBREVIATIONS:
        return False
    if i + 1 == len(tokens):
        return True
    # a stop glued to what follows ends nothing in Latin script and digits (U.S., 3.5), and does in Arabic (قال.وأضاف)
    following = tokens[i + 1]
    return following.start > stop.end or not (following.form.isascii() and following.form.isalnum())
