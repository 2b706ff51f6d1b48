"""ninjs 3 (IPTC) as JSON Lines: an article a line with its headline, text, people, organisations, places and events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from khabar.exports.contents import Contents
from khabar.exports.framing import lines
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
        return [{"name": e.name, "rel": e.type} for e in record.entities if e.type in types]

    made: dict[str, Any] = {
        "uri": view.url or f"urn:khabar:article:{view.id}", "type": "text", "language": record.language,
        "version": str(view.revision),
        "versioncreated": record.updated or record.published, "firstcreated": record.published,
        "headlines": [{"role": "main", "value": record.title}] if record.title else None,
        "bodies": [{"role": "main", "contenttype": "text/plain", "charcount": len(record.text), "value": record.text}],
        "by": record.source.author, "people": named("person"), "organisations": named("organization", "group"),
        "places": named("place", "country"), "events": [{"name": v.gloss or v.type} for v in record.events],
        "located": record.dateline,
    }  # fmt: skip
    if view.outlet:
        made["infosources"] = [{"name": view.outlet}]
    return {key: value for key, value in made.items() if value}
