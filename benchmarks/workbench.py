"""Load on a workbench: locust users over loopback, pages and API apart.

usage: python benchmarks/workbench.py --workspace w.db [--users 8] [--seconds 30] [--requests N]

Starts `khabar serve` on a free port and lets the users ask without pause, pages first, then the API. Prints p50 and p95 of each
address, and the memory of the server before and after. Needs locust (pip install locust).
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
import json, os, random
from locust import FastHttpUser, constant, task
TARGETS = json.loads(os.environ["TARGETS"])
class Client(FastHttpUser):
    wait_time = constant(0)
    @task
    def ask(self):
        name = random.choice(list(TARGETS))
        self.client.get(random.choice(TARGETS[name]), name=name, headers={"Accept-Language": random.choice(["ar", "en"])})
"""


def ids(base: str, what: str) -> list[int]:
    """Some ids of the workspace."""
    with urllib.request.urlopen(f"{base}/api/{what}?limit=100") as answer:
        return [item["id"] for item in json.load(answer)["items"]]


def targets(base: str) -> dict[str, dict[str, list[str]]]:
    """Addresses by kind and name."""
    words = ["%D8%AF%D8%B1%D9%86%D8%A9", "Haftar", "%D8%A7%D9%84%D8%B3%D8%B9%D9%88%D8%AF%D9%8A%D8%A9", "%D9%82%D8%AA%D9%84%D9%89"]
    known = {what: ids(base, what) for what in ("stories", "events", "entities", "articles")}
    one = {f"{what}/ID": [f"{what}/{id}" for id in found] for what, found in known.items()}
    lists = {what: [what, f"{what}?begin=2015-07-25&end=2015-08-05"] for what in ("stories", "events", "figures", "entities")}
    both = {**lists, **one, "search": [f"search?q={word}" for word in words]}
    pages = {**both, "places": ["places"], "review": ["review"]}
    return {
        "pages": {f"/{name}": [f"/{path}" for path in paths] for name, paths in pages.items()},
        "API": {f"/api/{name}": [f"/api/{path}" for path in paths] for name, paths in both.items()},
    }


def memory(pid: int) -> int:
    """Resident megabytes of a process."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) // 1024 if found else 0


def measure(base: str, wanted: dict[str, list[str]], users: int, seconds: int) -> None:
    """Let the users ask, and print what locust measured."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "users.py"
        file.write_text(USERS)
        command = [sys.executable, "-m", "locust", "-f", str(file), "--headless", "-u", str(users), "-r", str(users)]
        command += ["-t", f"{seconds}s", "-H", base, "--json", "--only-summary", "--loglevel", "ERROR"]
        done = subprocess.run(command, env={**os.environ, "TARGETS": json.dumps(wanted)}, capture_output=True, text=True)
    rows = json.loads(done.stdout)
    everything: dict[int, int] = {}
    for row in sorted(rows, key=lambda r: r["name"]):
        times = {int(ms): n for ms, n in row["response_times"].items()}
        for ms, n in times.items():
            everything[ms] = everything.get(ms, 0) + n
        print(f"{row['name']:24} {row['num_requests']:7} requests  p50 {at(times, 0.5):4} ms  p95 {at(times, 0.95):4} ms  "
              f"{row['num_failures']} failed")  # fmt: skip
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
        for name, wanted in targets(base).items():
            for paths in wanted.values():  # each once, so that what is made once is made
                urllib.request.urlopen(base + paths[0]).read()
            before = memory(server.pid)
            print(f"\n{name}, {given.users} users without pause, {given.seconds} s")
            measure(base, wanted, given.users, given.seconds)
            print(f"memory of the server: {before} MB before, {memory(server.pid)} MB after")
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)


if __name__ == "__main__":
    main()
