"""Write `workspace/common.tsv`: terms that at least one news article in five hundred has, with their share of articles.

usage: python scripts/common_terms.py W.db

Counts the articles of a workspace, which is made of the news file by
`khabar add ../shared/news/dev.jsonl.gz --fast --workspace W.db`. Shares and single words are kept, no text.
"""

import sys
from collections import Counter
from pathlib import Path

from sqlalchemy import select

from khabar.workspace import Workspace
from khabar.workspace.body import words_of
from khabar.workspace.preparing import unpacked
from khabar.workspace.tables import revisions
from khabar.workspace.terms import is_term, stem

TABLE = Path(__file__).resolve().parent.parent / "src" / "khabar" / "workspace" / "common.tsv"
LEAST = 0.002


def main(where: str) -> None:
    """Count and write."""
    counts: Counter[str] = Counter()
    total = 0
    with Workspace.open(where) as workspace, workspace.reading() as connection:
        query = select(revisions.c.record).where(revisions.c.number == 1).execution_options(yield_per=500)
        for blob in connection.execute(query).scalars():
            record = unpacked(blob)
            spans = [b.span for b in record.blocks if b.kind in ("title", "paragraph", "subhead")]
            found = {stem(w) for a, b in spans for w in words_of(record.text[a:b]) if is_term(w)}
            named = [e.name for e in record.entities if e.type in ("person", "organization", "place") and " " in e.name]
            counts.update(found | {" ".join(map(stem, words_of(name))) for name in named})
            total += 1
    common = sorted((t for t, n in counts.items() if n >= LEAST * total), key=lambda t: (-counts[t], t))
    lines = ["# term\tshare of news articles that have it", *(f"{t}\t{counts[t] / total:.4f}" for t in common)]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
