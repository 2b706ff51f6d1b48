"""Event words compiled: verbs.yaml, nouns.yaml and light.yaml into entries and the table of every form that leads to them.

The table maps a folded form to `entry:code` readings, space between (see `inflect.py` for the codes).
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

import yaml

from khabar.lexicon import HERE
from khabar.lexicon.inflect import conjugation, finite, noun, participle, slots
from khabar.record import EVENT_TYPES
from khabar.script import fold

ROLES = ("actor", "recipient", "place", "topic", "none", "event")
VERB_KEYS = {"root", "mode", "frame", "masdar", "genitive", "then", "not", "subject", "weak", "participle", "cameo"}
NOUN_KEYS = {"plural", "mode", "frame", "genitive", "then", "not", "weak", "cameo"}
SUBJECTS = ("person", "organization", "group", "country", "place", "hazard")
WEAK = {False: 0, True: 1, "very": 2}

Readings = dict[str, list[str]]


@cache
def _types() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((HERE / "types.yaml").read_text(encoding="utf-8"))
    return data


def verbs(data: dict[str, Any]) -> dict[str, Any]:
    """Entries and forms of verbs.yaml. Raises ValueError with the verb at fault."""
    entries: list[dict[str, Any]] = []
    forms: Readings = {}
    for kind, key, sense in _senses(data):
        entry = _entry(kind, key, sense, "verb", VERB_KEYS)
        frame = entry["frame"]
        verb = _conjugated(key, sense.get("root", ""))
        number = len(entries)
        entries.append(entry)
        _add(forms, number, _finite(verb, kind, frame))
        masdars = sense.get("masdar")
        named = slots(verb, "vn") if masdars is None else [w for w in masdars.split() if w != "-"]
        for word in named:
            _add(forms, number, noun(word, [], "M"))
        wanted = sense.get("participle", "")
        if wanted == "act":
            for word in slots(verb, "ap"):
                _add(forms, number, participle(word, "A"))
        if wanted == "pass":
            for word in slots(verb, "pp"):
                _add(forms, number, participle(word, "B"))
        if "genitive" not in sense:
            entry["genitive"] = (
                "recipient" if frame.get("obj") == "recipient" else "topic" if frame.get("obj") == "topic" else "actor"
            )
    return {"entries": entries, "forms": _packed(forms)}


SPEAKING = frozenset(["REQUEST", "REJECT", "AGREE", "THREATEN"])
"""Types whose verbs speakers use of themselves."""


def _finite(verb: Any, kind: str, frame: dict[str, str]) -> Iterable[tuple[str, str]]:
    takes = set(frame.get("obj", "none").split()) & {"actor", "recipient", "place", "topic"}
    return finite(verb, bool(takes), kind in SPEAKING)


def nouns(data: dict[str, Any]) -> dict[str, Any]:
    """Entries and forms of nouns.yaml. Raises ValueError with the noun at fault."""
    entries: list[dict[str, Any]] = []
    forms: Readings = {}
    for kind, key, sense in _senses(data):
        entry = _entry(kind, key, sense, "noun", NOUN_KEYS)
        head, *rest = entry["lemma"].split()
        if rest:
            entry["words"] = [_agreeing(fold(w)) for w in rest]
        entry.setdefault("genitive", _types()[kind]["genitive"])
        _add(forms, len(entries), noun(head, sense.get("plural", "").split(), "N"))
        entries.append(entry)
    return {"entries": entries, "forms": _packed(forms)}


def light(data: dict[str, Any]) -> dict[str, Any]:
    """Entries and forms of light.yaml: finite forms and masdars of support verbs. Raises ValueError with the verb at fault."""
    entries: list[dict[str, Any]] = []
    forms: Readings = {}
    for key, sense in data.items():
        frame = _frame(key, sense["frame"])
        verb = _conjugated(key, sense["root"])
        _add(forms, len(entries), finite(verb, True))
        for word in slots(verb, "vn"):
            _add(forms, len(entries), noun(word, [], "M"))
        entries.append({"lemma": fold(key), "frame": frame})
    return {"entries": entries, "forms": _packed(forms)}


def grammar(data: dict[str, Any]) -> dict[str, Any]:
    """The closed classes, folded and sorted."""
    return {name: sorted({fold(w) for w in words}) for name, words in data.items()}


def _senses(data: dict[str, Any]) -> Iterable[tuple[str, str, dict[str, Any]]]:
    for kind, words in data.items():
        if kind not in EVENT_TYPES:
            raise ValueError(f"no event type: {kind}")
        for key, senses in words.items():
            for sense in senses if isinstance(senses, list) else [senses]:
                yield kind, key, sense


def _entry(kind: str, key: str, sense: dict[str, Any], part: str, keys: set[str]) -> dict[str, Any]:
    if wrong := set(sense) - keys:
        raise ValueError(f"{key}: unknown {sorted(wrong)}")
    if "mode" not in sense:
        raise ValueError(f"{key}: no mode")
    if sense.get("weak", False) not in WEAK:
        raise ValueError(f"{key}: weak is true or very")
    if set(sense.get("subject", [])) - set(SUBJECTS):
        raise ValueError(f"{key}: subject is of {SUBJECTS}")
    if sense.get("genitive", "none") not in ROLES:
        raise ValueError(f"{key}: genitive {sense['genitive']}")
    codes = _types()[kind]["cameo"]
    frame = _frame(key, _types()[kind][part] | sense.get("frame", {}))
    entry: dict[str, Any] = {
        "key": key,
        "lemma": key.partition("-")[0],
        "part": part,
        "type": kind,
        "mode": sense["mode"],
        "cameo": sense.get("cameo", codes.get(sense["mode"], codes["*"])),
        "frame": frame,
    }
    if "genitive" in sense:
        entry["genitive"] = sense["genitive"]
    for name in ("then", "not"):
        if name in sense:
            rows = [[_written(w) for w in str(words).split()] for words in sense[name]]
            entry[name] = sorted({way for row in rows if len(row) == 1 for way in row[0]})
            if several := [row for row in rows if len(row) > 1]:
                entry[name + "_rows"] = several
    if "subject" in sense:
        entry["subject"] = sense["subject"]
    if weak := WEAK[sense.get("weak", False)]:
        entry["weak"] = weak
    return entry


def _frame(key: str, frame: dict[str, str]) -> dict[str, str]:
    """A frame with folded prepositions; a value may name two roles (`recipient place`)."""
    for argument, roles in frame.items():
        if not set(roles.split()) <= set(ROLES):
            raise ValueError(f"{key}: {argument} is {roles}")
    return {fold(a): roles for a, roles in frame.items()}


def _agreeing(word: str) -> list[str]:
    """Ways in which a further word of a name is written: an adjective follows its noun into the plural (انهيارات أرضية)."""
    if word.endswith("ه"):
        return [word, word[:-1] + "تين", word[:-1] + "ات"]
    return [word, word + "ا", word + "ه", word + "ين"]


def _written(word: str) -> list[str]:
    """Ways in which a collocated word is written besides clitics and article: accusative, with a pronoun."""
    word = fold(word)
    if word.endswith("ه"):
        return [word, *(word[:-1] + "ت" + p for p in ("ه", "ها", "هم"))]
    plain = [word] if word[-1] in "اء" else [word, word + "ا"]
    return plain + [word + p for p in ("ه", "ها", "هم")]


@cache
def _conjugated(key: str, root: str) -> Any:
    try:
        radicals, pattern = root.split()
    except ValueError:
        raise ValueError(f"{key}: root is radicals and pattern, as in 'هجم III'") from None
    try:
        verb = conjugation(radicals, pattern)
    except ValueError as wrong:
        raise ValueError(f"{key}: {wrong}") from wrong
    lemma = fold(key.partition("-")[0])
    if lemma not in {fold(f) for f in slots(verb, "past_3ms")}:
        raise ValueError(f"{key}: {root} gives {slots(verb, 'past_3ms')}")
    return verb


def _add(forms: Readings, number: int, readings: Iterable[tuple[str, str]]) -> None:
    for form, code in readings:
        known = forms.setdefault(form, [])
        if (reading := f"{number}:{code}") not in known:
            known.append(reading)


def _packed(forms: Readings) -> dict[str, str]:
    return {form: " ".join(forms[form]) for form in sorted(forms)}
