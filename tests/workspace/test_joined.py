"""What people join and part stays so when articles are read again and when others come."""

from typing import Any

import pytest
from sqlalchemy import select

from khabar.record import Article
from khabar.workspace import Workspace
from khabar.workspace.adding import add
from khabar.workspace.correcting import Judgement
from khabar.workspace.judging import Draft, JudgementError, judge, undo
from khabar.workspace.rereading import reread
from khabar.workspace.tables import article_entities, entities
from tests.workspace.articles import article

NAMES = {"شكري": "وزير الخارجية المصري سامح شكري", "عبد": "وزير الخارجية المصري بدر عبد العاطي"}


def meeting(n: int, who: str, where: str = "أنقرة") -> Article:
    """A minister meets his colleague."""
    text = f"التقى {NAMES[who]} نظيره التركي هاكان فيدان في {where} يوم السبت {n} مارس."
    return article(f"afaq/m{n}", f"لقاء مصري تركي رقم {n}", text, published=f"2024-03-{n:02}T20:00:00+02:00")


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    assert {o.what for o in add(workspace, [meeting(2, "شكري"), meeting(9, "عبد"), meeting(16, "شكري", "إزمير")], fast=True)} == {
        "added"
    }
    return workspace


def decided(workspace: Workspace, **values: Any) -> Judgement:
    with workspace.writing() as connection:
        return judge(connection, Draft(**{"who": "سلمى", **values}))


def node_of(workspace: Workspace, name: str, article: int) -> int:
    """The entity that a name is in an article."""
    with workspace.reading() as connection:
        query = select(article_entities.c.entity).where(
            article_entities.c.article == article, article_entities.c.name.contains(name)
        )
        return int(connection.execute(query).scalar_one())


def counts(workspace: Workspace) -> dict[int, int]:
    with workspace.reading() as connection:
        return {row.id: row.articles for row in connection.execute(select(entities))}


def test_two_entities_merged_are_one_for_what_is_there_what_is_read_again_and_what_comes_later(filled: Workspace) -> None:
    shoukry, abdelatty = node_of(filled, "شكري", 1), node_of(filled, "عبد العاطي", 2)
    assert shoukry != abdelatty
    decided(filled, layer="entity", verdict="merge", node=shoukry, others=[abdelatty])
    assert node_of(filled, "عبد العاطي", 2) == shoukry
    assert (counts(filled)[shoukry], counts(filled)[abdelatty]) == (3, 0)
    assert len(list(reread(filled, everything=True))) == 3
    assert node_of(filled, "عبد العاطي", 2) == shoukry
    list(add(filled, [meeting(23, "عبد")], fast=True))
    assert node_of(filled, "عبد العاطي", 4) == shoukry
    assert (counts(filled)[shoukry], counts(filled)[abdelatty]) == (4, 0)


def test_a_merge_taken_back_leaves_two_as_before(filled: Workspace) -> None:
    shoukry, abdelatty, before = node_of(filled, "شكري", 1), node_of(filled, "عبد العاطي", 2), counts(filled)
    made = decided(filled, layer="entity", verdict="merge", node=shoukry, others=[abdelatty])
    with filled.writing() as connection:
        undo(connection, made.id)
    assert (node_of(filled, "شكري", 1), node_of(filled, "عبد العاطي", 2), counts(filled)) == (shoukry, abdelatty, before)


def test_a_reading_that_is_somebody_else_stays_apart(filled: Workspace) -> None:
    both = node_of(filled, "شكري", 1)
    assert node_of(filled, "شكري", 3) == both
    with filled.reading() as connection:
        query = select(article_entities.c.local).where(article_entities.c.article == 3, article_entities.c.entity == both)
        local = connection.execute(query).scalar_one()
    made = decided(filled, layer="entity", verdict="split", article=3, local=local)
    other = node_of(filled, "شكري", 3)
    assert other != both
    assert (counts(filled)[both], counts(filled)[other]) == (1, 1)
    assert len(list(reread(filled, everything=True))) == 3
    assert (node_of(filled, "شكري", 1), node_of(filled, "شكري", 3)) == (both, other)
    with filled.writing() as connection:
        undo(connection, made.id)
    assert node_of(filled, "شكري", 3) == both
    assert (counts(filled)[both], counts(filled)[other]) == (2, 0)


def test_an_entity_corrected_as_a_whole_keeps_that_whatever_comes(filled: Workspace) -> None:
    node = node_of(filled, "شكري", 1)
    made = decided(
        filled, layer="entity", verdict="correct", node=node, change={"name_en": "Sameh Shoukry Selim", "country": "EGY"}
    )
    list(add(filled, [meeting(30, "شكري")], fast=True))
    with filled.reading() as connection:
        row = connection.execute(select(entities).where(entities.c.id == node)).one()
        assert (row.name_en, row.country, row.articles) == ("Sameh Shoukry Selim", "EGY", 3)
    with filled.writing() as connection:
        undo(connection, made.id)
    with filled.reading() as connection:
        assert connection.execute(select(entities.c.name_en).where(entities.c.id == node)).scalar_one() == made.before["name_en"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"verdict": "merge", "node": 1}, "a merge needs two"),
        ({"verdict": "merge", "node": 1, "others": [1]}, "a merge needs two"),
        ({"verdict": "merge", "node": 1, "others": [4711]}, "there is no entity 4711"),
        ({"verdict": "split", "node": 1}, "a split needs one reading"),
        ({"verdict": "split", "article": 1, "local": "e99"}, "article 1 has no entity e99"),
        ({"verdict": "reject", "node": 1}, "cannot be rejected"),
        ({"verdict": "correct", "node": 4711, "change": {"name": "x"}}, "there is no entity 4711"),
        ({"verdict": "correct", "node": 1, "change": {"latitude": 100}}, "latitude is a number from -90 to 90"),
        ({"verdict": "correct", "node": 1, "change": {"name": None}}, "name is some words"),
    ],
)
def test_what_cannot_be_joined_or_parted_is_one_line(filled: Workspace, values: dict[str, Any], said: str) -> None:
    before = counts(filled)
    with pytest.raises(JudgementError) as caught:
        decided(filled, layer="entity", **values)
    assert said in str(caught.value)
    assert counts(filled) == before


def test_what_was_merged_is_merged_once(filled: Workspace) -> None:
    shoukry, abdelatty = node_of(filled, "شكري", 1), node_of(filled, "عبد العاطي", 2)
    decided(filled, layer="entity", verdict="merge", node=shoukry, others=[abdelatty])
    with pytest.raises(JudgementError, match=f"was merged into {shoukry} before"):
        decided(filled, layer="entity", verdict="merge", node=node_of(filled, "فيدان", 1), others=[abdelatty])
