"""A workspace as tables: the columns of each layer, and its rows.

The same tables are written as CSV, Parquet and sheets. Lists stand beside each other: `actors`, `actors_en` and `actor_ids` have
one item an actor. `start` and `stop` are code points of the article's text, and `quote` is the text between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, NamedTuple

import msgspec

from khabar.exports.contents import Contents
from khabar.workspace.views import ArticleView, Evidence, Named, Said

Row = dict[str, Any]
Type = Literal["integer", "number", "text", "texts", "integers"]


class Column(NamedTuple):
    """A column of a table; of a list (`texts`, `integers`) each item is one thing, in the same order as in its neighbours."""

    name: str
    type: Type


class Layer(NamedTuple):
    """A table: its columns, and its rows, each with a value or None for every column."""

    columns: tuple[Column, ...]
    rows: Callable[[Contents], Iterator[Row]]


def _table(spec: str) -> tuple[Column, ...]:
    """Columns from words such as `id:integer name`; text where no type is said, `actors:people` for three columns."""
    found: list[Column] = []
    for word in spec.split():
        name, _, type = word.partition(":")
        if type == "people":
            found += [Column(name, "texts"), Column(f"{name}_en", "texts"), Column(f"{name[:-1]}_ids", "integers")]
        else:
            found.append(Column(name, type or "text"))  # type: ignore[arg-type]
    return tuple(found)


_ARTICLE = "article:integer key outlet day"
_WORDS = "quote start:integer stop:integer"
_SAID = "sources:people carriers:people channels:texts said:texts"


def _article(view: ArticleView) -> Row:
    return {"article": view.id, "key": view.key, "outlet": view.outlet, "day": view.day}


def _words(words: Evidence) -> Row:
    return {"quote": words.quote, "start": words.start, "stop": words.stop}


def _people(column: str, found: Iterable[Named]) -> Row:
    several = list(found)
    names = {column: [n.name for n in several], f"{column}_en": [n.name_en for n in several]}
    return {**names, f"{column[:-1]}_ids": [n.id for n in several]}


def _who(said: list[Said]) -> Row:
    sources = _once(source for s in said for source in s.sources)
    carriers = _once(s.via for s in said if s.via is not None)
    return {
        **_people("sources", sources),
        **_people("carriers", carriers),
        "channels": list(dict.fromkeys(s.channel for s in said if s.channel)),
        "said": [s.content.quote for s in said],
    }


def _once(several: Iterable[Named]) -> list[Named]:
    return list({(n.id, n.type, n.name): n for n in several}.values())


def _articles(contents: Contents) -> Iterator[Row]:
    for view, record in contents.records():
        row = msgspec.structs.asdict(view)
        yield {**row, "updated": record.updated, "author": record.source.author, "language": record.language, "text": record.text}


def _entities(contents: Contents) -> Iterator[Row]:
    for named in contents.entities():
        ids = dict(sorted(named.identifiers.items()))
        yield {**msgspec.structs.asdict(named), "identifiers": msgspec.json.encode(ids).decode() if ids else None}


def _namings(contents: Contents) -> Iterator[Row]:
    for naming, words, entity in contents.namings():
        said = {"local": naming.local, "entity": entity, "type": naming.type, "name": naming.name, "name_en": naming.name_en}
        yield {**_article(naming.article), **said, **_words(words)}


def _stories(contents: Contents) -> Iterator[Row]:
    for s in contents.stories():
        heading = {name: getattr(s, name) for name in ("id", "title", "begin", "end", "articles", "reports", "outlets")}
        yield {**heading, **_people("places", s.places)}


def _events(contents: Contents) -> Iterator[Row]:
    for v in contents.events():
        row = {name: getattr(v, name) for name in ("id", "type", "mode", "cameo", "begin", "end", "status", "gloss", "story")}
        for role in ("actors", "recipients", "places"):
            row |= _people(role, getattr(v, role))
        yield {**row, "reports": len(v.reports), "outlets": sorted({r.article.outlet for r in v.reports if r.article.outlet})}


def _reports(contents: Contents) -> Iterator[Row]:
    for v in contents.events():
        for r in v.reports:
            told = {name: getattr(r, name) for name in ("local", "gloss", "status", "begin", "end", "confidence")}
            yield {"event": v.id, "type": v.type, **_article(r.article), **told, **_words(r.evidence), **_who(r.said)}


def _attributions(contents: Contents) -> Iterator[Row]:
    for s in contents.statements():
        who = _people("sources", s.said.sources)
        via = s.said.via
        carrier = {"carrier": via and via.name, "carrier_en": via and via.name_en, "carrier_id": via and via.id}
        said = {"local": s.local, **who, **carrier, "channel": s.said.channel, "cue": s.cue}
        yield {**_article(s.article), **said, **_words(s.said.content)}


def _claims(contents: Contents) -> Iterator[Row]:
    for c in contents.claims():
        names = ("local", "kind", "low", "best", "high", "as_of", "reported", "event", "story")
        row = {name: getattr(c, name) for name in names}
        yield {**_article(c.article), **row, **_people("places", c.places), **_who(c.said), **_words(c.evidence)}


TABLES: dict[str, Layer] = {
    "articles": Layer(
        _table(
            "id:integer key outlet url title published updated day author language revision:integer original:integer copy "
            "story:integer text"
        ),
        _articles,
    ),
    "entities": Layer(
        _table("id:integer type name name_en country latitude:number longitude:number identifiers articles:integer"), _entities
    ),
    "namings": Layer(_table(f"{_ARTICLE} local entity:integer type name name_en {_WORDS}"), _namings),
    "stories": Layer(
        _table("id:integer title begin end articles:integer reports:integer outlets:texts places:people"),
        _stories,
    ),
    "events": Layer(
        _table(
            "id:integer type mode cameo begin end status gloss actors:people recipients:people places:people story:integer "
            "reports:integer outlets:texts"
        ),
        _events,
    ),
    "reports": Layer(
        _table(f"event:integer type {_ARTICLE} local gloss status begin end confidence:number {_SAID} {_WORDS}"), _reports
    ),
    "attributions": Layer(
        _table(f"{_ARTICLE} local sources:people carrier carrier_en carrier_id:integer channel cue {_WORDS}"), _attributions
    ),
    "claims": Layer(
        _table(
            f"{_ARTICLE} local kind low:integer best:integer high:integer as_of reported places:people {_SAID} {_WORDS} "
            "event:integer story:integer"
        ),
        _claims,
    ),
}
"""The layers by name."""
