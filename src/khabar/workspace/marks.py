"""What the sentence around a figure tells of it: which part of a toll it counts, whether it corrects or takes back another."""

from functools import lru_cache
from typing import Literal

from khabar.lexicon.tables import rows
from khabar.record import Figure, Record
from khabar.script import fold

Mark = Literal["corrects", "withdrawn"]


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for use, *words in rows("tolls"):
        table.setdefault(use, set()).update(words)
    for role, _, forms in rows("impact"):
        if role in ("one", "many", "total", "done"):
            table["whole"].update(forms.split())
    return {use: frozenset(words) for use, words in table.items()}


@lru_cache(maxsize=1)
def _counted() -> dict[str, str]:
    """Form of a counted noun → the singular that stands for it."""
    table: dict[str, str] = {}
    for _, one, *many in rows("counted"):
        if not one:
            continue
        first = one.split()[0]
        for form in " ".join([one, *many]).split():
            for case in (form, f"{form}ا", f"{form}ين", f"{form}ان"):
                table.setdefault(case, first)
    return table


def part_of(record: Record, figure: Figure) -> str | None:
    """The part of a toll that a figure counts, by a word for it (جندي, طفل); None where it counts everybody."""
    words = [w.strip(".،,:؛\"'()") for w in fold(figure.quote).split()]
    if any(w.removeprefix("ال") in _words()["whole"] or w in _words()["whole"] for w in words):
        part = None
    else:
        part = next(
            (found for w in reversed(words) if (found := _counted().get(w) or _counted().get(w.removeprefix("ال")))), None
        )
    if any(_bare(w) in _words()["among"] for w in _before(record, figure)[-3:]):
        return part or (words[-1] if words else None)
    return part if part not in _words()["whole"] else None


def mark_of(record: Record, figure: Figure) -> Mark | None:
    """Whether a figure corrects an earlier one, or is the one that is taken back or denied."""
    words = _words()
    start, stop = _sentence(record, figure)
    inside = {_bare(w) for w in fold(record.text[start:stop]).split()}
    if not inside & words["toll"]:
        return None
    before = [_bare(w) for w in _before(record, figure)]
    if before and set(before[-8:]) & words["denies"] and set(before[-8:]) & words["toll"]:
        return "withdrawn"
    if not inside & words["corrects"]:
        return None
    others = [f for f in record.figures if f is not figure and start <= f.span[0] < stop and f.kind == figure.kind]
    if others and set(before[-3:]) & words["instead"] and not {"الي", "لتصبح", "ليصبح"} & set(before[-2:]):
        return "withdrawn"
    return "corrects"


def _sentence(record: Record, figure: Figure) -> tuple[int, int]:
    for start, stop in record.sentences:
        if start <= figure.span[0] < stop:
            return start, stop
    return max(0, figure.span[0] - 200), figure.span[1] + 100


def _before(record: Record, figure: Figure) -> list[str]:
    start, _ = _sentence(record, figure)
    return fold(record.text[start : figure.span[0]]).split()


def _bare(word: str) -> str:
    word = word.strip(".،,:؛\"'()")
    return word[1:] if word[:1] in ("و", "ف") and word[1:] in _all() else word


@lru_cache(maxsize=1)
def _all() -> frozenset[str]:
    return frozenset().union(*_words().values())
