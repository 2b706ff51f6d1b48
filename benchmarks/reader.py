"""How fast the reader is, where its time goes, how soon it answers and how much memory it takes.

usage: python benchmarks/reader.py [--articles N] [--profile] [--json]

Reads the first N (2,000) articles of ../shared/news/dev.jsonl.gz; where that is absent, the examples over and over. Speed is
stated as articles, characters and words a second, and as a ratio to splitting the same text into words with one regular
expression in the same process, so that figures of different machines can be compared. --profile names the functions that take
the most time.
"""

import argparse
import gc
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
NEWS = ROOT.parent / "shared" / "news" / "dev.jsonl.gz"
WORD = re.compile(r"\w+")
LAYERS = ("blocks", "tokens", "tagger", "amounts", "times", "names", "entities", "attributions", "events", "figures")


def articles(count: int) -> tuple[list, str]:
    """Articles to read, and where they are from."""
    from khabar.record import Article
    from khabar.sources import iter_articles

    if NEWS.exists():
        found = (a for a in iter_articles([NEWS]) if isinstance(a, Article))
        return list(islice(found, count)), str(NEWS.relative_to(ROOT.parent))
    found = [a for a in iter_articles([ROOT / "examples"]) if isinstance(a, Article)]
    return list(islice(cycle(found), count)), "examples, over and over"


@contextmanager
def layers_timed() -> Iterator[dict[str, float]]:
    """Seconds that each layer takes, while it lasts."""
    from khabar import reader

    spent: dict[str, float] = dict.fromkeys(LAYERS, 0.0)
    places = {
        "blocks": (reader.blocks, "find"),
        "tokens": (reader, "Text"),
        "amounts": (reader.amounts, "find"),
        "times": (reader.times, "find"),
        "names": (reader.names, "find"),
        "entities": (reader.entities, "join"),
        "attributions": (reader.attributions, "find"),
        "events": (reader.events, "find"),
        "figures": (reader.figures, "find"),
        "tagger": (reader.Tagger, "tag"),
    }

    def timed(layer: str, function: Callable) -> Callable:
        def call(*given, **named):
            start = time.perf_counter()
            try:
                return function(*given, **named)
            finally:
                spent[layer] += time.perf_counter() - start

        return call

    before = {layer: (home, name, getattr(home, name)) for layer, (home, name) in places.items()}
    for layer, (home, name, function) in before.items():
        setattr(home, name, timed(layer, function))
    try:
        yield spent
    finally:
        for home, name, function in before.values():
            setattr(home, name, function)


def seconds(function: Callable[[], object], times: int = 1) -> float:
    """Seconds of the processor that a call takes, the median of some."""
    taken = []
    for _ in range(times):
        gc.collect()
        start = time.process_time()
        function()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def speed(name: str, taken: float, texts: list[str], split: float) -> dict:
    """Speed over texts, and as a ratio to splitting them into words."""
    characters, words = sum(map(len, texts)), sum(len(WORD.findall(t)) for t in texts)
    return {
        "reader": name,
        "articles": len(texts),
        "seconds": round(taken, 2),
        "articles/s": round(len(texts) / taken, 1),
        "of 2,000 characters/s": round(characters / 2000 / taken, 1),
        "words/s": round(words / taken),
        "times the time of splitting": round(taken / (split * characters)),
    }


def read_all(found: list, fast: bool, jobs: int) -> float:
    """Seconds to read articles, the reader loaded before."""
    from khabar.reader import Reader

    reader = Reader(fast=fast)
    reader.read(found[0])
    # of one process the processor's time, which other work on the machine does not lengthen; of several the clock's
    clock = time.process_time if fast and jobs == 1 else time.perf_counter
    start = clock()
    for _ in reader.read_many(found, jobs=jobs):
        pass
    return clock() - start


def command(*arguments: str) -> tuple[float, float]:
    """Seconds and peak MB of a run of the command."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "khabar", *arguments], stdout=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def first_record(*options: str) -> float:
    """Seconds until the first record stands on standard output."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    run = [sys.executable, "-m", "khabar", "read", str(ROOT / "examples"), "--format", "jsonl", *options]
    start = time.perf_counter()
    with subprocess.Popen(run, stdout=subprocess.PIPE, env=environment) as process:
        process.stdout.readline()
        taken = time.perf_counter() - start
        process.stdout.read()
    return taken


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--articles", type=int, default=2000, metavar="N")
    ask.add_argument("--tagger-articles", type=int, default=200, metavar="N", help="how many of them to read with the tagger")
    ask.add_argument("--profile", action="store_true", help="name the functions that take the most time with --fast")
    ask.add_argument("--json", action="store_true", help="one JSON object")
    given = ask.parse_args()
    found, where = articles(given.articles)
    texts = [a.text for a in found]
    result: dict = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "articles": where,
    }

    starts = {"help": ["--help"], "help of read": ["read", "--help"], "version": ["--version"]}
    result["start-up, s"] = {k: round(statistics.median(command(*v)[0] for _ in range(5)), 3) for k, v in starts.items()}
    result["start-up, s"] |= {
        "first record, fast": round(statistics.median(first_record("--fast") for _ in range(3)), 2),
        "first record, tagger": round(statistics.median(first_record() for _ in range(3)), 2),
    }

    split = seconds(lambda: [WORD.findall(t) for t in texts], 3) / sum(map(len, texts))
    few = found[: given.tagger_articles]
    result["speed"] = [
        speed("--fast, 1 job", read_all(found, True, 1), texts, split),
        speed("--fast, 2 jobs", read_all(found, True, 2), texts, split),
        speed("tagger, 1 job", read_all(few, False, 1), texts[: len(few)], split),
        speed("tagger, 2 jobs", read_all(few, False, 2), texts[: len(few)], split),
    ]
    result["share of time, %"] = {}
    for name, some, fast in (("--fast", found[:500], True), ("tagger", few, False)):
        with layers_timed() as spent:
            read_all(some, fast, 1)
        total = sum(spent.values())
        result["share of time, %"][name] = {layer: round(100 * s / total, 1) for layer, s in spent.items()}

    sample = ROOT / "examples" / "flood.jsonl"
    source = str(NEWS if NEWS.exists() else sample)
    result["peak memory, MB"] = {
        "--fast, all of the input" if NEWS.exists() else "--fast": round(_memory(source, True, given.articles)),
        "tagger": round(_memory(source, False, given.tagger_articles)),
    }
    if given.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        _print(result)
    if given.profile:
        profile(found[:500])


def _memory(source: str, fast: bool, count: int) -> float:
    """Peak MB of a process that reads `count` articles."""
    code = (
        "import sys; from itertools import islice; from khabar.sources import iter_articles; from khabar.reader import Reader;"
        "from khabar.record import Article; import resource; r = Reader(fast=sys.argv[2] == 'True');"
        "found = (a for a in iter_articles([sys.argv[1]]) if isinstance(a, Article));"
        "[r.read(a) and None for a in islice(found, int(sys.argv[3]))];"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    run = [sys.executable, "-c", code, source, str(fast), str(count)]
    return float(subprocess.run(run, capture_output=True, text=True, check=True, env=environment).stdout)


def _print(result: dict) -> None:
    for key, value in result.items():
        if isinstance(value, list):
            print(f"\n{key}")
            for row in value:
                print("  " + "  ".join(f"{k} {v}" for k, v in row.items()))
        elif isinstance(value, dict):
            print(f"\n{key}")
            for name, what in value.items():
                print(f"  {name:24}", "  ".join(f"{k} {v}" for k, v in what.items()) if isinstance(what, dict) else what)
        else:
            print(f"{key}: {value}")


def profile(found: list) -> None:
    """Print the functions that take the most time of their own."""
    import cProfile
    import pstats

    from khabar.reader import Reader

    reader = Reader(fast=True)
    reader.read(found[0])
    profiler = cProfile.Profile()
    profiler.enable()
    for article in found:
        reader.read(article)
    profiler.disable()
    pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
