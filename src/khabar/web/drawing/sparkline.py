"""Reports a day as small bars."""

from __future__ import annotations

from markupsafe import Markup

from khabar.web.drawing.svg import days_between, tag

WIDTH, HEIGHT, BARS = 120.0, 24.0, 40


def sparkline(days: dict[str, int], label: str, mirrored: bool) -> Markup:
    """Bars for the days from the first report to the last; many days are put together. `mirrored` runs from right to left."""
    if not days:
        return Markup("")
    every = days_between(min(days), max(days))
    step = -(-len(every) // BARS)
    sums = [sum(days.get(d, 0) for d in every[n : n + step]) for n in range(0, len(every), step)]
    width = min(8.0, WIDTH / len(sums))
    most = max(sums)
    bars = []
    for n, count in enumerate(sums):
        height = max(2.0, count / most * HEIGHT) if count else 0.6
        x = WIDTH - (n + 1) * width if mirrored else n * width
        bars.append(tag("rect", x=x + 0.5, y=HEIGHT - height, width=max(width - 1, 0.8), height=height))
    return tag("svg", tag("title", label), *bars, class_="spark", viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}", role="img")
