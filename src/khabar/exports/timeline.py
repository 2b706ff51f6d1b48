"""TimelineJS JSON (Knight Lab): a slide for every event with a day, its sources and figures in its text.

Slides are HTML: every text of an article is escaped.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from khabar.exports.contents import Contents
from khabar.exports.framing import listed
from khabar.exports.wording import amounts, label, place_of, sources_of
from khabar.workspace.views import EventView

if TYPE_CHECKING:
    from khabar.exports.registry import Out


def write(contents: Contents, out: Out) -> int:
    """Write the timeline; gives the number of slides."""
    return listed(out, '{"events":[', (slide(v) for v in contents.events(figures=True) if v.begin), "]}\n")


def slide(v: EventView) -> dict[str, Any]:
    """An event with a day as a slide."""
    text = [f"<p>{escape(line)}</p>" for line in _lines(v)]
    made: dict[str, Any] = {
        "unique_id": f"event-{v.id}",
        "group": v.type,
        "start_date": _date(v.begin or ""),
        "text": {"headline": escape(v.gloss or v.type), "text": "".join(text)},
    }
    if v.end and v.end != v.begin:
        made["end_date"] = _date(v.end)
    place = place_of(v)
    if place is not None:
        made["location"] = {"name": escape(label(place)), "lat": place.latitude, "lon": place.longitude}
    return made


def _lines(v: EventView) -> list[str]:
    who = sources_of(v)
    lines = [f"According to {', '.join(who)}"] if who else []
    for a in amounts(v.claims):
        said = f", {', '.join(a['sources'])}" if a["sources"] else ""
        lines.append(f"{a['kind']}: {a['quote']} ({a['outlet'] or 'no outlet'}{said})")
    return lines


def _date(day: str) -> dict[str, int]:
    year, month, of_month = map(int, day.split("-"))
    return {"year": year, "month": month, "day": of_month}
