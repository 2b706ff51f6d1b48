"""Words to the word pieces that the encoder reads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tokenizers import Tokenizer

BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
"""Ids of the special pieces; they are those of XLM-RoBERTa's vocabulary."""

LONGEST_WORD = 24
"""No word is given more pieces than this; what is beyond (of a URL, say) is not read."""

_META = "\u2581"
_DROPPED = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SAME = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹«»“”„‟‘’`‚‹›یکہ", "01234567890123456789\"\"\"\"\"\"''''''يكه")
_CACHE_LIMIT = 200_000


def folded(word: str) -> str:
    """The form of a word that the encoder reads.

    Diacritics, tatweel and invisible marks go; digits and quotation marks are one kind each; Persian ya and kaf are the
    Arabic ones. Hamza, alef maqsura and ta marbuta stay as written, because the encoder was pre-trained on text that has
    them.
    """
    return _DROPPED.sub("", unicodedata.normalize("NFKC", word).translate(_SAME))


class Pieces:
    """The unigram vocabulary, cut to what Arabic news needs, applied word by word."""

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer: Tokenizer = Tokenizer.from_file(str(path))
        self._known: dict[str, tuple[int, ...]] = {}

    def of(self, word: str) -> tuple[int, ...]:
        """Ids of a word's pieces, at least one and at most `LONGEST_WORD`.

        A word begins with the vocabulary's word-begin mark; a token without letter or digit has none, as it mostly clings to
        a word.
        """
        found = self._known.get(word)
        if found is None:
            text = folded(word[: 8 * LONGEST_WORD])
            marked = _META + text if any(map(str.isalnum, text)) else text
            found = tuple(self._tokenizer.encode(marked, add_special_tokens=False).ids[:LONGEST_WORD]) or (UNKNOWN,)
            if len(self._known) >= _CACHE_LIMIT:
                self._known = {}
            self._known[word] = found
        return found

    def all_of(self, words: Iterable[str]) -> list[tuple[int, ...]]:
        """`of` for each word."""
        return [self.of(word) for word in words]
