"""`python -m khabar.gazetteer` writes the generated tables; `--check` fails where they differ from what would be written.

`python -m khabar.gazetteer count SHARED` counts words anew in the news file and name lists of a folder, and `latin SHARED`
lists Latin spellings of words from them; both are rarely needed.
"""

import sys
from pathlib import Path

from khabar.gazetteer.build import GENERATED, build
from khabar.gazetteer.count import count
from khabar.gazetteer.learn_latin import learn


def main(arguments: list[str]) -> int:
    """Write or check; returns the exit status."""
    if arguments[:1] == ["count"]:
        count(Path(arguments[1]))
        return 0
    if arguments[:1] == ["latin"]:
        learn(Path(arguments[1]))
        return 0
    tables = build()
    stale = [
        name
        for name, text in tables.items()
        if not (GENERATED / name).exists() or (GENERATED / name).read_text(encoding="utf-8") != text
    ]
    if "--check" in arguments:
        for name in stale:
            print(f"gazetteer/generated/{name} is not what its data give: run python -m khabar.gazetteer", file=sys.stderr)
        return 1 if stale else 0
    GENERATED.mkdir(exist_ok=True)
    for name in stale:
        (GENERATED / name).write_text(tables[name], encoding="utf-8")
    print(", ".join(stale) or "nothing to write")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
