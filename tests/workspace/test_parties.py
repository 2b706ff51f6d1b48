"""Who takes part in events stands in lists of its own, which say what the articles say whatever happens to them."""

from typing import Any

from sqlalchemy import Connection, select, text

from khabar.workspace import Workspace, listing
from khabar.workspace.adding import add
from khabar.workspace.judging import Draft, judge, undo
from khabar.workspace.places import happened
from khabar.workspace.rereading import reread
from khabar.workspace.tables import article_entities, article_events, articles, events, links, parties
from khabar.workspace.views import Filter
from tests.workspace.articles import article
from tests.workspace.test_joined import filled, node_of

__all__ = ["filled"]


def told(connection: Connection) -> set[tuple[Any, ...]]:
    """What parties have to say, by the rows of articles."""
    v, own = article_events.c, article_entities.c
    query = (
        select(links.c.role, own.entity, events.c.begin, events.c.id, events.c.end, events.c.type)
        .join(article_events, (v.article == links.c.article) & (v.local == links.c.head))
        .join(article_entities, (own.article == links.c.article) & (own.local == links.c.tail))
        .join(events, events.c.id == v.event)
        .where(own.entity.is_not(None))
    )
    return {(role, entity, begin or "", *rest) for role, entity, begin, *rest in connection.execute(query)}


def kept(connection: Connection) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in connection.execute(select(parties))}


def check(workspace: Workspace) -> set[tuple[Any, ...]]:
    """Fails where what is kept for lists is not what the articles say; gives the parties."""
    own = article_entities.c
    with workspace.reading() as connection:
        rows = kept(connection)
        assert rows == told(connection)
        this = (own.article == links.c.article) & (own.local == links.c.tail)
        for link, entity in connection.execute(select(links.c.entity, own.entity).join(article_entities, this)):
            assert link == entity
        days = select(own.day, articles.c.day).join(articles, articles.c.id == own.article)
        assert all(day == (of or "") for day, of in connection.execute(days))
    return rows


def decided(workspace: Workspace, **values: Any) -> int:
    with workspace.writing() as connection:
        return judge(connection, Draft(who="سلمى", **values)).id


def test_who_takes_part_is_what_articles_say_after_adding_and_reading_again(filled: Workspace) -> None:
    before = check(filled)
    assert {role for role, *_ in before} >= {"actor", "recipient", "place"}
    assert len(list(reread(filled, everything=True))) == 3
    assert check(filled) == before
    changed = article("afaq/m2", "زيارة مصرية", "وصل وزير الخارجية المصري بدر عبد العاطي إلى طرابلس.", published="2024-03-02")
    assert [o.what for o in add(filled, [changed], fast=True)] == ["changed"]
    assert check(filled) != before


def test_it_follows_what_people_join_part_and_correct(filled: Workspace) -> None:
    before = check(filled)
    shoukry, abdelatty = node_of(filled, "شكري", 1), node_of(filled, "عبد العاطي", 2)
    with filled.reading() as connection:
        local = connection.execute(
            select(article_entities.c.local).where(article_entities.c.article == 3, article_entities.c.entity == shoukry)
        ).scalar_one()
        one, two = connection.execute(select(events.c.id).order_by(events.c.id).limit(2)).scalars()
        place = connection.execute(select(article_events.c.local).where(article_events.c.article == 1)).scalars().first()
    for draft in (
        {"layer": "entity", "verdict": "merge", "node": shoukry, "others": [abdelatty]},
        {"layer": "entity", "verdict": "split", "article": 3, "local": local},
        {"layer": "event", "verdict": "merge", "node": one, "others": [two]},
        {
            "layer": "event",
            "verdict": "correct",
            "article": 1,
            "local": place,
            "change": {"begin": "2024-02-01", "end": "2024-02-02"},
        },
        {"layer": "event", "verdict": "reject", "article": 1, "local": place},
        {"layer": "entity", "verdict": "reject", "article": 2, "local": "e1"},
    ):
        made = decided(filled, **draft)
        changed = check(filled)
        assert len(list(reread(filled, everything=True))) == 3
        assert check(filled) == changed, draft
        with filled.writing() as connection:
            undo(connection, made)
        assert check(filled) == before, draft


def test_events_of_one_entity_come_as_they_do_of_a_name(filled: Workspace) -> None:
    with filled.reading() as connection:
        fidan = node_of(filled, "فيدان", 1)
        whole = listing.events_page(connection, Filter(recipient=fidan)).items
        assert [e.id for e in whole] == [e.id for e in listing.events_page(connection, Filter(recipient="Hakan Fidan")).items]
        assert len(whole) > 1
        found, cursor = [], None
        while True:
            part = listing.events_page(connection, Filter(recipient=fidan), limit=1, cursor=cursor)
            found += part.items
            if (cursor := part.next) is None:
                break
        assert found == whole
        early = listing.events_page(connection, Filter(recipient=fidan, end="2024-03-03")).items
        assert [e.id for e in early] == [e.id for e in whole if e.begin and e.begin <= "2024-03-03"]


def test_places_are_counted_by_events_of_the_time_and_type_asked_for(filled: Workspace) -> None:
    with filled.reading() as connection:
        every = {p.place.name: p.events for p in happened(connection, Filter())}
        assert every["أنقرة"] >= 2
        ankara = {p.place.name: p.events for p in happened(connection, Filter(begin="2024-03-02", end="2024-03-02"))}
        assert ankara == {"أنقرة": 1}
        assert not happened(connection, Filter(type="DISASTER"))
        assert not happened(connection, Filter(end="2020-01-01"))


OLDER = (
    "DROP TABLE parties",
    "DROP INDEX ix_links_entity",
    "ALTER TABLE links DROP COLUMN entity",
    "DROP INDEX ix_article_entities_entity",
    "ALTER TABLE article_entities DROP COLUMN day",
    "CREATE INDEX ix_article_entities_entity ON article_entities (entity)",
    "DROP INDEX ix_events_type",
    'CREATE INDEX ix_events_type ON events (type, "begin")',
    "DROP INDEX ix_article_events_confidence",
    "DROP INDEX ix_entities_country",
    "DROP INDEX ix_entities_latitude",
    "UPDATE alembic_version SET version_num = '0001'",
)
"""What the tables were before."""


def test_a_workspace_made_before_gets_them(filled: Workspace, place: str) -> None:
    before = check(filled)
    with filled.writing() as connection:
        for statement in OLDER:
            connection.execute(text(statement))
    filled.close()
    with Workspace.open(place) as workspace:
        assert check(workspace) == before
