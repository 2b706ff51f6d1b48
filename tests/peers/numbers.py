"""Number suites of other projects, read where they stand: how many of their cases Khabar reads as they do.

`python -m tests.peers.numbers` prints the table and every case that is read otherwise; `refused_numbers.tsv` names the cases that
are left out of the count, each with its reason.
"""

import csv
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from khabar.layers.amounts import Amount, find, parse_number
from khabar.script import Text, fold

HERE = Path(__file__).parent
PEERS = HERE.parents[2] / "shared" / "peers"

Reading = list[float] | list[tuple[float | None, float | None]] | None


class Case(NamedTuple):
    """A case of a suite: its name in the suite, the expression, what the suite and what Khabar reads in it."""

    suite: str
    name: str
    expression: str
    expected: object
    ours: object

    @property
    def right(self) -> bool:
        return same(self.expected, self.ours)


def same(a: object, b: object) -> bool:
    """Equal, numbers to one part in a thousand million."""
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, int | float) and isinstance(b, int | float):
        return abs(a - b) <= 1e-9 * max(1e-30, abs(a), abs(b))
    return a == b


def _value(text: str) -> float | None:
    got = parse_number(text)
    return got.value if isinstance(got, Amount) else got


def duckling() -> Iterator[Case]:
    """Duckling's Arabic Numeral and Ordinal examples."""
    path = PEERS / "duckling" / "duckling_ar_examples.tsv"
    for n, row in enumerate(csv.reader(path.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE)):
        if row[0].startswith(("Numeral", "Ordinal")):
            suite = f"Duckling {row[0].split('/')[0]}"
            number = re.search(r"\(?(-?[\d.e]+)\)*$", row[2])
            expected = None if row[2] == "=" or number is None else float(number[1])
            yield Case(suite, str(n), row[1], expected, _value(row[1]))


def nemo() -> Iterator[Case]:
    """NeMo's pairs of written and spoken numbers: both sides read to one value, the written one as the suite means it."""
    for kind in ("cardinal", "decimal", "fraction"):
        for way in ("tn", "itn"):
            path = PEERS / "nemo" / f"{way}_test_cases_{kind}.txt"
            for n, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
                if "~" in line:
                    sides = line.split("~")
                    spoken, written = sorted(sides, key=lambda side: any(c.isdecimal() for c in side))
                    yield Case(f"NeMo {kind}", f"{way} {n + 1}", line, _written(written), [_value(written), _value(spoken)])


def _written(text: str) -> list[float]:
    whole, _, part = text.replace(",", ".").rpartition(" ")
    over = part.split("/")
    value = float(whole or 0) + (float(over[0]) / float(over[1]) if len(over) == 2 else float(over[0]))
    return [value, value]


def _recognizers(model: str) -> Iterator[tuple[int, str, list[dict[str, object]]]]:
    path = PEERS / "recognizers" / "Number" / "Arabic" / f"{model}.json"
    for n, case in enumerate(json.loads(path.read_text(encoding="utf-8-sig"))):
        yield n, case["Input"], case["Results"]


def recognizers_numbers() -> Iterator[Case]:
    """Recognizers' NumberModel: the values of all numbers of a sentence, in order."""
    for n, text, results in _recognizers("NumberModel"):
        expected = [float(r["Resolution"]["value"]) for r in results]  # type: ignore[index]
        alone = _value(text)
        ours = [alone] if alone is not None else [a.value for a in find(Text(text), wide=True) if a.kind != "ordinal"]
        yield Case("Recognizers Number", str(n), text, expected, ours)


def recognizers_ordinals() -> Iterator[Case]:
    """Recognizers' OrdinalModel, without its relative ordinals (the last, the next): they are no numbers."""
    for n, text, results in _recognizers("OrdinalModel"):
        if all(r["TypeName"] == "ordinal" for r in results):
            expected = [float(r["Resolution"]["value"]) for r in results]  # type: ignore[index]
            yield Case("Recognizers Ordinal", str(n), text, expected, [a.value for a in find(Text(text), wide=True)])


def recognizers_percents() -> Iterator[Case]:
    """Recognizers' PercentModel."""
    for n, text, results in _recognizers("PercentModel"):
        expected = [float(r["Resolution"]["value"].rstrip("%")) for r in results]  # type: ignore[index]
        ours = [a.value for a in find(Text(text), wide=True) if a.kind == "percent"]
        yield Case("Recognizers Percent", str(n), text, expected, ours)


def recognizers_ranges() -> Iterator[Case]:
    """Recognizers' NumberRangeModel: lower and upper end; whether an end belongs to the range is not told apart."""
    for n, text, results in _recognizers("NumberRangeModel"):
        expected = [
            tuple(float(end) if end else None for end in r["Resolution"]["value"][1:-1].split(","))  # type: ignore[index]
            for r in results
        ]
        ours: list[tuple[float | None, float | None]] = []
        for low, high in ((a.low, a.high) for a in find(Text(text), wide=True) if a.low != a.high):
            # Khabar gives the two bounds of "more than 10 and less than 20" one by one
            if ours and len(expected) == 1 and None not in expected[0] and None in ours[-1]:
                ours[-1] = (ours[-1][0] if low is None else low, ours[-1][1] if high is None else high)
            else:
                ours.append((low, high))
        yield Case("Recognizers NumberRange", str(n), text, expected, ours)


SUITES = (duckling, nemo, recognizers_numbers, recognizers_ordinals, recognizers_percents, recognizers_ranges)


def refused() -> dict[tuple[str, str], str]:
    """Reason for each case that is left out, by suite and name."""
    rows = csv.reader((HERE / "refused_numbers.tsv").open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {(row[0], row[1]): row[2] for row in rows if row and not row[0].startswith("#")}


def cases() -> list[Case]:
    """Every case of every suite."""
    return [case for suite in SUITES for case in suite()]


def table(all_cases: list[Case]) -> dict[str, tuple[int, int, int]]:
    """Cases, refused and right, a suite."""
    left_out = refused()
    counts: dict[str, tuple[int, int, int]] = {}
    for case in all_cases:
        total, out, right = counts.get(case.suite, (0, 0, 0))
        is_out = (case.suite, case.name) in left_out
        counts[case.suite] = (total + 1, out + is_out, right + (case.right and not is_out))
    return counts


def show(counts: dict[str, tuple[int, int, int]]) -> str:
    """The table in plain text."""
    lines = [f"{'suite':26}{'cases':>7}{'refused':>9}{'right':>7}{'share':>8}{'of all':>8}"]
    for suite, (total, out, right) in counts.items():
        lines.append(f"{suite:26}{total:7}{out:9}{right:7}{right / max(1, total - out):8.3f}{right / total:8.3f}")
    return "\n".join(lines)


if __name__ == "__main__":
    found = cases()
    left_out = refused()
    for case in found:
        if not case.right and (case.suite, case.name) not in left_out:
            print(case.suite, case.name, repr(fold(case.expression)), case.expected, case.ours, sep=" | ")
    print(show(table(found)))
    sys.exit(0)
