"""Load on a workbench: locust users over loopback, pages and API apart.

usage: python benchmarks/workbench.py --workspace w.db [--users 8] [--seconds 30] [--requests N]

Starts `khabar serve` on a free port and lets the users ask without pause, pages first, then the API: every listing whole, of
some days, and narrowed to a whole country, to who acts, to a type of event and to a source; single things; searches. Prints p50
and p95 of each address, and the memory of the server before and after. With `--requests`, pages and API together are asked so
often, and the memory is printed ten times on the way. Needs locust (pip install locust).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

USERS = """
import json, os, random, re
import gevent
from locust import FastHttpUser, constant, events, task
TARGETS = json.loads(os.environ["TARGETS"])
SERVER, MOST = os.environ["SERVER"], int(os.environ["MOST"])
count = 0
@events.init.add_listener
def begin(environment, **_):
    @environment.events.request.add_listener
    def counted(**_):
        global count
        count += 1
        if MOST and count % (MOST // 10) == 0:
            with open(f"/proc/{SERVER}/status") as status, open(os.environ["MEMORY"], "a") as out:
                print(count, int(re.search(r"VmRSS:\\s+(\\d+)", status.read())[1]) // 1024, file=out)
        if MOST and count == MOST:
            gevent.spawn(environment.runner.quit)  # not from a user, whom it ends
class Client(FastHttpUser):
    wait_time = constant(0)
    @task
    def ask(self):
        name = random.choice(list(TARGETS))
        self.client.get(random.choice(TARGETS[name]), name=name, headers={"Accept-Language": random.choice(["ar", "en"])})
"""


NARROWED = (
    "place=Saudi+Arabia",
    "place=Yemen",
    "place=France",
    "actor=Saudi+Arabia",
    "actor=Barack+Obama",
    "type=CONSULT",
    "type=ASSAULT&place=Yemen",
    "source=United+Nations",
)


def ids(base: str, what: str) -> list[int]:
    """Some ids of the workspace."""
    with urllib.request.urlopen(f"{base}/api/{what}?limit=100") as answer:
        return [item["id"] for item in json.load(answer)["items"]]


def targets(base: str) -> dict[str, dict[str, list[str]]]:
    """Addresses by kind and name."""
    words = ["%D8%AF%D8%B1%D9%86%D8%A9", "Haftar", "%D8%A7%D9%84%D8%B3%D8%B9%D9%88%D8%AF%D9%8A%D8%A9", "%D9%82%D8%AA%D9%84%D9%89"]
    known = {what: ids(base, what) for what in ("stories", "events", "entities", "articles")}
    one = {f"{what}/ID": [f"{what}/{id}" for id in found] for what, found in known.items()}
    lists = {}
    for what in ("stories", "events", "figures", "entities"):
        lists[what] = [what, f"{what}?begin=2015-07-25&end=2015-08-05"]
        lists[f"{what}?FILTER"] = [f"{what}?{narrowed}" for narrowed in NARROWED]
    both = {**lists, **one, "search": [f"search?q={word}" for word in words]}
    places = ["places", "places?type=ASSAULT", "places?begin=2015-07-25&end=2015-08-05"]
    pages = {**both, "places": places, "review": ["review", "review?queue=joins", "review?queue=figures"]}
    return {
        "pages": {f"/{name}": [f"/{path}" for path in paths] for name, paths in pages.items()},
        "API": {f"/api/{name}": [f"/api/{path}" for path in paths] for name, paths in both.items()},
    }


def memory(pid: int) -> int:
    """Resident megabytes of a process."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) // 1024 if found else 0


def measure(base: str, wanted: dict[str, list[str]], users: int, seconds: int, server: int, most: int = 0) -> None:
    """Let the users ask, and print what locust measured; with `most`, so often, and the server's memory on the way."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "users.py"
        file.write_text(USERS)
        command = [sys.executable, "-m", "locust", "-f", str(file), "--headless", "-u", str(users), "-r", str(users)]
        command += ["-t", f"{seconds}s", "-H", base, "--json", "--only-summary", "--loglevel", "ERROR"]
        told = {"TARGETS": json.dumps(wanted), "SERVER": str(server), "MOST": str(most), "MEMORY": str(Path(folder) / "memory")}
        done = subprocess.run(command, env={**os.environ, **told}, capture_output=True, text=True)
        if done.returncode and not done.stdout:
            sys.exit(done.stderr)
        on_the_way = Path(told["MEMORY"]).read_text().splitlines() if most else []
    rows = json.loads(done.stdout)
    everything: dict[int, int] = {}
    for row in sorted(rows, key=lambda r: r["name"]):
        times = {int(ms): n for ms, n in row["response_times"].items()}
        for ms, n in times.items():
            everything[ms] = everything.get(ms, 0) + n
        print(f"{row['name']:24} {row['num_requests']:7} requests  p50 {at(times, 0.5):4} ms  p95 {at(times, 0.95):4} ms  "
              f"{row['num_failures']} failed")  # fmt: skip
    for count, megabytes in (line.split() for line in on_the_way):
        print(f"after {int(count):7,} requests {megabytes:>5} MB")
    print(f"{'all':24} {sum(everything.values()):7} requests  p50 {at(everything, 0.5):4} ms  p95 {at(everything, 0.95):4} ms")


def at(times: dict[int, int], share: float) -> int:
    """The time within which that share of the requests were answered."""
    wanted, seen = share * sum(times.values()), 0
    for ms in sorted(times):
        seen += times[ms]
        if seen >= wanted:
            return ms
    return 0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--workspace", required=True)
    parser.add_argument("--users", type=int, default=8)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--requests", type=int, default=0, help="ask so often instead, and print the memory on the way")
    given = parser.parse_args()
    random.seed(7)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "khabar", "serve", "-w", given.workspace, "-p", str(port), "--fast"]
    server = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{base}/health")
                break
            except OSError:
                time.sleep(0.2)
        asked = targets(base)
        if given.requests:
            asked = {"pages and API": {name: paths for wanted in asked.values() for name, paths in wanted.items()}}
        for name, wanted in asked.items():
            for paths in wanted.values():  # each once, so that what is made once is made
                urllib.request.urlopen(base + paths[0]).read()
            before = memory(server.pid)
            seconds = 3600 if given.requests else given.seconds
            until = f"{given.requests:,} requests" if given.requests else f"{seconds} s"
            print(f"\n{name}, {given.users} users without pause, {until}")
            measure(base, wanted, given.users, seconds, server.pid, given.requests)
            print(f"memory of the server: {before} MB before, {memory(server.pid)} MB after")
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)


if __name__ == "__main__":
    main()
