"""Reporting cues inflected: from the principal parts of cues.yaml to every form that news writes, folded.

The parts that a linguist writes (past, present, participle, masdar) are regular enough in the third person to be inflected on the
written form: only a final weak radical changes (دعا → دعت، دعوا; رأى → رأت، رأوا; ينفي → ينفون).
"""

from typing import Any

from khabar.script import fold

FRAMES = ("that", "speech", "object", "إلى", "على", "عن", "من", "ب", "ل")
FLAGS = ("doubtful", "carries", "nobody", "asks", "impersonal", "transitive", "in_document", "listed")
KEYS = {"past", "present", "participle", "masdar", "takes", "pronoun", "only", "not", "acts", *FLAGS}


def definite(form: str) -> dict[str, str]:
    """Definite participles (المنددة, الداعية) of a folded masculine singular, which tell of an act of whoever they describe."""
    stem = form[:-1] if form.endswith("ي") else form
    return {"ال" + f: a for f, a in ((form, "ms"), (form + "ه", "fs"), (stem + "ين", "mp"), (stem + "ون", "mp"))}


KINDS = {"past": "v", "present": "i", "participle": "p", "masdar": "m"}
PRONOUNS = ("ه", "ها", "هم", "هما")


def past(form: str) -> dict[str, str]:
    """Third-person past forms of a folded 3ms past: form → agreement (ms, fs, md, fd, mp)."""
    weak = form[-1] in "اي"
    stem = form[:-1] if weak else form
    if form.endswith("ي") and len(form) > 3 and form in _KEEP_YA:
        stem, weak = form, False
    dual = {} if weak else {stem + "ا": "md"}  # دعوا, نفيا are more often other words
    return {form: "ms", stem + "ت": "fs", **dual, stem + "تا": "fd", stem + "وا": "mp"}


_KEEP_YA = frozenset(["خشي", "نسي", "بقي"])  # the ya is pronounced and stays: خشيت


def present(form: str) -> dict[str, str]:
    """Third-person present forms of a folded 3ms present: form → agreement."""
    weak = form[-1] in "يو"
    stem = form[:-1] if weak else form
    dual = form + "ان"
    return {form: "ms", "ت" + form[1:]: "fs", dual: "md", "ت" + dual[1:]: "fd", stem + "ون": "mp"}


def participle(form: str) -> dict[str, str]:
    """Accusative participles (مؤكدا، مؤكدة، مؤكدين) of a folded masculine singular."""
    stem = form[:-1] if form.endswith("ي") else form
    return {form + "ا": "ms", form + "ه": "fs", stem + "ين": "mp"}


def masdar(form: str) -> dict[str, str]:
    """A masdar with the pronoun of whoever speaks (قوله، قولها، قولهم)."""
    stem = form[:-1] + "ت" if form.endswith("ه") else form
    pronouns = {"ه": "ms", "ها": "fs", "هم": "mp", "هما": "md"}
    leads = ("", "ب") if form == "قول" else ("",)  # بقوله; with others ب is more often "for" (بانتقاده)
    return {lead + stem + p: a for lead in leads for p, a in pronouns.items()}


def expand(data: dict[str, Any]) -> dict[str, Any]:
    """The table of cues: frames of each verb, and each form with its verb, kind (v i p m o d) and agreement."""
    verbs: list[dict[str, Any]] = []
    forms: dict[str, list[list[Any]]] = {}

    def add(table: dict[str, str], verb: int, kind: str) -> None:
        for form, agreement in table.items():
            if not any(known[0] == verb for known in forms.setdefault(form, [])):
                forms[form].append([verb, kind, agreement])

    for entry in data["verbs"]:
        wrong = set(entry) - KEYS or {"past", "takes"} - set(entry) or set(entry["takes"]) - set(FRAMES)
        if wrong:
            raise ValueError(f"cues.yaml, {entry.get('past')}: {sorted(wrong)}")
        number = len(verbs)
        lemma = fold(entry["past"])
        wasla = {"wasla": True} if entry["past"].startswith("ا") else {}
        verbs.append({"lemma": lemma, **wasla, "takes": [fold(t) for t in entry["takes"]], **_flags(entry)})
        parts = {"past": past(lemma)} | {
            name: make(fold(entry[name]))
            for name, make in (("present", present), ("participle", participle), ("masdar", masdar))
            if name in entry
        }
        parts = {name: table for name, table in parts.items() if name in entry.get("only", parts)}
        dropped = {fold(form) for form in entry.get("not", [])}
        parts = {name: {f: a for f, a in table.items() if f not in dropped} for name, table in parts.items()}
        for name, table in parts.items():
            add(table, number, KINDS[name])
        if entry.get("acts"):
            add(definite(fold(entry["participle"])), number, "d")
        finite = parts.get("past", {}) | parts.get("present", {})
        if entry.get("pronoun"):
            add({_host(f) + p: a for f, a in finite.items() for p in PRONOUNS}, number, "o")
    return {
        "verbs": verbs,
        "forms": dict(sorted(forms.items())),
        "according": [
            {
                "words": fold(a["words"]).split(),
                "then": fold(a.get("then", "")),
                "origin": a.get("origin", False),
                "his": a.get("his", ""),
            }
            for a in sorted(data["according"], key=lambda a: -len(a["words"]))
        ],
        "not_after": [fold(w) for w in data["not_after"]],
        "impersonal": [fold(w).split() for w in data["impersonal"]],
        "objects": sorted({fold(w) for w in data["objects"]}),
        "asides": {fold(k): sorted({fold(w) for w in ws}) for k, ws in data["asides"].items()},
    }


def _flags(entry: dict[str, Any]) -> dict[str, bool]:
    return {k: True for k in FLAGS if entry.get(k)}


def _host(form: str) -> str:
    """The form as it stands before a pronoun: يسمي → يسميه, أعلنوا → أعلنوه, تبنى → تبناه."""
    if form.endswith("وا"):
        return form[:-1]
    return form[:-1] + "ا" if (form.endswith("ي") and not form.startswith(("ي", "ت"))) or form == "تبني" else form
