"""Elements of SVG, with everything in them escaped."""

from __future__ import annotations

from datetime import date, timedelta

from markupsafe import Markup, escape


def tag(name: str, *inside: object, **attributes: object) -> Markup:
    """An element; `_` in an attribute's name stands for `-`, and one at its end is dropped (`class_`)."""
    told = "".join(f' {k.rstrip("_").replace("_", "-")}="{escape(_number(v))}"' for k, v in attributes.items() if v is not None)
    return Markup(f"<{name}{told}>{''.join(map(escape, inside))}</{name}>")  # Markup.format takes several times as long


def _number(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def days_between(first: str, last: str) -> list[str]:
    """All days from one to another, at most some 4,000."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    return [(begin + timedelta(days=n)).isoformat() for n in range(min((end - begin).days, 4000) + 1)]
