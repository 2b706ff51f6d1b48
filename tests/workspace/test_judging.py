"""What people decide stands beside what the machine read, outlives a re-reading, and can be taken back."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from khabar.reader import Reader
from khabar.record import EVENT_TYPES, STATUSES
from khabar.workspace import Workspace
from khabar.workspace.adding import add
from khabar.workspace.correcting import Anchor, Judgement, corrected, find
from khabar.workspace.judgements import listed
from khabar.workspace.judging import Draft, JudgementError, judge, undo
from khabar.workspace.preparing import unpacked
from khabar.workspace.rereading import reread
from khabar.workspace.tables import article_attributions, article_events, claims, events, links, revisions
from tests.workspace.articles import FLOOD, VISIT


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    assert [o.what for o in add(workspace, [FLOOD, VISIT], fast=True)] == ["added", "added"]
    return workspace


def decided(workspace: Workspace, **values: Any) -> Judgement:
    with workspace.writing() as connection:
        return judge(connection, Draft(**{"who": "سلمى", **values}))


def toll(connection: Connection) -> Any:
    return connection.execute(select(claims).where(claims.c.kind == "killed").order_by(claims.c.start)).first()


def disaster(connection: Connection) -> Any:
    return connection.execute(select(article_events).where(article_events.c.article == 1)).first()


def test_a_corrected_figure_stands_and_the_machine_s_reading_is_kept(filled: Workspace) -> None:
    with filled.reading() as connection:
        local = toll(connection).local
    made = decided(filled, layer="figure", verdict="correct", article=1, local=local, change={"best": 13, "high": 13}, why="صورة")
    assert (made.before, made.who, made.why) == ({"best": 12, "high": 12}, "سلمى", "صورة")
    with filled.reading() as connection:
        row = toll(connection)
        assert (row.low, row.best, row.high, row.judged) == (12, 13, 13, made.id)
        record = unpacked(connection.execute(select(revisions.c.record).where(revisions.c.article == 1)).scalar_one())
        assert {f.best for f in record.figures if f.kind == "killed"} == {12}


def test_a_judgement_outlives_a_rereading(filled: Workspace) -> None:
    with filled.reading() as connection:
        local = disaster(connection).local
    made = decided(filled, layer="event", verdict="correct", article=1, local=local, change={"status": "denied", "mode": "storm"})
    assert len(list(reread(filled, everything=True, tagger=True))) == 2
    with filled.reading() as connection:
        row = connection.execute(select(article_events).where(article_events.c.judged == made.id)).one()
        assert (row.status, row.mode) == ("denied", "storm")


def test_a_corrected_type_takes_its_code_and_gloss_along(filled: Workspace) -> None:
    with filled.reading() as connection:
        old = disaster(connection)
    decided(filled, layer="event", verdict="correct", article=1, local=old.local, change={"type": "ASSAULT", "mode": None})
    with filled.reading() as connection:
        new = disaster(connection)
    assert (new.type, new.cameo[:2]) != (old.type, (old.cameo or "")[:2])
    assert new.gloss != old.gloss
    assert new.confidence == 1.0


def test_a_judgement_finds_its_words_in_a_new_revision(filled: Workspace) -> None:
    with filled.reading() as connection:
        local = toll(connection).local
    decided(filled, layer="figure", verdict="correct", article=1, local=local, change={"kind": "injured"})
    longer = msgspec.structs.replace(FLOOD, title=f"عاجل: {FLOOD.title}", text=f"عاجل: {FLOOD.text}")
    assert [o.what for o in add(filled, [longer], fast=True)] == ["changed"]
    with filled.reading() as connection:
        kinds = connection.execute(select(claims.c.kind).where(claims.c.article == 1).order_by(claims.c.start)).scalars().all()
    assert kinds[0] == "injured"


def test_a_rejected_reading_is_gone_with_all_that_points_at_it_and_undo_brings_it_back(filled: Workspace) -> None:
    with filled.reading() as connection:
        before = connection.execute(select(links)).all()
        said = connection.execute(select(article_attributions.c.local)).scalars().first()
    made = decided(filled, layer="attribution", verdict="reject", article=1, local=said)
    with filled.reading() as connection:
        assert connection.execute(select(article_attributions).where(article_attributions.c.article == 1)).all() == []
        assert all(said not in (row.head, row.tail) for row in connection.execute(select(links).where(links.c.article == 1)))
    with filled.writing() as connection:
        assert undo(connection, made.id).undone
    with filled.reading() as connection:
        assert sorted(connection.execute(select(links)).all()) == sorted(before)
        assert [(j.id, bool(j.undone)) for j in listed(connection)] == [(made.id, True)]
    with filled.writing() as connection, pytest.raises(JudgementError, match="taken back before"):
        undo(connection, made.id)


def test_confirming_an_event_says_who_did(filled: Workspace) -> None:
    with filled.reading() as connection:
        local = disaster(connection).local
    made = decided(filled, layer="event", verdict="confirm", article=1, local=local)
    with filled.reading() as connection:
        row = disaster(connection)
        assert (row.judged, row.confidence) == (made.id, 1.0)
        assert [j.who for j in listed(connection, who="سلمى", layer="event")] == ["سلمى"]
        assert listed(connection, who="غيرها") == []


def test_the_later_judgement_wins_and_taking_it_back_brings_the_earlier_one(filled: Workspace) -> None:
    with filled.reading() as connection:
        local = toll(connection).local
    decided(filled, layer="figure", verdict="correct", article=1, local=local, change={"best": 13})
    later = decided(filled, layer="figure", verdict="correct", article=1, local=local, change={"best": 14}, who="نبيل")
    assert later.before == {"best": 13}
    with filled.reading() as connection:
        assert toll(connection).best == 14
    with filled.writing() as connection:
        undo(connection, later.id)
    with filled.reading() as connection:
        assert toll(connection).best == 13


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"change": {"best": -1}}, "best is a whole number"),
        ({"change": {"kind": "eaten"}}, "kind is one of killed"),
        ({"change": {"as_of": "yesterday"}}, "as_of is a day"),
        ({"change": {"low": 5, "high": 3}}, "low ≤ best ≤ high"),
        ({"change": {"colour": "red"}}, "cannot be corrected"),
        ({"change": {}}, "at least one field"),
        ({"change": {"best": 3}, "local": "f999"}, "article 1 has no figure f999"),
        ({"change": {"places": [987654]}}, "does not name all of the entities"),
        ({"change": {"best": 3}, "who": "  "}, "needs a name"),
        ({"verdict": "merge"}, "joined to nothing"),
    ],
)
def test_what_cannot_be_decided_is_refused_in_one_line_and_changes_nothing(
    filled: Workspace, values: dict[str, Any], said: str
) -> None:
    with filled.reading() as connection:
        first = toll(connection)
    with pytest.raises(JudgementError) as caught:
        decided(filled, **{"layer": "figure", "verdict": "correct", "article": 1, "local": first.local, **values})
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    with filled.reading() as connection:
        assert (toll(connection), listed(connection)) == (first, [])


RECORD = Reader(fast=True).read(FLOOD)


@given(
    start=st.integers(0, len(RECORD.text)),
    length=st.integers(0, 30),
    layer=st.sampled_from(["event", "figure", "attribution", "entity"]),
    verdict=st.sampled_from(["confirm", "reject", "correct"]),
    status=st.sampled_from(STATUSES),
    type=st.sampled_from(EVENT_TYPES),
)
def test_any_judgement_leaves_a_whole_record(start: int, length: int, layer: str, verdict: str, status: str, type: str) -> None:
    at = Anchor(1, start, start + length, RECORD.text[start : start + length])
    change = {"status": status, "type": type} if layer == "event" else {}
    values: Any = {"id": 9, "layer": layer, "verdict": verdict, "anchors": [at], "nodes": [], "change": change}
    record, marks = corrected(1, RECORD, [Judgement(**values, before={}, who="x", made="")])
    ids = {i.id for layer in (record.entities, record.attributions, record.events, record.figures) for i in layer}  # type: ignore[attr-defined]
    for event in record.events:
        assert {*event.actors, *event.recipients, *event.places, *event.attributions} <= ids
    for figure in record.figures:
        assert {*figure.places, *figure.attributions, *([figure.event] if figure.event else [])} <= ids
    for said in record.attributions:
        assert {*said.sources, *([said.via] if said.via else [])} <= ids
    assert set(marks) <= ids
    if verdict == "reject" and find(RECORD, layer, at) is not None:
        assert len(ids) == sum(map(len, (RECORD.entities, RECORD.attributions, RECORD.events, RECORD.figures))) - 1


def test_a_corrected_day_is_that_of_the_same_event_which_has_its_old_day_when_it_is_taken_back(filled: Workspace) -> None:
    def event() -> Any:
        with filled.reading() as connection:
            query = select(events.c.id, events.c.begin, events.c.status).join(
                article_events, article_events.c.event == events.c.id
            )
            return tuple(connection.execute(query.where(article_events.c.article == 1, article_events.c.local == local)).one())

    with filled.reading() as connection:
        local = disaster(connection).local
    id, day, status = event()
    made = decided(
        filled, layer="event", verdict="correct", article=1, local=local, change={"begin": "2024-02-01", "end": "2024-02-01"}
    )
    assert event() == (id, "2024-02-01", status)
    other = decided(filled, layer="event", verdict="correct", article=1, local=local, change={"status": "denied"})
    assert event() == (id, "2024-02-01", "denied")
    list(reread(filled, everything=True))
    assert event() == (id, "2024-02-01", "denied")
    for judgement in (other, made):
        with filled.writing() as connection:
            undo(connection, judgement.id)
    assert event() == (id, day, status)
