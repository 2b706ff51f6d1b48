"""Whether a text is Arabic.

A count of letters by script settles almost every article at the cost of a few microseconds. Only where letters of other
scripts prevail, or letters that Persian, Urdu, Kurdish, Pashto and other languages write in Arabic script and Arabic does
not, is the language identifier (py3langid, a naive Bayes model over n-grams after Lui and Baldwin's langid.py) asked.
"""

import re

SAMPLE = 4000
"""Characters at the beginning of a text that are looked at."""

_ADDRESSES = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/|[@#])\S+|<[^<>]*>")
_FOREIGN = re.compile("[\u0671-\u06d3\u06d5\u06ee-\u06ff\u0750-\u077f]")
# Letters that Arabic newspapers also use, in names and by the habit of some keyboards
_SHARED = frozenset("پچژگڤکی")
_ARABIC_WORDS = re.compile(
    r"(?<!\w)(?:[وفبلك]?ال\w{2,}|لل\w{2,}|في|من|على|إلى|الى|عن|أن|ان|إن|التي|الذي|هذا|هذه|بعد|مع|كان|وقد)(?!\w)"
)
_WORD = re.compile(r"\w+")


def foreign_language(text: str) -> str | None:
    """English name of the language of a text that is not Arabic; None for Arabic; "" where the text has no words at all."""
    sample = text[:SAMPLE]
    # the Arabic block is U+0600-06FF: the high bytes of UTF-16 tell the script
    arabic = sample.encode("utf-16-le", "surrogatepass")[1::2].count(6)
    if arabic * 2 < len(sample):
        sample = _ADDRESSES.sub(" ", sample)
        arabic = sum(1 for c in sample if "\u0600" <= c <= "\u06ff" and c.isalpha())
        letters = sum(1 for c in sample if c.isalpha())
        if not letters:
            return "" if not any(c.isalpha() for c in text) else None
        if arabic * 3 < letters:
            return _named(sample)
    foreign = _FOREIGN.findall(sample)
    if len(foreign) * 100 <= arabic:
        return None
    words = len(_WORD.findall(sample)) or 1
    if len(_ARABIC_WORDS.findall(sample)) * 5 >= words and sum(c not in _SHARED for c in foreign) * 20 <= arabic:
        return None
    return _named(sample)


def _named(sample: str) -> str | None:
    from babel import Locale
    from py3langid import classify

    code = str(classify(sample)[0])
    if code in ("ar", "arz", "ary"):  # the identifier takes some articles for Egyptian or Moroccan Arabic
        return None
    return str(Locale("en").languages.get(code, code))
