"""How well mentions of one thing are brought together: a measure beside the scorer's layers.

usage: python -m tests.accuracy.joining GOLD_DIR RECORDS.jsonl

wholly joined: of the annotated entities with several forms in one article (forms that differ once folded), those whose forms all
stand in one entity of the record. found and joined: the same among those of whose forms at least two stand in the record at all.
mixing: of the record's entities that share a form with an annotated one, those that hold forms of two annotated entities, leaving
out forms that the annotation gives to both.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
GOLD = HERE.parent.parent.parent / "shared" / "gold"
_CLASS = {"organization": "body", "group": "body", "country": "place", "place": "place", "person": "person", "hazard": "body"}


def scorer() -> Any:
    """The scorer that stands beside the annotations."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("khabar_gold_score", GOLD / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure(gold: Path, records: Iterable[dict[str, Any]]) -> dict[str, tuple[int, int]]:
    """{measure: (count, of)} over the records of a gold folder's articles."""
    fold = scorer().fold
    by_id = {record["id"]: record for record in records}
    joined = several = found = mixing = shared = 0
    for path in sorted(gold.glob("*.json")):
        annotated = json.loads(path.read_text(encoding="utf-8"))
        record = by_id.get(annotated["id"])
        if not record:
            continue
        systems = [
            (_CLASS[e["type"]], {fold(m["quote"]) for m in e["mentions"] if m["kind"] == "name"} | {fold(e["name"])})
            for e in record["entities"]
        ]
        golds = [(_CLASS[e["type"]], {fold(f) for f in e["forms"]}) for e in annotated["entities"]]
        for kind, forms in golds:
            if len(forms) < 2:
                continue
            several += 1
            joined += any(kind == k and forms <= names for k, names in systems)
            present = {f for f in forms if any(kind == k and f in names for k, names in systems)}
            found += len(present) >= 2
        for kind, names in systems:
            touching = [forms for k, forms in golds if k == kind and forms & names]
            shared += bool(touching)
            mixing += any((a & names) - b and (b & names) - a for i, a in enumerate(touching) for b in touching[i + 1 :])
    return {"wholly joined": (joined, several), "found and joined": (joined, found), "mixing": (mixing, shared)}


def main() -> None:
    """Print the measures."""
    gold, records = Path(sys.argv[1]), Path(sys.argv[2])
    lines = records.read_text(encoding="utf-8").splitlines()
    for name, (count, of) in measure(gold, map(json.loads, lines)).items():
        print(f"{name:18}{count / of if of else 0:7.3f}   {count}/{of}")


if __name__ == "__main__":
    main()
