"""Rows of a workspace as tables on a terminal.

Columns in Latin letters and numbers come first and Arabic last, so that a terminal that orders Arabic from right to left has
nothing after it to turn around (see `page`).
"""

import io
import shutil
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from khabar.cli.ledgering import ledgers
from khabar.cli.page import STATUS_STYLE, arabic, harmless
from khabar.cli.wording import TYPES, amount, clip, day, period
from khabar.workspace.ledger import Account
from khabar.workspace.views import ArticleView, Claim, EventView, Hit, Named, Said, StoryPage, StoryView

plain = harmless


def all_plain(items: Sequence[Any]) -> list[Any]:
    """Views without the characters that a terminal obeys."""
    return [harmless(item, type(item)) for item in items]


def stories(found: list[StoryView], colour: bool) -> str:
    """Stories: id, days, how many reports and outlets, title, places."""
    table = _table("id", "days", "reports", "outlets", None)
    for view in found:
        days = period(view.begin, view.end)
        about = [arabic(clip(view.title or "(no title)", 120))]
        if view.places:
            about.append(Text("in ", "dim").append(_names(view.places)))
        table.add_row(str(view.id), days, f"{view.reports:,}", str(len(view.outlets)), Group(*about))
    return _page(table, colour)


def events(found: list[EventView], colour: bool) -> str:
    """Events: id, days, how many reports, what happened."""
    table = _table("id", "days", "reports", None)
    for view in found:
        table.add_row(str(view.id), period(view.begin, view.end), str(len(view.reports)), Group(*_event(view)))
    return _page(table, colour)


def claims(found: list[Claim], colour: bool) -> str:
    """Figures as they are claimed: amount, kind, the day it holds for, who says so, where."""
    return _page(_claims(found), colour)


def entities(found: list[Named], colour: bool) -> str:
    """Entities: id, articles, type, country, names."""
    table = _table("id", "articles", "type", "country", "name", None)
    for view in found:
        latin = view.name_en or ""
        table.add_row(str(view.id or ""), f"{view.articles:,}", view.type, view.country or "", latin, arabic(view.name))
    return _page(table, colour)


def hits(found: list[Hit], colour: bool) -> str:
    """Articles that a search found: id, day, title and outlet, the words in the text."""
    table = _table("id", "day", None)
    for hit in found:
        title = Text((hit.article.title or hit.article.key).replace("\n", " "), "bold")
        for a, b in hit.title:
            title.stylize("underline", a, b)
        words = Text(hit.snippet.quote.replace("\n", " "))
        for a, b in hit.snippet.marks:
            words.stylize("bold underline", a - hit.snippet.start, b - hit.snippet.start)
        about = [title.append("\u200e"), words.append("\u200e")]
        if hit.article.outlet:
            about.append(Text("in ", "dim").append(arabic(hit.article.outlet)))
        table.add_row(str(hit.article.id), day(hit.article.day), Group(*about))
    return _page(table, colour)


def story(whole: StoryPage, account: Account, *, colour: bool) -> str:
    """One story: what it is, the ledger of its figures, its events, its articles."""
    view = whole.story
    head: list[RenderableType] = [
        Text(f"story {view.id}  ", "bold blue").append(arabic(view.title or "(no title)")),
        Text(f"{period(view.begin, view.end)}, {_many(view.reports, 'report')} in {_many(view.articles, 'article')}"),
        Text("told by ", "dim").append(Text(", ").join([arabic(outlet) for outlet in view.outlets])),
    ]
    told, listed = _table("id", "days", "reports", None), _table("id", "day", None)
    for event in whole.events:
        told.add_row(str(event.id), period(event.begin, event.end), str(len(event.reports)), Group(*_event(event)))
    for article in whole.articles:
        listed.add_row(str(article.id), day(article.day), _article(article))
    background = _claims(account.background)
    for title, table in (*ledgers(account), ("BACKGROUND", background), ("EVENTS", told), ("ARTICLES", listed)):
        if table.row_count:
            head += [Text(), Text(title, "bold blue"), Padding(table, (0, 0, 0, 2))]
    return _page(Group(*head), colour)


def _event(view: EventView) -> Iterable[Text]:
    kind = Text(view.mode or TYPES[view.type], "bold").append(f"  {view.type}", "dim")
    yield kind.append("  ").append(view.status, STATUS_STYLE[view.status])
    if view.gloss:
        yield Text(view.gloss)
    for label, who in (("who", view.actors), ("whom", view.recipients), ("in", view.places)):
        if who:
            yield Text(f"{label} ", "dim").append(_names(who[:6])).append(f" and {len(who) - 6} more" if len(who) > 6 else "")


def _claims(found: list[Claim]) -> Table:
    table = _table("amount", "kind", "as of", "event", None)
    for claim in found:
        figure: Any = claim
        lines = [Text("according to ", "dim").append(_said(said)) for said in claim.said] or [Text("in its own voice", "dim")]
        if claim.places:
            lines.append(Text("in ", "dim").append(_names(claim.places)))
        article = f"article {claim.article.id}, {day(claim.reported)}, " if claim.reported else f"article {claim.article.id}, "
        lines.append(Text(article, "dim").append(arabic(claim.article.outlet or "")))
        table.add_row(Text(amount(figure), "bold"), claim.kind, day(claim.as_of), str(claim.event or ""), Group(*lines))
    return table


def _article(article: ArticleView) -> Text:
    words = arabic(clip(article.title or article.key, 120))
    if article.outlet:
        words.append("  ").append(article.outlet + "\u200e", "dim")
    return words.append(f"  copy of {article.original}", "yellow") if article.original else words


def _said(said: Said) -> Text:
    words = _names(said.sources) if said.sources else Text("(unnamed)", "dim")
    if said.via:
        words = words.append(", via ").append(_names([said.via]))
    return words


def _many(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _names(found: Iterable[Named]) -> Text:
    return Text(", ").join([Text(f"{e.name_en} " if e.name_en else "").append(arabic(e.name)) for e in found])


def _table(*columns: str | None) -> Table:
    """Columns as wide as what stands in them; None is the one that takes what is left."""
    table = Table(box=None, expand=True, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim", show_edge=False)
    for name in columns:
        right = name in ("reports", "outlets", "articles", "amount")
        table.add_column(name or "", ratio=None if name else 1, justify="right" if right else "left", overflow="fold")
    return table


def _page(body: RenderableType, colour: bool) -> str:
    width = max(60, shutil.get_terminal_size((100, 24)).columns)
    console = Console(
        file=io.StringIO(), width=width, force_terminal=colour, color_system="auto" if colour else None, no_color=not colour,
        highlight=False, emoji=False, markup=False, legacy_windows=False,
    )  # fmt: skip
    console.print(body)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return "\n".join(line.rstrip(" ") for line in text.split("\n"))
