"""How right the ledger is: `python benchmarks/ledger.py [SHARED]`.

Over the stories of `ledger_marks.tsv` (articles of the news file, marked by hand): the share of tolls that the policy `latest`
gives as they stood, and the share of the contradictions and updates shown that are right.
"""

import gzip
import json
import sys
import tempfile
from pathlib import Path

from khabar.record import Article
from khabar.workspace import Workspace, listing
from khabar.workspace.adding import add
from khabar.workspace.ledger import account
from khabar.workspace.tolls import Ledger, Relating
from khabar.workspace.views import Claim, Filter

MARKS = Path(__file__).with_name("ledger_marks.tsv")
SHARED = Path(__file__).resolve().parents[2] / "shared"


def main(shared: Path) -> None:
    marks = [line.split("\t") for line in MARKS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    claims = claims_of(shared, {id for _, ids, *_ in marks for id in ids.split()})
    right = {"current": 0, "conflict": 0, "update": 0}
    shown = {"current": len(marks), "conflict": 0, "update": 0}
    for kind, ids, now, conflicts, updates in marks:
        of = set(ids.split())
        told = account([c for c in claims if c.article.key in of and c.kind == kind])
        found = told.current[0] if told.current else None
        value = None if found is None else found.best if found.best is not None else found.low
        right["current"] += value == int(now)
        if value != int(now):
            print(f"wrong: {kind} {value}, should be {now}: {ids}")
        for name, marked in (("conflict", conflicts), ("update", updates)):
            wanted = {pair(text) for text in marked.split() if text != "-"}
            had = pairs(told.ledgers[0], "conflict" if name == "conflict" else "update") if told.ledgers else []
            good = [p for p in had if p in wanted or (name == "conflict" and p[::-1] in wanted)]
            shown[name] += len(had)
            right[name] += len(good)
    for name in right:
        print(f"{name}: {right[name]} right of {shown[name]} shown")


def claims_of(shared: Path, ids: set[str]) -> list[Claim]:
    """The claims that Khabar reads (`--fast`) in articles of the news file."""
    with gzip.open(shared / "news" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for line in lines if (row := json.loads(line))["id"] in ids]
    items = [
        Article(
            id=row["id"], text=f"{row['title'] or ''}\n{row['text']}", titled=True, title=row["title"],
            published=row["published"], outlet=row["outlet"],
        )
        for row in sorted(rows, key=lambda row: row["id"])
    ]  # fmt: skip
    found: list[Claim] = []
    with tempfile.TemporaryDirectory() as folder, Workspace.open(f"{folder}/w.db", create=True) as workspace:
        for outcome in add(workspace, items, fast=True):
            assert outcome.what == "added", outcome
        with workspace.reading() as connection:
            cursor: str | None = None
            while True:
                page = listing.claims_page(connection, Filter(), limit=500, cursor=cursor)
                found += page.items
                cursor = page.next
                if cursor is None:
                    return found


def pair(text: str) -> tuple[int, int]:
    """Two amounts from a mark."""
    first, second = text.replace(">", "/").split("/")
    return int(first), int(second)


def pairs(ledger: Ledger, kind: Relating) -> list[tuple[int, int]]:
    """The amounts of all relations of a kind."""

    def point(n: int) -> int:
        low, best, high = ledger.entries[n].amount
        return next((v for v in (best, low, high) if v is not None), 0)

    return [(point(r.first), point(r.second)) for r in ledger.relations if r.kind == kind]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED)
