"""The commands that show what a workspace holds."""

import json
from pathlib import Path
from typing import Any

import pytest

from khabar.cli import run
from khabar.workspace import Workspace
from tests.workspace import made
from tests.workspace.articles import FLOOD, VISIT


@pytest.fixture
def joined(tmp_path: Path) -> str:
    """A workspace joined by hand."""
    path = tmp_path / "w.db"
    with Workspace.open(path, create=True) as workspace:
        made.fill(workspace)
    return str(path)


@pytest.fixture
def read(tmp_path: Path) -> str:
    """A workspace of articles that were read."""
    from khabar.workspace.adding import add

    path = tmp_path / "r.db"
    with Workspace.open(path, create=True) as workspace:
        list(add(workspace, [FLOOD, VISIT], fast=True))
    return str(path)


def lines(capfd: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert run([*arguments, "--json"]) == 0
    return [json.loads(line) for line in capfd.readouterr().out.splitlines()]


def test_listings_give_json_lines(joined: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert [s["title"] for s in lines(capfd, "stories", "-w", joined)] == ["فيضانات في درنة"]
    assert [e["id"] for e in lines(capfd, "events", "-w", joined)] == [1, 2]
    assert [f["best"] for f in lines(capfd, "figures", "-w", joined, "--source", "Derna Hospital")] == [15]
    assert {e["name_en"] for e in lines(capfd, "entities", "-w", joined, "--kind", "person")} == {"Sameh Shoukry", "Hakan Fidan"}
    assert len(lines(capfd, "figures", "-w", joined, "--limit", "2")) == 2
    (whole,) = lines(capfd, "story", "1", "-w", joined)
    assert [len(whole[part]) for part in ("events", "articles")] == [1, 3]  # type: ignore[arg-type]
    figures: Any = whole["figures"]
    assert sum(len(e["claims"]) for ledger in figures["ledgers"] for e in ledger["entries"]) == 3
    assert {c["policy"] for c in figures["current"]} == {"latest"}
    (ranked,) = lines(capfd, "story", "1", "-w", joined, "--policy", "ranked", "--rank", "مستشفى درنة")
    figures = ranked["figures"]
    assert [c["best"] for c in figures["current"]] == [15]


def test_options_narrow(joined: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert [e["id"] for e in lines(capfd, "events", "-w", joined, "--actor", "Shoukry", "--type", "consult")] == [2]
    assert [e["id"] for e in lines(capfd, "events", "-w", joined, "--near", "32.8,22.6,30")] == [1]
    assert [e["id"] for e in lines(capfd, "events", "-w", joined, "--place", "ليبيا", "--to", "2024-03-08")] == [1]
    assert lines(capfd, "figures", "-w", joined, "--figure", "injured") == []


def test_tables_say_who_and_where(joined: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    for command, words in {
        "stories": ["درنة", "Derna", "9–10 Mar 2024"],
        "story 1": ["EVENTS", "KILLED  by latest: ", "ARTICLES", "A flood in Derna", "copy of 1", "2 reports in 3 articles"],
        "events": ["flood", "happened", "Sameh Shoukry سامح شكري", "no date"],
        "figures": ["15", "killed", "according to Derna Hospital مستشفى درنة", "via وكالة الأفق", "10 Mar 2024"],
        "entities": ["organization", "الهلال الأحمر", "LBY"],
    }.items():
        assert run([*command.split(), "-w", joined]) == 0
        page = capfd.readouterr().out.replace("\u200e", "")
        for word in words:
            assert word in page, (command, word)


def test_a_search_shows_the_words_in_their_text(read: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "لدرنه", "-w", read]) == 0
    assert "مدينة درنة" in capfd.readouterr().out
    (hit,) = lines(capfd, "search", "Ankara", "-w", read)
    assert hit["article"]["key"] == VISIT.id  # type: ignore[index]
    assert run(["search", "-w", read, "--", "-درنة"]) == 0
    page = capfd.readouterr().out
    assert "أنقرة" in page
    assert "درنة" not in page


def test_nothing_found_is_no_error(joined: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["events", "-w", joined, "--type", "SANCTION"]) == 0
    assert capfd.readouterr().out == "nothing was found\n"


def test_what_a_terminal_would_obey_is_not_sent(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    from khabar.record import Article
    from khabar.workspace.adding import add

    title = "خبر \x1b[31m\u202eعن الميناء"
    path = tmp_path / "w.db"
    with Workspace.open(path, create=True) as workspace:
        list(add(workspace, [Article(id="a", text=f"{title}\nكلام عن الميناء.", titled=True, title=title)], fast=True))
    assert run(["search", "الميناء", "-w", str(path)]) == 0
    page = capfd.readouterr().out
    assert "الميناء" in page
    assert "\x1b" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["events", "--type", "WAR"], "--type WAR: say one of AGREE"),
        (["entities", "--kind", "ship"], "--kind ship: say one of person"),
        (["stories", "--near", "here"], "--near here: write latitude"),
        (["stories", "--near", "99,1,5"], "--near 99,1,5: write latitude"),
        (["figures", "--from", "yesterday"], "--from yesterday: write a day"),
        (["story", "99"], "there is no story 99"),
        (["story", "1", "--policy", "mean"], "--policy mean: say one of latest"),
        (["story", "1", "--policy", "ranked"], "--rank names sources"),
        (["story", "1", "--rank", "x"], "--rank names sources"),
    ],
)
def test_what_cannot_be_understood_is_said(
    joined: str, capfd: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert run([*arguments, "-w", joined]) == 2
    assert said in capfd.readouterr().err


def test_a_workspace_that_is_not_there_is_said(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["stories", "-w", str(tmp_path / "none.db")]) == 2
    assert "khabar add" in capfd.readouterr().err
