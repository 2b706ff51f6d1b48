"""Articles into the workspace: once each, revisions kept, whatever is wrong with one."""

from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import func, select, text

from khabar.record import Article
from khabar.sources import Problem
from khabar.workspace import Workspace, WorkspaceError
from khabar.workspace.adding import add
from khabar.workspace.preparing import unpacked
from khabar.workspace.tables import article_events, articles, claims, links, revisions
from tests.workspace.articles import FLOOD, VISIT


def added(workspace: Workspace, items: Iterable[Article | Problem]) -> list[str]:
    return [outcome.what for outcome in add(workspace, items, fast=True)]


def test_an_article_is_stored_with_its_record_and_what_the_record_says(workspace: Workspace) -> None:
    assert added(workspace, [FLOOD]) == ["added"]
    with workspace.reading() as connection:
        row = connection.execute(select(articles)).one()
        assert (row.key, row.outlet, row.title, row.day) == ("afaq/1", "وكالة الأفق", FLOOD.title, "2024-03-10")
        record = unpacked(connection.execute(select(revisions.c.record)).scalar_one())
        assert record.text == FLOOD.text
        tolls = connection.execute(select(claims).where(claims.c.kind == "killed")).all()
        assert {toll.best for toll in tolls} == {12}
        for toll in tolls:
            assert record.text[toll.start : toll.stop] == toll.quote
        stored = connection.execute(select(func.count()).select_from(article_events)).scalar_one()
        assert stored == len(record.events) > 0


def test_the_same_article_twice_is_one(workspace: Workspace) -> None:
    assert added(workspace, [FLOOD, VISIT]) == ["added", "added"]
    moved = msgspec.structs.replace(FLOOD, path="elsewhere.jsonl", line=7)
    assert added(workspace, [moved, VISIT]) == ["known", "known"]
    with workspace.reading() as connection:
        assert connection.execute(select(func.count()).select_from(revisions)).scalar_one() == 2


def test_a_changed_article_is_a_new_revision_and_the_old_one_is_kept(workspace: Workspace) -> None:
    changed = msgspec.structs.replace(FLOOD, text=FLOOD.text.replace("12", "15"), title=(FLOOD.title or "").replace("12", "15"))
    assert added(workspace, [FLOOD, VISIT]) == ["added", "added"]
    assert added(workspace, [changed]) == ["changed"]
    with workspace.reading() as connection:
        texts = [
            unpacked(r.record).text
            for r in connection.execute(select(revisions).where(revisions.c.article == 1).order_by("number"))
        ]
        assert texts == [FLOOD.text, changed.text]
        assert connection.execute(select(articles.c.revision).where(articles.c.id == 1)).scalar_one() == 2
        tolls = connection.execute(select(claims.c.best).where(claims.c.article == 1, claims.c.kind == "killed")).scalars()
        assert set(tolls) == {15}
        tails = connection.execute(select(links).where(links.c.article == 1)).all()
        assert tails, "the new record's links stand"


def test_what_is_wrong_with_one_leaves_the_others(workspace: Workspace) -> None:
    broken = Problem(path="a.txt", line=None, message="the file is empty")
    outcomes = list(add(workspace, [broken, FLOOD], fast=True))
    assert [o.what for o in outcomes] == ["failed", "added"]
    assert outcomes[0].problem == str(broken)


def test_two_writers_at_once_add_each_article_once(workspace: Workspace, another: Callable[[], Workspace]) -> None:
    with another() as other:
        first, second = add(workspace, [FLOOD], fast=True), add(other, [FLOOD], fast=True)
        assert sorted([next(first).what, next(second).what]) == ["added", "known"]
    with workspace.reading() as connection:
        assert connection.execute(select(func.count()).select_from(articles)).scalar_one() == 1


def test_a_store_that_may_not_be_written_says_so_in_one_line(tmp_path: Path) -> None:
    Workspace.open(tmp_path / "w.db", create=True).close()
    with Workspace.open(f"sqlite:///file:{tmp_path}/w.db?mode=ro&uri=true") as closed, pytest.raises(WorkspaceError) as caught:
        list(add(closed, [FLOOD], fast=True))
    assert "it cannot be written" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_workspace_of_a_newer_khabar_is_refused(workspace: Workspace, place: str) -> None:
    with workspace.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(WorkspaceError, match="made by a newer Khabar"):
        Workspace.open(place)


@pytest.mark.parametrize("where", ["mysql://x/y", "no such folder/w.db", "://", "postgresql://nobody@127.0.0.1:1/x"])
def test_what_cannot_be_opened_is_one_line(where: str) -> None:
    with pytest.raises(WorkspaceError) as caught:
        Workspace.open(where, create=True)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400
