"""Score the shipped tagger.

    python -m training.score columns FILE [--last-tenth] [--alone]   span F1 of PER, ORG, LOC on a file of one token a line
    (ANERcorp, Wojood)
    python -m training.score gold FOLDER                             F1 of each head on annotated articles

Countries and other places are LOC, persons PER, organisations ORG; groups, hazards and unnamed persons count as nothing. Of
nested names in the file the outermost one of PER/PERS, ORG, LOC/GPE/FAC counts. A span counts when both ends and the class
are right.
"""

from __future__ import annotations

import argparse
import collections
import json
from pathlib import Path

import numpy as np

from khabar.tagger import Tagger, Tags
from khabar.tagger.decode import spans
from khabar.tagger.labels import LAYERS, RELATIONS, slices
from training import corpora
from training.tally import Tally, column_file, rates, score_columns

TOGETHER = 8
"""Sentences of a column file that are read in one call."""


def columns(path: Path, last_tenth: bool, alone: bool) -> None:
    """Print precision, recall and F1 by class."""
    tagger = Tagger.load()
    together = 1 if alone else TOGETHER

    def tag(sentences: list[list[str]]) -> list[list[tuple[int, int, str]]]:
        found: list[Tags] = []
        for at in range(0, len(sentences), together):
            found += tagger.tag(sentences[at : at + together])
        return [[(n.start, n.end, n.label) for n in tags.names] for tags in found]

    sentences = column_file(path)
    if last_tenth:
        sentences = sentences[len(sentences) * 9 // 10 :]
    tally = score_columns(sentences, tag)
    print(f"{path.name}: {len(sentences)} sentences")
    for kind in ("PER", "ORG", "LOC", None):
        p, r, f = tally.of([kind] if kind else None)
        print(f"{kind or 'all':5} P {p:.3f}  R {r:.3f}  F1 {f:.3f}")


def tag_example(tagger: Tagger, example: corpora.Example) -> tuple[list[Tags], list[int]]:
    """The tags of an example's sentences, and each sentence's first word."""
    starts = [i for i, s in enumerate(example.sentence) if i == 0 or s != example.sentence[i - 1]]
    ends = [*starts[1:], len(example.words)]
    return tagger.tag([example.words[a:b] for a, b in zip(starts, ends, strict=True)]), starts


def gold(folder: Path, only: set[str] | None = None) -> dict[str, float]:
    """F1 of each head: exact spans; triggers also by type in the right sentence; of each relation F1 of
    the words that stand in it at a probability of 0.5, given the true triggers and cues."""
    tagger = Tagger.load()
    where = slices()
    tallies: dict[str, Tally] = collections.defaultdict(Tally)
    words: collections.Counter[tuple[int, str]] = collections.Counter()
    status = [0, 0]
    for e in corpora.gold_examples(folder):
        if only is not None and e.key not in only:
            continue
        found, starts = tag_example(tagger, e)
        for layer in ("names", "roles", "triggers", "cues", "sources", "contents"):
            truth = e.allowed.argmax(1) if layer == "names" else e.labels[layer]
            one_hot = np.full((len(truth), where[layer].stop - where[layer].start), -30.0)
            one_hot[np.arange(len(truth)), truth] = 0
            true = {s[:3] for s in spans(layer, one_hot)}
            mine: set[tuple[int, int, str]] = set()
            for tags, start in zip(found, starts, strict=True):
                for s in getattr(tags, layer):
                    if s.label == "CONTINUED":
                        last = next(m for m in mine if m[1] == start + s.start)
                        mine.discard(last)
                        mine.add((last[0], start + s.end, last[2]))
                    else:
                        mine.add((start + s.start, start + s.end, s.label))
            tallies[layer].add(true, mine)
            if layer == "triggers":
                tallies["trigger type, sentence"].add(
                    {(e.sentence[a], 0, k) for a, _, k in true}, {(e.sentence[a], 0, k) for a, _, k in mine}
                )
        for tags, start in zip(found, starts, strict=True):
            for t in tags.triggers:
                truth_status = e.labels["status"][start + t.start]
                if truth_status >= 0:
                    status[0] += LAYERS["status"][truth_status] == t.status
                    status[1] += 1
        links = found[0].links if found else None
        for head in e.heads if links else []:
            place = links.place(*head.run)
            for r, name in enumerate(RELATIONS):
                for at in np.flatnonzero(head.labels[:, r] != corpora.UNASKED):
                    yes = links.score(name, place, links.place(int(at), int(at) + 1)) >= 0.5
                    holds = head.labels[at, r] == 1
                    words[r, "gold"] += int(holds)
                    words[r, "system"] += int(yes)
                    words[r, "matched"] += int(holds and yes)
    out = {layer: tally.of()[2] for layer, tally in tallies.items()}
    out["status of true triggers found"] = status[0] / max(1, status[1])
    for r, name in enumerate(RELATIONS):
        out[f"words {name}"] = rates(*(words[r, k] for k in ("matched", "gold", "system")))[2]
    return {k: round(v, 3) for k, v in out.items()}


def main() -> None:
    """The commands above."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = ask.add_subparsers(dest="command", required=True)
    of_file = commands.add_parser("columns")
    of_file.add_argument("file", type=Path)
    of_file.add_argument(
        "--last-tenth", action="store_true", help="only the last tenth of the sentences, which is not trained on"
    )
    of_file.add_argument("--alone", action="store_true", help="read each sentence by itself")
    of_folder = commands.add_parser("gold")
    of_folder.add_argument("folder", type=Path)
    a = ask.parse_args()
    if a.command == "columns":
        columns(a.file, a.last_tenth, a.alone)
    else:
        print(json.dumps(gold(a.folder), indent=1))


if __name__ == "__main__":
    main()
