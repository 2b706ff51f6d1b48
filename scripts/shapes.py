"""Shapes of countries for the maps: Natural Earth's, simplified, from the TopoJSON of world-atlas to GeoJSON.

Borders are simplified as arcs, before they are put together, so that neighbours still share them. Where the news that Khabar
reads comes from, more is kept.
"""

from __future__ import annotations

from typing import Any

Point = tuple[float, float]

NEAR = (-20.0, 5.0, 65.0, 45.0)
"""West, south, east, north of where more is kept."""

FINE, COARSE = 0.05, 0.35
"""Degrees that a simplified border may be off."""

LEAST = 0.4
"""Square degrees of the smallest island that is kept elsewhere."""


def countries(topology: dict[str, Any]) -> dict[str, Any]:
    """A FeatureCollection of countries with the property `name` (English)."""
    arcs = [_simplified(arc) for arc in _decoded(topology)]
    features = []
    for shape in topology["objects"]["countries"]["geometries"]:
        if shape["properties"]["name"] == "Antarctica":
            continue
        parts = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        polygons = [rings for part in parts if (rings := [r for r in (_ring(ring, arcs) for ring in part) if r])]
        if polygons:
            geometry = {"type": "MultiPolygon", "coordinates": polygons}
            features.append({"type": "Feature", "properties": {"name": shape["properties"]["name"]}, "geometry": geometry})
    return {"type": "FeatureCollection", "features": features}


def _decoded(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs in degrees: TopoJSON keeps them as differences of whole numbers."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * kx + dx, y * ky + dy))
        decoded.append(points)
    return decoded


def _near(point: Point) -> bool:
    return NEAR[0] <= point[0] <= NEAR[2] and NEAR[1] <= point[1] <= NEAR[3]


def _simplified(arc: list[Point]) -> list[Point]:
    """Douglas and Peucker 1973: drop what is nearer to the chord than the tolerance."""
    tolerance = FINE if any(_near(p) for p in arc) else COARSE
    keep = {0, len(arc) - 1}
    # a closed arc has no chord: it is kept by its farthest point too
    far = max(range(len(arc)), key=lambda i: _squared(arc[i], arc[0])) if arc[0] == arc[-1] else None
    stack = [(0, len(arc) - 1)] if far is None else [(0, far), (far, len(arc) - 1)]
    if far is not None:
        keep.add(far)
    while stack:
        a, b = stack.pop()
        if b - a < 2:
            continue
        worst = max(range(a + 1, b), key=lambda i: _off(arc[i], arc[a], arc[b]))
        if _off(arc[worst], arc[a], arc[b]) > tolerance:
            keep.add(worst)
            stack += [(a, worst), (worst, b)]
    digits = 2 if tolerance == FINE else 1
    return [(round(arc[i][0], digits), round(arc[i][1], digits)) for i in sorted(keep)]


def _squared(p: Point, q: Point) -> float:
    return (p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2


def _off(p: Point, a: Point, b: Point) -> float:
    """Distance of a point from a line between two others."""
    length = _squared(a, b)
    if not length:
        return _squared(p, a) ** 0.5
    t = max(0.0, min(1.0, ((p[0] - a[0]) * (b[0] - a[0]) + (p[1] - a[1]) * (b[1] - a[1])) / length))
    return _squared(p, (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))) ** 0.5


def _ring(numbers: list[int], arcs: list[list[Point]]) -> list[Point]:
    """A ring of a polygon; nothing where it became too small."""
    ring: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    ring = _whole([p for i, p in enumerate(ring) if i == 0 or p != ring[i - 1]])
    if len(ring) < 4:
        return []
    area = abs(sum(p[0] * q[1] - q[0] * p[1] for p, q in zip(ring, ring[1:] + ring[:1], strict=True))) / 2
    return ring if area > LEAST or _near(ring[0]) else []


def _whole(ring: list[Point]) -> list[Point]:
    """A ring that crosses the 180th meridian in one piece: it goes on beyond, where a map would draw a line around the world."""
    turned: list[Point] = []
    for x, y in ring:
        if turned:
            x += 360 * round((turned[-1][0] - x) / 360)
        turned.append((x, y))
    east = 360 * round(sum(x for x, _ in turned) / max(1, len(turned)) / 360)
    return [(round(x - east, 2), y) for x, y in turned]
