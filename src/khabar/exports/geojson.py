"""GeoJSON (RFC 7946): a feature for every event that has a place with coordinates, at its first such place.

A point is the middle of something; `exactness` says of what (see places.py), so that the middle of a country is not taken for
where it happened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from khabar.exports.contents import Contents
from khabar.exports.framing import listed
from khabar.exports.places import exactness
from khabar.exports.wording import amounts, names, place_of, sources_of
from khabar.workspace.views import EventView

if TYPE_CHECKING:
    from khabar.exports.registry import Out


def write(contents: Contents, out: Out) -> int:
    """Write a FeatureCollection; gives the number of features."""
    found = (feature(v) for v in contents.events(figures=True) if place_of(v) is not None)
    return listed(out, '{"type":"FeatureCollection","features":[', found, "]}\n")


def feature(v: EventView) -> dict[str, Any]:
    """An event as a feature; its place must have coordinates."""
    place = place_of(v)
    assert place is not None
    properties = {
        "type": v.type, "mode": v.mode, "status": v.status, "begin": v.begin, "end": v.end, "gloss": v.gloss,
        "place": place.name, "place_en": place.name_en, "country": place.country, "geonames": place.identifiers.get("geonames"),
        "exactness": exactness(place), "actors": names(v.actors), "recipients": names(v.recipients), "sources": sources_of(v),
        "reports": len(v.reports), "story": v.story, "figures": amounts(v.claims),
    }  # fmt: skip
    point = {"type": "Point", "coordinates": [place.longitude, place.latitude]}
    return {"type": "Feature", "id": v.id, "geometry": point, "properties": properties}
