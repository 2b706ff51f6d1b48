"""Tables of words: tab-separated files beside this module, written in normal Arabic, folded as they are read."""

import re
from collections.abc import Iterable, Iterator
from importlib.resources import files

from khabar.script import fold


def rows(name: str) -> Iterator[list[str]]:
    """Cells of each line of `lexicon/<name>.tsv`, folded; empty lines and lines that begin with # are left out."""
    content = files("khabar.lexicon").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    for line in content.splitlines():
        if line and not line.startswith("#"):
            yield [fold(cell).strip() for cell in line.split("\t")]


def alternation(forms: Iterable[str]) -> str:
    """A regular expression for any of the words, longest first, with common beginnings shared so that it matches quickly."""
    return _branch(sorted(set(forms)))


def _branch(forms: list[str]) -> str:
    groups: dict[str, list[str]] = {}
    for form in forms:
        if form:
            groups.setdefault(form[0], []).append(form[1:])
    parts = []
    for first, rests in groups.items():
        parts.append(re.escape(first) + (_branch(rests) if any(rests) else ""))
    optional = "" in forms
    if len(parts) == 1 and not optional:
        return parts[0]
    if all(len(p) == 1 for p in parts):
        body = parts[0] if len(parts) == 1 else f"[{''.join(parts)}]"
    else:
        body = f"(?:{'|'.join(parts)})"
    return body + ("?" if optional else "")
