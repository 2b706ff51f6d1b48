"""Latin forms of names: Khabar beside arabic-name-romanizer, on the same 300 name tokens that Khabar did not learn from.

usage: python benchmarks/latin_names.py ../shared        (pip install arabic-name-romanizer for the comparison)

A token's answer is right where it is one of the Latin forms that the lists give for it, and near where it is within one letter
of one. Both answers are compared in lower-case ASCII.
"""

import sys
import zlib
from collections.abc import Callable
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from khabar.gazetteer.latin import word
from khabar.gazetteer.learn_latin import ascii_of, held_out, pairs


def measure(answer: Callable[[str], str], sample: list[tuple[str, set[str]]]) -> tuple[float, float]:
    """Shares of right answers, and of right or near ones."""
    right = near = 0
    for arabic, forms in sample:
        said = "".join(c for c in ascii_of(answer(arabic)) if c.isalpha())
        distance = min(Levenshtein.distance(said, form) for form in forms)
        right += distance == 0
        near += distance <= 1
    return right / len(sample), near / len(sample)


def main() -> None:
    """Print the table."""
    known = pairs(Path(sys.argv[1]) / "names")
    tokens = sorted((a for a in known if held_out(a)), key=lambda a: zlib.crc32(a[::-1].encode()))[:300]
    sample = [(token, set(known[token])) for token in tokens]
    readers: dict[str, Callable[[str], str]] = {"khabar": word}
    try:
        from arabic_name_romanizer import transliterate
    except ImportError:
        print("arabic-name-romanizer is not installed: no comparison", file=sys.stderr)
    else:
        readers["arabic-name-romanizer"] = lambda token: str(getattr(transliterate(token), "text", transliterate(token)))
    print(f"{'':24}{'right':>8}{'within 1':>10}   of {len(sample)}")
    for name, reader in readers.items():
        right, near = measure(reader, sample)
        print(f"{name:24}{right:8.3f}{near:10.3f}")


if __name__ == "__main__":
    main()
