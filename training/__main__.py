"""Make the tagger's weights: `python -m training --shared DATA`.

Unpack the encoder, cut its vocabulary, fine-tune it with all heads in two stages, choose the thresholds, quantise, export.
The first stage learns from the gold, ANERcorp and Wojood; the second goes on from there at a lower rate, with the event
annotations, and with organisations and groups of ANERcorp and Wojood told apart, which the first leaves open. `--silver N`
puts N unlabelled articles, with what the first stage's model says of them, beside the labelled ones of the second. The last
tenth of ANERcorp's sentences, Wojood's val file and a fold of the annotated articles are never trained on, and no text that
is the same report as one of gold/dev or gold/second.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import random
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from khabar.tagger.pieces import Pieces
from training import annotated, corpora, measure, silver, tally, vocabulary
from training.export import export
from training.fit import Plan, fit
from training.model import Model, from_packed
from training.unpack import Packed, unpack

FOLD = 14
"""Annotated articles held out for choosing rounds and thresholds."""

ANNOTATIONS = [Path(__file__).with_name("annotations") / "events.jsonl"]
WEIGHTS = Path(__file__).parents[1] / "src/khabar/tagger/weights"


@dataclass
class Data:
    """What is trained on, and what is only measured with while training."""

    packed: Packed
    order: list[int]
    tokenizer: Tokenizer
    pieces: Pieces
    gold: list[corpora.Example]
    held: list[corpora.Example]
    events: list[corpora.Example]
    columns: dict[bool, list[tuple[list[corpora.Example], int, bool]]]
    """ANERcorp and Wojood, with organisations and groups told apart (False) or left open (True)."""
    anercorp_held: list[list[tuple[str, list[str]]]]
    wojood_held: list[list[tuple[str, list[str]]]]
    measured: list[corpora.Example]
    ids: set[str]
    """Ids of all annotated articles, which are no unlabelled news."""


def load(shared: Path, build: Path) -> Data:
    """All of it, from the data folder; `build` keeps what is slow to make."""
    ner, news = shared / "ner", shared / "news/dev.jsonl.gz"
    measured = [e for part in ("dev", "second") for e in corpora.gold_examples(shared / "gold" / part)]
    measured_ids = {e.key for e in measured}
    counted = build / "words.pickle"
    if not counted.exists():
        counts = vocabulary.count_words(news, [ner / "anercorp_train.txt", ner / "wojood_train.txt"])
        counted.write_bytes(pickle.dumps(counts))
    packed = unpack()
    order, tokenizer = vocabulary.cut(packed, pickle.loads(counted.read_bytes()))
    tokenizer.save(str(build / "tokenizer.json"))
    gold = corpora.gold_examples(shared / "gold/train")
    random.Random(3).shuffle(gold)
    events = annotated.annotated_examples(ANNOTATIONS, news)
    held = gold[:FOLD]
    columns: dict[bool, list[tuple[list[corpora.Example], int, bool]]] = {}
    for loose in (True, False):
        anercorp = corpora.column_examples(ner / "anercorp_train.txt", "anercorp", loose)
        cut = len(anercorp) * 9 // 10
        wojood = corpora.column_examples(ner / "wojood_train.txt", "wojood", loose)
        columns[loose] = [(anercorp[:cut], 1, True), (wojood, 2, False)]
    return Data(
        packed,
        order,
        tokenizer,
        Pieces(build / "tokenizer.json"),
        annotated.apart_from(gold[FOLD:], [*measured, *held]),
        held,
        annotated.apart_from(events, [*measured, *held]),
        columns,
        tally.column_file(ner / "anercorp_train.txt", slice(cut, None)),
        tally.column_file(ner / "wojood_val.txt"),
        [*measured, *held],
        measured_ids | {e.key for e in [*gold, *events]},
    )


def train(
    data: Data,
    gold: list[corpora.Example],
    soft: list[corpora.Example],
    plan: Plan,
    loose: bool = False,
    start: Model | None = None,
) -> tuple[Model, dict[str, float]]:
    """One fine-tuning, from the pre-trained encoder or from `start`, with its scores on what is held out."""
    torch.manual_seed(plan.seed)
    model = start or from_packed(data.packed, data.order)
    millions = sum(p.numel() for p in model.parameters()) / 1e6
    print(f"{len(data.order)} pieces, {millions:.1f}M parameters, {len(gold)} articles, {len(soft)} unlabelled", flush=True)

    def watch(_: int) -> dict[str, float]:
        model.eval()
        tag = measure.names_of(model, data.pieces)
        scores = measure.score_gold(model, data.pieces, data.held)
        scores["anercorp"] = round(tally.score_columns(data.anercorp_held, tag).of()[2], 3)
        scores["wojood"] = round(tally.score_columns(data.wojood_held, tag).of()[2], 3)
        return scores

    fit(model, data.pieces, gold, data.columns[loose], soft, plan, watch)
    return model, watch(0)


def main() -> None:
    """The whole way."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=Path("../shared"), help="the data folder (default ../shared)")
    ask.add_argument("--build", type=Path, default=Path("training/build"), help="where intermediate files go")
    ask.add_argument("--out", type=Path, default=WEIGHTS, help="where the shipped files go")
    ask.add_argument("--rounds", type=int, default=20, help="how often the first stage sees each annotated article")
    ask.add_argument("--second-rounds", type=int, default=5, help="how often the second does; 0: the first stage's model ships")
    ask.add_argument("--silver", type=int, default=0, help="unlabelled articles for the second stage")
    ask.add_argument("--fresh", action="store_true", help="the second stage begins with the pre-trained encoder again")
    ask.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    ask.add_argument("--first", type=Path, help="the first stage's model, trained before (build/first.pt)")
    a = ask.parse_args()
    torch.set_num_threads(a.threads)
    a.build.mkdir(parents=True, exist_ok=True)
    data = load(a.shared, a.build)
    scores: dict[str, float] = {}
    if a.first:
        model = from_packed(data.packed, data.order)
        model.load_state_dict(torch.load(a.first))
    else:
        model, scores = train(data, data.gold, [], Plan(rounds=a.rounds), loose=True)
        torch.save(model.state_dict(), a.build / "first.pt")
    if a.second_rounds:
        soft: list[corpora.Example] = []
        if a.silver:
            news = silver.unlabelled(a.shared / "news/dev.jsonl.gz", a.silver, data.ids, data.measured, Plan.seed)
            soft = silver.taught(model, data.pieces, news)
        rate = Plan.rate if a.fresh else Plan.rate / 2
        plan = Plan(rounds=a.second_rounds, rate=rate, head_rate=4 * rate, seed=Plan.seed + 1)
        model, scores = train(data, [*data.gold, *data.events], soft, plan, start=None if a.fresh else model)
        torch.save(model.state_dict(), a.build / "second.pt")
    print(json.dumps(scores, indent=1))
    model.eval()
    export(model, data.tokenizer, measure.thresholds(model, data.pieces, data.held), a.out)


if __name__ == "__main__":
    main()
