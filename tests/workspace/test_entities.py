"""Entities joined across articles, on both databases."""

from typing import Any

import msgspec
from sqlalchemy import Connection, select

from khabar.workspace import Workspace
from khabar.workspace import entities as step
from khabar.workspace.adding import add
from khabar.workspace.tables import article_entities, articles, entities, entity_names
from tests.workspace.articles import article

BAYAN = article(
    "bayan/1",
    "حفتر يصل إلى موسكو",
    "وصل قائد قوات شرق ليبيا خليفة حفتر إلى موسكو يوم الخميس، والتقى وزير الدفاع الروسي سيرغي شويغو في موسكو.",
)
SADA = article(
    "sada/7",
    "شويغو يستقبل حفتر في العاصمة الروسية",
    "استقبل وزير الدفاع الروسي سيرجي شويجو المشير خليفة حفتر في موسكو، وبحث معه تدريب الجيش في ليبيا.",
    outlet="الصدى",
)
OTHER = article("raja/3", "تكريم المدرب صالح", "كرّم نادي النجمة المدرب صالح في الدوحة، وقال مصدر في النادي إن صالح سيعود.")


def joined(workspace: Workspace) -> dict[str, list[Any]]:
    """Name of each joined entity → article and local name of what was joined in it."""
    query = select(entities.c.name, entities.c.articles, article_entities.c.article, article_entities.c.name.label("local"))
    with workspace.reading() as connection:
        rows = connection.execute(query.join(article_entities, article_entities.c.entity == entities.c.id)).all()
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.name, []).append(row)
    return found


def counts(connection: Connection) -> dict[int, int]:
    return dict(connection.execute(select(entities.c.id, entities.c.articles)).all())


def put(workspace: Workspace, *items: Any) -> None:
    assert all(outcome.what in ("added", "changed") for outcome in add(workspace, items, fast=True))


def test_every_entity_of_an_article_is_one_of_the_workspace(workspace: Workspace) -> None:
    put(workspace, BAYAN, SADA, OTHER)
    with workspace.reading() as connection:
        assert connection.execute(select(article_entities.c.entity)).scalars().all().count(None) == 0


def test_a_person_is_one_in_two_articles_and_in_two_spellings(workspace: Workspace) -> None:
    put(workspace, BAYAN, SADA)
    found = joined(workspace)
    assert {row.article for row in found["خليفة حفتر"]} == {1, 2}
    assert found["خليفة حفتر"][0].articles == 2
    shoigu = {row.local for row in next(rows for name, rows in found.items() if "شوي" in name)}
    assert {"سيرغي شويغو", "سيرجي شويجو"} <= shoigu, "one person in two spellings"


def test_one_batch_or_two_make_no_difference(workspace: Workspace) -> None:
    put(workspace, BAYAN)
    put(workspace, SADA)
    assert {row.article for row in joined(workspace)["خليفة حفتر"]} == {1, 2}


def test_a_short_name_is_an_entity_of_its_own(workspace: Workspace) -> None:
    one = article("raja/5", "حفل في المقر", "وصل حفتر إلى المقر مساء، وقال حفتر إن الوفد سيعود غدا.")
    other = article("sada/9", "لقاء الشركة", "قال حفتر إن الشركة ستوزع أرباحها، ثم غادر حفتر القاعة قبل الظهر.", outlet="الصدى")
    put(workspace, one, other)
    with workspace.reading() as connection:
        rows = connection.execute(select(article_entities).where(article_entities.c.name == "حفتر")).all()
    assert len({row.entity for row in rows}) == len(rows) == 2, "nothing says that the general is meant"


def test_names_are_kept_in_both_scripts(workspace: Workspace) -> None:
    put(workspace, BAYAN)
    with workspace.reading() as connection:
        names = connection.execute(select(entity_names)).all()
    haftar = next(row.entity for row in names if row.folded == "khalifa haftar")
    assert {(row.name, row.script) for row in names if row.entity == haftar} >= {
        ("خليفة حفتر", "arabic"),
        ("Khalifa Haftar", "latin"),
    }


def test_an_article_read_again_finds_its_entities_and_counts_once(workspace: Workspace) -> None:
    put(workspace, BAYAN, SADA, OTHER)
    with workspace.reading() as connection:
        before = counts(connection)
    put(workspace, msgspec.structs.replace(OTHER, url="https://example.org/3"))
    with workspace.reading() as connection:
        assert counts(connection) == before
    put(workspace, msgspec.structs.replace(BAYAN, text=SADA.text, title=SADA.title))
    assert joined(workspace)["خليفة حفتر"][0].articles == 1, "what is now a copy counts no more"


def test_a_copy_counts_for_nothing(workspace: Workspace) -> None:
    put(workspace, BAYAN)
    with workspace.writing() as connection:
        before = counts(connection)
        step.counted(connection, [1], 1)
        assert counts(connection) == {id: n + 1 for id, n in before.items()}
        connection.execute(articles.update().values(original=1, copy="exact"))
        step.counted(connection, [1], 1)
        assert counts(connection) == {id: n + 1 for id, n in before.items()}
