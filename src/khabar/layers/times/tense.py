"""The tense of the clause that an expression stands in, as far as closed classes of words tell it.

Arabic marks the future by سـ and سوف, by participles like المقرر and المرتقب, and by verbs of planning; without such a word
before it in the sentence, an expression is read as news is: of what has happened.
"""

import re

from khabar.layers.times.context import Tense
from khabar.script import Text

_FUTURE = re.compile(
    r"(?<!\S)(?:[وف]?س[يتن](?!ار|اس|طر|د|ر|ن|ول|ل|ه|ا|ك\b|ع\b|ت\b|وا)\w{3,}|[وف]?سوف|[وف]?لن|[وفب]?(?:ال)?(?:مقرر|مرتقب|مزمع|متوقع|منتظر|مقبل)[هات]{0,2}"
    r"|[وف]?(?:يعتزم|تعتزم|ينوي|تنوي|يستعد|تستعد|يتوقع|تتوقع|ينتظر|يرتقب|يخطط|تخطط)(?:ون|ان)?|موعد|تاجيل|ارجا|ارجاء|لغايه|بحلول)(?!\S)"
)
_PAST = re.compile(r"(?<!\S)[وف]?(?:كان|كانت|كانوا|قد|لقد|منذ|سبق|وقع|وقعت|جري|جرت|شهد|شهدت|اعلن|اعلنت|قال|قالت|قتل|اصيب)(?!\S)")


_COMES = re.compile(r"(?<!\S)[وف]?(?:تاتي|ياتي)(?!\S)")


def comes_before(text: Text, start: int, sentence_start: int) -> bool:
    """Whether تأتي or يأتي stands shortly before a position of the line: what comes is what the article reports."""
    return _COMES.search(text.line, max(sentence_start, start - 80), start) is not None


def tense_before(text: Text, start: int, sentence_start: int) -> Tense:
    """The tense that the nearest telling word before a position of the line sets, from the sentence's beginning on."""
    before = text.line[max(sentence_start, start - 160) : start]
    future = None
    for future in _FUTURE.finditer(before):  # noqa: B007 - the last one is wanted
        pass
    if future is None:
        return None
    return None if _PAST.search(before, future.end()) else "future"
