"""The ledger of a story on a terminal: one number by a named policy, then each claim, who says so, what it contradicts."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from khabar.cli.page import arabic
from khabar.cli.wording import amount, day
from khabar.workspace.entries import Entry
from khabar.workspace.ledger import Account
from khabar.workspace.policies import Current
from khabar.workspace.tolls import Ledger

WORDS = {
    "conflict": ("conflicts with", "conflicts with"),
    "update": ("updated by", "updates"),
    "retraction": ("taken back by", "takes back"),
}
"""How an entry hangs together with the later, the earlier one of a relation; another scope is seen from its place."""


def ledgers(account: Account) -> Iterator[tuple[str, Table]]:
    """A title and a table for each kind of figure."""
    now = {c.kind: c for c in account.current}
    for ledger in account.ledgers:
        yield f"{ledger.kind.upper()}  {_now(now.get(ledger.kind), account.policy)}", _table(ledger)


def _now(current: Current | None, policy: str) -> str:
    if current is None:
        return f"by {policy}: nothing"
    figure: Any = current
    known = [n for n in (current.low, current.best, current.high) if n is not None]
    said = f"{current.best:,} ({amount(figure)})" if len(set(known)) > 1 and current.best and current.high else amount(figure)
    conflicts = f", {current.conflicts} conflict{'s' * (current.conflicts != 1)}" if current.conflicts else ""
    return f"by {policy}: {said}{f' as of {day(current.day)}' if current.day else ''}{conflicts}"


def _table(ledger: Ledger) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for _ in range(2):
        table.add_column(justify="right", vertical="top")
    for _ in range(2):
        table.add_column(vertical="top")
    notes = _notes(ledger)
    for n, entry in enumerate(ledger.entries):
        figure: Any = entry.claim
        when = day(entry.day) + ("" if entry.dated or not entry.day else " (reported)")
        table.add_row(str(n + 1), Text(amount(figure), "bold"), when, Text("\n").join(_about(entry, notes[n])))
    return table


def _about(entry: Entry, notes: Sequence[str]) -> Iterator[Text]:
    latin = {s.id: s.name_en for claim in entry.claims for said in claim.said for s in said.sources}
    sources = [_name(latin.get(s.entity), s.name) for s in entry.sources if not s.outlet]
    if sources:
        yield Text("according to ", "dim").append(Text(", ").join(sources))
    places = [_name(p.name_en, p.name) for p in entry.claim.places[:4]]
    if places:
        yield Text("in ", "dim").append(Text(", ").join(places))
    if entry.outlets:
        yield Text("told by ", "dim").append(Text(", ").join([arabic(outlet) for outlet in entry.outlets]))
    for note in notes:
        yield Text(note, "bold red" if note.startswith("conflicts") else "dim")
    if entry.denied:
        yield Text("told as untrue", "bold red")


def _notes(ledger: Ledger) -> list[list[str]]:
    """What each entry hangs together with, in words; entries are numbered from 1."""
    found: list[dict[str, list[int]]] = [{} for _ in ledger.entries]
    for relation in ledger.relations:
        if words := WORDS.get(relation.kind):
            found[relation.first].setdefault(words[0], []).append(relation.second + 1)
            found[relation.second].setdefault(words[1], []).append(relation.first + 1)
    return [[f"{words} {', '.join(map(str, sorted(numbers)))}" for words, numbers in of.items()] for of in found]


def _name(latin: str | None, name: str) -> Text:
    return Text(f"{latin} " if latin else "").append(arabic(name))
