"""`khabar add`: articles into a workspace."""

import os
from collections import Counter

import msgspec

from khabar.cli.bar import bar
from khabar.cli.opening import opened
from khabar.cli.outcome import ALL_READ, SOME_FAILED, STOPPED, Stop, complain
from khabar.cli.reading import fields_of
from khabar.pool import CannotStart
from khabar.sources import Problem, iter_articles
from khabar.workspace.adding import add


def run(paths: list[str], where: str, *, fast: bool, jobs: int, published: str | None, fields: list[str], as_json: bool) -> int:
    """Add all articles of `paths`; gives the exit code."""
    try:
        items = iter_articles(paths, fields_of(fields), published)
    except ValueError as error:
        raise Stop(str(error)) from None
    became: Counter[str] = Counter()
    with opened(where, create=True) as workspace, bar(paths, wanted=True) as step:
        try:
            for outcome in add(workspace, items, fast=fast, jobs=jobs or os.cpu_count() or 1):
                if outcome.problem:
                    complain(outcome.problem)
                if outcome.what == "failed" or not isinstance(outcome.item, Problem):
                    became[outcome.what] += 1
                step(became.total(), became["failed"])
        except CannotStart as error:
            raise Stop(str(error)) from None
        except KeyboardInterrupt:
            kept = became["added"] + became["changed"]
            raise Stop(f"stopped; {kept} articles are kept, run it again to go on", STOPPED) from None
    if as_json:
        counts = {what: became[what] for what in ("added", "changed", "known", "failed")}
        print(msgspec.json.encode({"workspace": where, **counts}).decode())
    else:
        print(_said(became, where))
    return SOME_FAILED if became["failed"] else ALL_READ


def _said(became: Counter[str], where: str) -> str:
    words = {"added": "added", "changed": "changed", "known": "already there", "failed": "failed"}
    counts = [f"{became[what]:,} {word}" for what, word in words.items() if became[what] or what == "added"]
    return f"{where}: {', '.join(counts)}"
