"""How well mentions of one thing are brought together on the annotated articles kept for measuring."""

import json
import os
from pathlib import Path

import pytest

from tests.accuracy.floors import GOLD, MODES, read_gold
from tests.accuracy.joining import measure

pytestmark = pytest.mark.skipif(not GOLD.exists() and not os.environ.get("CI"), reason="the annotated articles are not beside it")

FLOORS = {"tagger": 0.6, "fast": 0.639}
"""Share of wholly joined among the entities of whose forms at least two are found."""


@pytest.mark.parametrize("mode", MODES)
def test_forms_of_one_entity_are_joined_and_two_are_not_mixed(mode: str, tmp_path: Path) -> None:
    records = tmp_path / "records.jsonl"
    read_gold(mode, records)
    lines = records.read_text(encoding="utf-8").splitlines()
    measured = measure(GOLD / "dev", map(json.loads, lines))
    joined, found = measured["found and joined"]
    mixing, shared = measured["mixing"]
    assert found > 40
    assert joined / found >= FLOORS[mode]
    assert mixing / shared <= 0.05
