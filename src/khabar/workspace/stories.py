"""Stories: articles on one happening, over outlets and days, grown as articles arrive.

An article is compared with the stories of the same days that share its weightiest terms, at most `CANDIDATES` of them, and
joins the nearest if it is near enough; else it founds a story. The list of a term holds the `LISTED` stories of a week that
came on it last, so that an article costs the same whatever the size of the workspace. A story takes articles for
`OPEN` days after its last one. Two stories are made one when an article is near to both and they are near to each other.

A copy goes where its original is. An article that is read again stays in its story unless it has become something else, and a
story that lost all its articles takes them up again, so that ids stay the same over readings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, insert, select, text, update

from khabar.workspace.judgements import split_off
from khabar.workspace.profiles import Profile, packed, profile, similarity, unpacked
from khabar.workspace.tables import (
    articles,
    events,
    stories,
    story_profiles,
    story_terms,
    terms,
)

if TYPE_CHECKING:
    from khabar.workspace.linking import Added

ASKED = 16
"""Terms of an article by which stories are looked up, and under which its story is listed."""
LISTED = 48
CANDIDATES = 10
OPEN = 7
MERGED = 200
"""Articles of a story that is made one with a larger one, at most: what moving them costs stays bounded."""
NEAR, STAYS, ONE = 0.26, 0.2, 0.5
"""How near an article must be to join a story; to stay in it; and two stories to be one."""
TITLES, GAP, AGE = 0.25, 0.1, 0.03
"""What the words of titles weigh beside those of texts; and what a day between, and a day of age, take off. Set, with `NEAR`, on
the stories of `benchmarks/stories.tsv`."""

WEEK = 7
_UNDATED = -1


class Story(msgspec.Struct):
    """A story at work: its row, its profile, and whether it is new."""

    id: int
    title: str | None
    begin: str | None
    end: str | None
    articles: int
    reports: int
    profile: Profile
    changed: bool = False


class Piece(msgspec.Struct):
    """A new article at work."""

    id: int
    title: str | None
    day: str | None
    original: int | None
    story: int | None
    profile: Profile
    asked: list[str]


def nearness(piece: Profile, story: Profile, gap: int = 0, age: int = 0) -> float:
    """How near an article is to a story, 0 to 1: `gap` is the days between them, `age` the days since the story began.

    Age counts because what fills pages every day (prices, weather, a club's transfers) hangs together without end by its words,
    while a happening is told in a few days.
    """
    words, titles = similarity(piece, story)
    return ((1 - TITLES) * words + TITLES * titles) / (1 + GAP * gap + AGE * age)


def add(connection: Connection, batch: Sequence[Added]) -> None:
    """Find the stories of new articles."""
    pieces = _pieces(connection, batch)
    growing = _Growing(connection, pieces)
    for piece in sorted(pieces, key=lambda p: (p.original is not None, p.id)):
        growing.place(piece)
    growing.write()
    dated(connection, {id for p in pieces if p.story is not None for id in (p.story, growing.went(p))})


def remove(connection: Connection, articles_: Sequence[int]) -> None:
    """Take articles out of their stories. An article remembers its story, the first that it is compared with when added again."""
    gone: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    query = select(articles.c.story, articles.c.original).where(articles.c.id.in_(articles_), articles.c.story.is_not(None))
    for story, original in connection.execute(query):
        gone[story][0] += 1
        gone[story][1] += original is None
    if gone:
        counts = {"articles": stories.c.articles - bindparam("fewer"), "reports": stories.c.reports - bindparam("less")}
        rows = [{"of": story, "fewer": a, "less": r} for story, (a, r) in sorted(gone.items())]
        connection.execute(update(stories).where(stories.c.id == bindparam("of")).values(counts), rows)


def dated(connection: Connection, ids: Iterable[int]) -> None:
    """Set first and last day and title of stories anew, by their articles; a story without articles keeps its own."""
    rows = []
    for id in sorted(ids):
        its = select(articles.c.title, articles.c.day).where(articles.c.story == id)
        days = select(func.min(articles.c.day), func.max(articles.c.day)).where(articles.c.story == id)
        begin, end = connection.execute(days).one()
        first = connection.execute(its.order_by(articles.c.day.is_(None), articles.c.day, articles.c.id).limit(1)).first()
        if first:
            rows.append({"of": id, "title": first.title, "begin": begin, "end": end})
    if rows:
        connection.execute(update(stories).where(stories.c.id == bindparam("of")), rows)


def merge(connection: Connection, keep: int, gone: int) -> None:
    """Send the articles and events of story `gone` to `keep`; its row stays, without articles, and says where they went."""
    connection.execute(update(articles).where(articles.c.story == gone).values(story=keep))
    connection.execute(update(events).where(events.c.story == gone).values(story=keep))
    connection.execute(update(stories).where(stories.c.id == gone).values(into=keep, articles=0, reports=0))
    connection.execute(delete(story_profiles).where(story_profiles.c.story == gone))


def put(connection: Connection, id: int, about: Profile, listed: Sequence[tuple[int, str | None, Profile]]) -> None:
    """Write down what a story is about, and list it under the weightiest terms of articles (each with its day and profile)."""
    connection.execute(_PROFILE, {"story": id, "profile": packed(about)})
    rows = [{"term": t, "week": _week(day), "story": id, "article": a} for a, day, its in listed for t in _top(its, ASKED)]
    if rows:
        connection.execute(_LISTED, rows)


def _pieces(connection: Connection, batch: Sequence[Added]) -> list[Piece]:
    wanted = sorted({t for a in batch for t in (*a.prepared.terms.weights, *a.prepared.terms.title)})
    query = select(terms.c.term, terms.c.articles).where(terms.c.term.in_(["", *wanted]))
    counts: dict[str, int] = dict(iter(connection.execute(query)))
    columns = [articles.c[name] for name in ("id", "title", "day", "original", "story")]
    heads = {row.id: row for row in connection.execute(select(*columns).where(articles.c.id.in_([a.article for a in batch])))}
    made = []
    for added in batch:
        about = profile(added.prepared.terms, counts, counts.get("", 0))
        h = heads[added.article]
        made.append(Piece(h.id, h.title, h.day, h.original, h.story, about, _top(about, ASKED)))
    again = {p.id for p in made if p.story is not None}
    more = Counter(t for a in batch if a.article not in again for t in {*a.prepared.terms.weights, *a.prepared.terms.title})
    if len(made) > len(again):
        more[""] = len(made) - len(again)
        _counted(connection, more)
    return made


def _counted(connection: Connection, more: Counter[str]) -> None:
    connection.execute(_TERM, [{"term": t, "n": n} for t, n in sorted(more.items())])


def _ordinal(day: str | None) -> int | None:
    """The number of a day; None where there is none, or none of the calendar."""
    try:
        return date.fromisoformat(day).toordinal() if day else None
    except ValueError:
        return None


def _week(day: str | None) -> int:
    at = _ordinal(day)
    return _UNDATED if at is None else at // WEEK


def _weeks(day: str | None) -> list[int]:
    """The weeks in which a story that an article may join took its articles."""
    at = _ordinal(day)
    return [_UNDATED] if at is None else list(range((at - OPEN) // WEEK, (at + OPEN) // WEEK + 1))


def _gap(day: str | None, story: Story) -> int:
    """Days between an article and a story; none where one has no date."""
    at, begin, end = _ordinal(day), _ordinal(story.begin), _ordinal(story.end)
    return 0 if at is None or begin is None or end is None else max(0, begin - at, at - end)


def _age(day: str | None, story: Story) -> int:
    """Days from a story's first to an article's; none where it is earlier or one has no date."""
    at, begin = _ordinal(day), _ordinal(story.begin)
    return 0 if at is None or begin is None else max(0, at - begin)


class _Growing:
    """Stories that a batch of articles may go to; what changed is written at the end."""

    def __init__(self, connection: Connection, pieces: Sequence[Piece]) -> None:
        self._connection = connection
        self._stories: dict[int, Story] = {}
        self._lists: dict[tuple[str, int], list[int]] = defaultdict(list)
        self._fresh: dict[tuple[str, int, int], int] = {}
        self._stale: list[tuple[str, int, int]] = []
        self._went: dict[int, int] = {}
        self._into: dict[int, int] = {}
        self._filled: set[int] = set()  # stories that had lost all their articles, and are filled again
        self._look_up(pieces)
        self._new = 0  # stories that are founded are numbered -1, -2 … until they are written

    def _look_up(self, pieces: Sequence[Piece]) -> None:
        asked = sorted({t for p in pieces for t in p.asked})
        weeks = sorted({w for p in pieces for w in _weeks(p.day)})
        if asked:
            c = story_terms.c
            query = select(c.term, c.week, c.story).where(c.term.in_(asked), c.week.in_(weeks)).order_by(c.article, c.story)
            for term, week, story in self._connection.execute(query):
                self._lists[term, week].append(story)
        wanted: set[int] = {p.story for p in pieces if p.story is not None}
        self._own = self._stories_of({p.id for p in pieces} | {p.original for p in pieces if p.original is not None})
        for p in pieces:
            wanted.update(self._candidates(p))
        wanted.update(self._own.values())
        self._load(wanted)

    def _stories_of(self, ids: Iterable[int]) -> dict[int, int]:
        """Stories of articles; of a new original, that of its copies."""
        known: dict[int, int] = {}
        query = select(articles.c.original, func.min(articles.c.story)).where(articles.c.original.in_(sorted(ids)))
        known.update((o, s) for o, s in self._connection.execute(query.group_by(articles.c.original)) if s is not None)
        query = select(articles.c.id, articles.c.story).where(articles.c.id.in_(sorted(ids)), articles.c.story.is_not(None))
        known.update((o, s) for o, s in self._connection.execute(query))
        return known

    def _load(self, ids: Iterable[int]) -> None:
        missing = sorted(set(ids) - self._stories.keys())
        if missing:
            columns = [stories.c[name] for name in Story.__struct_fields__[:6]]
            query = select(*columns, story_profiles.c.profile).join(story_profiles, story_profiles.c.story == stories.c.id)
            for r in self._connection.execute(query.where(stories.c.id.in_(missing))):
                self._stories[r.id] = Story(r.id, r.title, r.begin, r.end, r.articles, r.reports, unpacked(r.profile))

    def _candidates(self, piece: Piece) -> list[int]:
        """The stories that share most of the weight of an article's terms."""
        shared: defaultdict[int, float] = defaultdict(float)
        weeks = _weeks(piece.day)
        for term in piece.asked:
            weight = piece.profile.terms[term]
            for story in {s for week in weeks for s in self._lists.get((term, week), ())}:
                shared[story] += weight
        return sorted(shared, key=lambda s: (-shared[s], s))[:CANDIDATES]

    def place(self, piece: Piece) -> None:
        """Find the story of an article."""
        own = self._went.get(piece.original or 0) or self._own.get(piece.original or piece.id)
        own = self._now(own) if own is not None else None
        if piece.original is not None and own is not None:
            self._join(piece, own)
            return
        near = self._near(piece)
        if own is not None and own in self._stories and nearness(piece.profile, self._stories[own].profile) >= STAYS:
            self._join(piece, own)
        elif near:
            self._join(piece, near[0])
            if len(near) > 1:
                self._make_one(near[0], near[1], piece.id)
        else:
            self._found(piece)

    def _near(self, piece: Piece) -> list[int]:
        """Stories near enough to join, the nearest first."""
        found = []
        for id in self._candidates(piece):
            story = self._stories.get(id)
            if story and (gap := _gap(piece.day, story)) <= OPEN:
                score = nearness(piece.profile, story.profile, gap, _age(piece.day, story))
                if score >= NEAR:
                    found.append((-score, id))
        return [id for _, id in sorted(found)]

    def _found(self, piece: Piece) -> None:
        self._new -= 1
        story = Story(self._new, piece.title, piece.day, piece.day, 0, 0, Profile({}, {}))
        self._stories[story.id] = story
        self._join(piece, story.id)

    def _join(self, piece: Piece, id: int) -> None:
        story = self._stories[id]
        story.changed = True
        self._went[piece.id] = id
        if story.articles == 0:
            self._filled.add(id)
            story.profile = Profile({}, {})
        story.articles += 1
        if piece.original is None:
            story.reports += 1
            if piece.story != id or id in self._filled:  # else it was counted in when it came first
                story.profile.add(piece.profile)
            self._list(piece.asked, _week(piece.day), id, piece.id)
        if piece.day:
            if not story.begin or piece.day < story.begin:
                story.begin = piece.day
                story.title = piece.title or story.title
            story.end = max(story.end or piece.day, piece.day)
        story.title = story.title or piece.title

    def _list(self, asked: Sequence[str], week: int, id: int, article: int) -> None:
        """Put a story on the lists of terms."""
        for term in asked:
            listed = self._lists[term, week]
            if id in listed:
                continue
            listed.append(id)
            self._fresh[term, week, id] = article
            if len(listed) > LISTED:
                old = (term, week, listed.pop(0))
                if old in self._fresh:
                    del self._fresh[old]
                else:
                    self._stale.append(old)

    def _make_one(self, one: int, other: int, article: int) -> None:
        """Make two stories one if they are near to each other; the larger, of two alike the older, goes on."""
        keep, gone = sorted((self._stories[one], self._stories[other]), key=lambda s: (-s.articles, s.id))
        gap = _gap(gone.begin, keep) if keep.begin and gone.begin and gone.begin > keep.begin else _gap(gone.end, keep)
        if gone.articles > MERGED or gap > OPEN or nearness(gone.profile, keep.profile, gap) < ONE:
            return
        if split_off(self._connection, [id for id in (one, other) if id > 0]):
            return
        self._list(_top(gone.profile, 2 * ASKED), _week(gone.end), keep.id, article)
        keep.profile.add(gone.profile)
        keep.articles, keep.reports = keep.articles + gone.articles, keep.reports + gone.reports
        days = [day for day in (keep.begin, keep.end, gone.begin, gone.end) if day]
        if gone.begin and (not keep.begin or gone.begin < keep.begin):
            keep.title = gone.title or keep.title
        keep.begin, keep.end = min(days, default=None), max(days, default=None)
        keep.changed = True
        self._into[gone.id] = keep.id
        del self._stories[gone.id]

    def went(self, piece: Piece) -> int:
        """The story that an article went to."""
        return self._now(self._went[piece.id])

    def _now(self, id: int) -> int:
        """The story that a story has become."""
        while id in self._into:
            id = self._into[id]
        return id

    def _number(self) -> None:
        """Put the stories that were founded into the table, which numbers them."""
        if not self._new:
            return
        rows = [{"articles": 0, "reports": 0}] * -self._new
        query = insert(stories).returning(stories.c.id, sort_by_parameter_order=True)
        ids = dict(zip(range(-1, self._new - 1, -1), self._connection.execute(query, rows).scalars(), strict=True))
        for story in self._stories.values():
            story.id = ids.get(story.id, story.id)
        self._stories = {story.id: story for story in self._stories.values()}
        self._went = {piece: ids.get(story, story) for piece, story in self._went.items()}
        self._into = {ids.get(gone, gone): ids.get(keep, keep) for gone, keep in self._into.items()}
        self._fresh = {(term, week, ids.get(story, story)): article for (term, week, story), article in self._fresh.items()}

    def write(self) -> None:
        """Write what changed."""
        self._number()
        changed = [s for s in self._stories.values() if s.changed]
        if changed:
            rows = [{"of": s.id, **_row(s)} for s in changed]
            self._connection.execute(update(stories).where(stories.c.id == bindparam("of")), rows)
            self._connection.execute(_PROFILE, [{"story": s.id, "profile": packed(s.profile)} for s in changed])
        if self._went:
            went = [{"of": piece, "story": self._now(story)} for piece, story in self._went.items()]
            self._connection.execute(update(articles).where(articles.c.id == bindparam("of")), went)
        for gone in self._into:
            merge(self._connection, self._now(gone), gone)
        if self._stale:
            c = story_terms.c
            same = (c.term == bindparam("t")) & (c.week == bindparam("w")) & (c.story == bindparam("s"))
            self._connection.execute(delete(story_terms).where(same), [{"t": t, "w": w, "s": s} for t, w, s in self._stale])
        if self._fresh:
            rows = [{"term": t, "week": w, "story": s, "article": a} for (t, w, s), a in self._fresh.items()]
            self._connection.execute(_LISTED, rows)


def _row(story: Story) -> dict[str, Any]:
    """What the table of stories says of one."""
    return {name: getattr(story, name) for name in ("title", "begin", "end", "articles", "reports")}


def _top(made: Profile, most: int) -> list[str]:
    """The terms that weigh most."""
    return sorted(made.terms, key=lambda t: (-made.terms[t], t))[:most]


_TERM = text(
    "INSERT INTO terms (term, articles) VALUES (:term, :n)"
    " ON CONFLICT (term) DO UPDATE SET articles = terms.articles + excluded.articles"
)
_LISTED = text(
    "INSERT INTO story_terms (term, week, story, article) VALUES (:term, :week, :story, :article) ON CONFLICT DO NOTHING"
)
_PROFILE = text(
    "INSERT INTO story_profiles (story, profile) VALUES (:story, :profile)"
    " ON CONFLICT (story) DO UPDATE SET profile = excluded.profile"
)
