"""A record as rows of the tables."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Table

from khabar.record import Record
from khabar.workspace import tables
from khabar.workspace.marks import mark_of, part_of

Row = dict[str, Any]

OF_RECORD: tuple[Table, ...] = (
    tables.article_entities,
    tables.article_events,
    tables.article_attributions,
    tables.claims,
    tables.links,
)
"""The tables whose rows come from the current record of an article alone."""


def rows_of(article: int, record: Record, judged: Mapping[str, int]) -> Iterator[tuple[Table, Row]]:
    """The rows that a record gives, each with its table; `judged` says which judgement a local id follows."""

    def row(local: str, span: tuple[int, int], quote: str, **values: Any) -> Row:
        words = {"start": span[0], "stop": span[1], "quote": quote}
        return {"article": article, "local": local, "judged": judged.get(local), **words, **values}

    for e in record.entities:
        first = e.mentions[0]
        named = {"day": (record.published or "")[:10], "type": e.type, "name": e.name, "name_en": e.name_en, "country": e.country}
        yield tables.article_entities, row(e.id, first.span, first.quote, **named)
    for v in record.events:
        trigger = v.triggers[0]
        what = {"type": v.type, "mode": v.mode, "cameo": v.cameo, "begin": v.begin, "end": v.end, "status": v.status}
        yield tables.article_events, row(v.id, trigger.span, trigger.quote, **what, confidence=v.confidence, gloss=v.gloss)
        yield from _links(article, v.id, actor=v.actors, recipient=v.recipients, place=v.places, voucher=v.attributions)
    for a in record.attributions:
        yield tables.article_attributions, row(a.id, a.content.span, a.content.quote, channel=a.channel, cue=a.cue.quote)
        yield from _links(article, a.id, source=a.sources, via=[a.via] if a.via else [])
    for f in record.figures:
        amount = {"kind": f.kind, "low": f.low, "best": f.best, "high": f.high, "as_of": f.as_of, "event": f.event}
        amount |= {"part": part_of(record, f), "mark": mark_of(record, f)}
        yield tables.claims, row(f.id, f.span, f.quote, **amount)
        yield from _links(article, f.id, place=f.places, voucher=f.attributions)


def _links(article: int, head: str, **roles: list[str]) -> Iterator[tuple[Table, Row]]:
    for role, tails in roles.items():
        for tail in dict.fromkeys(tails):
            yield tables.links, {"article": article, "head": head, "role": role, "tail": tail}
