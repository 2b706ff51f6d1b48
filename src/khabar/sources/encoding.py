"""Encodings: which one an input is in, and its characters.

UTF-8 and UTF-16 are told by their form, with or without a byte-order mark. In the one-byte encodings of Arabic
(windows-1256, ISO 8859-6) the letters of one are other letters in the other; the decoding in which the article's commonest
pair, alef and lam, stands more often is taken. This holds for a few words, too few for charset-normalizer, which is asked
only about the rest.
"""

import codecs
import re

from khabar.sources.problem import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ARABIC = re.compile("[\u0621-\u064a]")
_STRANGE = re.compile("[^\x00-\x7f\u0600-\u06ff\u00a0\u00ab\u00bb\u2010-\u2026\u200b-\u200f\u20ac\u00d7\u00f7]")
_OTHER_BYTES = re.compile(rb"[\x80-\xff]")


def detect(head: bytes, whole: bool) -> str | None:
    """Name of the encoding of an input that begins with `head` (`whole`: nothing follows); None where it cannot be told."""
    for mark, marked in _MARKS:
        if head.startswith(mark):
            return marked
    if name := _utf16(head):
        return name
    if _is_utf8(head, whole):
        return "utf-8"
    return _one_byte(head) or _guessed(head)


def _utf16(head: bytes) -> str | None:
    # the high bytes of Arabic text are 06 (letters) and 00 (ASCII): in UTF-16 every other byte is one of these
    pairs = len(head) // 2
    if pairs < 2:
        return None
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = head[first : pairs * 2 : 2]
        if high.count(0) + high.count(6) >= 0.9 * pairs and (b"\0" in high or high.count(6) >= 0.9 * pairs):
            low = head[1 - first : pairs * 2 : 2]
            if low.count(0) <= 0.1 * pairs:
                return name
    return None


def _is_utf8(head: bytes, whole: bool) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    try:
        decoder.decode(head, whole)
    except UnicodeDecodeError:
        # a few broken bytes in much that is right: letters of another encoding almost never make UTF-8 by chance
        broken = head.decode("utf-8", "replace").count("\ufffd")
        return broken * 50 <= len(_OTHER_BYTES.findall(head))
    return True


def _one_byte(head: bytes) -> str | None:
    best, best_score = None, 0.0
    for name in ("cp1256", "iso-8859-6"):
        try:
            text = head.decode(name)
        except UnicodeDecodeError:
            continue
        others = sum(1 for c in text if c > "\x7f")
        letters = len(_ARABIC.findall(text))
        strange = len(_STRANGE.findall(text))
        if letters >= 3 and letters >= 0.8 * others and strange <= 0.05 * others:
            score = letters / others + 20 * text.count("ال") / letters
            if score > best_score:
                best, best_score = name, score
    return best


def _guessed(head: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(head).best()
    return best.encoding if best else None


def decode(data: bytes, encoding: str) -> tuple[str, int]:
    """Characters of `data`, and how many � stand where bytes were not of the encoding."""
    try:
        return data.decode(encoding), 0
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return text, text.count("\ufffd")
    except LookupError:
        raise Unreadable(f"its encoding ({encoding}) is unknown; save it as UTF-8") from None
