"""What the rules read: the words of a text with its sentences, paragraphs, quotations and mentions."""

from khabar.layers.entities import Index
from khabar.script import Text

OPENING, CLOSING = "“«„", "”»"
CLOSED = frozenset('.،,؛;:!؟?"()[]-')


class Layout:
    """A text laid out for reading speech: `forms` are its folded words.

    `quotes` leads from the token of an opening quotation mark to the token of its closing one, `closers` back; a quotation may
    run over several sentences of a paragraph, never over its end. `paragraphs` are sentence ranges [first, after last).
    """

    def __init__(self, text: Text, index: Index) -> None:
        self.text = text
        self.index = index
        self.forms = [t.form for t in text.tokens]
        self.paragraphs = list(_paragraphs(text))
        self.quotes: dict[int, int] = {}
        if '"' in self.forms:
            for first, end in self.paragraphs:
                self._pair(text.sentences[first][0], text.sentences[end - 1][1])
        self.closers = {b: a for a, b in self.quotes.items()}

    def _pair(self, first: int, end: int) -> None:
        """Pair the quotation marks of one paragraph; marks that are written the wrong way round are taken as they alternate."""
        raw, tokens, waiting = self.text.raw, self.text.tokens, list[tuple[int, str]]()
        for i in range(first, end):
            if self.forms[i] != '"':
                continue
            mark = raw[tokens[i].start]
            shape = self._shape(i)
            opens = mark in OPENING or (mark not in CLOSING and shape > 0)
            if mark in OPENING and waiting and waiting[-1][1] == mark and shape < 0:
                opens = False  # “ used for both ends
            if mark in CLOSING and shape > 0 and not any(m in OPENING for _, m in waiting):
                opens = True  # »word«
            closes = mark in CLOSING or shape < 0
            if waiting and not opens and (closes or shape == 0):
                self.quotes[waiting.pop()[0]] = i
            else:
                waiting.append((i, mark))

    def _shape(self, i: int) -> int:
        """1 where a mark stands like an opening one (glued to the next word only), -1 like a closing one, else 0."""
        tokens = self.text.tokens
        before = i > 0 and tokens[i - 1].end == tokens[i].start and self.forms[i - 1] not in ("(", "ب", "ل", "ال", "-")
        after = i + 1 < len(tokens) and tokens[i].end == tokens[i + 1].start and self.forms[i + 1] not in ("،", ".", ",", ")")
        return int(after) - int(before)

    def skip(self, i: int, end: int) -> int:
        """The first token from `i` on that is neither a comma, a colon, a dash nor a stop."""
        while i < end and self.forms[i] in "،,:-.…" and self.forms[i]:
            i += 1
        return i

    def in_quotes(self, token: int) -> tuple[int, int] | None:
        """The innermost quotation [opening, closing] that a token stands in."""
        best = None
        for a, b in self.quotes.items():
            if a < token < b and (best is None or a > best[0]):
                best = (a, b)
        return best


def _paragraphs(text: Text) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    first = 0
    for n in range(1, len(text.sentences) + 1):
        if n < len(text.sentences):
            before, after = text.tokens[text.sentences[n - 1][1] - 1], text.tokens[text.sentences[n][0]]
            if "\n" not in text.raw[before.end : after.start]:
                continue
        found.append((first, n))
        first = n
    return found if text.sentences else []
