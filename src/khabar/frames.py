"""Records as pandas frames: a row for each event, figure, entity, time or attribution, of one article or of many.

pandas is no dependency of Khabar: `records_to_frame` needs it installed (`pip install khabar[frames]`), the rest does not.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal, get_args

from khabar.record import Entity, Record

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
TableName = Literal["articles", "entities", "times", "attributions", "events", "figures"]

ARTICLE = ("article", "outlet", "published", "title")
"""Columns that every table begins with: the record's id and what is known of its article."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "articles": (
        "updated", "dateline", "author", "url", "path", "line", "language", "characters", "sentences", "entities", "times",
        "attributions", "events", "figures",
    ),
    "entities": (
        "id", "type", "name", "name_en", "roles", "country", "latitude", "longitude", "identifiers", "confidence", "mentions",
        "start",
    ),
    "times": ("id", "type", "value", "mod", "begin", "end", "quote", "start"),
    "attributions": ("id", "sources", "sources_en", "via", "via_en", "channel", "cue", "content", "start"),
    "events": (
        "id", "type", "mode", "cameo", "actors", "actors_en", "recipients", "recipients_en", "places", "places_en", "begin",
        "end", "status", "sources", "sources_en", "confidence", "gloss", "trigger", "start",
    ),
    "figures": (
        "id", "kind", "low", "best", "high", "event", "event_type", "event_mode", "places", "places_en", "as_of", "sources",
        "sources_en", "quote", "start",
    ),
}  # fmt: skip
"""Columns of each table after those of the article. `start` is where the first words of a row stand in the record's text."""

INTEGERS = ("line", "low", "best", "high", "start", "characters", "sentences")


def records_to_frame(records: Record | Iterable[Record], table: TableName) -> "pd.DataFrame":
    """A frame of one table of records: "articles", "entities", "times", "attributions", "events" or "figures".

    Entities stand in it by name: `actors` is a list of Arabic names, `actors_en` the same in Latin letters (Arabic where none
    is known); `sources` are who vouches for an event or figure. Days are ISO 8601 strings, unknown is missing. Raises
    `ValueError` for a table that there is not and `ImportError` where pandas is not installed.
    """
    if table not in COLUMNS:
        raise ValueError(f"there is no table {table!r}; there are {', '.join(COLUMNS)}")
    try:
        import pandas as pd
    except ImportError as error:
        raise ImportError("records_to_frame needs pandas: pip install 'khabar[frames]'") from error
    several = [records] if isinstance(records, Record) else records
    columns = [*ARTICLE, *COLUMNS[table]]
    frame = pd.DataFrame([row for record in several for row in rows(record, table)], columns=columns)
    return frame.astype({name: "Int64" for name in columns if name in INTEGERS})


def rows(record: Record, table: TableName) -> Iterator[Row]:
    """Rows of one table of a record, each a dict of `ARTICLE` and `COLUMNS[table]`."""
    article = dict(zip(ARTICLE, (record.id, record.source.outlet, record.published, record.title), strict=True))
    for row in _ROWS[table](record):
        yield article | row


def _articles(record: Record) -> Iterator[Row]:
    row: Row = {"updated": record.updated, "dateline": record.dateline, "language": record.language}
    row |= {name: getattr(record.source, name) for name in ("author", "url", "path", "line")}
    row |= {name: len(getattr(record, name)) for name in get_args(TableName) if name != "articles"}
    yield row | {"characters": len(record.text), "sentences": len(record.sentences)}


def _entities(record: Record) -> Iterator[Row]:
    for e in record.entities:
        row: Row = {name: getattr(e, name) for name in COLUMNS["entities"] if name not in ("mentions", "start")}
        yield row | {"mentions": len(e.mentions), "start": min((m.span[0] for m in e.mentions), default=None)}


def _times(record: Record) -> Iterator[Row]:
    for t in record.times:
        yield {name: getattr(t, name) for name in COLUMNS["times"] if name != "start"} | {"start": t.span[0]}


def _attributions(record: Record) -> Iterator[Row]:
    who = _Who(record)
    for a in record.attributions:
        via = [a.via] if a.via else []
        yield {
            "id": a.id,
            **who.named("sources", a.sources),
            "via": next(iter(who.names(via)), None),
            "via_en": next(iter(who.names(via, latin=True)), None),
            "channel": a.channel,
            "cue": a.cue.quote,
            "content": a.content.quote,
            "start": a.content.span[0],
        }


def _events(record: Record) -> Iterator[Row]:
    who = _Who(record)
    for v in record.events:
        row: Row = {
            name: getattr(v, name) for name in ("id", "type", "mode", "cameo", "begin", "end", "status", "confidence", "gloss")
        }
        for role in ("actors", "recipients", "places"):
            row |= who.named(role, getattr(v, role))
        first = v.triggers[0] if v.triggers else None
        yield row | who.vouching(v.attributions) | {"trigger": first and first.quote, "start": first and first.span[0]}


def _figures(record: Record) -> Iterator[Row]:
    who, events = _Who(record), {v.id: v for v in record.events}
    for f in record.figures:
        event = events.get(f.event or "")
        row: Row = {name: getattr(f, name) for name in ("id", "kind", "low", "best", "high", "event", "as_of", "quote")}
        row |= {"event_type": event and event.type, "event_mode": event and event.mode, "start": f.span[0]}
        yield row | who.named("places", f.places) | who.vouching(f.attributions)


_ROWS: dict[str, Callable[[Record], Iterator[Row]]] = {
    "articles": _articles,
    "entities": _entities,
    "times": _times,
    "attributions": _attributions,
    "events": _events,
    "figures": _figures,
}


class _Who:
    """The names behind the ids of a record."""

    def __init__(self, record: Record) -> None:
        self._entities: dict[str, Entity] = {e.id: e for e in record.entities}
        self._attributions = {a.id: a for a in record.attributions}

    def names(self, ids: Iterable[str], latin: bool = False) -> list[str]:
        found = [self._entities[i] for i in ids if i in self._entities]
        return [(e.name_en or e.name) if latin else e.name for e in found]

    def named(self, column: str, ids: list[str]) -> Row:
        return {column: self.names(ids), f"{column}_en": self.names(ids, latin=True)}

    def vouching(self, attributions: list[str]) -> Row:
        ids = [s for a in attributions if a in self._attributions for s in self._attributions[a].sources]
        return self.named("sources", list(dict.fromkeys(ids)))
