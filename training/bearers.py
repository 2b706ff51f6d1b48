"""How many can bear a name: `python -m training.bearers SHARED` writes `gazetteer/data/bearers.tsv`.

Over persons of full name in a sample of the news file (read with `--fast`): before how many different family names a word stands
as the first name, and after how many different first names as the last. Only counts are kept, no text. Words of fewer than three
on both sides are left out, so that a name of the list is one that several persons bear.
"""

import gzip
import json
import random
import sys
from collections import defaultdict
from pathlib import Path

from khabar.layers.entities.keys import tokens
from khabar.reader import Reader
from khabar.record import Article

OUT = Path(__file__).resolve().parent.parent / "src" / "khabar" / "gazetteer" / "data" / "bearers.tsv"
SAMPLE, SEED, LEAST = 6000, 20, 3
LINKS = frozenset(["بن", "بنت", "ال"])


def main(shared: str) -> None:
    with gzip.open(Path(shared) / "news" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows = random.Random(SEED).sample(rows, SAMPLE)
    reader = Reader(fast=True)
    before: dict[str, set[str]] = defaultdict(set)
    after: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        title = row["title"] or ""
        text = f"{title}\n{row['text']}"
        article = Article(id=row["id"], text=text, titled=True, title=title, published=row["published"], outlet=row["outlet"])
        for entity in reader.read(article).entities:
            for mention in entity.mentions if entity.type == "person" else []:
                words = [w for w in tokens(mention.quote) if w not in LINKS]
                if mention.kind == "name" and len(words) > 1:
                    before[words[0]].add(words[-1])
                    after[words[-1]].add(words[0])
    counts = {w: (len(before.get(w, ())), len(after.get(w, ()))) for w in before.keys() | after.keys()}
    with OUT.open("w", encoding="utf-8") as out:
        out.write("# word of a name (folded), family names it stands before, first names it stands after (training/bearers.py)\n")
        out.writelines(f"{w}\t{b}\t{a}\n" for w, (b, a) in sorted(counts.items()) if max(b, a) >= LEAST)


if __name__ == "__main__":
    main(sys.argv[1])
