"""Latin forms of Arabic names in the spelling of the press: known forms first, then letter by letter, as names usually are.

Words that `data/press.tsv` and `data/spellings.tsv` list go before what people wrote down (`generated/latin_words.tsv`); the rest
is written by its letters (`letters.py`).
"""

from functools import lru_cache
from importlib.resources import files

from khabar.gazetteer import load
from khabar.gazetteer.letters import written
from khabar.script import fold

_KEPT = str.maketrans({"ٱ": "ا", "ک": "ك", "ی": "ي", "گ": "غ", "پ": "ب", "چ": "ش", "ڤ": "ف", "ڨ": "ق"})
_MARKS = dict.fromkeys([*range(0x64B, 0x653), 0x670, 0x640])
_SMALL = {
    "بن": "bin", "ابن": "ibn", "بنت": "bint", "ولد": "Ould", "آل": "Al", "دي": "de", "فون": "von", "فان": "van",
    "و": "and", "أبو": "Abu", "ابو": "Abu", "أبي": "Abi", "أبا": "Aba", "عبد": "Abd", "أم": "Umm", "لا": "La", "لو": "Le",
    "دا": "da", "دو": "du", "ذو": "Dhu", "بو": "Bou", "سان": "San", "سانت": "Saint", "دير": "der", "ديل": "del", "لوس": "Los",
    "الله": "Allah",
}  # fmt: skip
_OF_GOD = frozenset(fold(stem) for stem in (
    "نصر", "فضل", "سعد", "خير", "عطا", "عطاء", "حسب", "جار", "جاد", "ضيف", "فتح", "شكر", "عوض", "رزق", "هبة", "حمد", "خلف",
    "عبيد", "أمر", "لطف", "نعمة", "رحمة", "عناية", "آية", "أسد", "روح", "سيف", "نور", "أمان", "كرم", "ولي", "هداية", "ذبيح",
))  # fmt: skip
"""First words of names that are written as one with God's: نصر الله → Nasrallah."""


def plain(token: str) -> str:
    """A token without vowel marks and tatweel, in Arabic letters; hamza and ta marbuta stay, since they are heard."""
    return token.translate(_MARKS).translate(_KEPT)


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    """Known Latin forms of single words: names that people wrote down, then the words of the gazetteer's persons."""
    words = _pairs("generated", "latin_words.tsv")
    for entry in load().entries:
        if entry.kind == "person":
            arabic, latin_words = entry.name.split(), entry.latin.split()
            if len(arabic) == len(latin_words):
                words.update((plain(a), b.removeprefix("al-")) for a, b in zip(arabic, latin_words, strict=True))
    return words


@lru_cache(maxsize=1)
def _press() -> dict[str, str]:
    """Usual press spellings of the commonest words in names, by folded word: they go before everything."""
    rows = _pairs("data", "spellings.tsv") | _pairs("data", "press.tsv")
    return {fold(arabic): latin_form for arabic, latin_form in rows.items()}


def _pairs(folder: str, name: str) -> dict[str, str]:
    text = files("khabar.gazetteer").joinpath(folder, name).read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and line[0] != "#")
    return {plain(arabic): latin_form for arabic, latin_form in rows}


def _known_word(token: str) -> str:
    """A word of a name without its article: as the press writes it, as its parts are, as people wrote it, or by its letters."""
    press, words = _press(), _words()
    return (
        press.get(fold(token))
        or _joined(token)
        or words.get(token)
        or words.get("ال" + token)
        or words.get(token.removeprefix("ال"))
        or word(token)
    )


def _joined(token: str) -> str:
    """A word that is two written without a space: عبدالدائم → Abdul Daem, أبوشوشة → Abu Shousha, نورالدين → Nour al-Din."""
    if token.startswith("عبدال") and len(token) > 7:
        return f"Abdul {_capital(_known_word(token[5:]))}"
    for start in ("أبو", "ابو", "أبا", "ابا"):
        rest = token.removeprefix(start)
        # of another language's names (أبوستول) only what is left tells that they are no father's
        if rest != token and len(rest) > 2 and (rest.startswith("ال") or fold(rest) in _press()):
            return f"Abu {_part(rest)}"
    if token.endswith("الدين") and len(token) > 6:
        return f"{_capital(_known_word(token[:-5]))} al-Din"
    if token.endswith("الله") and fold(token[:-4]) in _OF_GOD:
        return _with_god(token[:-4], _known_word(token[:-4]))
    return ""


def _with_god(arabic: str, stem: str) -> str:
    """A name of God's with its first word: Nasrallah, and with the t that is heard before another word, Hibatallah."""
    if fold(arabic) == "ايه":
        return "Ayatollah"
    return _capital(stem).removesuffix("h").rstrip("a") + ("atallah" if arabic.endswith("ة") else "allah")


def word(token: str) -> str:
    """A Latin form of one word of a name by its letters alone, in lower case."""
    return written(plain(token))


def latin(name: str) -> str:
    """A Latin form of a name: عبد الحكيم الخيتوني → Abdel Hakim al-Khitouni."""
    words: list[str] = []
    before = ""
    for token in name.split():
        bare = plain(token.strip("\"'«»“”()[]،,.:"))
        if not bare:
            continue
        if bare.isascii():
            words.append(bare)
        elif bare == "الله" and fold(before) in _OF_GOD:
            words[-1] = _with_god(before, words[-1])
        elif bare in _SMALL:
            words.append(_SMALL[bare] if words or _SMALL[bare][0].isupper() else _SMALL[bare].capitalize())
        else:
            words.append(_part(bare))
        before = bare
    return " ".join(words).replace("Abd al-", "Abdul ").replace("Abd Allah", "Abdullah")


def _part(bare: str) -> str:
    """A word of a name with its article, if it has one, in capitals where they stand."""
    if bare.startswith("ال") and len(bare) > 4:
        return "al-" + _capital(_press().get(fold(bare)) or _known_word(bare[2:]))
    return _capital(_known_word(bare))


def _capital(written: str) -> str:
    return written[:1].upper() + written[1:]


def known(name: str) -> str:
    """The usual Latin form of a known thing's name; empty where the gazetteer has none."""
    entries = load().named(fold(name))
    return entries[0].latin if entries else ""
