"""What goes along with readings that people move, so that later reports find the node that they should.

An event is found by its tellings, an entity by its keys and spellings, a story by the words of its articles. When a reading is
split off, its tellings, the keys and names that no other reading has, and the words of its article go with it; what both have in
common leads where it led before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from khabar.workspace import events, indexing, stories
from khabar.workspace.happening import Telling, blocks
from khabar.workspace.identity import Sketch, sketches
from khabar.workspace.profiles import Profile, profile
from khabar.workspace.streaming import parts, records_of
from khabar.workspace.tables import (
    article_entities,
    article_events,
    articles,
    entities,
    entity_blocks,
    entity_keys,
    entity_names,
    event_blocks,
    name_words,
    revisions,
    story_profiles,
    tellings,
    terms,
)
from khabar.workspace.tables import events as nodes
from khabar.workspace.terms import terms_of

Member = tuple[int, str]

LOOKED = 400
"""Articles of an entity that are looked at to know which names are not only those of a reading that is split off."""


def parted(connection: Connection, layer: str, old: int, new: int, members: Sequence[Member]) -> None:
    """Let go along with readings that were moved out of `old` into `new` what they are found by."""
    if layer == "event":
        _events_parted(connection, old, new, members)
    elif layer == "entity":
        _entity_parted(connection, old, new, members)
    else:
        _renew(connection, [old, new], [article for article, _ in members])


def merged(connection: Connection, layer: str, node: int, others: Sequence[int], members: Sequence[Member]) -> None:
    """Let a node be found by what the readings that were merged into it say. Events and entities are so by what they are found
    by themselves, which leads to the node (`into`)."""
    if layer == "story":
        connection.execute(update(nodes).where(nodes.c.story.in_(others)).values(story=node))
        _renew(connection, [node, *others], [article for article, _ in members])


def restored(connection: Connection, layer: str, ids: Sequence[int], members: Sequence[Member]) -> None:
    """The same after a merge or a split was taken back."""
    if layer == "event":
        events.settle(connection, sorted(set(ids)))
    elif layer == "story":
        _renew(connection, ids, [article for article, _ in members])


def lately(connection: Connection, layer: str, node: int, others: Iterable[int], since: str) -> dict[int, list[Member]]:
    """What came to `node` after others were merged into it, `since` then, only because it led to one of those, by which."""
    found: dict[int, list[Member]] = {id: [] for id in others}
    if layer == "event":
        same = (tellings.c.article == article_events.c.article) & (tellings.c.local == article_events.c.local)
        query = select(tellings.c.article, tellings.c.local, tellings.c.event).join(article_events, same)
        query = query.where(article_events.c.event == node, tellings.c.event.in_(list(found)))
        for article, local, event in connection.execute(query.order_by(tellings.c.article, tellings.c.local)):
            found[event].append((article, local))
    if layer == "entity":
        own = article_entities.c
        newer = (revisions.c.article == own.article) & (revisions.c.added >= since)
        query = select(own.article, own.local).join(revisions, newer).where(own.entity == node).distinct()
        members = [(row.article, row.local) for row in connection.execute(query.order_by(own.article, own.local))]
        told = _sketches(connection, members)
        leads = _leading(connection, {key for sketch in told.values() for key in sketch.keys})
        for member, sketch in told.items():
            to = next((leads[key] for key in sketch.keys if key in leads), None)
            if to in found:
                found[to].append(member)
    return found


def _events_parted(connection: Connection, old: int, new: int, members: Sequence[Member]) -> None:
    number = 0
    lists: set[int] = set()
    for article, local in members:
        its = (tellings.c.article == article) & (tellings.c.local == local)
        row = connection.execute(select(tellings).where(its)).first()
        if row is None:
            continue
        connection.execute(update(tellings).where(its).values(event=new, number=number))
        number += 1
        telling: Telling = events.told(row.telling)
        lists.update(blocks(telling, look=False))
    if lists:
        connection.execute(insert(event_blocks), [{"block": block, "event": new} for block in sorted(lists)])
    events.settle(connection, [old, new])


def _entity_parted(connection: Connection, old: int, new: int, members: Sequence[Member]) -> None:
    own = list(_sketches(connection, members).values())
    if not own:
        return
    name = own[0].name
    c = article_entities.c
    rest = select(c.article, c.local).where(c.entity == old).order_by((c.name == name).desc(), c.article.desc()).limit(LOOKED)
    others = list(_sketches(connection, [(a, local) for a, local in connection.execute(rest)]).values())
    family = _family(connection, old)
    keys = _only(own, others, lambda s: s.keys)
    spellings = _only(own, others, lambda s: s.blocks)
    names = _only(own, others, lambda s: [n.folded for n in s.names])
    for some in parts(keys, 500):
        its = entity_keys.c.key.in_(some) & entity_keys.c.entity.in_(family)
        connection.execute(update(entity_keys).where(its).values(entity=new))
    for some in parts(spellings, 500):
        its = entity_blocks.c.block.in_(some) & entity_blocks.c.entity.in_(family)
        connection.execute(delete(entity_blocks).where(its))
        connection.execute(insert(entity_blocks), [{"block": block, "entity": new} for block in some])
    for some in parts(names, 500):
        its = entity_names.c.folded.in_(some) & entity_names.c.entity.in_(family)
        connection.execute(delete(entity_names).where(its))
    written = {n.folded: n for sketch in reversed(own) for n in sketch.names}
    rows = [{"entity": new, "folded": n.folded, "name": n.written, "script": n.script} for _, n in sorted(written.items())]
    connection.execute(insert(entity_names), rows)
    connection.execute(update(entities).where(entities.c.id == new).values(**_shown(own[0])))
    called = connection.execute(select(entities.c.name).where(entities.c.id == old)).scalar()
    if others and called not in {s.name for s in others}:
        connection.execute(update(entities).where(entities.c.id == old).values(**_shown(others[0])))
    connection.execute(delete(name_words).where(name_words.c.entity == old))
    indexing.name(connection, [old, new])


def _shown(sketch: Sketch) -> dict[str, Any]:
    """What the table of entities says of one that an article names so."""
    fields = ("type", "name", "name_en", "country", "latitude", "longitude", "identifiers")
    return {field: getattr(sketch, field) for field in fields}


def _only(own: Iterable[Sketch], others: Iterable[Sketch], what: Any) -> list[str]:
    """What none of the others has."""
    return sorted({v for s in own for v in what(s)} - {v for s in others for v in what(s)})


def _sketches(connection: Connection, members: Sequence[Member]) -> dict[Member, Sketch]:
    """What readings say of their entities."""
    wanted: dict[int, set[str]] = {}
    for article, local in members:
        wanted.setdefault(article, set()).add(local)
    found = {}
    for some in parts(wanted, 100):
        for article, record in records_of(connection, some).items():
            found.update({(article, s.local): s for s in sketches(record) if s.local in wanted[article]})
    return {member: found[member] for member in members if member in found}


def _leading(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    """The entity that each key leads to by itself."""
    found: dict[str, int] = {}
    for some in parts(sorted(keys), 500):
        query = select(entity_keys.c.key, entity_keys.c.entity).where(entity_keys.c.key.in_(some))
        found.update((key, entity) for key, entity in connection.execute(query))
    return found


def _family(connection: Connection, node: int) -> list[int]:
    """An entity and those that were merged into it."""
    found, fresh = [node], [node]
    while fresh:
        fresh = list(connection.execute(select(entities.c.id).where(entities.c.into.in_(fresh))).scalars())
        found += fresh
    return found


def _renew(connection: Connection, ids: Sequence[int], moved: Sequence[int]) -> None:
    """Make anew what stories say of themselves, what they are about and which events are theirs, after people `moved` articles:
    by their articles, of a long story the latest `stories.MERGED`."""
    stories.dated(connection, ids)
    own = articles.c.original.is_(None)
    for id in ids:
        latest = select(articles.c.id, articles.c.day).where(articles.c.story == id, own)
        latest = latest.order_by(func.coalesce(articles.c.day, "").desc(), articles.c.id.desc()).limit(stories.MERGED)
        days = dict(reversed([(row.id, row.day) for row in connection.execute(latest)]))
        if not days:
            connection.execute(delete(story_profiles).where(story_profiles.c.story == id))
            continue
        about = Profile({}, {})
        found = [(article, days[article], its) for article, its in _profiles(connection, list(days))]
        for _, _, its in found:
            about.add(its)
        stories.put(connection, id, about, found)
    for some in parts(moved, 500):
        theirs = select(article_events.c.event).where(article_events.c.article.in_(some), article_events.c.event.is_not(None))
        events.settle(connection, sorted(connection.execute(theirs.distinct()).scalars()))


def _profiles(connection: Connection, ids: Sequence[int]) -> Iterator[tuple[int, Profile]]:
    """What stored articles are about."""
    made = {id: terms_of(record) for some in parts(ids, 100) for id, record in records_of(connection, some).items()}
    counts: dict[str, int] = {}
    for some in parts(sorted({"", *(t for its in made.values() for t in (*its.weights, *its.title))}), 500):
        query = select(terms.c.term, terms.c.articles).where(terms.c.term.in_(some))
        counts.update((term, n) for term, n in connection.execute(query))
    for id in ids:
        yield id, profile(made[id], counts, counts.get("", 0))


def copies_of(connection: Connection, layer: str, member: Member, node: int) -> list[Member]:
    """The same reading in copies of its article."""
    article, local = member
    copies = select(articles.c.id).where(articles.c.original == article)
    if layer == "story":
        inside = copies.where(articles.c.story == node).order_by(articles.c.id)
        return [(id, "") for id in connection.execute(inside).scalars()]
    table, pointer = (article_events, "event") if layer == "event" else (article_entities, "entity")
    said = "quote" if layer == "event" else "name"
    its = select(table.c.type, table.c[said]).where(table.c.article == article, table.c.local == local)
    row = connection.execute(its).one()
    query = select(table.c.article, func.min(table.c.local)).where(
        table.c.article.in_(copies), table.c[pointer] == node, table.c.type == row[0], table.c[said] == row[1]
    )
    return [(id, of) for id, of in connection.execute(query.group_by(table.c.article).order_by(table.c.article))]
