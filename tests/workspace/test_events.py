"""Events joined across articles, on both databases."""

from typing import Any

import msgspec
from sqlalchemy import Connection, select

from khabar.record import Article
from khabar.workspace import Workspace
from khabar.workspace import events as step
from khabar.workspace.adding import add
from khabar.workspace.tables import article_events, articles, entities, events
from tests.workspace.articles import article

FIRST = article(
    "afaq/10",
    "الطيران الليبي يقصف مواقع لتنظيم داعش في سرت",
    "قصف الجيش الليبي مواقع لتنظيم داعش في مدينة سرت، السبت 9 مارس 2024، وقتل 7 مسلحين، وفق ما أعلن المتحدث باسم الجيش.",
)
SECOND = article(
    "sada/11",
    "غارات على سرت",
    "شن الجيش الليبي السبت غارات جوية على تنظيم داعش في سرت، وقال شهود إن القصف أصاب مستودعا قرب الميناء.",
    outlet="الصدى",
)
LATER = article(
    "afaq/12",
    "قصف جديد على سرت",
    "قصف الجيش الليبي مواقع لتنظيم داعش في مدينة سرت، الأحد 17 مارس 2024.",
    published="2024-03-17T20:00:00+02:00",
)


def put(workspace: Workspace, *items: Article) -> None:
    assert all(outcome.what in ("added", "changed") for outcome in add(workspace, items, fast=True))


def strikes(connection: Connection) -> dict[int, list[Any]]:
    """Joined events of force → their tellings."""
    query = select(article_events, events.c.reports, events.c.begin.label("day")).join(
        events, events.c.id == article_events.c.event
    )
    found: dict[int, list[Any]] = {}
    for row in connection.execute(query.where(article_events.c.type == "ASSAULT").order_by(article_events.c.article)):
        found.setdefault(row.event, []).append(row)
    return found


def test_two_outlets_tell_of_one_strike_and_a_week_later_of_another(workspace: Workspace) -> None:
    put(workspace, FIRST, SECOND, LATER)
    with workspace.reading() as connection:
        found = strikes(connection)
    both = [rows for rows in found.values() if {row.article for row in rows} == {1, 2}]
    assert both, "one event with two tellings"
    assert {row.reports for row in both[0]} == {2}
    assert {row.day for row in both[0]} == {"2024-03-09"}
    assert len({row.quote for row in both[0]}) == 2, "each keeps its own words"
    assert all(3 not in {row.article for row in rows} for rows in found.values() if len(rows) > 1)


def test_every_event_of_an_article_is_one_of_the_workspace_and_two_stay_two(workspace: Workspace) -> None:
    put(workspace, FIRST)
    put(workspace, SECOND, LATER)
    with workspace.reading() as connection:
        rows = connection.execute(select(article_events.c.article, article_events.c.event)).all()
    assert rows
    assert all(row.event for row in rows)
    assert len(set(rows)) == len(rows)


def test_read_again_it_is_the_same_event(workspace: Workspace) -> None:
    put(workspace, FIRST, SECOND, LATER)
    with workspace.reading() as connection:
        before = {id: {(r.article, r.quote) for r in rows} for id, rows in strikes(connection).items()}
        counts = connection.execute(select(events.c.id, events.c.reports).order_by(events.c.id)).all()
    again = [msgspec.structs.replace(a, url=f"https://example.org/{a.id}") for a in (FIRST, SECOND, LATER)]
    put(workspace, *again)
    with workspace.reading() as connection:
        assert {id: {(r.article, r.quote) for r in rows} for id, rows in strikes(connection).items()} == before
        assert connection.execute(select(events.c.id, events.c.reports).order_by(events.c.id)).all() == counts


def test_a_copy_tells_its_originals_events_and_counts_for_nothing(workspace: Workspace) -> None:
    body = FIRST.text.partition("\n")[2]
    filler = " ".join(f"وذكرت الوكالة في فقرة رقم {n} تفاصيل عن تاريخ المدينة ومينائها وسكانها." for n in range(12))
    long = msgspec.structs.replace(FIRST, text=f"{FIRST.title}\n{body}\n{filler}")
    copy = msgspec.structs.replace(long, id="naql/1", outlet="النقل", published="2024-03-10T15:00:00+02:00")
    put(workspace, long)
    put(workspace, copy)
    with workspace.reading() as connection:
        assert connection.execute(select(articles.c.original).where(articles.c.id == 2)).scalar() == 1
        for rows in strikes(connection).values():
            assert {row.article for row in rows} == {1, 2}
            assert {row.reports for row in rows} == {1}


def test_counts_go_up_and_down(workspace: Workspace) -> None:
    put(workspace, FIRST, SECOND)
    with workspace.writing() as connection:
        before = connection.execute(select(events.c.reports).order_by(events.c.id)).scalars().all()
        step.counted(connection, [1, 2], -1)
        assert set(connection.execute(select(events.c.reports)).scalars()) == {0}
        step.counted(connection, [1, 2], 1)
        assert connection.execute(select(events.c.reports).order_by(events.c.id)).scalars().all() == before


def test_an_original_that_arrives_after_its_copy_takes_its_place_in_the_counts(workspace: Workspace) -> None:
    body = FIRST.text.partition("\n")[2]
    filler = " ".join(f"وذكرت الوكالة في فقرة رقم {n} تفاصيل عن تاريخ المدينة ومينائها وسكانها." for n in range(12))
    long = msgspec.structs.replace(FIRST, text=f"{FIRST.title}\n{body}\n{filler}")
    copy = msgspec.structs.replace(long, id="naql/1", outlet="النقل", published="2024-03-10T15:00:00+02:00")
    put(workspace, copy)
    put(workspace, long)
    with workspace.reading() as connection:
        assert connection.execute(select(articles.c.original).where(articles.c.id == 1)).scalar() == 2
        assert set(connection.execute(select(events.c.reports)).scalars()) == {1}
        named = select(entities.c.articles).where(entities.c.country.is_not(None))
        assert set(connection.execute(named).scalars()) == {1}
    put(workspace, msgspec.structs.replace(long, text=LATER.text, title=LATER.title))
    with workspace.reading() as connection:
        assert connection.execute(select(articles.c.original)).scalars().all() == [None, None]
        told = connection.execute(select(article_events.c.event, article_events.c.article)).all()
        reports = connection.execute(select(events.c.id, events.c.reports)).all()
        assert {id: n for id, n in reports if n} == {e: len({a for v, a in told if v == e}) for e, _ in told}
