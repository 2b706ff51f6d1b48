"""The learning curve: how the heads do with fewer annotated articles.

    python -m training.curve --shared DATA [--sizes 30 60 120] [--rounds 12]

For each size the teacher is trained anew from the pre-trained encoder (no silver articles) and scored on the held-out fold;
prints a line of JSON.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

import torch

from training.__main__ import load, train
from training.fit import Plan


def main() -> None:
    """One training a size."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument("--build", type=Path, default=Path("training/build"))
    ask.add_argument("--sizes", type=int, nargs="+", default=[30, 60, 120])
    ask.add_argument("--rounds", type=int, default=12)
    ask.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    a = ask.parse_args()
    torch.set_num_threads(a.threads)
    a.build.mkdir(parents=True, exist_ok=True)
    data = load(a.shared, a.build)
    for size in a.sizes:
        _, scores = train(data, data.gold[:size], [], Plan(rounds=a.rounds))
        print(json.dumps({"articles": size, **scores}), flush=True)


if __name__ == "__main__":
    main()
