"""The ledger as a chart: claims over time, one mark a source, ranges as bars, conflicts marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log10

import msgspec
from markupsafe import Markup

from khabar.web.drawing.svg import days_between, tag
from khabar.web.language import Language

WIDTH, HEIGHT = 760.0, 300.0
START, END, TOP, BOTTOM = 70.0, 60.0, 22.0, 34.0


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A claim on the chart: its number in the table beside it, its day, its amounts, and who says it."""

    number: int
    day: str
    low: int | None
    best: int | None
    high: int | None
    label: str
    conflict: bool = False
    address: str = ""

    @property
    def middle(self) -> float:
        """Where the mark stands."""
        given = [v for v in (self.best, self.low, self.high) if v is not None]
        if self.best is None and self.low is not None and self.high is not None:
            return (self.low + self.high) / 2
        return float(given[0]) if given else 0.0


def chart(marks: Sequence[Mark], pairs: Sequence[tuple[int, int]], title: str, language: Language) -> Markup:
    """The chart of claims of one kind; `pairs` are the numbers of marks that contradict each other."""
    if not marks:
        return Markup("")
    across, ticks = _across(marks, language)
    up, levels = _up(marks)
    parts = []
    for level in levels:
        y = up(level)
        parts += [
            tag("line", x1=START, x2=WIDTH - END, y1=y, y2=y, class_="grid-line"),
            tag("text", language.number(level), x=across.edge, y=y + 4, class_="tick", text_anchor=across.anchor),
        ]
    for x, day in ticks:
        parts.append(tag("text", day, x=x, y=HEIGHT - 10, class_="tick", text_anchor="middle"))
    spots = _spots(marks, across, up)
    for a, b in pairs:
        if a in spots and b in spots:
            (x1, y1), (x2, y2) = spots[a], spots[b]
            parts.append(tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_="conflict"))
    parts += [_mark(m, *spots[m.number], up, language) for m in marks]
    return tag(
        "svg",
        tag("title", title),
        *parts,
        class_="chart",
        viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}",
        role="group",
        aria_label=title,
        direction="ltr",
    )


class _Across:
    def __init__(self, first: str, count: int, mirrored: bool) -> None:
        self._first, self._count, self._mirrored = first, count, mirrored
        self.edge = WIDTH - START + 42 if mirrored else START - 10
        self.anchor = "start" if mirrored else "end"

    def __call__(self, n: float) -> float:
        begin, end = (START + 14, WIDTH - END - 14)
        share = n / (self._count - 1) if self._count > 1 else 0.5
        x = begin + share * (end - begin)
        return WIDTH - x if self._mirrored else x


def _across(marks: Sequence[Mark], language: Language) -> tuple[_Across, list[tuple[float, str]]]:
    days = days_between(min(m.day for m in marks), max(m.day for m in marks))
    across = _Across(days[0], len(days), language.right_to_left)
    step = max(1, -(-len(days) // 7))
    return across, [(across(n), language.short_day(days[n])) for n in range(0, len(days), step)]


def _up(marks: Sequence[Mark]) -> tuple[Callable[[float], float], list[int]]:
    """Height of an amount, and the amounts that are written at the side; by powers of ten where amounts are far apart."""
    values = [float(v) for m in marks for v in (m.low, m.best, m.high) if v is not None] or [0.0]
    top = max(values) or 1.0
    floor = HEIGHT - BOTTOM
    positive = [v for v in values if v > 0]
    if positive and top / min(positive) > 60:
        least, most = int(log10(min(positive))), int(log10(top)) + 1

        def height(v: float) -> float:
            return floor - (log10(max(v, 10**least)) - least) / (most - least) * (floor - TOP)

        return height, [10**n for n in range(least, most + 1)]
    step = _step(top)
    highest = -(-int(top) // step) * step

    def level(v: float) -> float:
        return floor - v / highest * (floor - TOP)

    return level, list(range(0, highest + 1, step))


def _step(top: float) -> int:
    for power in range(12):
        for factor in (1, 2, 5):
            if top / (factor * 10**power) <= 5:
                return int(factor * 10**power)
    return 10**12


def _spots(marks: Sequence[Mark], across: _Across, up: Callable[[float], float]) -> dict[int, tuple[float, float]]:
    """Where each mark stands; those of one day stand side by side."""
    first = min(m.day for m in marks)
    by_day: dict[str, list[Mark]] = {}
    for mark in marks:
        by_day.setdefault(mark.day, []).append(mark)
    spots = {}
    for day, together in by_day.items():
        x = across(len(days_between(first, day)) - 1)
        wide = min(16.0, 90.0 / len(together))
        for n, mark in enumerate(together):
            spots[mark.number] = (x + (n - (len(together) - 1) / 2) * wide, up(mark.middle))
    return spots


def _mark(m: Mark, x: float, y: float, up: Callable[[float], float], language: Language) -> Markup:
    parts = [tag("title", m.label)]
    if m.low is not None and m.high is not None and m.low != m.high:
        parts.append(tag("line", x1=x, x2=x, y1=up(m.low), y2=up(m.high), class_="range"))
    elif m.low is not None and m.high is None:
        parts.append(tag("path", d=f"M{x:.1f} {y:.1f}v-16m-3.5 5l3.5-6l3.5 6", class_="more"))
    elif m.high is not None and m.low is None:
        parts.append(tag("path", d=f"M{x:.1f} {y:.1f}v16m-3.5-5l3.5 6l3.5-6", class_="more"))
    parts.append(tag("circle", cx=x, cy=y, r=9.0, class_="mark clash" if m.conflict else "mark"))
    parts.append(tag("text", language.number(m.number), x=x, y=y + 3.6, class_="mark-number", text_anchor="middle"))
    return tag("a", *parts, href=m.address)
