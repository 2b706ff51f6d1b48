"""The joint fine-tuning of all layers and heads."""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from khabar.tagger.labels import LAYERS, RELATIONS, slices
from khabar.tagger.pieces import Pieces
from training.batches import Batch, batch_of, by_length, endless
from training.corpora import UNASKED, Example
from training.model import Model

EMPTY = {"roles": 0.5, "triggers": 0.25, "cues": 0.5, "sources": 0.4, "contents": 1.0}
"""Weight of the label O: below 1 the rarer spans are found more readily."""


@dataclass(frozen=True)
class Plan:
    """Sizes and rates of a training run."""

    rounds: int = 20
    """How often each annotated article is seen."""
    gold_words: float = 900
    other_words: float = 900
    """Padded words of a batch of articles, and of a batch of sentences of the other corpora; a step takes one of each."""
    rate: float = 2e-4
    head_rate: float = 8e-4
    warm: float = 0.08
    weight_decay: float = 0.01
    seed: int = 7


def losses(model: Model, batch: Batch) -> dict[str, Tensor]:
    """The loss of each head that the batch asks something."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        outputs, queries, keys = model(batch.ids, batch.mask, batch.firsts)
    out: dict[str, Tensor] = {}
    where = slices()
    asked = ~batch.allowed.all(dim=1)
    if bool(asked.any()):
        names = torch.log_softmax(outputs[asked][:, where["names"]], dim=-1)
        out["names"] = -torch.logsumexp(names.masked_fill(~batch.allowed[asked], -1e4), dim=-1).mean()
    if batch.soft is not None:
        out |= soft_losses(outputs, batch.soft)
    for layer, labels in batch.labels.items():
        if bool((labels != UNASKED).any()):
            weight = torch.ones(len(LAYERS[layer]))
            if layer in EMPTY:
                weight[0] = EMPTY[layer]
            out[layer] = F.cross_entropy(outputs[:, where[layer]], labels, weight=weight, ignore_index=UNASKED)
    relation, head, tail, distance, holds = batch.pairs
    if len(relation):
        scores = pair_scores(model, queries, keys, relation, head, tail, distance)
        wanted = torch.tensor(3.0 if batch.soft is None else 1.0)
        each = F.binary_cross_entropy_with_logits(scores, holds, pos_weight=wanted, reduction="none")
        for r, name in enumerate(RELATIONS):
            if bool((relation == r).any()):
                out[f"pair {name}"] = each[relation == r].mean()
    return out


def soft_losses(outputs: Tensor, taught: Tensor) -> dict[str, Tensor]:
    """Cross-entropy against a teacher's probabilities; of status only where the teacher sees a trigger."""
    seen = ~taught.isnan().any(dim=1)
    outputs, taught = outputs[seen], taught[seen]
    out = {}
    for layer, part in slices().items():
        mine, theirs = outputs[:, part], taught[:, part]
        if layer == "status":
            at = taught[:, slices()["triggers"]].argmax(dim=1) > 0
            mine, theirs = mine[at], theirs[at]
        if len(mine):
            out[f"soft {layer}"] = -(theirs.softmax(dim=-1) * mine.log_softmax(dim=-1)).sum(dim=-1).mean()
    return out


def pair_scores(
    model: Model, queries: Tensor, keys: Tensor, relation: Tensor, head: Tensor, tail: Tensor, distance: Tensor
) -> Tensor:
    """Logits: the product of a span's mean query and another's mean key (of first and last word), and a bias by distance."""
    q = (queries[head[:, 0], relation] + queries[head[:, 1], relation]) / 2
    k = (keys[tail[:, 0], relation] + keys[tail[:, 1], relation]) / 2
    return (q * k).sum(-1) / math.sqrt(q.shape[-1]) + model.distances[relation, distance]


def weigh(parts: dict[str, Tensor]) -> Tensor:
    """The loss that is minimised."""
    total = torch.zeros(())
    for name, value in parts.items():
        plain = name.removeprefix("soft ")
        total = total + value * (0.6 if name.startswith("pair") else 0.3 if plain in ("status", "contents") else 1.0)
    return total


def fit(
    model: Model,
    pieces: Pieces,
    gold: list[Example],
    others: list[tuple[list[Example], int, bool]],
    silver: list[Example],
    plan: Plan,
    watch: Callable[[int], dict[str, float]] | None = None,
) -> None:
    """Train in place. Each step takes a batch of articles and a batch of sentences; the batches of `silver`, articles with a
    teacher's outputs, are spread evenly over the steps and seen once. `watch` is called after every fourth round."""
    torch.manual_seed(plan.seed)
    rng = random.Random(plan.seed)
    rounds = [by_length(gold, plan.gold_words, rng) for _ in range(plan.rounds)]
    steps = sum(map(len, rounds))
    silver_batches = by_length(silver, plan.gold_words, rng)[:steps]
    heads = [p for n, p in model.named_parameters() if n.split(".")[0] in ("labels", "queries", "keys", "distances")]
    rest = [p for n, p in model.named_parameters() if n.split(".")[0] not in ("labels", "queries", "keys", "distances")]
    optimiser = torch.optim.AdamW(
        [{"params": rest, "lr": plan.rate}, {"params": heads, "lr": plan.head_rate}],
        weight_decay=plan.weight_decay,
        betas=(0.9, 0.98),
    )
    warm = plan.warm * steps

    def factor(step: int) -> float:
        return step / warm if step < warm else max(0.0, (steps - step) / (steps - warm))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, factor)
    sentences = endless(others, plan.other_words, plan.seed)
    began, done = time.time(), 0
    mean: dict[str, float] = {}
    for turn, batches in enumerate(rounds):
        model.train()
        for articles in batches:
            turns = [articles, next(sentences)]
            if silver and done * len(silver_batches) // steps < (done + 1) * len(silver_batches) // steps:
                turns.append(silver_batches[done * len(silver_batches) // steps])
            for examples in turns:
                parts = losses(model, batch_of(examples, pieces, rng))
                weigh(parts).backward()  # type: ignore[no-untyped-call]
                for name, value in parts.items():
                    mean[name] = 0.95 * mean.get(name, value.item()) + 0.05 * value.item()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
            done += 1
            if done % 20 == 0:
                shown = {k: round(v, 3) for k, v in mean.items()}
                print(f"step {done}/{steps} {time.time() - began:.0f}s {json.dumps(shown)}", flush=True)
        if watch and (turn % 4 == 3 and turn + 1 < plan.rounds):
            model.eval()
            print(f"round {turn + 1} {json.dumps(watch(turn))}", flush=True)
