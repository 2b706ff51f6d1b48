"""The ten rows of each export in the docs are what is written now."""

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_the_samples_of_the_docs_are_current() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "export_samples.py"))
    assert script["stale"]() == [], "run python scripts/export_samples.py"


def test_a_sample_that_differs_or_is_too_many_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "export_samples.py"))
    names = script["stale"].__globals__
    monkeypatch.setitem(names, "samples", lambda: iter([("a.csv", "1\n"), ("b.csv", "2\n")]))
    monkeypatch.setitem(names, "INTO", tmp_path)
    (tmp_path / "a.csv").write_text("1\n")
    (tmp_path / "old.csv").write_text("")
    assert script["stale"]() == ["b.csv", "old.csv"]
