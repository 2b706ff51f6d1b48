"""No layer reads worse than its floor."""

import os
from pathlib import Path

import pytest

from tests.accuracy import floors

needs_gold = pytest.mark.skipif(
    not floors.GOLD.exists() and os.environ.get("CI") != "true", reason=f"the annotated articles are not at {floors.GOLD}"
)


@needs_gold
def test_the_measure_is_the_one_the_floors_were_set_with() -> None:
    assert floors.digest() == floors.load()["gold"]["sha256"], "annotations or scorer changed: look at why, then `make floors`"


@needs_gold
@pytest.mark.parametrize("mode", floors.MODES)
def test_every_layer_is_at_its_floor(mode: str, tmp_path: Path) -> None:
    measured = floors.measure(mode, tmp_path)
    below = {layer: (measured[layer], floor) for layer, floor in floors.load()[mode].items() if measured[layer] < float(floor)}
    assert not below, f"{mode}: layer: (measured, floor) {below}"


def test_a_floor_only_goes_up() -> None:
    import tomllib

    old: dict[str, dict[str, float | str]] = {"fast": {"entity": 0.5, "time": 0.9}}
    new = tomllib.loads(floors.raised(old, {"fast": {"entity": 0.61, "time": 0.4, "figure": 0.001}}, "x"))
    assert new["fast"] == {"entity": 0.605, "time": 0.9, "figure": 0.0}
    assert new["gold"]["sha256"] == "x"
