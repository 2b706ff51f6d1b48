"""`khabar explain`: why an event was read."""

import json
import re
from pathlib import Path

import pytest

from khabar.cli import run

TEXT = "قصفت الطائرات الحربية السورية مدينة إدلب يوم الاثنين.\nثم التقى وزير الخارجية التركي نظيره الروسي في موسكو."


@pytest.fixture
def article(tmp_path: Path) -> str:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    return str(file)


def test_entry_form_frame_and_what_weighed(article: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", article, "--fast", "--published", "2024-05-06"]) == 0
    text = capfd.readouterr().out.replace("\u200e", "")
    assert "trigger قصفت  score " in text
    assert re.search("entry +ASSAULT قصف", text)
    assert "form " in text
    assert "weighed " in text
    assert "happened" in text


def test_one_event_as_json(article: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", article, "--fast", "--event", "v1", "--json"]) == 0
    (reason,) = map(json.loads, capfd.readouterr().out.splitlines())
    assert reason["event"]["id"] == "v1"
    trigger = reason["triggers"][0]
    start, end = trigger["trigger"]["span"]
    assert TEXT[start:end] == trigger["trigger"]["quote"]
    assert trigger["weighed"]


def test_what_is_not_there(article: str, capfd: pytest.CaptureFixture[str]) -> None:
    for arguments, says in (
        (["--event", "v99"], "no such event"),
        (["-n", "2"], "it holds 1"),
        (["--published", "31/31"], "31/31"),
    ):
        assert run(["explain", article, "--fast", *arguments]) == 2
        assert says in capfd.readouterr().err
    assert run(["explain", article + ".gone", "--fast"]) == 2
    assert "no such file" in capfd.readouterr().err


def test_no_event(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "b.txt").write_text("الطقس جميل والسماء صافية في هذه المدينة الهادئة.", encoding="utf-8")
    assert run(["explain", str(tmp_path / "b.txt"), "--fast"]) == 0
    assert "no events" in capfd.readouterr().out
