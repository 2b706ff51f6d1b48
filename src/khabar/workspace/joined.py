"""What people join and part: readings moved between the entities, events and stories of the workspace.

A merge or a split says that certain readings belong to one node (an entity, event or story). It is anchored at the words of those
readings, and this step of linking, the last one that joins, puts them there again after every new reading. A node that was
merged points at the other (`into`), so that what is joined to it later goes there too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import msgspec
from sqlalchemy import Column, Connection, Table, and_, bindparam, func, insert, or_, select, update

from khabar.workspace import following, parties
from khabar.workspace.correcting import Anchor, Judgement
from khabar.workspace.judgements import of_articles, of_node

if TYPE_CHECKING:
    from khabar.workspace.linking import Added
from khabar.workspace.tables import article_entities, article_events, articles, entities, events, links, stories

Member = tuple[int, str]
"""An article and the local id of a reading; of a story, the article and nothing."""


class Wanted(Protocol):
    """What a merge or a split needs of a draft of a judgement."""

    @property
    def layer(self) -> str: ...
    @property
    def node(self) -> int | None: ...
    @property
    def article(self) -> int | None: ...
    @property
    def local(self) -> str | None: ...
    @property
    def others(self) -> list[int]: ...


class Kind(msgspec.Struct, frozen=True):
    """A kind of node: its table, the table of its members, the member's column that points at it."""

    table: Table
    members: Table
    pointer: Column[Any]
    article: Column[Any]
    local: Column[Any] | None


KINDS = {
    "entity": Kind(entities, article_entities, article_entities.c.entity, article_entities.c.article, article_entities.c.local),
    "event": Kind(events, article_events, article_events.c.event, article_events.c.article, article_events.c.local),
    "story": Kind(stories, articles, articles.c.story, articles.c.id, None),
}


def merge(connection: Connection, draft: Wanted) -> tuple[list[Anchor], list[int], dict[str, Any]]:
    """Join the nodes `others` into `node`; gives anchors, nodes and what was moved. Raises `ValueError`."""
    kind, node = KINDS[draft.layer], draft.node
    others = sorted(set(draft.others) - {node})
    if node is None or not others:
        raise ValueError(f"a merge needs two: say which {draft.layer} and which others go into it")
    query = select(kind.table.c.id, kind.table.c.into).where(kind.table.c.id.in_([node, *others]))
    there = {row.id: row.into for row in connection.execute(query)}
    for id in (node, *others):
        if id not in there:
            raise ValueError(f"there is no {draft.layer} {id}")
        if there[id] is not None:
            raise ValueError(f"{draft.layer} {id} was merged into {there[id]} before; name that one")
    anchors: list[Anchor] = []
    moved: dict[str, list[Member]] = {}
    for other in others:
        members = _members(connection, kind, other)
        moved[str(other)] = members
        if draft.layer != "entity":  # the names of an entity lead to it again, what was read anew of the others does not
            anchors += _anchors(connection, kind, members)
        move(connection, draft.layer, members, node)
    connection.execute(update(kind.table).where(kind.table.c.id.in_(others)).values(into=node))
    following.merged(connection, draft.layer, node, others, [member for members in moved.values() for member in members])
    settle_nodes(connection, draft.layer, [node])
    return anchors, [node, *others], {"moved": moved}


def split(connection: Connection, draft: Wanted) -> tuple[list[Anchor], list[int], dict[str, Any]]:
    """Take one reading out of what it is joined to, into a node of its own; gives the same. Raises `ValueError`."""
    kind = KINDS[draft.layer]
    if draft.article is None or (kind.local is not None and draft.local is None):
        raise ValueError("a split needs one reading: an article" + ("" if kind.local is None else " and the id in its record"))
    member = (draft.article, draft.local or "")
    old = connection.execute(select(kind.pointer).where(_is(kind, [member]))).scalar()
    if old is None:
        raise ValueError(f"article {draft.article} has no {draft.layer} {draft.local or ''}".rstrip())
    members = [member, *following.copies_of(connection, draft.layer, member, old)]
    if len(_members(connection, kind, old)) <= len(members):
        raise ValueError(f"{draft.layer} {old} has no other reading; there is nothing to split")
    row = connection.execute(select(kind.table).where(kind.table.c.id == old)).one()._asdict()
    del row["id"]
    new = connection.execute(insert(kind.table).returning(kind.table.c.id), {**row, "into": None}).scalar_one()
    anchors = _anchors(connection, kind, members)
    move(connection, draft.layer, members, new)
    following.parted(connection, draft.layer, old, new, members)
    settle_nodes(connection, draft.layer, [old])
    return anchors, [new], {"moved": {str(old): members}}


def restore(connection: Connection, judgement: Judgement) -> None:
    """Put what a merge or a split moved back where it was, and with it what came since by what that is found by. Raises
    `ValueError` where others were merged into what was split off."""
    kind, node = KINDS[judgement.layer], judgement.nodes[0]
    before: dict[int, list[Member]] = {int(id): list(map(tuple, moved)) for id, moved in judgement.before["moved"].items()}
    into = kind.table.c.into
    if judgement.verdict == "split":
        (old,) = before
        if connection.execute(select(kind.table.c.id).where(into == node).limit(1)).scalar() is not None:
            raise ValueError(f"others were merged into {judgement.layer} {node} since; take that back first")
        before = {_root(connection, kind, old): _members(connection, kind, node)}
        connection.execute(update(kind.table).where(kind.table.c.id == node).values(into=next(iter(before))))
    else:
        connection.execute(update(kind.table).where(kind.table.c.id.in_(list(before)), into == node).values(into=None))
        for id, later in following.lately(connection, judgement.layer, node, list(before), judgement.made).items():
            before[id] = list(dict.fromkeys([*before[id], *later]))
    moved = []
    for id, members in before.items():
        still = set(_members(connection, kind, node))
        moved += (back := [m for m in members if m in still])
        move(connection, judgement.layer, back, id)
    following.restored(connection, judgement.layer, [node, *before], moved)
    settle_nodes(connection, judgement.layer, [node, *before])


def move(connection: Connection, layer: str, members: Iterable[Member], to: int) -> None:
    """Point readings at another node; what the nodes say of themselves is made anew."""
    kind, todo = KINDS[layer], list(members)
    touched = {to}
    for start in range(0, len(todo), 200):
        part = _is(kind, todo[start : start + 200])
        touched.update(i for i in connection.execute(select(kind.pointer).where(part)).scalars() if i is not None)
        connection.execute(update(kind.members).where(part).values({kind.pointer: to}))
    recount(connection, layer, sorted(touched))
    if layer == "event":
        parties.renew(connection, sorted(touched))
    elif layer == "entity":
        _lead(connection, todo, to)


def _lead(connection: Connection, members: Sequence[Member], to: int) -> None:
    """What names a reading of an entity leads to the entity that it was moved to."""
    heads: dict[int, set[str]] = {}
    for start in range(0, len(members), 200):
        some = members[start : start + 200]
        named = or_(False, *(and_(links.c.article == article, links.c.tail == local) for article, local in some))
        named = and_(named, links.c.role != "voucher")
        for article, head in connection.execute(select(links.c.article, links.c.head).where(named)):
            heads.setdefault(article, set()).add(head)
        connection.execute(update(links).where(named).values(entity=to))
    told: set[int] = set()
    found = sorted(heads)
    for start in range(0, len(found), 200):
        query = select(article_events.c.article, article_events.c.local, article_events.c.event)
        query = query.where(article_events.c.article.in_(found[start : start + 200]), article_events.c.event.is_not(None))
        told.update(row.event for row in connection.execute(query) if row.local in heads[row.article])
    parties.renew(connection, sorted(told))


def recount(connection: Connection, layer: str, nodes: Sequence[int]) -> None:
    """Make anew what nodes say of themselves: how many articles, copies left out."""
    kind = KINDS[layer]
    own = articles.c.original.is_(None)
    reports = func.count(kind.article.distinct()).filter(own) if layer != "story" else func.count().filter(own)
    joined = kind.members if layer == "story" else kind.members.join(articles, articles.c.id == kind.article)
    query = select(kind.pointer, func.count(kind.article.distinct()), reports).select_from(joined).group_by(kind.pointer)
    found = {id: (n, r) for id, n, r in connection.execute(query.where(kind.pointer.in_(nodes)))}
    rows = [{"of": id, "n": found.get(id, (0, 0))[0], "r": found.get(id, (0, 0))[1]} for id in nodes]
    counts: dict[str, Any] = {
        "entity": {"articles": bindparam("r")},
        "event": {"reports": bindparam("r")},
        "story": {"articles": bindparam("n"), "reports": bindparam("r")},
    }[layer]
    for row in rows:
        connection.execute(update(kind.table).where(kind.table.c.id == bindparam("of")).values(counts), row)


def add(connection: Connection, batch: Sequence[Added]) -> None:
    """Put new readings where people want them."""
    ids = [added.article for added in batch]
    for layer, kind in KINDS.items():
        query = (
            select(kind.article, kind.local if kind.local is not None else func.coalesce(None, ""), kind.pointer)
            .join(kind.table, kind.table.c.id == kind.pointer)
            .where(kind.article.in_(ids), kind.table.c.into.is_not(None))
        )
        for article, local, node in connection.execute(query).all():
            move(connection, layer, [(article, local)], _root(connection, kind, node))
    for judgements in of_articles(connection, ids).values():
        for judgement in judgements:
            if judgement.verdict in ("merge", "split"):
                kind = KINDS[judgement.layer]
                members = [m for at in judgement.anchors if at.article in ids for m in _at(connection, kind, at)]
                move(connection, judgement.layer, members, _root(connection, kind, judgement.nodes[0]))
    for layer in ("entity", "story"):
        kind = KINDS[layer]
        nodes = connection.execute(select(kind.pointer).distinct().where(kind.article.in_(ids), kind.pointer.is_not(None)))
        settle_nodes(connection, layer, list(nodes.scalars()))


def remove(connection: Connection, articles: Sequence[int]) -> None:
    """Nothing stands here that the other steps do not take out."""


def settle_nodes(connection: Connection, layer: str, nodes: Sequence[int]) -> None:
    """What people said of entities and stories as a whole stands, whatever was read since."""
    kind = KINDS[layer]
    for judgement in of_node(connection, layer, nodes):
        if judgement.verdict == "correct":
            connection.execute(update(kind.table).where(kind.table.c.id == judgement.nodes[0]).values(**judgement.change))


def _root(connection: Connection, kind: Kind, node: int) -> int:
    into = connection.execute(select(kind.table.c.into).where(kind.table.c.id == node)).scalar()
    return node if into is None else _root(connection, kind, into)


def _members(connection: Connection, kind: Kind, node: int) -> list[Member]:
    local = kind.local if kind.local is not None else func.coalesce(None, "")
    query = select(kind.article, local).where(kind.pointer == node).order_by(kind.article, local)
    return [(article, local) for article, local in connection.execute(query)]


def _is(kind: Kind, members: Sequence[Member]) -> Any:
    if kind.local is None:
        return kind.article.in_([article for article, _ in members])
    return or_(False, *(and_(kind.article == article, kind.local == local) for article, local in members))


def _anchors(connection: Connection, kind: Kind, members: Sequence[Member]) -> list[Anchor]:
    if kind.local is None:
        return [Anchor(article, 0, 0, "") for article, _ in members]
    table, found = kind.members, []
    for start in range(0, len(members), 200):
        query = select(table.c.article, table.c.start, table.c.stop, table.c.quote, table.c.type)
        rows = connection.execute(query.where(_is(kind, members[start : start + 200])).order_by(table.c.article, table.c.start))
        found += [Anchor(*row) for row in rows]
    return found


def _at(connection: Connection, kind: Kind, at: Anchor) -> list[Member]:
    """The reading that stands at an anchor now."""
    if kind.local is None:
        return [(at.article, "")]
    table = kind.members
    over = and_(table.c.start < at.stop, table.c.stop > at.start) if at.stop > at.start else table.c.start == at.start
    query = select(table.c.article, table.c.local, table.c.type).where(table.c.article == at.article, over)
    rows = sorted(connection.execute(query).all(), key=lambda row: (row.type != at.kind, row.local))
    return [(row.article, row.local) for row in rows[:1]]
