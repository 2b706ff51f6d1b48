"""Makes `own.txt`: the words that begin with a letter like a proclitic's and are not parted.

How a form is used tells it: what stands after the article or a preposition (الوزير, بوزير) is no conjunction with a word; nor is
a name, or a place, that is about as frequent as what would be left of it (سلمان beside لمان). Only words of which parting would
leave another word of the news are listed; the others do no harm. The counts are the gazetteer's; `kept.txt` and `parted.txt`
say what they get wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from khabar.gazetteer import build
from khabar.script import fold
from khabar.workspace.forms import FOLDER, listed

_CONJUNCTIONS = frozenset("وف")
_PROCLITICS = frozenset("وفبلكس")
_AFTER_NOTHING = ("ال", "ب", "ل", "ك", "لل", "وال", "بال", "وب", "ول", "وك", "فب", "فل", "كال", "فال", "ولل")
"""What stands before nouns alone, and so before no conjunction."""
_AFTER_L = tuple(p for p in _AFTER_NOTHING if not p.endswith("ل") or p.endswith("ال"))
"""For words that begin with ل: ل before one of them would be للـ, which holds the article."""
LEAST = 8
SHARE = 0.03
"""How often, and in what share of its uses, a word has to stand after what stands before no proclitic."""
SELDOM = 3
"""What is left has to be found this often to be another word."""
NAME = 0.3
"""A name is a word of its own where it is found this often for each time that what is left is."""

HEAD = "# Words that are not parted, though they begin like a proclitic. Made by python -m khabar.workspace.forms; do not edit.\n"


def made() -> str:
    """The text of `own.txt`."""
    counts, names = _usage()
    short, never = listed("short.txt"), listed("parted.txt")
    found = {form for form, count in counts.items() if _own(form, count, counts, form in names, short)}
    return HEAD + "".join(f"{form}\n" for form in sorted((found | listed("kept.txt")) - never))


def _usage() -> tuple[dict[str, int], set[str]]:
    """How often forms are found, and which of them are names."""
    counts: dict[str, int] = {}
    entries = (build.GENERATED / "entries.tsv").read_text(encoding="utf-8").splitlines()
    names = {fold(entry.split("\t")[1]) for entry in entries}
    for form, count, *_, kind in build.rows("usage.tsv"):
        if form.isalpha():
            counts[form] = counts.get(form, 0) + int(count or 0)
            if kind == "g":
                names.add(form)
    return counts, names


def _own(form: str, count: int, counts: dict[str, int], name: bool, short: frozenset[str]) -> bool:
    head = _head(form)
    left = max((counts.get(rest, 0) + counts.get("ال" + rest, 0) for rest in _rests(form, short)), default=0)
    if not head or not left:
        return False
    if name and head != "ال" and count >= LEAST and left >= SELDOM and count >= NAME * left:
        return True
    before = ("ال", "وال", "بال") if head == "ال" else _AFTER_L if head == "ل" else _AFTER_NOTHING
    if head in _CONJUNCTIONS:
        before = (*before, "س", "و", "ف")
    after = sum(counts.get(p + form, 0) for p in before)
    return after >= LEAST and after >= SHARE * count


def _head(form: str) -> str:
    return "ال" if form.startswith("ال") else form[0] if form[0] in _PROCLITICS else ""


def _rests(form: str, short: frozenset[str]) -> Iterator[str]:
    while head := _head(form):
        form = form[len(head) :]
        if len(form) < 3 and form not in short:
            return
        yield form


def check() -> bool:
    """Whether `own.txt` is what would be made."""
    path = FOLDER / "own.txt"
    return path.exists() and path.read_text(encoding="utf-8") == made()


def write() -> None:
    """Write `own.txt`."""
    (FOLDER / "own.txt").write_text(made(), encoding="utf-8")
