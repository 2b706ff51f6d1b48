"""The ledger of a story or an event as the pages show it: each entry a numbered row, with what it contradicts and follows on."""

from __future__ import annotations

import msgspec

from khabar.web.drawing.claims import Mark
from khabar.web.language import Language
from khabar.workspace import ledger
from khabar.workspace.entries import Entry
from khabar.workspace.policies import Current
from khabar.workspace.tolls import Ledger
from khabar.workspace.views import Claim, Named


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What one source says once, who repeats it, and the numbers of the rows that it contradicts, updates or takes back."""

    number: int
    entry: Entry
    sources: list[Named]
    conflicts: list[int]
    updates: list[int]
    retracts: list[int]

    @property
    def claim(self) -> Claim:
        """The claim that stands for the others."""
        return self.entry.claim

    @property
    def day(self) -> str | None:
        """The day it holds for."""
        return self.entry.day


class Account(msgspec.Struct, frozen=True):
    """The claims of one kind, and what the policy makes of them."""

    kind: str
    rows: list[Row]
    now: Current | None

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """The numbers of rows that contradict each other."""
        return [(row.number, other) for row in self.rows for other in row.conflicts if other > row.number]

    def marks(self, language: Language) -> list[Mark]:
        """The rows on a chart; those without a day have no place there."""
        return [
            Mark(
                number=row.number,
                day=row.day,
                low=row.claim.low,
                best=row.claim.best,
                high=row.claim.high,
                label=f"{language.amount(row.claim.low, row.claim.best, row.claim.high)} · {language.day(row.day)}",
                conflict=bool(row.conflicts),
                address=f"#{self.kind}-{row.number}",
            )
            for row in self.rows
            if row.day
        ]


def accounts(account: ledger.Account) -> list[Account]:
    """The ledgers of an account as rows."""
    now = {current.kind: current for current in account.current}
    return [Account(made.kind, _rows(made), now.get(made.kind)) for made in account.ledgers]


def _rows(made: Ledger) -> list[Row]:
    rows = []
    for n, entry in enumerate(made.entries):
        said = [one for claim in entry.claims for one in claim.said]
        known = {(s.id, s.name): s for told in said for s in told.sources or ([told.via] if told.via else [])}
        other = [(r.kind, r.second if r.first == n else r.first) for r in made.relations if n in (r.first, r.second)]
        before = [(r.kind, r.first) for r in made.relations if r.second == n]
        rows.append(
            Row(
                number=n + 1,
                entry=entry,
                sources=list(known.values()),
                conflicts=[m + 1 for kind, m in other if kind == "conflict"],
                updates=[m + 1 for kind, m in before if kind == "update"],
                retracts=[m + 1 for kind, m in before if kind == "retraction"],
            )
        )
    return rows
