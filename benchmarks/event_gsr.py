"""Score the events layer on the sentences of peers/event_gsr: is an ASSAULT (a PROTEST) read that happened or goes on?

    python benchmarks/event_gsr.py [--data ../shared/peers/event_gsr] [--fast] [--errors]

Each sentence is read as an article of its own. The sentences are newspaper text of openeventdata/arabic_event_gsr with the
answers of several annotators; a sentence counts as yes where the majority of its rows say so.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from khabar import Article
from khabar.reader import Reader

DATA = Path(__file__).parents[1] / "../shared/peers/event_gsr"


def sentences(path: Path) -> Iterator[tuple[str, str, bool]]:
    """(id, text, answer) of each sentence, by the majority of its rows."""
    votes: dict[tuple[str, str], Counter[str]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            votes.setdefault((row["id"], row["text"]), Counter())[row["label"]] += 1
    for (name, text), count in votes.items():
        yield name, text, count["yes"] > count["no"]


def measure(kind: str, path: Path, reader: Reader, errors: bool) -> tuple[int, int, int]:
    """Right, read and true yes answers for a type."""
    right = read = true = 0
    for name, text, answer in sentences(path):
        record = reader.read(Article(id=name, text=text))
        said = any(v.type == kind and v.status in ("happened", "ongoing") for v in record.events)
        right += said and answer
        read += said
        true += answer
        if errors and said != answer:
            told = [t.quote for v in record.events if v.type == kind for t in v.triggers]
            print("false" if said else "missed", told, text)
    return right, read, true


def main() -> None:
    """Print precision, recall and F1 of both types."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--data", type=Path, default=DATA)
    ask.add_argument("--fast", action="store_true", help="without the tagger")
    ask.add_argument("--errors", action="store_true", help="print the sentences that are read wrongly")
    asked = ask.parse_args()
    reader = Reader(fast=asked.fast)
    for kind in ("ASSAULT", "PROTEST"):
        right, read, true = measure(kind, asked.data / f"{kind.lower()}.csv", reader, asked.errors)
        p, r = right / max(read, 1), right / max(true, 1)
        f1 = 2 * p * r / (p + r) if p + r else 0.0
        print(f"{kind}: precision {p:.3f}, recall {r:.3f}, F1 {f1:.3f} ({true} yes, {read} read, {right} right)")


if __name__ == "__main__":
    main()
