"""What the sentence around a figure tells of it: which part of a toll it counts, whether it corrects or takes back another,
whether it was the toll before, or one of long ago."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from khabar.lexicon.tables import rows
from khabar.record import Figure, Record
from khabar.script import fold

Mark = Literal["corrects", "withdrawn", "earlier", "past"]

PAST = timedelta(days=30)
"""What was over so long before an article is told in it for comparison."""


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
    """The part of a toll that a figure counts, by a word for it (جندي, طفل); None where it counts everybody. Of what is damaged
    there is no everybody: it is the thing that is counted, or its measure (هكتار)."""
    words = [w.strip(".،,:؛\"'()«»“”") for w in fold(figure.quote).split()]
    if figure.kind == "damaged" and (unit := next((_units()[w] for w in words if w in _units()), None)):
        return unit
    at = next((i for i, w in enumerate(words) if w.removeprefix("ال") in _words()["whole"] or w in _words()["whole"]), None)
    if at is not None and at > 1 and words[at - 1] == "من" and words[at - 2] not in _words()["bound"]:
        return words[at]  # so many of the members of somebody
    if at is not None:
        part = None
    else:
        part = next(
            (found for w in reversed(words) if (found := _counted().get(w) or _counted().get(w.removeprefix("ال")))), None
        )
    if any(_bare(w) in _words()["among"] for w in _before(record, figure)[-3:]):
        return part or (words[-1] if words else None)
    if figure.kind == "damaged" and part is None and words and not any(c.isdigit() for c in words[-1]):
        return words[-1]
    return part if part not in _words()["whole"] else None


def mark_of(record: Record, figure: Figure) -> Mark | None:
    """Whether a figure corrects an earlier one, is the one that is taken back or denied, is told as the toll before, or is one of
    long ago."""
    return _withdrawn_or_corrects(record, figure) or _earlier(record, figure) or _past(record, figure)


def _earlier(record: Record, figure: Figure) -> Mark | None:
    before = _before(record, figure)[-14:]
    said = {f"{one} {other}" for one, other in zip(map(_bare, before), before[1:], strict=False)}
    return "earlier" if said & _words()["earlier"] else None


def _past(record: Record, figure: Figure) -> Mark | None:
    """Whether the time nearest to a figure in its sentence was over long before, and nothing else dates it."""
    event = next((v for v in record.events if v.id == figure.event), None)
    if record.published is None or figure.as_of or (event is not None and event.begin):
        return None
    start, stop = _sentence(record, figure)
    times = [t for t in record.times if start <= t.span[0] < stop and t.end]
    if not times:
        return None
    nearest = min(times, key=lambda t: max(t.span[0] - figure.span[1], figure.span[0] - t.span[1]))
    before = fold(record.text[start : nearest.span[0]]).split()[-2:]
    try:
        over = date.fromisoformat(nearest.end or "") < date.fromisoformat(record.published[:10]) - PAST
    except ValueError:
        return None
    return "past" if over and not {_bare(w) for w in before} & _words()["compared"] else None


def _withdrawn_or_corrects(record: Record, figure: Figure) -> Mark | None:
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


@lru_cache(maxsize=1)
def _units() -> dict[str, str]:
    """Form of a measure → the one that stands for it."""
    table: dict[str, str] = {}
    for kind, _, forms, *_ in rows("units"):
        if kind == "measure":
            table.update({form: forms.split()[0] for form in forms.split() if len(form) > 1})
    return table


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
