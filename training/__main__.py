"""Make the tagger's weights: `python -m training --shared DATA`.

Unpack the encoder, cut its vocabulary, fine-tune it in two stages, choose the thresholds, quantise, export:

1. names: ANERcorp and Wojood alone, whether their organisations are groups left open;
2. news: gold/train and the annotated articles of `annotations/`, beside sentences of ANERcorp and Wojood, with organisations and
   groups told apart. Gold, which alone has attributions and sets the habits, is seen more often from round to round.

One article in eight and some more (`folds.py`) are held out: thresholds are chosen on these, and on these the layers above learn
how far to trust the tagger. Wojood's val file and the last tenth of ANERcorp's sentences are never trained on, nor any text that
is the same report as one of gold/dev or gold/second. What is in `build` already is not made again.
"""

from __future__ import annotations

import argparse
import copy
import json
import pickle
import random
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from khabar.tagger.pieces import Pieces
from training import annotated, corpora, measure, tally, vocabulary
from training.export import export
from training.fit import Articles, Plan, fit
from training.folds import ANNOTATIONS, SAID, held_out
from training.model import Model, from_packed
from training.unpack import Packed, unpack

WEIGHTS = Path(__file__).parents[1] / "src/khabar/tagger/weights"

NAMES = Plan(gold_words=900, other_words=900, dropout=0.1, seed=7)
NEWS = Plan(others=(True, False), seed=8)
OFTEN = (2, 2, 2, 3, 3, 4)
"""How often each round of the second stage sees an article of gold; annotated ones are seen once a round."""


@dataclass
class Data:
    """What is trained on, and what is only measured with while training."""

    packed: Packed
    order: list[int]
    tokenizer: Tokenizer
    pieces: Pieces
    gold: list[corpora.Example]
    annotations: list[corpora.Example]
    columns: dict[bool, list[tuple[list[corpora.Example], int, bool]]]
    """ANERcorp and Wojood, with organisations and groups told apart (False) or left open (True)."""
    anercorp_held: list[list[tuple[str, list[str]]]]
    wojood_held: list[list[tuple[str, list[str]]]]

    def held(self) -> list[corpora.Example]:
        """Annotated articles that are not trained on: all of gold, and of the others those whose names are annotated."""
        return [e for e in (*self.gold, *self.annotations) if held_out(e.key) and "roles" in asked(e)]

    def learned(self, some: list[corpora.Example]) -> list[corpora.Example]:
        """Those of some that are trained on."""
        return annotated.apart_from([e for e in some if not held_out(e.key)], self.held())


def asked(example: corpora.Example) -> list[str]:
    """The layers that an example says something of."""
    return [layer for layer, labels in example.labels.items() if (labels != corpora.UNASKED).any()]


def load(shared: Path, build: Path) -> Data:
    """All of it, from the data folder; `build` keeps what is slow to make."""
    ner, news = shared / "ner", shared / "news/dev.jsonl.gz"
    measured = [e for part in ("dev", "second") for e in corpora.gold_examples(shared / "gold" / part)]
    counted = build / "words.pickle"
    if not counted.exists():
        counts = vocabulary.count_words(news, [ner / "anercorp_train.txt", ner / "wojood_train.txt"])
        counted.write_bytes(pickle.dumps(counts))
    packed = unpack()
    order, tokenizer = vocabulary.cut(packed, pickle.loads(counted.read_bytes()))
    tokenizer.save(str(build / "tokenizer.json"))
    gold = corpora.gold_examples(shared / "gold/train")
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
        annotated.apart_from(gold, measured),
        annotated.apart_from(annotated.annotated_examples((*ANNOTATIONS, SAID), news), [*measured, *gold]),
        columns,
        tally.column_file(ner / "anercorp_train.txt", slice(cut, None)),
        tally.column_file(ner / "wojood_val.txt"),
    )


def packed_texts(data: Data, seed: int) -> list[corpora.Example]:
    """ANERcorp's sentences packed to texts, as run time packs the sentences of an article."""
    rng = random.Random(seed)
    sentences = data.columns[True][0][0]
    out: list[corpora.Example] = []
    at = 0
    while at < len(sentences):
        out.append(corpora.packed(sentences, at, rng.randrange(60, 240)))
        at += len(set(out[-1].sentence))
    return out


def scores_of(model: Model, data: Data) -> dict[str, float]:
    """Scores on what a model has not seen."""
    model.eval()
    tag = measure.names_of(model, data.pieces)
    scores = measure.score_gold(model, data.pieces, data.held())
    scores["anercorp"] = round(tally.score_columns(data.anercorp_held, tag).of()[2], 3)
    scores["wojood"] = round(tally.score_columns(data.wojood_held, tag).of()[2], 3)
    return scores


@dataclass
class Way:
    """The stages, each kept in `build`."""

    data: Data
    build: Path

    def stage(self, name: str, start: Model | None, rounds: list[Articles], plan: Plan, loose: bool) -> Model:
        """One fine-tuning, from the pre-trained encoder or from `start`."""
        torch.manual_seed(plan.seed)
        model = copy.deepcopy(start) if start else from_packed(self.data.packed, self.data.order)
        kept = self.build / f"{name}.pt"
        if kept.exists():
            model.load_state_dict(torch.load(kept))
            return model
        print(f"{name}: {sum(len(e) * n for articles in rounds for e, n in articles)} articles in all", flush=True)
        fit(model, self.data.pieces, rounds, self.data.columns[loose], plan)
        torch.save(model.state_dict(), kept)
        print(name, json.dumps(scores_of(model, self.data)), flush=True)
        return model

    def names(self) -> Model:
        """The first stage: a model that has seen nothing of the articles."""
        return self.stage("names", None, [[(packed_texts(self.data, NAMES.seed), 1)]], NAMES, True)

    def news(self, start: Model, name: str = "news", share: float = 1.0) -> Model:
        """The second stage, on all articles that are trained on or a share of them."""
        some = [self.data.learned(e) for e in (self.data.gold, self.data.annotations)]
        gold, annotations = (e[: round(share * len(e))] for e in some)
        return self.stage(name, start, [[(gold, often), (annotations, 1)] for often in OFTEN], NEWS, False)


def main() -> None:
    """The whole way."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=Path("../shared"), help="the data folder (default ../shared)")
    ask.add_argument("--build", type=Path, default=Path("training/build"), help="where intermediate files go")
    ask.add_argument("--out", type=Path, default=WEIGHTS, help="where the shipped files go")
    a = ask.parse_args()
    torch.set_num_threads(1)
    a.build.mkdir(parents=True, exist_ok=True)
    data = load(a.shared, a.build)
    way = Way(data, a.build)
    model = way.news(way.names()).eval()
    export(model, data.tokenizer, measure.thresholds(model, data.held(), data.pieces), a.out)


if __name__ == "__main__":
    main()
