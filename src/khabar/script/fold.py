"""Folding: the one written form under which spellings of a word meet.

Arabic news writes one word in several ways: with and without hamza on the alef (أحمد, احمد), with ya or alef maqsura at
the end (على, علي), with ta marbuta or ha (غزة, غزه), with vowel marks or tatweel, with Arabic-Indic or European digits.
All of Khabar's matching is done on folded forms; the text itself is never changed.
"""

import unicodedata

MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
"""Combining marks (vowels, shadda, Quranic signs), as the inside of a regular-expression class."""

INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""Format characters that take no room: joiners and direction marks, as the inside of a regular-expression class."""


def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    for lo, hi in (
        (0x610, 0x61A),
        (0x64B, 0x65F),
        (0x6D6, 0x6DC),
        (0x6DF, 0x6E8),
        (0x6EA, 0x6ED),
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x2069),
    ):
        table.update(dict.fromkeys(range(lo, hi + 1)))
    table.update(dict.fromkeys((0x670, 0x640, 0xAD, 0x61C, 0xFEFF)))
    # presentation forms (ﻻ, ﷲ) stand for the letters that they show
    for code in (*range(0xFB50, 0xFDFE), *range(0xFE70, 0xFEFD)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if plain != chr(code):
            table[code] = "".join(c for c in plain if not unicodedata.combining(c) and c not in " ـ") or None
    letters = {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ة": "ه",
        "ہ": "ه",
        "ھ": "ه",
        "ؤ": "و",
        "ئ": "ي",
        "ک": "ك",
    }
    for code, shown in list(table.items()):
        if shown:
            table[code] = "".join(letters.get(c, c) for c in shown)
    table.update({ord(k): v for k, v in letters.items()})
    for zero in (0x660, 0x6F0):
        table.update({zero + i: str(i) for i in range(10)})
    table.update({ord(c): '"' for c in "“”„‟«»″"} | {ord(c): "'" for c in "‘’‚`´"} | {ord(c): "-" for c in "–—−‐‑‒―"})
    table.update({ord("٫"): ".", ord("٬"): ",", ord("٪"): "%", ord("…"): "..."})
    return table


TABLE = _table()


def fold(text: str) -> str:
    """Fold `text`: one alef, ya and ha, no marks or tatweel, European digits, plain quotes and dashes.

    Length may change; `Text` keeps the way back to the offsets of the unchanged text.
    """
    return text.translate(TABLE)


def fold_lengths(text: str) -> list[int]:
    """Length of each character of `text` once folded (0 for marks, 1 for most)."""
    return [len(TABLE.get(ord(c), c) or "") for c in text]
