"""Web Annotation (W3C) as JSON-LD: one annotation for every trigger, figure, content of an attribution and naming of an article.

Each has a TextQuoteSelector, with the words before and after, and a TextPositionSelector, in code points of the article's text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from khabar.exports.contents import Contents
from khabar.exports.framing import listed
from khabar.record import Record, Span
from khabar.workspace.views import ArticleView

if TYPE_CHECKING:
    from khabar.exports.registry import Out

AROUND = 32
"""Code points of the words before and after."""

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def write(contents: Contents, out: Out) -> int:
    """Write an AnnotationPage; gives the number of annotations."""
    head = f'{{"@context":"{CONTEXT}","type":"AnnotationPage","items":['
    return listed(out, head, (a for view, record in contents.records() for a in marks(view, record)), "]}\n")


def marks(view: ArticleView, record: Record) -> Iterator[dict[str, Any]]:
    """The annotations of one article."""
    names = {e.id: e.name for e in record.entities}
    told = {a.id: {"sources": [names[s] for s in a.sources], "via": names.get(a.via or ""), "channel": a.channel}
            for a in record.attributions}  # fmt: skip
    for v in record.events:
        about: dict[str, Any] = {
            "type": v.type,
            "mode": v.mode,
            "status": v.status,
            "begin": v.begin,
            "end": v.end,
            "gloss": v.gloss,
        }
        about |= {"said": [told[a] for a in v.attributions]}
        for n, trigger in enumerate(v.triggers):
            yield _annotation(view, record, f"{v.id}.{n}", trigger.span, "classifying", about)
    for f in record.figures:
        values: dict[str, Any] = {"kind": f.kind, "low": f.low, "best": f.best, "high": f.high, "as_of": f.as_of}
        values |= {"places": [names[p] for p in f.places], "said": [told[a] for a in f.attributions]}
        yield _annotation(view, record, f.id, f.span, "describing", values)
    for a in record.attributions:
        yield _annotation(view, record, a.id, a.content.span, "linking", told[a.id])
    for e in record.entities:
        identity = {"type": e.type, "name": e.name, "name_en": e.name_en, "country": e.country}
        for n, mention in enumerate(e.mentions):
            yield _annotation(view, record, f"{e.id}.{n}", mention.span, "identifying", identity)


def _annotation(
    view: ArticleView, record: Record, local: str, span: Span, motivation: str, value: dict[str, Any]
) -> dict[str, Any]:
    start, end = span
    text = record.text
    quote = {
        "type": "TextQuoteSelector", "exact": text[start:end], "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }  # fmt: skip
    body = {"type": "TextualBody", "format": "application/json", "value": msgspec.json.encode(value).decode()}
    source = view.url or f"urn:khabar:article:{view.id}"
    return {
        "id": f"urn:khabar:article:{view.id}:{local}", "type": "Annotation", "motivation": motivation, "body": body,
        "target": {"source": source, "selector": [quote, {"type": "TextPositionSelector", "start": start, "end": end}]},
    }  # fmt: skip
