"""`khabar judge`: its words become judgements, and whatever cannot be said so is one line."""

import json
from pathlib import Path

import pytest

from khabar.cli import run
from khabar.cli.judging import drafted
from khabar.cli.outcome import Stop
from tests.end_to_end import ROOT


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    where = str(tmp_path_factory.mktemp("judge") / "w.db")
    assert run(["add", str(ROOT / "examples" / "flood.jsonl"), "--fast", "-w", where]) == 0
    return where


def test_a_figure_is_corrected_listed_and_taken_back(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    judged = ["judge", "correct", "figure", "1:f1", "--set", "best=13", "--set", "high=", "--who", "سلمى", "--why", "صورة"]
    assert run([*judged, "-w", place, "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["change"], made["who"], made["why"]) == ({"best": 13, "high": None}, "سلمى", "صورة")
    assert run(["judge", "list", "figure", "-w", place]) == 0
    line = capsys.readouterr().out
    assert f"#{made['id']} correct figure" in line
    assert "→ 13" in line
    assert "سلمى" in line
    assert run(["judge", "undo", str(made["id"]), "-w", place]) == 0
    assert "taken back" in capsys.readouterr().out
    assert run(["judge", "list", "event", "-w", place]) == 0
    assert capsys.readouterr().out == "there are no judgements\n"


def test_values_are_what_their_fields_want() -> None:
    draft = drafted("correct", ["event", "17"], ["actors=4, 5", "begin=", "status=denied"], "x", None)
    assert (draft.node, draft.change) == (17, {"actors": [4, 5], "begin": None, "status": "denied"})
    assert drafted("merge", ["entity", "1", "2", "3"], [], "x", None).others == [2, 3]
    assert drafted("split", ["story", "9"], [], "x", None).article == 9
    assert drafted("correct", ["entity", "3"], ["latitude=12.5"], "x", None).change == {"latitude": 12.5}
    assert drafted("correct", ["attribution", "3:a1"], ["via="], "x", None).change == {"via": None}


@pytest.mark.parametrize(
    ("words", "values", "said"),
    [
        ([], [], "say of what"),
        (["thing", "1"], [], "say of what"),
        (["event"], [], "say which"),
        (["event", "x"], [], "no id"),
        (["event", "١٧"], [], "no id"),
        (["figure", "1:f1", "2"], [], "one figure at a time"),
        (["story", "7:12"], [], "a story is named by its id"),
        (["figure", "1:f1"], ["best"], "expected FIELD=VALUE"),
        (["figure", "1:f1"], ["best=many"], "best is a number"),
        (["figure", "1:f1"], ["status=denied"], "of a figure: kind"),
    ],
)
def test_what_cannot_be_said_so_is_one_line(words: list[str], values: list[str], said: str) -> None:
    with pytest.raises(Stop) as caught:
        drafted("correct", words, values, "x", None)
    assert said in caught.value.message


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["judge", "praise", "event", "1"], "say confirm, reject"),
        (["judge", "undo"], "say which judgement"),
        (["judge", "undo", "999"], "there is no judgement 999"),
        (["judge", "list", "everything"], "list all, or those of one of"),
        (["judge", "correct", "figure", "1:f1", "--set", "best=-3"], "whole number"),
        (["judge", "confirm", "event", "99999"], "there is no event 99999"),
    ],
)
def test_the_command_refuses_in_one_line(words: list[str], said: str, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*words, "-w", place]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert len(err.splitlines()) == 1


def test_there_must_be_a_workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["judge", "list", "-w", str(tmp_path / "none.db")]) == 2
    assert "there is no such workspace" in capsys.readouterr().err


def test_a_merge_and_a_split_say_what_went_where(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stories", "-w", place, "--json"]) == 0
    (story,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert run(["judge", "split", "story", "2", "--who", "سلمى", "-w", place]) == 0
    line = capsys.readouterr().out
    assert f" out of {story['id']} (article 2)" in line
    new = int(line.split(" split story ")[1].split()[0])
    assert run(["judge", "merge", "story", str(story["id"]), str(new), "-w", place]) == 0
    assert f"merge story {new} into {story['id']} (1 article)" in capsys.readouterr().out
    assert run(["story", str(new), "-w", place, "--json"]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["story"]["id"] == story["id"]
    assert f"story {new} went into story {story['id']}" in shown.err


def test_entities_are_found_by_name_in_either_script(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("درنة", "derna"):
        assert run(["entities", "--name", name, "--kind", "place", "-w", place, "--json"]) == 0
        found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert "Derna" in {entity["name_en"] for entity in found}
    assert run(["entities", "--name", "درنة", "--story", "1", "-w", place]) != 0
    assert "only --kind goes with it" in capsys.readouterr().err
