"""`khabar explain`: why the events of an article were read as they were."""

import io
import shutil
import sys
from collections.abc import Iterable

import msgspec
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from khabar.cli.outcome import ALL_READ, Stop, colours, complain
from khabar.cli.page import STATUS_STYLE, arabic, harmless
from khabar.cli.wording import TYPES, period
from khabar.layers.events import Reason
from khabar.layers.events.why import TriggerReason
from khabar.reader import Reader
from khabar.record import Article
from khabar.sources import iter_articles


def run(path: str, *, event: str | None, number: int, fast: bool, published: str | None, as_json: bool) -> int:
    """Explain the events of one article; gives the exit code."""
    article = _article(path, number, published)
    reasons = Reader(fast=fast).explain(article, event)
    if event and not reasons:
        raise Stop(f"--event {event}: {path} has no such event (khabar read {path} lists them)")
    if as_json:
        for reason in reasons:
            sys.stdout.buffer.write(msgspec.json.encode(reason) + b"\n")
        return ALL_READ
    if not reasons:
        print("no events were read in this article")
    print("\n".join(explanation(reason, colour=colours()) for reason in reasons), end="")
    return ALL_READ


def _article(path: str, number: int, published: str | None) -> Article:
    try:
        items = iter_articles([path], published=published)
    except ValueError as error:
        raise Stop(str(error)) from None
    count = 0
    for item in items:
        if isinstance(item, Article):
            count += 1
            if count == number:
                return item
        elif item.fatal:
            raise Stop(str(item))
        else:
            complain(str(item))
    raise Stop(f"{path}: there is no article number {number}, it holds {count}")


def explanation(reason: Reason, *, width: int | None = None, colour: bool = False) -> str:
    """An explanation as text of `width` columns (those of the terminal)."""
    width = max(60, width or shutil.get_terminal_size((100, 24)).columns)
    console = Console(
        file=io.StringIO(), width=width, force_terminal=colour, color_system="auto" if colour else None, no_color=not colour,
        highlight=False, emoji=False, markup=False, legacy_windows=False,
    )  # fmt: skip
    console.print(Group(*_event(harmless(reason, Reason))))
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return "\n".join(line.rstrip(" ") for line in text.split("\n"))


def _event(reason: Reason) -> Iterable[RenderableType]:
    event = reason.event
    parts = [
        Text(event.id, "bold blue"),
        Text(event.mode or TYPES[event.type], "bold"),
        Text(event.type, "dim"),
        Text(event.status, STATUS_STYLE[event.status]),
        Text(period(event.begin, event.end)),
    ]
    yield Text("  ").join(parts)
    if event.gloss:
        yield Text(event.gloss)
    for trigger in reason.triggers:
        yield Padding(Group(*_trigger(trigger)), (0, 0, 0, 2))


def _trigger(why: TriggerReason) -> Iterable[RenderableType]:
    support = Text(" with the support verb ").append(arabic(why.support_verb)) if why.support_verb else Text()
    yield Text("trigger ").append(why.trigger.quote + "\u200e", "bold").append(f"  score {why.score:.2f}").append(support)
    table = Table.grid(padding=(0, 2, 0, 2))
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    rows: list[tuple[str, Text]] = [
        ("entry", arabic(f"{why.entry} ({why.part})")),
        ("form", Text(why.form)),
        ("frame", arabic(", ".join(f"{slot}: {role}" for slot, role in why.frame.items()) or "none")),
        ("tagger", Text("does not see it" if why.tagger is None else f"{why.tagger:.2f}")),
        ("weighed", arabic(", ".join(f"{name} {weight:+.2f}" for name, weight in why.weighed.items()))),
        ("time", arabic(f"{why.time} {why.time_score:.2f}" if why.time else "none")),
        ("status", Text(", ".join(f"{name} {p:.2f}" for name, p in why.statuses.items() if p >= 0.01))),
    ]
    for argument in why.arguments:
        taken = "taken" if argument.taken else "left"
        line = Text(f"{taken} {argument.score:.2f}  ", "green" if argument.taken else "dim").append(arabic(argument.name))
        rows.append((argument.role, line.append(f"  as {argument.slot}" if argument.slot else "  in no slot")))
    for label, value in rows:
        table.add_row(label, value)
    yield table
