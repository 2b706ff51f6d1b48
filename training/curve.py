"""The learning curve: how the heads do with fewer articles.

    python -m training.curve --shared DATA [--shares 0.12 0.25 0.5]

For each share the second stage is run anew from the first's model on so large a share of gold/train and of the annotations, and
scored on the articles that are held out; prints a line of JSON.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from training.__main__ import Way, load, scores_of


def main() -> None:
    """One training a share."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument("--build", type=Path, default=Path("training/build"))
    ask.add_argument("--shares", type=float, nargs="+", default=[0.12, 0.25, 0.5])
    a = ask.parse_args()
    torch.set_num_threads(1)
    a.build.mkdir(parents=True, exist_ok=True)
    data = load(a.shared, a.build)
    way = Way(data, a.build)
    for share in a.shares:
        model = way.news(way.names(), f"news-{share}", share)
        print(json.dumps({"share": share, **scores_of(model, data)}), flush=True)


if __name__ == "__main__":
    main()
