"""FollowTheMoney entities as JSON Lines: articles, the people, organisations and places they name, events, and mentions.

Made with the library of its owners, so that an entity that it would refuse is not written. Ids are Khabar's, with a prefix.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from followthemoney import model

from khabar.exports.contents import Contents
from khabar.exports.framing import lines
from khabar.exports.wording import amounts, sources_of
from khabar.workspace.views import ArticleView, EventView, Evidence, Named, Naming

if TYPE_CHECKING:
    from khabar.exports.registry import Out

_SCHEMATA = {"person": "Person", "organization": "Organization", "group": "Organization"}


def write(contents: Contents, out: Out) -> int:
    """Write an entity a line; gives how many."""
    return lines(out, _entities(contents))


def _entities(contents: Contents) -> Iterator[dict[str, Any]]:
    for view in contents.articles():
        yield _article(view)
    for named in contents.entities():
        yield _named(named)
    for v in contents.events(figures=True):
        yield _event(v)
    for naming, words, entity in contents.namings():
        if entity is not None and naming.type in _SCHEMATA:
            yield _mention(naming, words, entity)


def _made(schema: str, id: str, **values: Any) -> dict[str, Any]:
    proxy = model.make_entity(schema)
    proxy.id = id
    for name, value in values.items():
        for one in value if isinstance(value, list) else [value]:
            if one not in (None, ""):
                proxy.add(name, str(one))
    found: dict[str, Any] = proxy.to_dict()
    return found


def _article(view: ArticleView) -> dict[str, Any]:
    return _made("Article", f"khabar-article-{view.id}", title=view.title or view.key, sourceUrl=view.url,
                 publishedAt=view.day, publisher=view.outlet, language="ara")  # fmt: skip


def _named(named: Named) -> dict[str, Any]:
    schema = _SCHEMATA.get(named.type)
    common = {"country": named.country}
    id = f"khabar-entity-{named.id}"
    if schema is None:
        return _made(
            "Address", id, full=named.name_en or named.name, latitude=named.latitude, longitude=named.longitude, **common
        )
    return _made(schema, id, name=[n for n in (named.name_en, named.name) if n], **common)


def _event(v: EventView) -> dict[str, Any]:
    def involved(several: list[Named]) -> list[str]:
        return [f"khabar-entity-{n.id}" for n in several if n.id is not None and n.type in _SCHEMATA]

    return _made(
        "Event", f"khabar-event-{v.id}", name=v.gloss or v.type, startDate=v.begin, endDate=v.end,
        involved=[*involved(v.actors), *involved(v.recipients)], location=[p.name_en or p.name for p in v.places],
        country=[p.country for p in v.places], keywords=[v.type, v.mode, v.status],
        notes=[*(f"According to {source}" for source in sources_of(v)), *map(_claim, amounts(v.claims))],
        proof=[f"khabar-article-{r.article.id}" for r in v.reports], sourceUrl=[r.article.url for r in v.reports],
    )  # fmt: skip


def _claim(a: dict[str, Any]) -> str:
    """A figure in words: its kind, its own words, who says so, and where it was told."""
    said = f", according to {', '.join(a['sources'])}" if a["sources"] else ""
    as_of = f", as of {a['as_of']}" if a["as_of"] else ""
    return f"{a['kind']}: {a['quote']}{as_of}{said} ({a['outlet'] or 'no outlet'}, {a['reported'] or 'no date'})"


def _mention(naming: Naming, words: Evidence, entity: int) -> dict[str, Any]:
    return _made(
        "Mention", f"khabar-mention-{naming.article.id}-{naming.local}", document=f"khabar-article-{naming.article.id}",
        resolved=f"khabar-entity-{entity}", name=words.quote, detectedSchema=_SCHEMATA[naming.type],
    )  # fmt: skip
