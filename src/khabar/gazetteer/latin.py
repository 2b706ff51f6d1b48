"""Latin forms of Arabic names in the spelling of the press: known forms first, then letter by letter, as names usually are.

`generated/latin.tsv` tells what a letter becomes in the letters around it (see `learn_latin.py`); contexts are asked from wide
to narrow and mixed by how much was seen of each (Witten–Bell), and the best few beginnings of a word are followed to its end.
"""

from functools import lru_cache
from importlib.resources import files
from math import log

from khabar.gazetteer import load
from khabar.script import fold

_BEAM = 4
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


def contexts(token: str, i: int, before: str) -> tuple[str, ...]:
    """Keys of the contexts of letter i, from narrow to wide: the letter; with its neighbours; with the Latin letters before."""
    a = token[i - 1] if i else "^"
    b = token[i - 2] if i > 1 else "^"
    c = token[i + 1] if i + 1 < len(token) else "$"
    d = token[i + 2] if i + 2 < len(token) else "$"
    x = token[i]
    return (x, f"{x}{c}", f"{a}[{x}{c}", f"{a}[{x}{c}{d}", f"{a}[{x}{c}{d}{before}", f"{b}{a}[{x}{c}{d}{before}")


@lru_cache(maxsize=1)
def _lines() -> dict[str, str]:
    text = files("khabar.gazetteer").joinpath("generated", "latin.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t", 1) for line in text.splitlines())


@lru_cache(maxsize=1 << 14)
def _context(key: str) -> tuple[float, dict[str, float]] | None:
    """How often a context was seen, and what its letter became there."""
    line = _lines().get(key)
    if line is None:
        return None
    total, chunks = line.split("\t")
    shares = (entry.rpartition(":") for entry in chunks.split(" "))
    return float(total), {("" if chunk == "-" else chunk): float(p) for chunk, _, p in shares}


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
    """A word of a name without its article: as the press writes it, as people wrote it, as its parts are, or by its letters."""
    press, words = _press(), _words()
    return (
        press.get(fold(token))
        or words.get(token)
        or words.get("ال" + token)
        or _joined(token)
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


@lru_cache(maxsize=1 << 15)
def word(token: str) -> str:
    """A Latin form of one word of a name, in lower case."""
    token = plain(token)
    beam: list[tuple[float, str, str]] = [(0.0, "", "^")]
    for i in range(len(token)):
        following: dict[tuple[str, str], float] = {}
        for score, written, before in beam:
            for chunk, p in _shares(token, i, before).items():
                key, value = (written + chunk, chunk), score + log(p)
                if value > following.get(key, -1e9):
                    following[key] = value
        if not following:
            continue
        ranked = sorted(following.items(), key=lambda kv: (-kv[1], kv[0]))[:_BEAM]
        beam = [(score, written, before) for (written, before), score in ranked]
    return beam[0][1]


def _shares(token: str, i: int, before: str) -> dict[str, float]:
    mixed: dict[str, float] = {}
    for context in contexts(token, i, before):
        if seen := _context(context):
            total, chunks = seen
            weight = total / (total + 2.0 * len(chunks))
            mixed = {chunk: p * (1 - weight) for chunk, p in mixed.items()}
            for chunk, p in chunks.items():
                mixed[chunk] = mixed.get(chunk, 0.0) + weight * p
    return _by_sound(mixed)


def _by_sound(chunks: dict[str, float]) -> dict[str, float]:
    """The likeliest chunk of each sound with the chances of all that sound so: whether a vowel follows is one question, which
    vowel (a, e, i) another, and letters that split their chances among three vowels must not lose to none at all."""
    best: dict[tuple[str, bool], str] = {}
    total: dict[tuple[str, bool], float] = {}
    for chunk, p in chunks.items():
        stem = chunk.rstrip("aeiou")
        sound = (stem, stem != chunk)
        total[sound] = total.get(sound, 0.0) + p
        if sound not in best or p > chunks[best[sound]]:
            best[sound] = chunk
    return {best[sound]: p for sound, p in total.items()}


def latin(name: str) -> str:
    """A Latin form of a name: عبد الحكيم الخيتوني → Abdel Hakim al-Khitouni."""
    written: list[str] = []
    before = ""
    for token in name.split():
        bare = plain(token.strip("\"'«»“”()[]،,.:"))
        if not bare:
            continue
        if bare.isascii():
            written.append(bare)
        elif bare == "الله" and fold(before) in _OF_GOD:
            written[-1] = _with_god(before, written[-1])
        elif bare in _SMALL:
            written.append(_SMALL[bare] if written or _SMALL[bare][0].isupper() else _SMALL[bare].capitalize())
        else:
            written.append(_part(bare))
        before = bare
    return " ".join(written).replace("Abd al-", "Abdul ").replace("Abd Allah", "Abdullah")


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
