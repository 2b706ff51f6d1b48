"""Files that are made by a command stand in the repository as that command writes them.

usage: python scripts/generated.py [--check]

Without --check the files are written; with it nothing is, and the exit code is 1 where one differs.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))


def record_schema(_: str) -> str:
    """The JSON Schema of a record."""
    from khabar.record import schema

    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def readme(old: str) -> str:
    """The README with its example: an article, and the page that the command prints of it.

    The page is made with --fast: a neural network may round otherwise on another processor.
    """
    from khabar.cli.page import page
    from khabar.reader import Reader
    from khabar.record import Article
    from khabar.sources import iter_articles

    articles = [a for a in iter_articles([str(ROOT / EXAMPLE)]) if isinstance(a, Article)]
    article = articles[-1]
    made = {"article": article.text, "page": page(Reader(fast=True).read(article), width=80)}
    for name, text in made.items():
        begin, end = f"<!-- {name}: made by make generate -->\n", f"<!-- end of {name} -->"
        before, _, rest = old.partition(begin)
        _, _, after = rest.partition(end)
        old = f"{before}{begin}```text\n{text.strip()}\n```\n{end}{after}"
    return old


EXAMPLE = "examples/flood.jsonl"

FILES: dict[str, Callable[[str], str]] = {"schema/record.json": record_schema, "README.md": readme}
"""A file and what makes its text from the text that it has."""

PACKAGES = ("khabar.lexicon", "khabar.gazetteer", "khabar.workspace.forms")
"""Packages whose `python -m NAME [--check]` makes their own files."""


def main() -> int:
    check = "--check" in sys.argv[1:]
    stale = []
    for name, make in FILES.items():
        path = ROOT / name
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        new = make(old)
        if new != old:
            stale.append(name)
            if not check:
                path.write_text(new, encoding="utf-8")
    for package in PACKAGES:
        if find_spec(f"{package}.__main__"):
            command = [sys.executable, "-m", package, *(["--check"] if check else [])]
            if subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}).returncode:
                stale.append(f"the files of {package} (python -m {package})")
    for name in stale:
        print(f"{name} {'is not what its generator writes; remake it: make generate' if check else 'remade'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
