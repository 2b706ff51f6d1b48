"""`python -m khabar.lexicon` writes the generated tables of the lexicon; `--check` only says whether they are up to date."""

import sys

from khabar.lexicon.compile import outdated


def main(arguments: list[str]) -> int:
    """Write what is out of date; with `--check`, name it and fail."""
    changed = outdated()
    for path, held in changed.items():
        print(("out of date: " if "--check" in arguments else "written: ") + path.name)
        if "--check" in arguments:
            continue
        if held is None:
            path.unlink()
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(held)
    return 1 if changed and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
