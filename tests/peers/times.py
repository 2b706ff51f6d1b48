"""Time suites of other projects, read where they stand: how many of their cases Khabar reads as they do.

`python -m tests.peers.times` prints the table and every case that is read otherwise; `refused_times.tsv` names the cases that are
left out of the count, each with its reason.

Cases are compared in the peers' own conventions, which `find` and `parse_time` have as options (`week_starts=1`,
`leads="future"`) or which are allowed for here:

- Duckling: the days that the value's grain covers are compared with the first and last day; hours and minutes with the TIMEX3
  value; a part of the day by its day and by whether its hours are that part's; of a holiday the first day.
- Recognizers: of its two resolutions the future one, of a decade the past one. Its periods end on the day after the last one
  (weeks, months), on the last one (from the 4th to the 22nd) or on the first day of the last year (2014 to 2018); coming days
  begin tomorrow. The start, middle and end of a year, month or week are the gold guidelines' in Khabar and halves (of a week
  three, four and four days) there: the whole and the cut are compared, and the days after cutting as Recognizers does.
"""

import csv
import json
import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from khabar.layers.times import find, parse_time
from khabar.record import Time
from khabar.script import Text

HERE = Path(__file__).parent
PEERS = HERE.parents[2] / "shared" / "peers"
DUCKLING_NOW = "2013-02-12T04:30:00-02:00"
PARTS = {"MO": (0, 12), "DW": (0, 12), "NO": (12, 17), "AF": (12, 19), "EV": (16, 24), "NI": (18, 24)}


class Case(NamedTuple):
    """A case of a suite: its name in the suite, the expression, what the suite and what Khabar reads in it."""

    suite: str
    name: str
    expression: str
    expected: str
    ours: str
    right: bool


def _ours(time: Time | None) -> str:
    return "none" if time is None else f"{time.type} {time.value} [{time.begin}, {time.end}]"


# Duckling


def _grain_end(start: date, grain: str) -> date:
    if grain == "Week":
        return start + timedelta(days=6)
    if grain == "Month":
        return (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    if grain == "Quarter":
        return _grain_end((start.replace(day=1) + timedelta(days=70)).replace(day=1), "Month")
    if grain == "Year":
        return start.replace(month=12, day=31)
    return start


def _clock(numbers: list[int], grain: str) -> str:
    stamp = f"{numbers[0]:04}-{numbers[1]:02}-{numbers[2]:02}T{numbers[3]:02}"
    return stamp if grain == "Hour" and not numbers[4] else f"{stamp}:{numbers[4]:02}"


def _same_clock(value: str | None, stamp: str) -> bool:
    return value is not None and value.removesuffix("Z").removesuffix(":00") == stamp.removesuffix(":00")


def _duckling_right(term: str, time: Time | None) -> bool:
    if term == "=":
        return time is None
    if time is None:
        return False
    stamps = [[int(n) for n in m[1].split(",")] for m in re.finditer(r"\((-?\d+(?:, ?-?\d+){5})\)", term)]
    grain_found = re.search(r"\) (Second|Minute|Hour|Day|Week|Month|Quarter|Year)", term)
    if not stamps or grain_found is None or time.begin is None or time.end is None:
        return False
    grain, first = grain_found[1], date(*stamps[0][:3])
    if term.startswith("(datetimeHoliday"):
        return time.begin == first.isoformat()
    if term.startswith("(datetimeOpenInterval"):
        return first.isoformat() in (time.begin, time.end)
    if term.startswith("(datetimeInterval"):
        last = date(*stamps[1][:3])
        if grain in ("Hour", "Minute"):
            return _same_hours(time.value or "", stamps)
        ends = {last.isoformat()} if grain == "Second" else {(last - timedelta(days=1)).isoformat()}
        return time.begin == first.isoformat() and time.end in ends
    if grain in ("Hour", "Minute"):
        return _same_clock(time.value, _clock(stamps[0], grain))
    return time.begin == first.isoformat() and time.end == _grain_end(first, grain).isoformat()


def _same_hours(value: str, stamps: list[list[int]]) -> bool:
    """A part of a day by its day and whether the suite's hours lie in it; a span of hours by its ends, the last hour included."""
    day = date(*stamps[0][:3]).isoformat()
    if part := re.fullmatch(r"(\d{4}-\d\d-\d\d)T([A-Z]{2})", value):
        lo, hi = PARTS[part[2]]
        return part[1] == day and lo <= stamps[0][3] < hi
    first, _, last = value.partition("/")
    ends = re.fullmatch(r".*T(\d\d)(?::(\d\d))?", last)
    if not ends or not _same_clock(first, _clock(stamps[0], "Minute")):
        return False
    return int(ends[1]) in (stamps[1][3], stamps[1][3] - 1)


def duckling() -> Iterator[Case]:
    """Duckling's Arabic Time examples."""
    path = PEERS / "duckling" / "duckling_ar_examples.tsv"
    for row in csv.reader(path.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row[0].startswith("Time"):
            time = parse_time(row[1], DUCKLING_NOW, week_starts=1, leads="future")
            yield Case("Duckling Time", row[1], row[1], row[2], _ours(time), _duckling_right(row[2], time))


DURATIONS = {
    "Second": "PT{}S",
    "Minute": "PT{}M",
    "Hour": "PT{}H",
    "Day": "P{}D",
    "Week": "P{}W",
    "Month": "P{}M",
    "Year": "P{}Y",
}


def duckling_durations() -> Iterator[Case]:
    """Duckling's Arabic Duration examples, by their TIMEX3 value."""
    path = PEERS / "duckling" / "duckling_ar_examples.tsv"
    for row in csv.reader(path.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row[0].startswith("Duration") and (found := re.fullmatch(r"\(DurationData (\d+) (\w+)\)", row[2])):
            time = parse_time(row[1], DUCKLING_NOW)
            expected = DURATIONS[found[2]].format(found[1])
            right = time is not None and time.type == "DURATION" and time.value == expected
            yield Case("Duckling Duration", row[1], row[1], expected, _ours(time), right)


# Recognizers


def _recognizers(model: str, suite: str) -> Iterator[Case]:
    path = PEERS / "recognizers" / "DateTime" / "Arabic" / f"{model}.json"
    for case in json.loads(path.read_text(encoding="utf-8-sig")):
        text = case["Input"]
        now = (case.get("Context") or {}).get("ReferenceDateTime")
        found = find(Text(text), now, week_starts=1, leads="future")
        time = next((t for t in found if t.type != "DURATION"), None)
        expected = [
            (value.get("Timex"), *(list((value.get(f"{way}Resolution") or {}).values()) for way in ("Future", "Past")))
            for value in (r["Value"] for r in case["Results"])
        ]
        yield Case(suite, text, text, str(expected), _ours(time), _recognizers_right(expected, time, now or ""))


def _recognizers_right(expected: list[tuple[str, list[str], list[str]]], time: Time | None, now: str) -> bool:
    if not expected or time is None:
        return not expected and time is None
    timex, future, past = expected[0]
    if not future:  # a season: the suite gives no days
        return (time.value or "").split("-")[-1] == timex.split("-")[-1] and ("-" not in timex or time.value == timex)
    if time.begin is None or time.end is None:
        return False
    # of a decade without its century the past one
    ends = [date.fromisoformat(d) for d in (past if "XX70" in timex or "XX80" in timex or "XX90" in timex else future)]
    begin, end = date.fromisoformat(time.begin), date.fromisoformat(time.end)
    if len(ends) == 1:
        return begin == end == ends[0]
    if time.mod in ("START", "MID", "END") and not timex.endswith("WE"):
        return (time.value or "-").endswith(timex.replace("XXXX", "")) and _cut(time) == (ends[0], ends[1] - timedelta(days=1))
    if re.match(r"\(\d{4}-01-01,\d{4}-01-01,P\d+Y\)", timex) and (time.value or "").count("/"):
        return begin == ends[0] and end == ends[1].replace(
            month=12, day=31
        )  # from 2014 to 2018: its last year is given by its first day
    if begin.isoformat() == now[:10] and ends[0] == begin + timedelta(days=1):
        begin += timedelta(days=1)  # the coming days begin tomorrow there, today here
    return begin == ends[0] and end in (ends[1], ends[1] - timedelta(days=1))


def _cut(time: Time) -> tuple[date, date]:
    """The days of our start, middle or end of a year, month or week, cut as Recognizers does."""
    begin = date.fromisoformat(time.begin or "")
    if re.fullmatch(r"\d{4}", time.value or ""):
        year = begin.year
        return (date(year, 1, 1), date(year, 6, 30)) if time.mod == "START" else (date(year, 7, 1), date(year, 12, 31))
    if "W" in (time.value or ""):
        first = begin - timedelta(days=begin.weekday())
        lo, hi = {"START": (0, 2), "MID": (1, 4), "END": (3, 6)}[time.mod or "END"]
        return first + timedelta(days=lo), first + timedelta(days=hi)
    first = begin.replace(day=1)
    return (first, first.replace(day=15)) if time.mod == "START" else (first.replace(day=16), _grain_end(first, "Month"))


def recognizers_dates() -> Iterator[Case]:
    """Recognizers' DateParser."""
    return _recognizers("DateParser", "Recognizers Date")


def recognizers_periods() -> Iterator[Case]:
    """Recognizers' DatePeriodParser."""
    return _recognizers("DatePeriodParser", "Recognizers DatePeriod")


def cases() -> list[Case]:
    """Every case of every suite."""
    return [*duckling(), *duckling_durations(), *recognizers_dates(), *recognizers_periods()]


def refused() -> dict[tuple[str, str], str]:
    """The cases that are left out, with the reason, by suite and expression (so that other halves of a suite may be run)."""
    rows = csv.reader((HERE / "refused_times.tsv").open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {(row[0], row[1]): row[2] for row in rows if row and not row[0].startswith("#")}


def table(found: list[Case]) -> dict[str, tuple[int, int, int]]:
    """Cases, refused ones and right ones (of those not refused) of each suite."""
    left_out = refused()
    counts: dict[str, tuple[int, int, int]] = {}
    for case in found:
        total, out, right = counts.get(case.suite, (0, 0, 0))
        is_out = (case.suite, case.name) in left_out
        counts[case.suite] = (total + 1, out + is_out, right + (case.right and not is_out))
    return counts


def show(counts: dict[str, tuple[int, int, int]]) -> str:
    """The table as text."""
    lines = [f"{'suite':24}{'cases':>7}{'refused':>9}{'right':>7}{'share':>8}"]
    for suite, (total, out, right) in counts.items():
        lines.append(f"{suite:24}{total:7}{out:9}{right:7}{right / max(1, total - out):8.3f}")
    return "\n".join(lines)


def main() -> None:
    found = cases()
    left_out = refused()
    for case in found:
        if not case.right and ((case.suite, case.name) not in left_out or "--refused" in sys.argv):
            print(f"{case.suite}\t{case.name}\n    expected {case.expected}\n    ours     {case.ours}")
    print(show(table(found)))


if __name__ == "__main__":
    main()
