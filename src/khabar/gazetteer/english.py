"""English for what organisations and groups are called that have no known Latin name: الجهات الأمنية → Security Authorities.

A described name is said in words, not in letters: nouns of a construct are joined by "of", adjectives go before their noun,
an adjective of a country before the whole, and only a name in it (حركة النهضة) is written in Latin letters.
"""

from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from khabar.gazetteer import load
from khabar.gazetteer.latin import known, latin
from khabar.script import fold

_ENDINGS = ("", "ه", "يه", "ين", "ون", "ات")
_QUOTES = "\"'«»“”()[]،,.:"


class Word(NamedTuple):
    """A word of a name and its English: n noun, m noun that modifies the one before it, a adjective, c adjective of a country,
    p preposition, # number, ? name."""

    kind: str
    english: str
    joined: str = ""
    """What ties it to the word before: "and", "for" or nothing."""


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str]]:
    text = files("khabar.gazetteer").joinpath("data", "english.tsv").read_text(encoding="utf-8")
    table: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if line[0] != "#":
            arabic, kind, english_word = line.split("\t")
            table.setdefault(arabic if kind == "c" else fold(arabic), {})[kind] = english_word
    return table


def _stems(form: str) -> list[tuple[str, str]]:
    """What a folded word may be without clitics and article, with what the clitic says."""
    stems = []
    for clitic, said in (("", ""), ("و", "and"), ("ل", "for"), ("ب", "in")):
        if form.startswith(clitic):
            rest = form[len(clitic) :]
            if clitic == "ل" and rest.startswith("ل"):
                rest = "ا" + rest
            stems.append((rest.removeprefix("ال") if len(rest) > 4 else rest, said))
    return stems


def _word(token: str, first: bool) -> Word:
    form = fold(token.strip(_QUOTES))
    if form.replace(".", "").replace(",", "").isdigit():
        return Word("#", form)
    table, gazetteer = _table(), load()
    if not first and "p" in table.get(form, {}):
        return Word("p", table[form]["p"])
    for stem, said in _stems(form):
        country = gazetteer.country_of(stem) or gazetteer.country_of("ال" + stem)
        if not first and (adjective := table.get(country, {}).get("c")):
            return Word("c", adjective, said)
        if not first and not said and (modifier := table.get(stem, {}).get("m")):
            return Word("m", modifier)
        if noun := table.get(stem, {}).get("n"):
            return Word("n", noun, "" if first else said)
        if not first:
            for ending in _ENDINGS:
                bare = stem.removesuffix(ending) if ending else stem
                for adjective_form in (bare, bare + "ي") if ending == "يه" else (bare,):
                    if (adjective := table.get(adjective_form, {}).get("a")) and stem.endswith(ending):
                        return Word("a", adjective, said)
    return Word("?", token)


def descriptive(name: str) -> bool:
    """Whether a name is made of words of the language alone, so that it may be said of many: وزارة الداخلية."""
    return all(_word(token, first=False).kind != "?" or _common_word(token) for token in name.split() if token.strip(_QUOTES))


def _common_word(token: str) -> bool:
    """Whether the gazetteer knows a word as one of the language and as no name."""
    gazetteer = load()
    stems = [stem for stem, _ in _stems(fold(token.strip(_QUOTES)))]
    forms = [form for stem in stems for form in (stem, f"ال{stem}")]
    return any(gazetteer.words.get(f) == "c" for f in forms) and not any(gazetteer.keys.get(f, {}).get("name") for f in forms)


@lru_cache(maxsize=1 << 12)
def english(name: str, kind: str) -> str:
    """English for the Arabic name of an organisation or group (`kind`), in title case for an organisation; where its first word
    is none that names are described with, its Latin letters."""
    if whole := known(name):
        return whole
    words: list[Word] = []
    tokens = name.split()
    i = 0
    while i < len(tokens):
        end, body = _body(tokens, i) if kind == "group" and words else (i, "")
        if words and (reached := _state(tokens, i)) > i:
            words.append(Word("?", " ".join(t.strip(_QUOTES) for t in tokens[i:reached])))
            i = reached
            continue
        words.append(Word("n", body) if body else _word(tokens[i], not any(w.kind == "n" for w in words)))
        i = max(end, i + 1)
    head = next((w for w in words if w.kind != "#"), None)
    if head is None or head.kind != "n":
        return latin(name)
    said = _said(words)
    return said.replace(_TIED, " ") if kind == "organization" else _lower(said)


_TIED = "\1"
"""Stands between the words of a name that is said as it is."""


def _body(tokens: list[str], i: int) -> tuple[int, str]:
    """End and name of the known organisation that tokens from i name in several words (مقاتلو تنظيم الدولة الإسلامية)."""
    for end in range(min(len(tokens), i + 6), i + 1, -1):
        for entry in load().named(fold(" ".join(t.strip(_QUOTES) for t in tokens[i:end]))):
            if entry.kind == "organization" and entry.feature != "generic":
                return end, entry.latin.replace(" ", _TIED)
    return i, ""


def _state(tokens: list[str], i: int) -> int:
    """End of the country that tokens from i name in several words (حكومة الولايات المتحدة); i where there is none."""
    for end in range(min(len(tokens), i + 4), i + 1, -1):
        if any(e.kind == "country" for e in load().named(fold(" ".join(t.strip(_QUOTES) for t in tokens[i:end])))):
            return end
    return i


def _said(words: list[Word]) -> str:
    number = " ".join(w.english for w in words if w.kind == "#")
    origin = " ".join(dict.fromkeys(w.english for w in words if w.kind == "c"))
    chunks: list[str] = []
    named: list[str] = []

    def close() -> None:
        if named:
            title = (known(" ".join(named)) or "").replace(" ", _TIED) or latin(" ".join(named))
            # the name of the one thing that is described stands before it: al-Nahda Movement
            chunks[-1:] = [f"{title} {chunks[-1]}"] if len(chunks) == 1 else [chunks[-1], title]
            named.clear()

    for word in words:
        if word.kind == "?":
            named.append(word.english)
        elif word.kind in "am":
            close()
            chunks[-1] = f"{chunks[-1]} and {word.english}" if word.joined else _before_last(word.english, chunks[-1])
        elif word.kind == "n":
            close()
            if word.joined in ("and", "for", "in") and chunks:
                chunks[-1] = f"{chunks[-1]} {word.joined} {word.english}"
            else:
                chunks.append(word.english)
        elif word.kind == "p":
            close()
            chunks[-1] = f"{chunks[-1]} {word.english}" + "\0"
    close()
    joined = " of ".join(chunks).replace("\0 of ", " ").replace("\0", "")
    return " ".join(part for part in (number, origin, joined) if part)


def _before_last(adjective: str, chunk: str) -> str:
    """An adjective before the noun that a chunk ends with."""
    for tie in (" and ", " for ", " in "):
        if tie in chunk:
            before, _, noun = chunk.rpartition(tie)
            return f"{before}{tie}{adjective} {noun}"
    return f"{adjective} {chunk}"


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The English words of the table that are no names."""
    return frozenset(w for entry in _table().values() for kind, e in entry.items() if kind != "c" for w in e.split() if w != "UN")


def _lower(said: str) -> str:
    """A group's description in lower case, but for names and adjectives of countries."""
    return " ".join(w.lower() if w in _common() else w for w in said.split()).replace(_TIED, " ")
