"""Accuracy floors: what the reader must reach on the articles that are kept for measuring.

usage: python -m tests.accuracy.floors [--raise | --docs]

`floors.toml` holds a floor for each layer, with the tagger and without (`fast`), and the digest of the annotations and of the
scorer that they were measured with. --raise measures and lifts each floor to just under what was measured; no floor is ever
lowered. --docs writes the tables of docs/accuracy.md anew.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from khabar.cli import run

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FLOORS = HERE / "floors.toml"
GOLD = ROOT.parent / "shared" / "gold"
DOCS = ROOT / "docs" / "accuracy.md"
BEGIN, END = "<!-- made by: make accuracy -->", "<!-- end -->"
MODES = ("tagger", "fast")
SLACK = 0.005
"""A floor stays this much under what was measured: another version of a library may move a case."""


def digest(gold: Path = GOLD) -> str:
    """SHA-256 of the annotations kept for measuring, their articles and the scorer."""
    total = hashlib.sha256()
    for path in [*sorted((gold / "dev").glob("*.json*")), gold / "score.py"]:
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def read_gold(mode: str, to: Path, part: str = "dev") -> None:
    """Read the annotated articles with the command, in this process."""
    command = ["read", str(GOLD / part / "articles.jsonl"), "-o", str(to), *(["--fast"] if mode == "fast" else [])]
    if code := run(command):
        raise RuntimeError(f"khabar {' '.join(command)} ended with {code}")


def score(records: Path, *options: str, part: str = "dev") -> str:
    """What the scorer prints of records."""
    command = [sys.executable, str(GOLD / "score.py"), str(GOLD / part), str(records), *options]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def measure(mode: str, folder: Path) -> dict[str, float]:
    """F1 of each layer."""
    records = folder / f"{mode}.jsonl"
    read_gold(mode, records)
    measured: dict[str, float] = json.loads(score(records, "--json"))
    return measured


def load() -> dict[str, dict[str, float | str]]:
    """The floors as they stand."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}


def raised(old: dict[str, dict[str, float | str]], measured: dict[str, dict[str, float]], gold: str) -> str:
    """The text of floors.toml with each floor at what was measured, a little under, or where it was if that is higher."""
    lines = ["# Made by `make floors`, which raises floors and never lowers one.", "", "[gold]", f'sha256 = "{gold}"']
    for mode, layers in measured.items():
        lines += ["", f"[{mode}]"]
        for layer, f1 in layers.items():
            floor = max(float(old.get(mode, {}).get(layer, 0)), int((f1 - SLACK) * 1000) / 1000, 0.0)
            lines.append(f'"{layer}" = {floor:.3f}')
    return "\n".join(lines) + "\n"


def tables(folder: Path) -> str:
    """Precision, recall and F1 of each layer, with the tagger and without, as a table in Markdown."""
    rows: dict[str, list[str]] = {}
    for mode in MODES:
        records = folder / f"{mode}.jsonl"
        read_gold(mode, records)
        for line in score(records).splitlines()[1:]:
            layer, precision, recall, f1, counts = line[:22].strip(), *line[22:].split()
            rows.setdefault(layer, [layer]).extend([precision, recall, f"**{f1}**"])
            rows[layer].append(counts)
    head = "| layer | P | R | F1 | P `--fast` | R `--fast` | F1 `--fast` |\n|---|---|---|---|---|---|---|\n"
    return head + "".join(f"| {' | '.join([*row[:4], *row[5:8]])} |\n" for row in rows.values())


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        if "--docs" in sys.argv[1:]:
            text = DOCS.read_text(encoding="utf-8")
            begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
            DOCS.write_text(f"{text[:begin]}\n{tables(Path(folder))}{text[end:]}", encoding="utf-8")
            return
        measured = {mode: measure(mode, Path(folder)) for mode in MODES}
    old = load()
    new = raised(old, measured, digest())
    if "--raise" in sys.argv[1:]:
        FLOORS.write_text(new, encoding="utf-8")
    for mode, layers in measured.items():
        for layer, f1 in layers.items():
            before, after = old.get(mode, {}).get(layer, 0), tomllib.loads(new)[mode][layer]
            print(f"{mode:8}{layer:24}measured {f1:.3f}  floor {before} → {after}")


if __name__ == "__main__":
    main()
