"""What kind of point a place has, and whether it is a first-level administrative division: what the gazetteer knows of it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

from khabar.gazetteer import load
from khabar.workspace.views import Named

Exactness = Literal["country", "region", "town", "site", "water", "unknown"]
"""What a point is the middle of: a country, a region or province, a town or village, something smaller (a camp, a crossing, an
airport), a sea or a river; unknown where a person wrote the coordinates, or an identifier that is not the gazetteer's did."""

_FEATURES: dict[str, Exactness] = {
    **dict.fromkeys(("region", "continent", "island", "mountain"), "region"),
    **dict.fromkeys(("sea", "river", "gulf", "strait", "ocean", "lake", "canal"), "water"),
    **dict.fromkeys(("site", "camp", "crossing", "quarter", "airport", "port"), "site"),
    "town": "town",
}


@cache
def _features() -> dict[tuple[str, str], Exactness]:
    """Country and Latin name → what kind of place the gazetteer has there."""
    entries = sorted((e for e in load().entries if e.kind in ("town", "region")), key=lambda e: e.kind == "region")
    return {(e.country, e.latin): "town" if e.kind == "town" else _FEATURES[e.feature] for e in entries}


@cache
def _divisions() -> frozenset[tuple[str, str]]:
    text = files("khabar.exports").joinpath("adm1.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return frozenset((country, name) for country, names in lines for name in names.split(" | "))


def exactness(place: Named) -> Exactness:
    """What the point of a place is the middle of."""
    if place.type == "country":
        return "country"
    known = _features().get((place.country or "", place.name_en or ""))
    return known or ("town" if place.identifiers.get("geonames") else "unknown")


def division(place: Named) -> str | None:
    """The Latin name of a place that is a first-level division of its country; None of others, also of what lies in one: which
    one that is the gazetteer does not know."""
    return place.name_en if (place.country or "", place.name_en or "") in _divisions() else None


__all__ = ["Exactness", "division", "exactness"]
