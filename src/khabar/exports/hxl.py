"""HXL CSV (Humanitarian Exchange Language 1.1): a row a figure that was claimed, under a row of names and a row of hashtags.

`#adm1` has the name of a place that is itself a division of the first level; p-codes are not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from khabar.exports.comma import joined, lines
from khabar.exports.contents import Contents
from khabar.exports.places import division
from khabar.exports.wording import label, who_says
from khabar.workspace.views import Claim

if TYPE_CHECKING:
    from khabar.exports.registry import Out

_KINDS = {
    "killed": "#affected+killed", "injured": "#affected+injured", "missing": "#affected+missing",
    "displaced": "#affected+displaced", "detained": "#affected+detained", "affected": "#affected",
    "rescued": "#affected+rescued", "kidnapped": "#affected+abducted", "damaged": "#impact+damaged",
    "deployed": "#capacity+deployed",
}  # fmt: skip
_BEFORE = {
    "Reported": "#date+reported", "As of": "#date+occurred", "Country": "#country+code", "Admin 1": "#adm1+name",
    "Place": "#loc+name",
    "Latitude": "#geo+lat", "Longitude": "#geo+lon",
}  # fmt: skip
_AFTER = {
    "Lowest": "#indicator+num+min", "Highest": "#indicator+num+max", "Source": "#meta+source", "Carrier": "#meta+carrier",
    "Outlet": "#meta+outlet", "Link": "#meta+url", "Quote": "#meta+quote", "Story": "#event+id",
}  # fmt: skip
COLUMNS: dict[str, str] = {**_BEFORE, **{kind.capitalize(): tag for kind, tag in _KINDS.items()}, **_AFTER}
"""Names of the columns and their hashtags."""


def write(contents: Contents, out: Out) -> int:
    """Write a claim a row; gives how many."""
    return lines(out, COLUMNS, _rows(contents)) - 1


def _rows(contents: Contents) -> Iterator[list[Any]]:
    yield list(COLUMNS.values())
    for claim in contents.claims():
        row = _row(claim)
        yield [_tidy(row.get(name)) for name in COLUMNS]


def _tidy(value: Any) -> Any:
    """A value without line breaks and further white space, which HXL's own rules call an error."""
    return " ".join(value.split()) if isinstance(value, str) else value


def _row(c: Claim) -> dict[str, Any]:
    place = next((p for p in c.places if p.type in ("place", "country")), None)
    via = [label(s.via) for s in c.said if s.via is not None]
    return {
        "Reported": c.reported, "As of": c.as_of, "Country": place and place.country,
        "Admin 1": place and division(place), "Place": place and label(place),
        "Latitude": place and place.latitude, "Longitude": place and place.longitude,
        c.kind.capitalize(): c.best, "Lowest": c.low, "Highest": c.high,
        "Source": joined(who_says(c.said)), "Carrier": joined(list(dict.fromkeys(via))), "Outlet": c.article.outlet,
        "Link": c.article.url, "Quote": c.evidence.quote, "Story": c.story,
    }  # fmt: skip
