"""Inflection of event words when the lexicon is compiled; all forms are folded.

Verbs are conjugated from root and pattern by `mazini` (CC BY 4.0, a port of Wiktionary's Module:ar-verb), nouns by rule.

A form's reading is a short code: tense and voice (`P` past, `I` present, `J` what stands after لم and لن; `a` active, `p`
passive) with person, gender and number; `M` masdar, `A` and `B` active and passive participle, `N` noun (`D` dual, `L` plural).
`+ه` says which pronoun is attached.
"""

from collections.abc import Iterator

import mazini

from khabar.script import fold

PERSONS = ("3ms", "3fs", "3md", "3fd", "3mp")
"""Persons that news writes of whom it speaks."""
SPEAKERS = ("1s", "1p")
"""Persons that speak for themselves (أدعو، نرفض); their short forms look like too many other words (لندن، نصف، نساء)."""
PRONOUNS = ("ه", "ها", "هم", "هن", "هما", "نا")
_TENSES = (("past_", "Pa"), ("past_pass_", "Pp"), ("ind_", "Ia"), ("ind_pass_", "Ip"), ("sub_", "Ja"), ("juss_", "Ja"),
           ("sub_pass_", "Jp"), ("juss_pass_", "Jp"))  # fmt: skip


def conjugation(root: str, pattern: str) -> mazini.Conjugation:
    """All slots of a verb; raises ValueError where root and pattern give none."""
    try:
        return mazini.conjugate(root, pattern, passive=True)
    except mazini.MaziniError as wrong:
        raise ValueError(f"{root} {pattern}: {wrong}") from wrong


def slots(verb: mazini.Conjugation, name: str) -> list[str]:
    """Spelled forms of a slot, without the placeholder of an unknown one."""
    return [f.form for f in verb.slots.get(name, []) if "?" not in f.form]


def finite(verb: mazini.Conjugation, transitive: bool, speaks: bool = False) -> Iterator[tuple[str, str]]:
    """(folded form, code) of the finite verb; with attached pronouns and the passive where it takes an object.

    With `speaks` the first persons of the plain tenses are made too.
    """
    hollow = len(verb.radicals) == 3 and verb.verb_form == "I" and verb.radicals[1] in "وي"
    for prefix, code in _TENSES:
        if code[1] == "p" and (not transitive or (hollow and code[0] == "P")):
            continue  # زير and قيم are other words, and news has no passive of what takes no object
        for person in PERSONS + (SPEAKERS if speaks and code in ("Pa", "Ia") else ()):
            for spelled in slots(verb, prefix + person):
                yield fold(spelled), code + person
                if transitive and code[1] == "a":
                    host = _host(spelled)
                    yield from ((host + p, f"{code}{person}+{p}") for p in PRONOUNS)


def _host(spelled: str) -> str:
    """A verb as it stands before a pronoun: التقى → التقا-, قتلوا → قتلو-."""
    bare = "".join(c for c in spelled if not "\u064b" <= c <= "\u0652" and c != "\u0670")
    if bare.endswith("ى"):
        return fold(bare[:-1] + "ا")
    return fold(bare[:-1] if bare.endswith("وا") else bare)


def noun(word: str, plurals: list[str], code: str) -> Iterator[tuple[str, str]]:
    """(folded form, code) of a noun: bare, with the alef of the accusative, dual, plural, and with pronouns."""
    word = fold(word)
    yield from _cases(word, code)
    stem = word[:-1] + "ت" if word.endswith("ه") else word
    if code == "N" and len(word) > 3 and not word.endswith("ات"):
        yield stem + "ان", code + "D"
        yield stem + "ين", code + "D"
    if code in "NM" and word.endswith("ه"):
        yield stem + "ان", code + "D"
        yield stem + "ين", code + "D"
        yield stem + "ي", code + "D"
    every = [fold(p) for p in plurals]
    if word.endswith("ه") and len(word) > 3 and not every:
        every.append(word[:-1] + "ات")
    for plural in dict.fromkeys(every):
        yield from _cases(plural, code + "L")


def _cases(word: str, code: str) -> Iterator[tuple[str, str]]:
    yield word, code
    if word[-1] not in "هايء" and not word.endswith("ات"):
        yield word + "ا", code
    hosts = [word[:-1] + "ت"] if word.endswith("ه") else [word]
    if word.endswith("اء"):
        hosts += [word[:-1] + "ي", word[:-1] + "و"]
    elif word.endswith("ي") and len(word) > 3:
        hosts += [word[:-1] + "ا"]
    for host in hosts:
        yield from ((host + p, f"{code}+{p}") for p in PRONOUNS)


def participle(spelled: str, code: str) -> Iterator[tuple[str, str]]:
    """(folded form, code) of a participle in gender and number: داعيا، داعية، داعين؛ موقّع، موقّعة."""
    word = fold(spelled)
    if spelled.endswith("ٍ"):  # داعٍ: the ya comes back everywhere else
        yield word, code + "ms"
        word += "ي"
    stem = word[:-1] if word.endswith("ي") else word
    yield word, code + "ms"
    yield word + "ا", code + "ms"
    yield word + "ه", code + "fs"
    yield stem + "ين", code + "mp"
    yield stem + "ون", code + "mp"
    yield word + "ات", code + "fp"
    yield word + "تين", code + "fd"
    yield word + "ان", code + "md"
