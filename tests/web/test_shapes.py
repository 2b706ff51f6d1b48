"""The shapes of countries that the maps draw."""

import json
from itertools import pairwise

from khabar.web.rendering import STATIC


def test_no_border_runs_around_the_world() -> None:
    shapes = json.loads((STATIC / "vendor" / "countries.geojson").read_text(encoding="utf-8"))
    rings = [ring for f in shapes["features"] for polygon in f["geometry"]["coordinates"] for ring in polygon]
    assert len(rings) > 200
    for ring in rings:
        assert all(abs(a[0] - b[0]) < 180 for a, b in pairwise(ring))
