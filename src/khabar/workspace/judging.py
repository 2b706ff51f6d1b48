"""Judging: what somebody decides about a reading is kept, takes effect at once, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update

from khabar.record import Record
from khabar.workspace import joined
from khabar.workspace.adding import BATCH, cleared, fill
from khabar.workspace.correcting import (
    CHOICES,
    FIELDS,
    PEOPLE,
    Anchor,
    Item,
    Judgement,
    Layer,
    Verdict,
    anchor,
    corrected,
    items,
    spans,
)
from khabar.workspace.judgements import judgement, of_articles
from khabar.workspace.linking import Added
from khabar.workspace.preparing import prepare, unpacked
from khabar.workspace.rereading import Stored
from khabar.workspace.tables import (
    article_entities,
    article_events,
    articles,
    entities,
    judgement_articles,
    judgements,
    revisions,
    stories,
)


class JudgementError(Exception):
    """A judgement that cannot be made or taken back; the message is one line that says why."""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants to decide.

    It is about one article's reading (`article` and `local`, the id in its record) or about something joined (`node`: the id of
    an entity, event or story). `change` gives a correction's fields and values, entities by their ids (`actors: [17, 4]`).
    `merge` joins the nodes `others` into `node`; `split` takes the reading, or with a story the article, out of what it was
    joined to.
    """

    layer: Layer
    verdict: Verdict
    who: str
    node: int | None = None
    article: int | None = None
    local: str | None = None
    others: list[int] = []
    change: dict[str, Any] = {}
    why: str | None = None


def judge(connection: Connection, draft: Draft) -> Judgement:
    """Keep a judgement and let it take effect. Raises `JudgementError`; nothing has changed then."""
    if not draft.who.strip():
        raise JudgementError("a judgement needs a name: say who judges")
    if draft.verdict in ("merge", "split"):
        return _rejoined(connection, draft)
    if draft.verdict == "correct":
        _check(draft)
    if draft.layer in ("entity", "story") and draft.node is not None:
        return _node_judged(connection, draft)
    anchors, before = _anchored(connection, draft)
    made = keep(connection, draft, anchors, [draft.node] if draft.node is not None else [], before)
    refresh(connection, [a.article for a in anchors])
    return made


def undo(connection: Connection, id: int) -> Judgement:
    """Take a judgement back; what the machine read, or a judgement before it, stands again. Raises `JudgementError`."""
    found = judgement(connection, id)
    if found is None:
        raise JudgementError(f"there is no judgement {id}")
    if found.undone:
        raise JudgementError(f"judgement {id} was taken back before, {found.undone}")
    connection.execute(update(judgements).where(judgements.c.id == id).values(undone=_now()))
    if found.verdict in ("merge", "split"):
        try:
            joined.restore(connection, found)
        except ValueError as error:
            raise JudgementError(str(error)) from None
    elif found.nodes and not found.anchors and found.before:
        table = entities if found.layer == "entity" else stories
        connection.execute(update(table).where(table.c.id == found.nodes[0]).values(**found.before))
        joined.settle_nodes(connection, found.layer, found.nodes)
    refresh(connection, [a.article for a in found.anchors])
    return msgspec.structs.replace(found, undone=_now())


def keep(connection: Connection, draft: Draft, anchors: list[Anchor], nodes: list[int], before: dict[str, Any]) -> Judgement:
    """Write a judgement down."""
    row = {
        "layer": draft.layer,
        "verdict": draft.verdict,
        "anchors": msgspec.to_builtins(anchors),
        "node": nodes[0] if nodes and not anchors and draft.verdict not in ("merge", "split") else None,
        "nodes": nodes,
        "change": draft.change,
        "before": before,
        "who": draft.who.strip(),
        "made": _now(),
        "why": draft.why,
    }
    id = connection.execute(insert(judgements).returning(judgements.c.id), row).scalar_one()
    about = sorted({a.article for a in anchors})
    if about:
        connection.execute(insert(judgement_articles), [{"article": article, "judgement": id} for article in about])
    return msgspec.convert({**row, "id": id}, Judgement)


def refresh(connection: Connection, ids: Sequence[int]) -> None:
    """Make the rows of articles anew from their records and the judgements that stand."""
    todo = sorted(set(ids))
    for start in range(0, len(todo), BATCH):
        part = todo[start : start + BATCH]
        batch = []
        for stored, record in _current(connection, part):
            batch.append(Added(stored.article, prepare(stored.arrived(record), record), record))
        cleared(connection, part)
        fill(connection, batch)


def _current(connection: Connection, ids: Sequence[int]) -> list[tuple[Stored, Record]]:
    query = (
        select(articles.c.id, revisions.c.number, revisions.c.fast, revisions.c.given, revisions.c.record)
        .join(revisions, (revisions.c.article == articles.c.id) & (revisions.c.number == articles.c.revision))
        .where(articles.c.id.in_(ids))
        .order_by(articles.c.id)
    )
    return [(Stored(*row), unpacked(row.record)) for row in connection.execute(query)]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _anchored(connection: Connection, draft: Draft) -> tuple[list[Anchor], dict[str, Any]]:
    """The words that a draft is about, and what stands there now."""
    readings = _readings(connection, draft)
    ids = sorted({article for article, _ in readings})
    decided = of_articles(connection, ids)
    records = {stored.article: record for stored, record in _current(connection, ids)}
    anchors: list[Anchor] = []
    before: dict[str, Any] = {}
    for article, local in readings:
        record, _ = corrected(article, records[article], decided.get(article, []))
        item = next((i for i in items(record, draft.layer) if i.id == local), None)
        if item is None:
            raise JudgementError(f"article {article} has no {draft.layer} {local}")
        people = _people(connection, draft, article, record)
        if people is None and len(readings) > 1:
            continue  # this article does not name them all
        if people is None:
            raise JudgementError(f"the article does not name all of the entities given; it names {_names(record)}")
        anchors.append(msgspec.structs.replace(anchor(article, record, item), people=people))
        before = before or _standing(record, item, draft.change)
    if not anchors:
        raise JudgementError("none of the articles names all of the entities given")
    return anchors, before


def _readings(connection: Connection, draft: Draft) -> list[tuple[int, str]]:
    """The readings of articles that a draft is about."""
    if draft.article is not None and draft.local is not None:
        return [(draft.article, draft.local)]
    if draft.layer == "event" and draft.node is not None:
        query = select(article_events.c.article, article_events.c.local).where(article_events.c.event == draft.node)
        if found := [(article, local) for article, local in connection.execute(query)]:
            return found
        raise JudgementError(f"there is no event {draft.node}")
    raise JudgementError(f"say which {draft.layer}: an article and the id in its record")


def _people(connection: Connection, draft: Draft, article: int, record: Record) -> dict[str, list[tuple[int, int]]] | None:
    """Where the article first names each of the entities of a change; None where it does not name one of them."""
    wanted = {field: draft.change[field] for field in draft.change.keys() & PEOPLE}
    if not wanted:
        return {}
    query = select(article_entities.c.entity, article_entities.c.local).where(article_entities.c.article == article)
    local = {row.entity: row.local for row in connection.execute(query)}
    first = {e.id: spans(e)[0] for e in record.entities}
    found: dict[str, list[tuple[int, int]]] = {}
    for field, value in wanted.items():
        ids = value if isinstance(value, list) else [] if value is None else [value]
        places = [first.get(local.get(id, "")) for id in ids]
        if any(place is None for place in places):
            return None
        found[field] = [place for place in places if place is not None]
    return found


def _names(record: Record) -> str:
    return ", ".join(e.name for e in record.entities[:8]) or "nobody"


def _standing(record: Record, item: Item, change: dict[str, Any]) -> dict[str, Any]:
    names = {e.id: e.name for e in record.entities}
    found = {field: getattr(item, field) for field in change}
    for field in found.keys() & PEOPLE:
        value = found[field]
        found[field] = [names.get(i, i) for i in value] if isinstance(value, list) else names.get(value, value)
    return found


def _node_judged(connection: Connection, draft: Draft) -> Judgement:
    """A judgement about an entity or a story as a whole."""
    if draft.verdict == "reject":
        raise JudgementError(f"a whole {draft.layer} cannot be rejected; reject its readings, or correct, merge or split it")
    table = entities if draft.layer == "entity" else stories
    row = connection.execute(select(table).where(table.c.id == draft.node)).first()
    if row is None:
        raise JudgementError(f"there is no {draft.layer} {draft.node}")
    before = {field: getattr(row, field) for field in draft.change}
    made = keep(connection, draft, [], [row.id], before)
    joined.settle_nodes(connection, draft.layer, [row.id])
    return made


def _rejoined(connection: Connection, draft: Draft) -> Judgement:
    if draft.layer not in ("entity", "event", "story"):
        raise JudgementError(f"a {draft.layer} is joined to nothing; entities, events and stories are merged and split")
    try:
        anchors, nodes, before = (joined.merge if draft.verdict == "merge" else joined.split)(connection, draft)
    except ValueError as error:
        raise JudgementError(str(error)) from None
    return keep(connection, draft, anchors, nodes, before)


def _check(draft: Draft) -> None:
    """Whether a correction says something that can stand; raises `JudgementError`."""
    if not draft.change:
        raise JudgementError("a correction needs at least one field and its value")
    for field, value in draft.change.items():
        if field not in FIELDS[draft.layer]:
            raise JudgementError(f"{field} of a {draft.layer} cannot be corrected; what can be: {', '.join(FIELDS[draft.layer])}")
        choices = CHOICES.get((draft.layer, field))
        if choices and value not in choices:
            raise JudgementError(f"{field} is one of {', '.join(choices)}, not {value}")
        if check := _CHECKS.get(field):
            check(field, value)
    low, best, high = (draft.change.get(f) for f in ("low", "best", "high"))
    given = [n for n in (low, best, high) if n is not None]
    if given != sorted(given):
        raise JudgementError("low, best and high must not fall: low ≤ best ≤ high")
    begin, end = draft.change.get("begin"), draft.change.get("end")
    if begin and end and begin > end:
        raise JudgementError(f"it cannot end on {end} before it begins on {begin}")


def _day(field: str, value: Any) -> None:
    try:
        fine = value is None or date.fromisoformat(value).isoformat() == value
    except (TypeError, ValueError):
        fine = False
    if not fine:
        raise JudgementError(f"{field} is a day such as 2024-09-03, or null, not {value}")


def _count(field: str, value: Any) -> None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31):
        raise JudgementError(f"{field} is a whole number from 0, or null, not {value}")


def _words(field: str, value: Any) -> None:
    needed = field in ("name", "title")
    if (value is None and not needed) or (isinstance(value, str) and value.strip() and len(value) < 500):
        return
    raise JudgementError(f"{field} is some words{'' if needed else ' or null'}, not {value!r}")


def _number(limit: float) -> Callable[[str, Any], None]:
    def check(field: str, value: Any) -> None:
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > limit):
            raise JudgementError(f"{field} is a number from {-limit:.0f} to {limit:.0f}, or null, not {value}")

    return check


def _ids(field: str, value: Any) -> None:
    ids = [value] if field == "via" else value
    if field == "via" and value is None:
        return
    if not isinstance(ids, list) or any(not isinstance(i, int) or isinstance(i, bool) for i in ids):
        raise JudgementError(f"{field} is {'the id' if field == 'via' else 'a list of ids'} of entities, not {value}")


_CHECKS: dict[str, Callable[[str, Any], None]] = {
    **dict.fromkeys(("begin", "end", "as_of"), _day),
    **dict.fromkeys(("low", "best", "high"), _count),
    **dict.fromkeys(("mode", "channel", "name", "name_en", "title", "country"), _words),
    **dict.fromkeys(PEOPLE, _ids),
    "latitude": _number(90),
    "longitude": _number(180),
}
