"""Reporting cues in a text: verbs, participles and masdars that report, and the words for "according to"."""

from functools import cache
from typing import NamedTuple

from khabar import lexicon


class Entry(NamedTuple):
    """What a form can be: its frames, its kind and the gender and number that it agrees with.

    `kind` is v (past), i (present), o (either with an object pronoun), p (participle), m (masdar with the speaker's pronoun),
    d (definite participle: المنددة);
    `agreement` ms, fs, md, fd, mp or fp. The flags are those of cues.yaml; `wasla` says that
    its past begins with a plain alef, so that a written hamza makes it "I" (أعتقد).
    """

    lemma: str
    takes: tuple[str, ...]
    kind: str
    agreement: str
    doubtful: bool
    carries: bool
    nobody: bool
    asks: bool
    impersonal: bool
    transitive: bool
    in_document: bool
    listed: bool
    wasla: bool

    @property
    def finite(self) -> bool:
        """Whether it is a verb with a subject of its own."""
        return self.kind in "vio"


class Cue(NamedTuple):
    """A cue in a text: tokens [token, end), of which `clitic` letters of the first are a conjunction."""

    token: int
    end: int
    clitic: int
    entry: Entry
    origin: bool = False
    his: str = ""

    @property
    def according(self) -> bool:
        """Whether it is a word for "according to" and no form of a verb."""
        return self.entry.kind == "a"


ACCORDING = Entry("وفق", (), "a", "", *[False] * 9)


class Citing(NamedTuple):
    """An entry for "according to", as in cues.yaml."""

    words: list[str]
    then: str
    origin: bool
    his: str


class Table:
    """The compiled cues of the lexicon."""

    def __init__(self) -> None:
        data = lexicon.load("cues")
        plain: dict[str, Entry] = {}
        for form, readings in data["forms"].items():
            verbs = [(data["verbs"][v], kind, agreement) for v, kind, agreement in readings]
            first = verbs[0]
            plain[form] = Entry(
                first[0]["lemma"],
                tuple(dict.fromkeys(t for verb, _, _ in verbs for t in verb["takes"])),
                first[1],
                first[2],
                all(verb.get("doubtful", False) for verb, _, _ in verbs),
                any(verb.get("carries", False) for verb, _, _ in verbs),
                any(verb.get("nobody", False) for verb, _, _ in verbs),
                any(verb.get("asks", False) for verb, _, _ in verbs),
                any(verb.get("impersonal", False) for verb, _, _ in verbs),
                any(verb.get("transitive", False) for verb, _, _ in verbs),
                any(verb.get("in_document", False) for verb, _, _ in verbs),
                any(verb.get("listed", False) for verb, _, _ in verbs),
                all(verb.get("wasla", False) for verb, _, _ in verbs),
            )
        self.forms: dict[str, tuple[Entry, int]] = {form: (entry, 0) for form, entry in plain.items()}
        for form, entry in plain.items():
            for clitic in "وف" if len(form) > 3 else "و":
                self.forms.setdefault(clitic + form, (entry, 1))
        self.according: dict[str, list[Citing]] = {}
        for a in data["according"]:
            for form in (a["words"][0], "و" + a["words"][0], "ف" + a["words"][0]):
                self.according.setdefault(form, []).append(Citing(a["words"], a["then"], a["origin"], a["his"]))
        self.objects = frozenset(data["objects"])
        self.asides: dict[str, frozenset[str]] = {k: frozenset(v) for k, v in data["asides"].items()}
        self.not_after = frozenset(data["not_after"])
        self.impersonal: list[list[str]] = data["impersonal"]


@cache
def table() -> Table:
    """The table, loaded once."""
    return Table()


def scan(forms: list[str]) -> list[Cue]:
    """Every word of a text that may be a cue, in order; whether it is one is decided where it stands."""
    t = table()
    known, according = t.forms, t.according
    found: list[Cue] = []
    end = 0
    for i, form in enumerate(forms):
        if form in according and (cue := _according(forms, i, according[form])):
            found.append(cue)
            end = cue.end
        elif form in known and i >= end:
            entry, clitic = known[form]
            found.append(Cue(i, i + 1, clitic, entry))
    return found


def _according(forms: list[str], i: int, choices: list[Citing]) -> Cue | None:
    for words, then, origin, his in choices:
        end = i + len(words)
        if (end >= len(forms) and not his) or forms[i + 1 : end] != words[1:]:
            continue
        if then and not forms[end].startswith(then):
            continue
        return Cue(i, end, int(forms[i] != words[0]), ACCORDING, origin, his)
    return None
