"""Who acts toward whom: names on a circle, the acts between them as lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import cos, pi, sin

from markupsafe import Markup

from khabar.web.drawing.svg import tag
from khabar.workspace.views import EventView, Named

WIDTH, HEIGHT, RADIUS, MOST = 720.0, 420.0, 140.0, 14


def network(events: Sequence[EventView], title: str, arabic: bool) -> Markup:
    """The network of those who act or are acted on most; empty where nobody acts toward anybody."""
    known: dict[int, Named] = {}
    acts: Counter[tuple[int, int]] = Counter()
    for event in events:
        for actor in event.actors:
            for recipient in event.recipients:
                if actor.id is not None and recipient.id is not None and actor.id != recipient.id:
                    known |= {actor.id: actor, recipient.id: recipient}
                    acts[actor.id, recipient.id] += 1
    weight: Counter[int] = Counter()
    for (a, b), n in acts.items():
        weight[a] += n
        weight[b] += n
    shown = [id for id, _ in sorted(weight.items(), key=lambda w: (-w[1], w[0]))[:MOST]]
    if len(shown) < 2:
        return Markup("")
    spots = {id: _spot(n, len(shown)) for n, id in enumerate(_ordered(shown, acts))}
    parts = [_line(spots[a], spots[b], n) for (a, b), n in sorted(acts.items()) if a in spots and b in spots]
    most = max(weight.values())
    parts += [_node(known[id], *spots[id], weight[id] / most, arabic) for id in spots]
    return tag(
        "svg",
        tag("title", title),
        *parts,
        class_="network",
        viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}",
        role="group",
        aria_label=title,
    )


def _ordered(shown: Sequence[int], acts: Counter[tuple[int, int]]) -> list[int]:
    """Round the circle so that those who have to do with each other stand near."""
    rest, order = list(shown), [shown[0]]
    rest.remove(shown[0])
    while rest:
        last = order[-1]
        order.append(max(rest, key=lambda id: (acts[last, id] + acts[id, last], -shown.index(id))))
        rest.remove(order[-1])
    return order


def _spot(n: int, of: int) -> tuple[float, float]:
    angle = 2 * pi * n / of - pi / 2
    return WIDTH / 2 + RADIUS * 1.15 * cos(angle), HEIGHT / 2 + RADIUS * sin(angle)


def _line(a: tuple[float, float], b: tuple[float, float], n: int) -> Markup:
    middle = (
        (a[0] + b[0]) / 2 + (WIDTH / 2 - (a[0] + b[0]) / 2) * 0.4,
        (a[1] + b[1]) / 2 + (HEIGHT / 2 - (a[1] + b[1]) / 2) * 0.4,
    )
    d = f"M{a[0]:.1f} {a[1]:.1f}Q{middle[0]:.1f} {middle[1]:.1f} {b[0]:.1f} {b[1]:.1f}"
    return tag("path", d=d, class_="act", stroke_width=min(1 + n * 0.8, 6.0))


def _node(named: Named, x: float, y: float, share: float, arabic: bool) -> Markup:
    name = named.name if arabic else named.name_en or named.name
    name = name if len(name) <= 30 else name[:29] + "…"
    left = x < WIDTH / 2 - 20
    middle = abs(x - WIDTH / 2) <= 20
    dx = 0 if middle else (-14 if left else 14)
    dy = (-16 if y < HEIGHT / 2 else 24) if middle else 4
    # anchors follow the direction of the text: of Arabic, the start is at the right
    rtl = any("\u0600" <= c <= "\u06ff" for c in name)
    anchor = "middle" if middle else ("start" if left == rtl else "end")
    label = tag("text", name, x=x + dx, y=y + dy, text_anchor=anchor, class_="name", direction="rtl" if rtl else "ltr")
    return tag(
        "a", tag("circle", cx=x, cy=y, r=4 + share * 7, class_=f"node n-{named.type}"), label, href=f"/entities/{named.id}"
    )
