"""A record as rows of the tables."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table

from khabar.record import Record
from khabar.workspace import tables

Row = dict[str, Any]

OF_RECORD: tuple[Table, ...] = (
    tables.article_entities,
    tables.article_events,
    tables.article_attributions,
    tables.claims,
    tables.links,
)
"""The tables whose rows come from the current record of an article alone."""


def rows_of(article: int, record: Record) -> Iterator[tuple[Table, Row]]:
    """The rows that a record gives, each with its table."""
    for e in record.entities:
        row: Row = {"local": e.id, "type": e.type, "name": e.name, "name_en": e.name_en, "country": e.country}
        yield tables.article_entities, {"article": article, **row}
    for v in record.events:
        first = v.triggers[0]
        row = {"local": v.id, "type": v.type, "mode": v.mode, "cameo": v.cameo, "begin": v.begin, "end": v.end}
        row |= {"status": v.status, "confidence": v.confidence, "gloss": v.gloss}
        yield tables.article_events, {"article": article, **row, **_words(first.span, first.quote)}
        yield from _links(article, v.id, actor=v.actors, recipient=v.recipients, place=v.places, voucher=v.attributions)
    for a in record.attributions:
        row = {"local": a.id, "channel": a.channel, "cue": a.cue.quote, "start": a.content.span[0], "stop": a.content.span[1]}
        yield tables.article_attributions, {"article": article, **row, "content": a.content.quote}
        yield from _links(article, a.id, source=a.sources, via=[a.via] if a.via else [])
    for f in record.figures:
        row = {"local": f.id, "kind": f.kind, "low": f.low, "best": f.best, "high": f.high, "as_of": f.as_of, "event": f.event}
        yield tables.claims, {"article": article, **row, **_words(f.span, f.quote)}
        yield from _links(article, f.id, place=f.places, voucher=f.attributions)


def _words(span: tuple[int, int], quote: str) -> Row:
    return {"start": span[0], "stop": span[1], "quote": quote}


def _links(article: int, head: str, **roles: list[str]) -> Iterator[tuple[Table, Row]]:
    for role, tails in roles.items():
        for tail in dict.fromkeys(tails):
            yield tables.links, {"article": article, "head": head, "role": role, "tail": tail}
