"""Events joined across articles: the step that finds for each event of an article the one it is in the workspace.

The few events that may be the same are looked up by type, day and participants; a telling joins the event whose tellings
resemble it most, if that is enough (`happening.weight`) for the best of them and not against the others. Two events of one
article stay two; a copy's events are its original's. Every member keeps its own words and source; the event shows day, status
and gloss of its best telling, and counts articles that are no copies.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from khabar.workspace import counting, parties
from khabar.workspace.happening import Party, Telling, blocks, days_of, reality, weight
from khabar.workspace.identity import folded
from khabar.workspace.tables import article_entities, article_events, articles, entities, event_blocks, events, tellings

if TYPE_CHECKING:
    from khabar.record import Event
    from khabar.workspace.linking import Added

COMPARED = 8
"""Tellings of an event that a new one is compared with: the first ones."""
CANDIDATES = 24
LISTED = 64
"""Events of one block; a block that is full takes no more, which bounds what a look-up costs."""
AGAINST = -3.0
"""How much the tellings of an event may on average speak against another one, in bits."""

_SLICE = 500
_PACK = msgspec.msgpack.Encoder()
_UNPACK = msgspec.msgpack.Decoder(Telling)
T = TypeVar("T")
Local = tuple[int, str]


def add(connection: Connection, batch: Sequence[Added]) -> None:
    """Join the events of new articles to those that are there, or make them."""
    batch = [added for added in batch if added.record.events]
    if batch:
        joiner = _Joiner(connection, batch)
        for added in batch:
            joiner.place(added)
        joiner.write()
        counted(connection, [added.article for added in batch], 1)


def remove(connection: Connection, articles: Sequence[int]) -> None:
    """Take articles out of the counts. Their tellings stay until they are read again, so that they find the same events."""
    counted(connection, articles, -1)


def counted(connection: Connection, batch: Sequence[int], by: int) -> None:
    """Count articles to the events that they tell (`by` 1) or no longer (-1). Copies count for nothing."""
    counting.counted(connection, article_events.c.event, events.c.reports, batch, by)


class _Node:
    """An event while a batch is joined; without an id as long as it is not stored."""

    def __init__(self, id: int | None) -> None:
        self.id = id
        self.tellings: list[Telling] = []
        self.members = 0
        self.first: Local | None = None


class _Joiner:
    """Finds or makes the events of a batch."""

    def __init__(self, connection: Connection, batch: Sequence[Added]) -> None:
        self.connection = connection
        ids = [added.article for added in batch]
        query = select(articles.c.id, articles.c.original, articles.c.story, articles.c.day).where(articles.c.id.in_(ids))
        self.heads = {row.id: row for row in connection.execute(query)}
        parties = self._parties(ids)
        self.told = {added.article: {v.id: self._telling(added, v, parties) for v in added.record.events} for added in batch}
        self.quotes = {(a.article, v.id): (v.type, v.triggers[0].quote) for a in batch for v in a.record.events}
        self.nodes: dict[int, _Node] = {}
        self.new: list[_Node] = []
        self.joined: dict[Local, _Node] = {}
        self.rows: list[tuple[Local, _Node, int, Telling]] = []
        self.fresh: list[tuple[int, _Node]] = []
        self.old = self._earlier(ids)
        self.copied = self._copied()
        wanted = {block for told in self.told.values() for t in told.values() for block in blocks(t, look=True)}
        lists: dict[int, list[int]] = defaultdict(list)
        for some in _slices(sorted(wanted)):
            for block, event in connection.execute(select(event_blocks).where(event_blocks.c.block.in_(some))):
                lists[block].append(event)
        known = {event for listed in lists.values() for event in listed}
        known.update(event for earlier in self.old.values() for _, event, _, _ in earlier)
        known.update(event for of in self.copied.values() for listed in of.values() for event in listed)
        self._fetch(known)
        self.lists = {block: [self.nodes[event] for event in sorted(listed)] for block, listed in lists.items()}

    def _parties(self, ids: Sequence[int]) -> dict[Local, Party]:
        own = article_entities.c
        query = (
            select(
                own.article,
                own.local,
                entities.c.id,
                entities.c.type,
                entities.c.country,
                entities.c.latitude,
                entities.c.longitude,
            )
            .join(entities, entities.c.id == own.entity)
            .where(own.article.in_(ids))
        )
        return {
            (row.article, row.local): Party(row.id, row.country, row.type == "country", row.latitude, row.longitude)
            for row in self.connection.execute(query)
        }

    def _telling(self, added: Added, event: Event, parties: dict[Local, Party]) -> Telling:
        head = self.heads[added.article]
        known = {sketch.local for sketch in added.prepared.entities if not sketch.keys[0].startswith("own:")}

        def of(ids: list[str]) -> list[Party]:
            return [parties[added.article, id] for id in ids if id in known and (added.article, id) in parties]

        dated, day, begin, end = days_of(event.begin, event.end, head.day)
        figures = [f for f in added.record.figures if f.event == event.id and f.best is not None]
        return Telling(
            type=event.type,
            mode=event.mode,
            kind=reality(event.status),
            dated=dated,
            day=day,
            begin=begin,
            end=end,
            actors=of(event.actors),
            recipients=of(event.recipients),
            places=of(event.places),
            amounts=list({f.kind: f.best for f in reversed(figures) if f.best is not None}.items()),
            words=sorted({folded(t.quote) for t in event.triggers} - {""}),
            story=head.story,
        )

    def _earlier(self, ids: Sequence[int]) -> dict[int, list[tuple[str, int, int, Telling]]]:
        """What the articles told when they were read before."""
        found: dict[int, list[tuple[str, int, int, Telling]]] = defaultdict(list)
        query = select(tellings).where(tellings.c.article.in_(ids)).order_by(tellings.c.article, tellings.c.local)
        for row in self.connection.execute(query):
            found[row.article].append((row.local, row.event, row.number, _UNPACK.decode(row.telling)))
        if found:
            self.connection.execute(delete(tellings).where(tellings.c.article.in_(list(found))))
        return found

    def _copied(self) -> dict[int, dict[tuple[str, str], list[int]]]:
        """Of originals of the batch's copies: type and words of an event → the events that they are."""
        originals = sorted({row.original for row in self.heads.values() if row.original is not None})
        found: dict[int, dict[tuple[str, str], list[int]]] = {id: defaultdict(list) for id in originals}
        for some in _slices(originals):
            of = article_events.c
            query = select(of.article, of.type, of.quote, of.event).where(of.article.in_(some), of.event.is_not(None))
            for row in self.connection.execute(query.order_by(of.article, of.start)):
                found[row.article][row.type, row.quote].append(row.event)
        return found

    def _fetch(self, ids: Iterable[int]) -> None:
        for some in _slices(sorted(ids)):
            for id in some:
                self.nodes[id] = _Node(id)
            members = select(tellings.c.event, func.max(tellings.c.number) + 1).where(tellings.c.event.in_(some))
            for event, n in self.connection.execute(members.group_by(tellings.c.event)):
                self.nodes[event].members = n
            query = select(tellings.c.event, tellings.c.telling).where(tellings.c.event.in_(some), tellings.c.number < COMPARED)
            for event, telling in self.connection.execute(query.order_by(tellings.c.event, tellings.c.number)):
                self.nodes[event].tellings.append(_UNPACK.decode(telling))

    # one article after another

    def place(self, added: Added) -> None:
        """Join each event of an article: to what it was before, to its original's, to the one that it resembles most."""
        told = dict(self.told[added.article])
        taken: set[int] = set()
        for local, node, number in [*self._again(added.article, told), *self._as_original(added, told)]:
            if id(node) not in taken and local in told:
                taken.add(id(node))
                self._join(added.article, local, told.pop(local), node, number)
        ranked = []
        for n, (local, telling) in enumerate(told.items()):
            ranked += [(-w, n, k, local, node) for k, (w, node) in enumerate(self._alike(telling))]
        for _, _, _, local, node in sorted(ranked, key=lambda r: r[:3]):
            if id(node) not in taken and local in told:
                taken.add(id(node))
                self._join(added.article, local, told.pop(local), node)
        for local, telling in told.items():
            node = _Node(None)
            self.new.append(node)
            self._join(added.article, local, telling, node)

    def _again(self, article: int, told: dict[str, Telling]) -> Iterator[tuple[str, _Node, int | None]]:
        """Events that the article told before in the same words; of another day only those that no other article tells."""
        earlier = self.old.get(article, [])
        for same, alone in ((_same_telling, False), (_same_words, False), (_any_words, True)):
            for local, telling in told.items():
                for _, event, number, before in earlier:
                    if same(telling, before) and not (alone and self.nodes[event].members):
                        yield local, self.nodes[event], number

    def _as_original(self, added: Added, told: dict[str, Telling]) -> Iterator[tuple[str, _Node, int | None]]:
        """Events of the article that this one is a copy of."""
        original = self.heads[added.article].original
        if original is None:
            return
        of: dict[tuple[str, str], list[_Node]] = defaultdict(list)
        for key, found in self.copied.get(original, {}).items():
            of[key] += [self.nodes[event] for event in found]
        for local in self.told.get(original, {}):  # the original is of the same batch
            if (original, local) in self.joined:
                of[self.quotes[original, local]].append(self.joined[original, local])
        left = {key: list(found) for key, found in of.items()}
        for event in added.record.events:
            same = left.get((event.type, event.triggers[0].quote))
            if event.id in told and same:
                yield event.id, same.pop(0), None

    def _alike(self, telling: Telling) -> list[tuple[float, _Node]]:
        """Events that a telling may be of, with what speaks for each."""
        shared: Counter[int] = Counter()
        near: dict[int, _Node] = {}
        for block in blocks(telling, look=True):
            for node in self.lists.get(block, ()):
                near[id(node)] = node
                shared[id(node)] += 1
        found = []
        for key, _ in shared.most_common(CANDIDATES):
            weights = [weight(telling, other) for other in near[key].tellings[:COMPARED]]
            known = [w for w in weights if w is not None]
            if known and max(known) > 0 and sum(known) / len(known) > AGAINST and len(known) * 2 >= len(weights):
                found.append((max(known), near[key]))
        return found

    def _join(self, article: int, local: str, telling: Telling, node: _Node, number: int | None = None) -> None:
        self.joined[article, local] = node
        node.first = node.first or (article, local)
        if number is None:
            number = node.members
            node.members += 1
        if number < COMPARED:
            node.tellings.append(telling)
            for block in blocks(telling, look=False):
                there = self.lists.setdefault(block, [])
                if node not in there and len(there) < LISTED:
                    there.append(node)
                    self.fresh.append((block, node))
        self.rows.append(((article, local), node, number, telling))

    # at the end

    def write(self) -> None:
        """Write what is new, and what events show of their best tellings."""
        rows = self._members(sorted(self.told))
        if self.new:
            values = [_shown(rows[node.first]) | {"reports": 0} for node in self.new if node.first]
            made = insert(events).returning(events.c.id, sort_by_parameter_order=True)
            for node, id in zip(self.new, self.connection.execute(made, values).scalars(), strict=True):
                node.id = id
        where = (article_events.c.article == bindparam("a")) & (article_events.c.local == bindparam("l"))
        pointers = [{"a": article, "l": local, "e": node.id} for (article, local), node in self.joined.items()]
        self.connection.execute(update(article_events).where(where).values(event=bindparam("e")), pointers)
        told = [
            {"article": article, "local": local, "event": node.id, "number": number, "telling": _PACK.encode(telling)}
            for (article, local), node, number, telling in self.rows
        ]
        self.connection.execute(insert(tellings), told)
        self._write_blocks()
        fresh = {node.id for node in self.new if node.members == 1}  # they were written as their only telling says
        settle(self.connection, sorted({n.id for n in self.joined.values() if n.id is not None and n.id not in fresh}))

    def _members(self, ids: Sequence[int]) -> dict[Local, Row[Any]]:
        query = select(article_events, articles.c.story, articles.c.original).join(
            articles, articles.c.id == article_events.c.article
        )
        return {(row.article, row.local): row for row in self.connection.execute(query.where(article_events.c.article.in_(ids)))}

    def _write_blocks(self) -> None:
        if self.fresh:
            self.connection.execute(insert(event_blocks), [{"block": block, "event": node.id} for block, node in self.fresh])


def told(blob: bytes) -> Telling:
    """A telling from what is stored."""
    return _UNPACK.decode(blob)


def settle(connection: Connection, ids: Sequence[int]) -> None:
    """Give events the day, status and gloss of their best telling, and its story."""
    best: dict[int, Row[Any]] = {}
    for some in _slices(ids):
        query = (
            select(article_events, articles.c.story, articles.c.original)
            .join(tellings, (tellings.c.article == article_events.c.article) & (tellings.c.local == article_events.c.local))
            .join(articles, articles.c.id == article_events.c.article)
            .where(article_events.c.event.in_(some), tellings.c.event.in_(some), tellings.c.number < COMPARED)
        )
        for row in connection.execute(query.order_by(article_events.c.event, tellings.c.number)):
            if row.event not in best or _rank(row) > _rank(best[row.event]):
                best[row.event] = row
    rows = [{"of": event, **{f"set_{k}": v for k, v in _shown(row).items()}} for event, row in sorted(best.items())]
    if rows:
        values: dict[str, Any] = {name: bindparam(f"set_{name}") for name in _SHOWN}
        connection.execute(update(events).where(events.c.id == bindparam("of")).values(values), rows)
        parties.dated(connection, [row["of"] for row in rows])


_SHOWN = ("type", "mode", "cameo", "begin", "end", "status", "gloss", "story")


def _shown(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _SHOWN}


def _rank(row: Any) -> tuple[bool, bool, int, float]:
    """The better a telling, the higher: no copy, with a day, the more exact the day, the surer."""
    exact = -1 if row.begin is None or row.end is None else int(row.begin == row.end)
    return row.original is None, row.begin is not None, exact, row.confidence or 0.0


def _same_telling(a: Telling, b: Telling) -> bool:
    return msgspec.structs.replace(a, story=None) == msgspec.structs.replace(b, story=None)


def _same_words(a: Telling, b: Telling) -> bool:
    return a.type == b.type and bool(set(a.words) & set(b.words)) and (a.begin, a.end) == (b.begin, b.end)


def _any_words(a: Telling, b: Telling) -> bool:
    return bool(set(a.words) & set(b.words))


def _slices(values: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while some := list(islice(rest, _SLICE)):
        yield some
