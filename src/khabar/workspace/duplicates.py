"""Copies: agency texts that several outlets print, articles that an outlet prints again, with or without light edits.

A copy points at its original, which is the earliest published of its texts (of two at once, the one that was added first); an
original points at nothing, so that no copy has copies. Copies are kept and shown, and count for nothing.

An article is compared with those that share a band of their signatures (`shingles`), at most `CANDIDATES`, word by word
(`body.same_text`). A band's list holds the newest `LISTED` articles: that bounds the cost of an article whatever the size of
the workspace, at the price that of a text printed more often than that the oldest copies are not found. When an earlier text
arrives later, or an original is read again, its copies are settled anew among themselves, at most `RESETTLED` of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from khabar.workspace import entities, events
from khabar.workspace.body import Body, Copy, body_of, same_text
from khabar.workspace.preparing import unpacked
from khabar.workspace.shingles import keys, resemblance
from khabar.workspace.tables import articles, bands, revisions, signatures, stories

if TYPE_CHECKING:
    from khabar.workspace.linking import Added

LISTED = 32
CANDIDATES = 12
ALIKE = 0.15
"""Candidates whose estimated resemblance is lower are not read: chance made a band agree."""
RESETTLED = 64


class Head(msgspec.Struct):
    """Where an article stands: its time, the article that it is a copy of, its story."""

    id: int
    published: str | None
    original: int | None
    copy: str | None
    story: int | None

    @property
    def order(self) -> tuple[str, int]:
        """Earlier articles first; those without a time last."""
        return moment(self.published), self.id


def moment(published: str | None) -> str:
    """A time as text that sorts, in UTC; what has no time sorts last."""
    if not published:
        return "~"
    try:
        time = datetime.fromisoformat(published)
    except ValueError:
        return published
    try:
        return (time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)).isoformat()
    except OverflowError:
        return published


def add(connection: Connection, batch: "Sequence[Added]") -> None:
    """Find the originals of new articles, and the articles whose original a new one is."""
    found = _listed(connection, batch)
    settling = _Settling(connection, batch)
    settling.know({id for ids in found.values() for id in ids})
    for added in batch:
        settling.place(added.article, found[added.article])
    settling.write()


def remove(connection: Connection, articles_: Sequence[int]) -> None:
    """Take articles out: their copies find an original among themselves."""
    query = select(signatures.c.article, signatures.c.signature).where(signatures.c.article.in_(articles_))
    listed = [{"band": key, "of": id} for id, signed in connection.execute(query) for key in keys(signed)]
    if listed:
        connection.execute(delete(bands).where(bands.c.band == bindparam("band"), bands.c.article == bindparam("of")), listed)
    connection.execute(delete(signatures).where(signatures.c.article.in_(articles_)))
    settling = _Settling(connection, ())
    settling.know(articles_)
    for id in articles_:
        settling.leave(id)
    settling.write()


def _listed(connection: Connection, batch: "Sequence[Added]") -> dict[int, list[int]]:
    """Put the articles of a batch on the lists of their bands; gives for each the articles that it shares most bands with."""
    own = {a.article: keys(a.prepared.signature) for a in batch}
    wanted = {key for ks in own.values() for key in ks}
    lists: dict[int, list[int]] = defaultdict(list)
    if wanted:
        rows = connection.execute(select(bands.c.band, bands.c.article).where(bands.c.band.in_(sorted(wanted))))
        for key, article in rows:
            lists[key].append(article)
    fresh: list[dict[str, int]] = []
    stale: list[dict[str, int]] = []
    found: dict[int, list[int]] = {}
    for article, ks in own.items():
        shared = Counter(other for key in ks for other in lists[key])
        found[article] = [other for other, _ in sorted(shared.items(), key=lambda s: (-s[1], s[0]))[: 4 * CANDIDATES]]
        for key in ks:
            fresh.append({"band": key, "article": article})
            lists[key].append(article)
            if len(lists[key]) > LISTED:
                lists[key].remove(oldest := min(lists[key]))
                stale.append({"key": key, "of": oldest})
    if fresh:
        connection.execute(insert(bands), fresh)
    if stale:
        connection.execute(delete(bands).where(bands.c.band == bindparam("key"), bands.c.article == bindparam("of")), stale)
    signed = [{"article": a.article, "signature": a.prepared.signature} for a in batch if a.prepared.signature]
    if signed:
        connection.execute(insert(signatures), signed)
    return found


class _Settling:
    """Articles whose originals are being settled; what changed is written at the end."""

    def __init__(self, connection: Connection, batch: "Sequence[Added]") -> None:
        self._connection = connection
        self._heads: dict[int, Head] = {}
        self._before: dict[int, tuple[int | None, str | None]] = {}
        self._bodies: dict[int, Body] = {}
        self._left: set[int] = set()
        self._signed = {a.article: a.prepared.signature for a in batch}
        self._records = {a.article: a.record for a in batch}
        self.know(self._records)

    def know(self, ids: Iterable[int]) -> None:
        """Look up articles and their originals."""
        for _ in range(2):
            missing = sorted(set(ids) - self._heads.keys())
            if not missing:
                return
            wanted = [articles.c[name] for name in Head.__struct_fields__]
            for row in self._connection.execute(select(*wanted).where(articles.c.id.in_(missing))):
                self._keep(Head(*row))
            ids = {self._heads[id].original or id for id in missing if id in self._heads}

    def _keep(self, head: Head) -> Head:
        if head.id not in self._heads:
            self._heads[head.id] = head
            self._before[head.id] = (head.original, head.copy)
        return self._heads[head.id]

    def place(self, id: int, candidates: Sequence[int]) -> None:
        """Find the original of a new article among candidates, and the originals whose original it is."""
        head = self._heads[id]
        roots = self._roots(id, candidates)
        verdicts = [(root, kind) for root in roots if (kind := self._same(head, root))]
        earlier = [(root, kind) for root, kind in verdicts if root.order < head.order]
        if earlier:
            root, kind = next((v for v in earlier if v[1] == "exact"), earlier[0])
            head.original, head.copy = root.id, kind
            return
        for root, kind in verdicts:
            copies = self._copies(root.id)
            root.original, root.copy = head.id, kind
            self._settle(copies, [head])

    def leave(self, id: int) -> None:
        """Take an article out of the copies; those of an original are settled among themselves."""
        copies = self._copies(id)
        self._left.add(id)
        head = self._heads.get(id)
        if head:
            head.original, head.copy = None, None
        self._settle(copies, [])

    def _roots(self, id: int, candidates: Sequence[int]) -> list[Head]:
        """Originals of the candidates that resemble an article most, most alike first."""
        missing = [c for c in candidates if c not in self._signed]
        if missing:
            query = select(signatures.c.article, signatures.c.signature).where(signatures.c.article.in_(missing))
            self._signed.update((id, signed) for id, signed in self._connection.execute(query))
        own = self._signed[id]
        alike = [(resemblance(own, self._signed.get(c, b"")), c) for c in candidates if c in self._heads]
        best = sorted((a for a in alike if a[0] >= ALIKE), key=lambda a: (-a[0], a[1]))[:CANDIDATES]
        roots = dict.fromkeys(self._heads[c].original or c for _, c in best)
        self.know(roots)
        return [self._heads[root] for root in roots if root != id]

    def _copies(self, id: int) -> list[Head]:
        """Copies of an article, the earliest first."""
        wanted = [articles.c[name] for name in Head.__struct_fields__]
        rows = self._connection.execute(select(*wanted).where(articles.c.original == id))
        known = [self._keep(Head(*row)) for row in rows] + list(self._heads.values())
        return sorted({h.id: h for h in known if h.original == id}.values(), key=lambda h: h.order)

    def _settle(self, heads: Sequence[Head], roots: list[Head]) -> None:
        """Find the original of each among the roots; who has none is a root for those after it."""
        for n, head in enumerate(heads):
            head.original, head.copy = None, None
            for root in roots if n < RESETTLED else roots[:1]:
                kind = self._same(head, root) if n < RESETTLED else "near"
                if kind:
                    head.original, head.copy = root.id, kind
                    break
            else:
                roots.append(head)

    def _same(self, one: Head, other: Head) -> Copy | None:
        later, earlier = (one, other) if other.order < one.order else (other, one)
        a, b = self._body(later.id), self._body(earlier.id)
        return same_text(a, b) if a and b else None

    def _body(self, id: int) -> Body | None:
        if id not in self._bodies:
            record = self._records.get(id)
            if record is None:
                query = select(revisions.c.record).join(articles, articles.c.id == revisions.c.article)
                blob = self._connection.execute(
                    query.where(articles.c.id == id, revisions.c.number == articles.c.revision)
                ).scalar()
                if blob is None:
                    return None
                record = unpacked(blob)
            self._bodies[id] = body_of(record)
        return self._bodies[id]

    def _changed(self) -> Iterator[tuple[Head, int]]:
        """Articles whose original changed, each with what that adds to its story's reports."""
        for id, head in self._heads.items():
            before = self._before[id]
            if before != (head.original, head.copy):
                yield head, (head.original is None) - (before[0] is None)

    def write(self) -> None:
        """Write what changed."""
        changed = list(self._changed())
        rows: list[dict[str, Any]] = [{"of": h.id, "original": h.original, "copy": h.copy} for h, _ in changed]
        moved = [(h.id, more) for h, more in changed if more and h.id not in self._left]
        self._count([id for id, more in moved if more < 0], -1)
        if rows:
            self._connection.execute(update(articles).where(articles.c.id == bindparam("of")), rows)
        self._count([id for id, more in moved if more > 0], 1)
        counts: Counter[int] = Counter()
        for head, more in changed:
            if head.story is not None:
                counts[head.story] += more
        turns = [{"of": story, "more": more} for story, more in sorted(counts.items()) if more]
        if turns:
            value = {"reports": stories.c.reports + bindparam("more")}
            self._connection.execute(update(stories).where(stories.c.id == bindparam("of")).values(value), turns)

    def _count(self, ids: Sequence[int], by: int) -> None:
        """Entities and events count who became an original, and no longer who became a copy."""
        entities.counted(self._connection, ids, by)
        events.counted(self._connection, ids, by)
