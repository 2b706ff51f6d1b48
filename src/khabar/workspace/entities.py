"""Entities joined across articles: the step that finds for each entity of an article the one it is in the workspace.

A key of `identity` that is there already decides, the surest first; a full name without one is compared with the few names that
share a block with it, and joins where exactly one of them is a spelling of it. Countries that are known must agree. Whatever is
left becomes an entity of its own. All candidates of a batch are found in a handful of statements, by index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, bindparam, insert, select, update

from khabar.workspace import counting
from khabar.workspace.identity import Name, Sketch, apart, full_names, spelled_alike
from khabar.workspace.tables import article_entities, entities, entity_blocks, entity_keys, entity_names, links

if TYPE_CHECKING:
    from khabar.workspace.linking import Added

CANDIDATES = 20
"""Entities of one block that a name is compared with; a block that holds more tells nothing."""

_SLICE = 500
T = TypeVar("T")


def add(connection: Connection, batch: Sequence[Added]) -> None:
    """Join the entities of new articles to those that are there, or make them."""
    found = [(added.article, sketch) for added in batch for sketch in added.prepared.entities]
    if found:
        joiner = _Joiner(connection, [sketch for _, sketch in found])
        nodes = [(article, sketch.local, joiner.node(sketch)) for article, sketch in found]
        joiner.store()
        where = (article_entities.c.article == bindparam("a")) & (article_entities.c.local == bindparam("l"))
        rows = [{"a": article, "l": local, "n": node.id} for article, local, node in nodes]
        connection.execute(update(article_entities).where(where).values(entity=bindparam("n")), rows)
        _lead(connection, sorted({article for article, _, _ in nodes}))
        counted(connection, [added.article for added in batch], 1)


def _lead(connection: Connection, articles: Sequence[int]) -> None:
    """Let the links of articles lead to the entities of the workspace too."""
    own = (article_entities.c.article == links.c.article) & (article_entities.c.local == links.c.tail)
    joined = select(article_entities.c.entity).where(own).scalar_subquery()
    connection.execute(update(links).where(links.c.article.in_(articles), links.c.role != "voucher").values(entity=joined))


def remove(connection: Connection, articles: Sequence[int]) -> None:
    """Take articles out of the counts; their entities stay, so that a new reading finds the same ones."""
    counted(connection, articles, -1)


def counted(connection: Connection, batch: Sequence[int], by: int) -> None:
    """Count articles to the entities that they name (`by` 1) or no longer (-1). Copies count for nothing."""
    counting.counted(connection, article_entities.c.entity, entities.c.articles, batch, by)


class _Node:
    """An entity while a batch is joined; without an id as long as it is not stored."""

    def __init__(self, sketch: Sketch | None, id: int | None = None, country: str | None = None, name: str = "") -> None:
        self.sketch, self.id = sketch, id
        self.country, self.name = country, name
        self.names: dict[str, tuple[str, str]] = {}
        self.fresh: dict[str, tuple[str, str]] = {}
        self.full: list[tuple[str, ...]] = []
        self.changed = False

    def agrees(self, country: str | None) -> bool:
        return not country or not self.country or country == self.country

    def take(self, sketch: Sketch) -> None:
        """What one more article tells of it."""
        if sketch.country and not self.country:
            self.country, self.changed = sketch.country, True
        for name in sketch.names:
            if name.folded not in self.names and name.folded not in self.fresh:
                self.fresh[name.folded] = (name.written, name.script)
        if sketch.type == "person":
            self.full += [words for words in full_names(sketch.names) if words not in self.full]


class _Joiner:
    """Finds or makes the entities of a batch."""

    def __init__(self, connection: Connection, sketches: list[Sketch]) -> None:
        self.connection = connection
        self.nodes: dict[int, _Node] = {}
        self.new: list[_Node] = []
        self.keys: dict[str, _Node] = {}
        self.blocks: dict[str, list[_Node]] = {}
        self.new_keys: list[tuple[str, _Node]] = []
        self.new_blocks: list[tuple[str, _Node]] = []
        keys = {key for sketch in sketches for key in sketch.keys}
        by_key = dict(self._look_up(entity_keys.c.key, entity_keys.c.entity, keys))
        alone = {b for sketch in sketches for b in sketch.blocks if not any(key in by_key for key in sketch.keys)}
        by_block: dict[str, list[int]] = {}
        for block, id in self._look_up(entity_blocks.c.block, entity_blocks.c.entity, alone):
            by_block.setdefault(block, []).append(id)
        self._fetch({*by_key.values(), *(id for ids in by_block.values() for id in ids)})
        self.keys = {key: self.nodes[id] for key, id in by_key.items()}
        self.blocks = {block: [self.nodes[id] for id in ids] for block, ids in by_block.items()}

    def _look_up(self, column: Any, entity: Any, values: set[str]) -> Iterator[tuple[str, int]]:
        for some in _slices(sorted(values)):
            query = select(column, entity).where(column.in_(some)).order_by(column, entity)
            yield from ((value, id) for value, id in self.connection.execute(query))

    def _fetch(self, ids: set[int]) -> None:
        for some in _slices(sorted(ids)):
            query = select(entities.c.id, entities.c.country, entities.c.name).where(entities.c.id.in_(some))
            for id, country, name in self.connection.execute(query):
                self.nodes[id] = _Node(None, id, country, name)
            names = select(entity_names).where(entity_names.c.entity.in_(some))
            for row in self.connection.execute(names.order_by(entity_names.c.entity, entity_names.c.folded)):
                self.nodes[row.entity].names[row.folded] = (row.name, row.script)
        for node in self.nodes.values():
            node.full = full_names([Name(name, folded, script) for folded, (name, script) in node.names.items()])

    def node(self, sketch: Sketch) -> _Node:
        """The entity that one of an article is."""
        node = self._by_key(sketch) or self._by_spelling(sketch)
        if node is None:
            node = _Node(sketch, country=sketch.country, name=sketch.name)
            self.new.append(node)
        node.take(sketch)
        for key in sketch.keys:
            if key not in self.keys:
                self.keys[key] = node
                self.new_keys.append((key, node))
        for block in sketch.blocks:
            there = self.blocks.setdefault(block, [])
            if node not in there:
                there.append(node)
                self.new_blocks.append((block, node))
        return node

    def _by_key(self, sketch: Sketch) -> _Node | None:
        full = full_names(sketch.names) if sketch.type == "person" else []
        return next((n for key in sketch.keys if (n := self.keys.get(key)) and _fits(n, sketch, full)), None)

    def _by_spelling(self, sketch: Sketch) -> _Node | None:
        """The one entity that has a name of which a full name of this one is a spelling."""
        full = full_names(sketch.names)
        found: dict[int, _Node] = {}
        for block in sketch.blocks:
            near = self.blocks.get(block, ())
            for node in near if len(near) <= CANDIDATES else ():
                if _fits(node, sketch, full) and any(spelled_alike(a, b) for a in full for b in node.full):
                    found[id(node)] = node
        return next(iter(found.values())) if len(found) == 1 else None

    def store(self) -> None:
        """Write what is new; then every node has its id."""
        if self.new:
            rows = [_row(node) for node in self.new]
            made = insert(entities).returning(entities.c.id, sort_by_parameter_order=True)
            for node, id in zip(self.new, self.connection.execute(made, rows).scalars(), strict=True):
                node.id = id
        changed = [{"e": n.id, "c": n.country} for n in self.nodes.values() if n.changed]
        if changed:
            self.connection.execute(
                update(entities).where(entities.c.id == bindparam("e")).values(country=bindparam("c")), changed
            )
        names = [
            {"entity": node.id, "folded": folded, "name": name, "script": script}
            for node in [*self.nodes.values(), *self.new]
            for folded, (name, script) in node.fresh.items()
        ]
        self._insert(entity_names, names)
        self._insert(entity_keys, [{"key": key, "entity": node.id} for key, node in self.new_keys])
        # where an entity was found by a key, its blocks were not looked up
        held = {(row["block"], row["entity"]) for row in self._held()}
        blocks = [{"block": block, "entity": node.id} for block, node in self.new_blocks]
        self._insert(entity_blocks, [row for row in blocks if (row["block"], row["entity"]) not in held])

    def _held(self) -> Iterator[dict[str, Any]]:
        for some in _slices(sorted({block for block, node in self.new_blocks if node.id in self.nodes})):
            for row in self.connection.execute(select(entity_blocks).where(entity_blocks.c.block.in_(some))):
                yield dict(row._mapping)

    def _insert(self, table: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            self.connection.execute(insert(table), rows)


def _fits(node: _Node, sketch: Sketch, full: list[tuple[str, ...]]) -> bool:
    """Whether nothing speaks against an entity of an article being one of the workspace."""
    return node.agrees(sketch.country) and not any(apart(a, b) for a in full for b in node.full)


def _row(node: _Node) -> dict[str, Any]:
    sketch = node.sketch
    assert sketch is not None
    row = {"type": sketch.type, "name": sketch.name, "name_en": sketch.name_en, "country": node.country, "articles": 0}
    return row | {"latitude": sketch.latitude, "longitude": sketch.longitude, "identifiers": sketch.identifiers}


def _slices(values: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while some := list(islice(rest, _SLICE)):
        yield some
