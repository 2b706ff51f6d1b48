"""What is shown of a workspace: whole, part by part, narrowed."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, event

from khabar.workspace import Workspace, listing
from khabar.workspace.listing import (
    article,
    articles_page,
    claims_page,
    entities_page,
    entity,
    events_page,
    namings_page,
    statements_page,
    stories_page,
    story,
)
from khabar.workspace.paging import BadCursor
from khabar.workspace.views import Filter, Page
from tests.workspace import made
from tests.workspace.made import ANKARA, CRESCENT, DERNA, FIDAN, HOSPITAL, LIBYA, SHOUKRY

PAGES: dict[str, Callable[..., Page[Any]]] = {
    "articles": articles_page,
    "stories": stories_page,
    "events": events_page,
    "claims": claims_page,
    "entities": entities_page,
    "statements": statements_page,
}


@pytest.fixture
def connection(workspace: Workspace) -> Iterator[Connection]:
    made.fill(workspace)
    with workspace.reading() as found:
        yield found


def keys(connection: Connection, **narrowed: Any) -> list[str]:
    return [view.key for view in articles_page(connection, Filter(**narrowed)).items]


def test_an_article_comes_with_its_record(connection: Connection) -> None:
    found = article(connection, 1)
    assert found is not None
    view, record = found
    assert (view.key, view.outlet, view.day, view.story, view.original) == ("made/1", "المدار", "2024-03-09", 1, None)
    assert record == made.records()[0]
    assert article(connection, 99) is None
    assert article(connection, 10**30) is None


def test_articles_are_listed_the_latest_first_and_those_without_a_day_last(connection: Connection) -> None:
    assert keys(connection) == ["made/2", "made/3", "made/1", "made/4"]


def test_articles_are_narrowed_by_what_their_events_say(connection: Connection) -> None:
    assert keys(connection, type="CONSULT") == ["made/4"]
    assert keys(connection, type="CONSULT", place=DERNA) == []
    assert keys(connection, actor="سامح شكري") == ["made/4"]
    assert keys(connection, recipient="hakan fidan") == ["made/4"]
    assert keys(connection, status="planned") == ["made/4"]
    assert keys(connection, source=CRESCENT) == ["made/3", "made/1"]
    assert keys(connection, outlet="الساحل") == ["made/2"]
    assert keys(connection, figure="killed", begin="2024-03-10") == ["made/2"]
    assert keys(connection, story=1, end="2024-03-09") == ["made/3", "made/1"]
    assert keys(connection, actor="nobody of that name") == []


def test_places_are_found_by_country_and_by_distance(connection: Connection) -> None:
    assert keys(connection, place=LIBYA) == ["made/2", "made/3", "made/1"]
    assert keys(connection, near=(32.9, 22.5, 50.0)) == ["made/2", "made/3", "made/1"]
    assert keys(connection, near=(32.9, 22.5, 5.0)) == []
    assert keys(connection, near=(39.9, 32.9, 50.0)) == ["made/4"]
    assert keys(connection, near=(39.9, 32.9, 50.0), place=DERNA) == []


def test_a_story_counts_reports_and_names_its_outlets_and_places(connection: Connection) -> None:
    (view,) = stories_page(connection).items
    assert (view.articles, view.reports, view.days) == (3, 2, {"2024-03-09": 1, "2024-03-10": 1})
    assert sorted(view.outlets) == sorted(["المدار", "الميناء", "الساحل"])
    assert [place.name_en for place in view.places] == ["Derna"]
    assert stories_page(connection, Filter(type="CONSULT")).items == []
    assert stories_page(connection, Filter(end="2024-03-08")).items == []
    assert stories_page(connection, order="largest").items == [view]
    whole = story(connection, 1)
    assert whole is not None
    assert whole.story == view
    assert [a.key for a in whole.articles] == ["made/1", "made/3", "made/2"]
    assert [v.id for v in whole.events] == [1]
    assert story(connection, 9) is None


def test_an_event_comes_with_every_report_and_who_vouches(connection: Connection) -> None:
    found = listing.event(connection, 1)
    assert found is not None
    assert (found.type, found.mode, found.story) == ("DISASTER", "flood", 1)
    assert [place.id for place in found.places] == [DERNA]
    assert [report.article.key for report in found.reports] == ["made/1", "made/3", "made/2"]
    assert [report.evidence.quote for report in found.reports] == ["فيضانات"] * 3
    said = found.reports[2].said[0]
    assert [source.id for source in said.sources] == [HOSPITAL]
    assert said.via is not None
    assert (said.via.id, said.via.name) == (None, "وكالة الأفق"), "what is joined to nothing stands as its article has it"
    assert said.content.quote == made.SECOND[said.content.start : said.content.stop]
    assert [claim.best for claim in found.claims] == [12, 12, 15]
    assert listing.event(connection, 77) is None


def test_events_are_listed_the_latest_first_and_those_that_nobody_reports_not_at_all(connection: Connection) -> None:
    def ids(**narrowed: Any) -> list[int]:
        return [view.id for view in events_page(connection, Filter(**narrowed)).items]

    assert ids() == [1, 2]
    assert ids(type="PROTEST") == []
    assert ids(actor=SHOUKRY, recipient=FIDAN, place=ANKARA) == [2]
    assert ids(actor=FIDAN) == []
    assert ids(source=HOSPITAL, figure="killed", outlet="المدار") == [1]
    assert ids(begin="2024-03-08", end="2024-03-08") == [1]
    assert ids(begin="2024-03-09") == []
    assert ids(story=1, status="happened") == [1]


def test_a_claim_says_how_many_by_whom_and_of_which_event(connection: Connection) -> None:
    claims = claims_page(connection).items
    assert [(c.best, c.reported, c.event, c.story) for c in claims] == [
        (15, "2024-03-10", 1, 1),
        (12, "2024-03-09", 1, 1),
        (12, "2024-03-09", 1, 1),
    ]
    assert [place.id for place in claims[0].places] == [DERNA]
    assert [[s.id for s in said.sources] for said in claims[0].said] == [[HOSPITAL]]
    assert claims[0].evidence.quote == "15 شخصا"
    assert [c.best for c in claims_page(connection, Filter(source=CRESCENT)).items] == [12, 12]
    assert [c.best for c in claims_page(connection, Filter(type="DISASTER", begin="2024-03-10")).items] == [15]
    assert claims_page(connection, Filter(figure="injured")).items == []
    assert claims_page(connection, Filter(actor=SHOUKRY)).items == []


def test_entities_are_those_that_are_named_most_and_say_where(connection: Connection) -> None:
    assert [e.id for e in entities_page(connection).items][:2] == [DERNA, CRESCENT]
    assert {e.id for e in entities_page(connection, type="person").items} == {SHOUKRY, FIDAN}
    assert {e.id for e in entities_page(connection, Filter(outlet="الساحل")).items} == {DERNA, HOSPITAL}
    found = entity(connection, ANKARA)
    assert found is not None
    assert (found.name, found.latitude) == ("أنقرة", 39.92)
    assert [n.article.key for n in namings_page(connection, DERNA).items] == ["made/2", "made/3", "made/1"]
    assert namings_page(connection, DERNA).items[0].name == "درنة"


def test_statements_say_who_says_what_and_who_carried_it(connection: Connection) -> None:
    first, *_ = statements_page(connection).items
    assert (first.article.key, first.cue, first.said.content.quote) == ("made/2", "أعلن", "15 شخصا قتلوا في فيضانات درنة")
    assert [s.article.key for s in statements_page(connection, Filter(source="Red Crescent")).items] == ["made/3", "made/1"]
    assert len(statements_page(connection, Filter(type="DISASTER", figure="killed")).items) == 3
    assert statements_page(connection, Filter(type="CONSULT")).items == []


@pytest.mark.parametrize("name", PAGES)
def test_parts_one_by_one_are_the_whole(connection: Connection, name: str) -> None:
    whole = PAGES[name](connection)
    assert whole.next is None
    found, cursor = [], None
    for _ in range(len(whole.items) + 1):
        part = PAGES[name](connection, limit=1, cursor=cursor)
        found += part.items
        if (cursor := part.next) is None:
            break
    assert found == whole.items
    assert cursor is None


@pytest.mark.parametrize(
    "cursor", ["", "x", "###", "WzFd", "WyIiLCJhIl0", "W251bGwsMV0", "WyJhIiwxZTQwMF0", "é", "WyJcdTAwMDAiLDFd"]
)
@pytest.mark.parametrize("name", PAGES)
def test_a_cursor_of_nobody_is_refused(connection: Connection, name: str, cursor: str) -> None:
    with pytest.raises(BadCursor, match="begin again"):
        PAGES[name](connection, cursor=cursor)


@pytest.mark.parametrize("name", PAGES)
def test_what_no_database_holds_is_asked_for_without_harm(connection: Connection, name: str) -> None:
    for odd in ("\0", "\ud800", "'; DROP TABLE articles; --", "%", ""):
        assert PAGES[name](connection, Filter(actor=odd, outlet=odd)).items == []
    assert PAGES[name](connection, Filter(actor=10**40, story=10**40)).items == []


@pytest.mark.parametrize("name", PAGES)
def test_a_part_is_a_few_statements_whatever_is_on_it(connection: Connection, name: str) -> None:
    PAGES[name](connection)  # the transaction has begun
    asked: list[str] = []
    event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given[2]))
    PAGES[name](connection, limit=1)
    one = len(asked)
    PAGES[name](connection)
    assert len(asked) == 2 * one <= 14
