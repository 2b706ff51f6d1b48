"""Records made by hand, stored and joined by hand, for tests of what is shown of a workspace.

A flood in Derna that two outlets and an agency's copy report, with a toll of 12 by the Red Crescent and of 15 by a hospital,
and a visit to Ankara.
"""

from typing import Any

import msgspec
from sqlalchemy import Connection, Table, insert

from khabar.record import Article, Attribution, Entity, Event, Figure, Mention, Quote, Record, Source
from khabar.workspace import Workspace, indexing, parties, tables
from khabar.workspace.preparing import digest, packed
from khabar.workspace.rows import rows_of

FIRST = "فيضانات في درنة\nقال الهلال الأحمر إن 12 شخصا قتلوا في فيضانات درنة."
SECOND = "حصيلة جديدة في درنة\nأعلن مستشفى درنة أن 15 شخصا قتلوا في فيضانات درنة بحسب وكالة الأفق."
VISIT = "شكري في أنقرة\nوصل سامح شكري إلى أنقرة والتقى هاكان فيدان."


def quote(text: str, words: str, nth: int = 1) -> Quote:
    """The nth occurrence of words."""
    at = -1
    for _ in range(nth):
        at = text.index(words, at + 1)
    return Quote((at, at + len(words)), words)


def _entity(text: str, id: str, type: str, name: str, name_en: str | None = None, **more: Any) -> Entity:
    found = quote(text, name)
    mention = Mention(span=found.span, quote=found.quote, kind="name")
    return Entity(id=id, type=type, name=name, name_en=name_en, mentions=[mention], **more)  # type: ignore[arg-type]


def _flood(id: str, text: str, source: Entity, cue: str, amount: int, day: str, outlet: str, via: Entity | None = None) -> Record:
    place = _entity(text, "e1", "place", "درنة", "Derna", country="LBY")
    toll, content = quote(text, f"{amount} شخصا"), quote(text, f"{amount} شخصا قتلوا في فيضانات درنة")
    return Record(
        id=id,
        source=Source(outlet=outlet),
        title=text.split("\n")[0],
        published=f"{day}T08:00:00+02:00",
        text=text,
        entities=[place, source, *([via] if via else [])],
        attributions=[
            Attribution(id="a1", sources=[source.id], via=via.id if via else None, cue=quote(text, cue), content=content)
        ],
        events=[
            Event(id="v1", type="DISASTER", mode="flood", triggers=[quote(text, "فيضانات")], places=["e1"], begin="2024-03-08",
                  end="2024-03-08", status="happened", attributions=["a1"], gloss="A flood in Derna"),
        ],
        figures=[
            Figure(id="f1", span=toll.span, quote=toll.quote, kind="killed", low=amount, best=amount, high=amount, event="v1",
                   places=["e1"], as_of=day, attributions=["a1"]),
        ],
    )  # fmt: skip


def records() -> list[Record]:
    """The four articles; the third is a copy of the first."""
    crescent = _entity(FIRST, "e2", "organization", "الهلال الأحمر", "Red Crescent")
    first = _flood("made/1", FIRST, crescent, "قال", 12, "2024-03-09", "المدار")
    hospital = _entity(SECOND, "e2", "organization", "مستشفى درنة", "Derna Hospital")
    agency = _entity(SECOND, "e3", "organization", "وكالة الأفق")
    second = _flood("made/2", SECOND, hospital, "أعلن", 15, "2024-03-10", "الساحل", agency)
    copy = msgspec.structs.replace(first, id="made/3", source=Source(outlet="الميناء"))
    visit = Record(
        id="made/4",
        source=Source(outlet="المدار"),
        title=VISIT.split("\n")[0],
        text=VISIT,
        entities=[
            _entity(VISIT, "e1", "person", "سامح شكري", "Sameh Shoukry", country="EGY"),
            _entity(VISIT, "e2", "place", "أنقرة", "Ankara", country="TUR"),
            _entity(VISIT, "e3", "person", "هاكان فيدان", "Hakan Fidan", country="TUR"),
        ],
        events=[
            Event(id="v1", type="CONSULT", mode="visit", triggers=[quote(VISIT, "وصل")], actors=["e1"], recipients=["e3"],
                  places=["e2"], status="planned"),
        ],
    )  # fmt: skip
    return [first, second, copy, visit]


DERNA, CRESCENT, HOSPITAL, SHOUKRY, ANKARA, FIDAN, LIBYA, GONE = range(1, 9)


def fill(workspace: Workspace) -> None:
    """Store the records, and join them: one story and one event of the flood, one event of the visit."""
    with workspace.writing() as connection:
        flood = {"title": "فيضانات في درنة", "begin": "2024-03-09", "end": "2024-03-10", "articles": 3, "reports": 2}
        _put(connection, tables.stories, [flood])
        nodes = [
            _node("place", "درنة", "Derna", "LBY", 3, 32.767, 22.637),
            _node("organization", "الهلال الأحمر", "Red Crescent", None, 2),
            _node("organization", "مستشفى درنة", "Derna Hospital", None, 1),
            _node("person", "سامح شكري", "Sameh Shoukry", "EGY", 1),
            _node("place", "أنقرة", "Ankara", "TUR", 1, 39.92, 32.854),
            _node("person", "هاكان فيدان", "Hakan Fidan", "TUR", 1),
            _node("country", "ليبيا", "Libya", "LBY", 0),
            _node("person", "من لم يعد مذكورا", None, None, 0),
        ]
        _put(connection, tables.entities, nodes)
        indexing.name(connection, range(1, len(nodes) + 1))
        day = "2024-03-08"
        happened = {
            "type": "DISASTER",
            "mode": "flood",
            "begin": day,
            "end": day,
            "status": "happened",
            "gloss": "A flood in Derna",
        }
        planned = {"type": "CONSULT", "mode": "visit", "status": "planned", "reports": 1}
        forgotten = {"type": "PROTEST", "status": "happened", "reports": 0}
        _put(connection, tables.events, [{**happened, "story": 1, "reports": 2}, planned, forgotten])
        joined = {"e1": DERNA, "e2": CRESCENT}
        _stored(connection, 1, records()[0], joined, {"v1": 1}, story=1)
        _stored(connection, 2, records()[1], {"e1": DERNA, "e2": HOSPITAL}, {"v1": 1}, story=1)
        _stored(connection, 3, records()[2], joined, {"v1": 1}, story=1, original=1, copy="exact")
        _stored(connection, 4, records()[3], {"e1": SHOUKRY, "e2": ANKARA, "e3": FIDAN}, {"v1": 2})
        parties.renew(connection, [1, 2])


def _node(type: str, name: str, name_en: str | None, country: str | None, articles: int, *at: float) -> dict[str, Any]:
    latitude, longitude = at or (None, None)
    where = {"country": country, "latitude": latitude, "longitude": longitude, "identifiers": {}}
    return {"type": type, "name": name, "name_en": name_en, "articles": articles, **where}


def _put(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        connection.execute(insert(table).values(**row))


def _stored(
    connection: Connection, id: int, record: Record, entities: dict[str, int], events: dict[str, int], **more: Any
) -> None:
    day = record.published[:10] if record.published else None
    article = Article(id=record.id, text=record.text, titled=True, title=record.title)
    head = {"key": record.id, "outlet": record.source.outlet, "title": record.title, "published": record.published, "day": day}
    _put(connection, tables.articles, [{"revision": 1, **head, **more}])
    made = {"format": "khabar/1", "version": "0", "fast": True, "added": "2024-03-11T00:00:00+00:00"}
    revision = {"article": id, "number": 1, "digest": digest(article), "given": {}, "record": packed(record)}
    _put(connection, tables.revisions, [{**revision, **made}])
    for table, row in rows_of(id, record, {}):
        if table is tables.article_entities:
            row["entity"] = entities.get(row["local"])
        if table is tables.links and row["role"] != "voucher":
            row["entity"] = entities.get(row["tail"])
        if table is tables.article_events:
            row["event"] = events.get(row["local"])
        _put(connection, table, [row])
