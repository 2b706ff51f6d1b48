"""The claims of a story or an event as the pages show them: by kind, each source's claim once, conflicts named."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from khabar.web.drawing.claims import Mark
from khabar.web.language import Language
from khabar.workspace.views import Claim, Named


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What one source says once, and who repeats it."""

    number: int
    claim: Claim
    day: str | None
    sources: list[Named]
    outlets: list[str]
    reports: list[Claim]
    conflicts: list[int] = []


class Account(msgspec.Struct, frozen=True):
    """The claims of one kind, by day."""

    kind: str
    rows: list[Row]

    @property
    def latest(self) -> Claim:
        """The claim of the latest day: the policy `latest`."""
        return max(self.rows, key=lambda r: (r.day or "", r.number)).claim

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """The numbers of rows that contradict each other."""
        return [(row.number, other) for row in self.rows for other in row.conflicts if other > row.number]

    def marks(self, language: Language, name: object) -> list[Mark]:
        """The rows on a chart."""
        return [
            Mark(
                number=row.number, day=row.day, low=row.claim.low, best=row.claim.best, high=row.claim.high,
                label=f"{language.amount(row.claim.low, row.claim.best, row.claim.high)} · {language.day(row.day)}",
                conflict=bool(row.conflicts), address=f"#{self.kind}-{row.number}",
            )
            for row in self.rows
            if row.day
        ]  # fmt: skip


def accounts(claims: Sequence[Claim]) -> list[Account]:
    """The accounts of claims, the kinds with most claims first."""
    kinds: dict[str, dict[tuple[object, ...], list[Claim]]] = {}
    for claim in claims:
        key = (claim.as_of or claim.reported, _origin(claim), claim.low, claim.best, claim.high)
        kinds.setdefault(claim.kind, {}).setdefault(key, []).append(claim)
    made = [Account(kind, _rows(entries)) for kind, entries in kinds.items()]
    return sorted(made, key=lambda a: (-len(a.rows), a.kind))


def _origin(claim: Claim) -> tuple[object, ...]:
    """Who first said it: the sources, else who carried it, else the outlet."""
    sources = [s for said in claim.said for s in said.sources] or [said.via for said in claim.said if said.via]
    return tuple(sorted({str(s.id) if s.id is not None else s.name for s in sources})) or (f"outlet {claim.article.outlet}",)


def _rows(entries: dict[tuple[object, ...], list[Claim]]) -> list[Row]:
    ordered = sorted(entries.values(), key=lambda c: (c[0].as_of or c[0].reported or "", c[0].article.id, c[0].evidence.start))
    rows = []
    for number, same in enumerate(ordered, 1):
        first = min(same, key=lambda c: (c.article.original is not None, c.article.published or "", c.article.id))
        known = {(s.id, s.name): s for said in first.said for s in said.sources or ([said.via] if said.via else [])}
        outlets = sorted({c.article.outlet for c in same if c.article.outlet})
        rows.append(
            Row(
                number=number, claim=first, day=first.as_of or first.reported, sources=list(known.values()), outlets=outlets,
                reports=same,
            )
        )  # fmt: skip
    return [msgspec.structs.replace(row, conflicts=[o.number for o in rows if _conflict(row, o)]) for row in rows]


def _conflict(a: Row, b: Row) -> bool:
    """Same kind, area and day, other amounts that cannot both be true, independent sources."""
    if a.number == b.number or a.day is None or a.day != b.day or _origin(a.claim) == _origin(b.claim):
        return False
    here, there = {p.id for p in a.claim.places}, {p.id for p in b.claim.places}
    if here and there and not here & there:
        return False
    (low, high), (least, most) = _bounds(a.claim), _bounds(b.claim)
    return low > most or least > high


def _bounds(claim: Claim) -> tuple[float, float]:
    if claim.low is None and claim.high is None and claim.best is not None:
        return claim.best * 0.9, claim.best * 1.1
    low = claim.low if claim.low is not None else 0
    return float(low), float(claim.high) if claim.high is not None else float("inf")
