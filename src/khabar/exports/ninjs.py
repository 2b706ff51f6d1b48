"""ninjs 3.0 (IPTC) as JSON Lines: an article a line with its headline, text, people, organisations, places and events.

Its dates have an hour and an offset; a publication day without them is left out, and so is an event that did not happen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from khabar.exports.contents import Contents
from khabar.exports.framing import lines
from khabar.exports.wording import TRUE, moment
from khabar.record import Record
from khabar.workspace.views import ArticleView

if TYPE_CHECKING:
    from khabar.exports.registry import Out


def write(contents: Contents, out: Out) -> int:
    """Write an article a line; gives how many."""
    return lines(out, (item(view, record) for view, record in contents.records()))


def item(view: ArticleView, record: Record) -> dict[str, Any]:
    """An article in the names of ninjs; what is not known is left out."""

    def named(*types: str) -> list[dict[str, Any]]:
        return [{"name": e.name} for e in record.entities if e.type in types]

    first = moment(record.published)
    latest = moment(record.updated) or first
    made: dict[str, Any] = {
        "uri": view.url or f"urn:khabar:article:{view.id}",
        "standard": {"name": "ninjs", "version": "3.0"},
        "type": "text", "language": record.language, "version": str(view.revision),
        "firstCreated": first and first.isoformat(), "versionCreated": latest and latest.isoformat(),
        "headlines": [{"role": "main", "value": record.title}] if record.title else None,
        "bodies": [{"role": "main", "contentType": "text/plain", "charCount": len(record.text), "value": record.text}],
        "by": record.source.author, "located": record.dateline,
        "people": named("person"), "organisations": named("organization", "group"), "places": named("place", "country"),
        "events": [{"id": v.id, "name": v.gloss or v.type} for v in record.events if v.status in TRUE],
        "infoSources": [{"name": view.outlet}] if view.outlet else None,
    }  # fmt: skip
    return {key: value for key, value in made.items() if value}
