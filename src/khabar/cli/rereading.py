"""`khabar reread`: the articles of a workspace read again."""

import os
import sys
from collections import Counter

import msgspec

from khabar.cli.bar import counted
from khabar.cli.opening import opened
from khabar.cli.outcome import ALL_READ, SOME_FAILED, STOPPED, Stop, complain
from khabar.pool import CannotStart
from khabar.workspace.rereading import outdated, reread


def run(where: str, *, everything: bool, tagger: bool, jobs: int, as_json: bool) -> int:
    """Read again what is outdated and show what changed; gives the exit code."""
    done = failed = changed = 0
    new: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    with opened(where) as workspace:
        total = outdated(workspace, everything=everything, tagger=tagger)
        try:
            with counted(total, wanted=not as_json or not sys.stdout.isatty()) as step:
                for change in reread(workspace, everything=everything, tagger=tagger, jobs=jobs or os.cpu_count() or 1):
                    done += 1
                    if change.problem:
                        failed += 1
                        complain(f"{change.key}: {change.problem}")
                    changed += bool(change.layers)
                    new.update({layer: a for layer, (a, _) in change.layers.items()})
                    gone.update({layer: b for layer, (_, b) in change.layers.items()})
                    if as_json:
                        print(msgspec.json.encode(change).decode())
                    step(done, failed)
        except CannotStart as error:
            raise Stop(str(error)) from None
        except KeyboardInterrupt:
            raise Stop(f"stopped; {done} articles were read again, run it again to go on", STOPPED) from None
    if not as_json:
        print(f"{where}: {done - failed:,} read again, {changed:,} changed{f', {failed:,} failed' if failed else ''}")
        for layer in new:
            print(f"  {layer:<13} {new[layer]:>7,} new {gone[layer]:>7,} gone")
    return SOME_FAILED if failed else ALL_READ
