"""A sentence as the grammar of names reads it: its words without quotation marks and hashes, and what stands between them."""

from typing import NamedTuple

from khabar.gazetteer import Gazetteer, load
from khabar.layers.names.words import Word, word_of
from khabar.record import EntityType, MentionKind
from khabar.script import Text

_QUOTES = frozenset(['"', "'", "#", "_"])
STOPS = frozenset([",", "،", ".", ":", ";", "؛", "(", ")", "!", "؟", "?", "-", "/", "|", "...", "..", "[", "]", "*"])


class Found(NamedTuple):
    """A mention as the grammar finds it: words [first, end) of the sentence, `at` letters of clitics off the first one.

    `entries` are numbers of gazetteer entries it may be; `head` tells what found it; `roles` are word ranges of its titles, with
    the letters off their first word; `owner` a country (alpha-3) that an adjective in it names; `full` tells where the
    name with all that belongs to it begins, the letters off that word, and where it ends (-1: with the mention), where the
    mention leaves something out (محافظة الطائف, تنظيم داعش, مديرية الدفاع المدني بمنطقة عسير).
    """

    first: int
    at: int
    end: int
    type: EntityType
    kind: MentionKind = "name"
    entries: tuple[int, ...] = ()
    head: str = ""
    roles: tuple[tuple[int, int, int], ...] = ()
    owner: str = ""
    score: float = 0.5
    full: tuple[int, int, int] = (-1, 0, -1)


class Sentence:
    """Words of a sentence. `ids` are their tokens in the text; `quoted[i]` says that a quotation mark stands before word i, and
    `closed[i]` that one stands after it."""

    def __init__(self, text: Text, first: int, end: int) -> None:
        tokens = text.tokens
        self.gazetteer: Gazetteer = load()
        self.ids: list[int] = []
        self.words: list[Word] = []
        self.quoted: set[int] = set()
        self.closed: set[int] = set()
        within = False
        for token in range(first, end):
            form = tokens[token].form
            if form in _QUOTES:
                if form in "\"'":
                    mark = text.raw[tokens[token].start]
                    opens = mark in "“«‘" or (mark not in "”»’" and not within)
                    within = opens
                    (self.quoted if opens else self.closed).add(len(self.ids) - (not opens))
            else:
                self.ids.append(token)
                self.words.append(word_of(form))
        self.size = len(self.ids)
        self.ali = {i for i, word in enumerate(self.words) if word.form == "علي" and self._is_name_ali(text, i)}
        """Where علي is the name: it folds like the preposition على."""

    def _is_name_ali(self, text: Text, i: int) -> bool:
        token = text.tokens[self.ids[i]]
        return (
            text.raw[token.end - 1] == "ي"
            and i > 0
            and (self.words[i - 1].person in ("g", "n") or self.words[i - 1].title == "rank")
        )

    def form(self, i: int) -> str:
        """Folded form of a word; empty past the ends."""
        return self.words[i].form if 0 <= i < self.size else ""

    def stop(self, i: int) -> bool:
        """Whether a word is punctuation or past the end."""
        return not 0 <= i < self.size or self.words[i].form in STOPS

    def known(self, i: int, least: int = 0) -> list[tuple[int, int, dict[str, tuple[int, ...]]]]:
        """Gazetteer forms that begin at word i: (end, letters off, uses → entries), the longest first; `least` words at least."""
        found: list[tuple[int, int, dict[str, tuple[int, ...]]]] = []
        for at, first, longest in self.words[i].known:
            key, best = first, None
            for length in range(1, min(longest, self.size - i) + 1):
                if length > 1:
                    key = f"{key} {self.words[i + length - 1].form}"
                uses = self.gazetteer.keys.get(key)
                if uses and length >= least:
                    best = (i + length, at, uses)
            if best:
                found.append(best)
        found.sort(key=lambda f: (-f[0], f[1]))
        return found
