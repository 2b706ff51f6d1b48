"""How right the ledger is: `python benchmarks/ledger.py [SHARED] [-v]`.

Over the stories of `ledger_marks.tsv` (articles of the news file, marked by hand with the ledger in sight) and of
`ledger_blind.tsv` and `ledger_blind_after.tsv` (marked from the texts before their ledgers were seen; much of what the former
showed was mended, little of what the latter did): how often the policy `latest` gives the figure as it
stood, how many of the contradictions and updates shown are right, and how many of the marked updates are shown. With -v, what is
wrong.
"""

import gzip
import json
import sys
import tempfile
from pathlib import Path

from khabar.record import Article
from khabar.workspace import Workspace, listing
from khabar.workspace.adding import add
from khabar.workspace.ledger import account, earlier
from khabar.workspace.streaming import everything
from khabar.workspace.tolls import Ledger, Relating
from khabar.workspace.views import Claim, Filter

MARKS = Path(__file__).with_name("ledger_marks.tsv")
BLIND = Path(__file__).with_name("ledger_blind.tsv")
AFTER = Path(__file__).with_name("ledger_blind_after.tsv")
SHARED = Path(__file__).resolve().parents[2] / "shared"


def main(shared: Path, verbose: bool) -> None:
    for name, told in ((MARKS, "seen"), (BLIND, "not seen, then much mended"), (AFTER, "not seen, then little mended")):
        marks = [line.split("\t") for line in name.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        claims = claims_of(shared, [ids.split() for _, ids, *_ in marks])
        print(f"marked with the ledger {told}, {len(marks)} figures of {len({ids for _, ids, *_ in marks})} stories:")
        for what, (good, of) in measured(marks, claims, verbose).items():
            print(f"  {what}: {good} of {of}")


def measured(marks: list[list[str]], claims: list[list[Claim]], verbose: bool) -> dict[str, tuple[int, int]]:
    """Of each thing measured, how many are right of how many."""
    counts = {
        name: [0, 0] for name in ("latest, by best", "latest, low to high", "conflicts shown", "updates shown", "updates found")
    }

    def count(name: str, right: int, of: int = 1) -> None:
        counts[name][0] += right
        counts[name][1] += of

    for (kind, ids, now, conflicts, updates), told in zip(marks, claims, strict=True):
        account_ = account([c for c in told if c.kind == kind])
        found = account_.current[0] if account_.current else None
        amount = (None, None, None) if found is None else (found.low, found.best, found.high)
        wanted = tuple(None if n == "-" else int(n) for n in now.split("/"))
        if len(wanted) == 3:
            count("latest, low to high", amount == wanted)
        count("latest, by best", point(amount) == point(wanted))
        if verbose and point(amount) != point(wanted):
            print(f"  wrong: {kind} {amount}, should be {now}: {ids}")
        for name, marked in (("conflict", conflicts), ("update", updates)):
            right = {pair(text) for text in marked.split() if text != "-"}
            had = pairs(account_.ledgers[0], "conflict" if name == "conflict" else "update") if account_.ledgers else []
            had = set(map(tuple, map(sorted, had))) if name == "conflict" else set(had)
            good = [p for p in had if p in right or (name == "conflict" and p[::-1] in right)]
            count(f"{name}s shown", len(good), len(had))
            if name == "update" and len(wanted) == 3:
                count("updates found", len(set(good)), len(right))
            if verbose and len(good) < len(had):
                print(f"  wrong {name}s {sorted(had - set(good))}: {kind} {ids}")
    return {name: (right, of) for name, (right, of) in counts.items() if of}


def claims_of(shared: Path, stories: list[list[str]]) -> list[list[Claim]]:
    """The claims that Khabar reads (`--fast`) in the articles of each story, without those about what was long before it."""
    ids = {id for story in stories for id in story}
    with gzip.open(shared / "news" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for line in lines if (row := json.loads(line))["id"] in ids]
    items = [
        Article(
            id=row["id"], text=f"{row['title'] or ''}\n{row['text']}", titled=True, title=row["title"],
            published=row["published"], outlet=row["outlet"],
        )
        for row in sorted(rows, key=lambda row: row["id"])
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, Workspace.open(f"{folder}/w.db", create=True) as workspace:
        for outcome in add(workspace, items, fast=True):
            assert outcome.what == "added", outcome
        with workspace.reading() as connection:
            every = list(everything(listing.claims_page, connection, Filter(), limit=500))
            found = []
            for story in stories:
                its = [c for c in every if c.article.key in set(story)]
                old = earlier(connection, its, min(c.reported for c in its if c.reported))
                found.append([c for c in its if (c.article.id, c.local) not in old])
            return found


def point(amount: tuple[int | None, ...]) -> int | None:
    """The amount in one number: best, else low, else high."""
    return next((n for n in (*amount[1:2], *amount) if n is not None), None)


def pair(text: str) -> tuple[int, int]:
    """Two amounts from a mark."""
    first, second = text.replace(">", "/").split("/")
    return int(first), int(second)


def pairs(ledger: Ledger, kind: Relating) -> list[tuple[int, int]]:
    """The amounts of all relations of a kind."""

    def told(n: int) -> int:
        return point(ledger.entries[n].amount) or 0

    return [(told(r.first), told(r.second)) for r in ledger.relations if r.kind == kind]


if __name__ == "__main__":
    given = [arg for arg in sys.argv[1:] if arg != "-v"]
    main(Path(given[0]) if given else SHARED, "-v" in sys.argv)
