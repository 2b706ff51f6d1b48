"""Places, countries and known names, with their Latin forms.

`load()` gives the gazetteer, read once and kept: 10,000 entries under 12,000 folded forms. Its tables are made by
`python -m khabar.gazetteer` from `data/` (which people edit), CLDR and GeoNames.
"""

from functools import lru_cache
from importlib.resources import files

from khabar.gazetteer.model import Entry, Key

__all__ = ["Entry", "Gazetteer", "Key", "load"]


class Gazetteer:
    """Known things by their folded forms, and what kind of word a form is."""

    def __init__(self, entries: list[Entry], keys: dict[str, dict[str, tuple[int, ...]]], words: dict[str, str]) -> None:
        self.entries = entries
        self.keys = keys
        """Folded form → use (name, adj, plural, weak) → numbers of entries."""
        self.words = words
        """Folded form → g where it begins a person's name, n where it is part of one, c where it is a common word."""
        self.longest: dict[str, int] = {}
        """First word of a form → how many words the longest form that begins with it has."""
        for form in keys:
            first, _, rest = form.partition(" ")
            length = 1 + (rest.count(" ") + 1 if rest else 0)
            if self.longest.get(first, 0) < length:
                self.longest[first] = length

    def named(self, form: str) -> list[Entry]:
        """Every entry whose name a folded form is, weak names last."""
        uses = self.keys.get(form, {})
        return [self.entries[n] for use in ("name", "weak") for n in uses.get(use, ())]

    def country_of(self, form: str) -> str:
        """Country (alpha-3) or people that a folded nisba belongs to; empty where it is none."""
        uses = self.keys.get(form)
        if not uses:
            return ""
        numbers = uses.get("adj") or uses.get("plural")
        return self.entries[numbers[0]].country if numbers else ""


@lru_cache(maxsize=1)
def load() -> Gazetteer:
    """The gazetteer that ships with Khabar."""
    folder = files("khabar.gazetteer").joinpath("generated")
    entries: list[Entry] = []
    for number, line in enumerate(folder.joinpath("entries.tsv").read_text(encoding="utf-8").splitlines()):
        kind, name, latin, country, latitude, longitude, geonames, population, capital, feature = line.split("\t")
        entries.append(
            Entry(
                number=number,
                kind=kind,  # type: ignore[arg-type]
                name=name,
                latin=latin,
                country=country,
                latitude=float(latitude) if latitude else None,
                longitude=float(longitude) if longitude else None,
                geonames=int(geonames or 0),
                population=int(population or 0),
                capital=capital,
                feature=feature,
            )
        )
    keys: dict[str, dict[str, tuple[int, ...]]] = {}
    for line in folder.joinpath("keys.tsv").read_text(encoding="utf-8").splitlines():
        form, use, numbers = line.split("\t")
        keys.setdefault(form, {})[use] = tuple(map(int, numbers.split(" ")))
    words = dict(line.split("\t") for line in folder.joinpath("words.tsv").read_text(encoding="utf-8").splitlines())
    return Gazetteer(entries, keys, words)
