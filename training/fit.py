"""The joint fine-tuning of all layers and heads."""

from __future__ import annotations

import json
import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from khabar.tagger.labels import LAYERS, RELATIONS, slices
from khabar.tagger.pieces import Pieces
from training.batches import Batch, batch_of, by_length, endless
from training.corpora import UNASKED, Example
from training.model import Model, Noise

Articles = list[tuple[list[Example], int]]
"""Articles, with how often a round sees each."""

EMPTY = {"roles": 0.5, "triggers": 0.25, "cues": 0.5, "sources": 0.4, "contents": 1.0}
"""Weight of the label O: below 1 the rarer spans are found more readily."""


HEADS = ("labels", "reader")
"""Parts of the model that begin untrained."""
WEIGHT = {"to": 0.3, "none": 0.2, "status": 0.3, "contents": 0.3}
"""Weight of a loss, 1 where not said; "to" and "none" are those of the relations."""


@dataclass(frozen=True)
class Plan:
    """Sizes and rates of a training run."""

    gold_words: float = 450
    other_words: float = 450
    """Padded words of a batch of articles, and of a batch of sentences of the other corpora; a step takes one of each."""
    rate: float = 2e-4
    head_rate: float = 8e-4
    warm: float = 0.08
    weight_decay: float = 0.01
    dropout: float = 0.0
    """Of what each layer adds."""
    others: tuple[bool, ...] = (True,)
    """Whether the second batch of a step is of sentences of the other corpora (else of articles too), by turns."""
    at_once: int = 2
    """Batches computed at once."""
    seed: int = 7


def losses(model: Model, batch: Batch, noise: Noise | None = None) -> dict[str, Tensor]:
    """The loss of each head that the batch asks something."""
    with torch.autocast("cpu", dtype=torch.bfloat16, cache_enabled=False):
        states, outputs = model(batch.ids, batch.mask, batch.firsts, noise)
        related = model.reader(states, batch.around, noise or Noise()) if batch.around else None
    out: dict[str, Tensor] = {}
    where = slices()
    asked = ~batch.allowed.all(dim=1)
    if bool(asked.any()):
        names = torch.log_softmax(outputs[asked][:, where["names"]], dim=-1)
        out["names"] = -torch.logsumexp(names.masked_fill(~batch.allowed[asked], -1e4), dim=-1).mean()
    for layer, labels in batch.labels.items():
        if bool((labels != UNASKED).any()):
            weight = torch.ones(len(LAYERS[layer]))
            if layer in EMPTY:
                weight[0] = EMPTY[layer]
            out[layer] = F.cross_entropy(outputs[:, where[layer]], labels, weight=weight, ignore_index=UNASKED)
    if related:
        for which, (logits, truth) in enumerate(zip(related, (batch.related, batch.none), strict=True)):
            asked = truth != UNASKED
            holds = truth.clamp(min=0).float()
            each = F.binary_cross_entropy_with_logits(
                logits.float(), holds, pos_weight=torch.tensor(2.0 if which == 0 else 1.0), reduction="none"
            )
            for r, name in enumerate(RELATIONS):
                some = asked[..., r]
                if bool(some.any()):
                    heads = some.reshape(len(some), -1).any(1).sum()
                    out[f"{('to', 'none')[which]} {name}"] = each[..., r][some].sum() / heads / (10 if which == 0 else 1)
    return out


def weigh(parts: dict[str, Tensor]) -> Tensor:
    """The loss that is minimised."""
    total = torch.zeros(())
    for name, value in parts.items():
        total = total + value * (WEIGHT.get(name.split()[0], 1.0))
    return total


def gradients(model: Model, batch: Batch, noise: Noise) -> tuple[tuple[Tensor | None, ...], dict[str, float]]:
    """Of one batch: by parameter, None where the batch says nothing of it; and its losses."""
    torch.set_num_threads(1)  # of the thread that calls
    parts = losses(model, batch, noise)
    found = torch.autograd.grad(weigh(parts), list(model.parameters()), allow_unused=True)
    return found, {k: v.item() for k, v in parts.items()}


def fit(
    model: Model,
    pieces: Pieces,
    rounds: list[Articles],
    others: list[tuple[list[Example], int, bool]],
    plan: Plan,
) -> None:
    """Train in place. Each step takes a batch of articles and another, of sentences or of articles too. The batches of a step are
    computed at once, each in one thread and with dropout of its own, and their gradients summed in order: the result does not
    hang on how many cores there are or how busy they are."""
    rng = random.Random(plan.seed)
    passes = []
    for articles in rounds:
        passes.append([b for some, often in articles for _ in range(often) for b in by_length(some, plan.gold_words, rng)])
        if sum(often for _, often in articles) > 1:
            rng.shuffle(passes[-1])
    sentences = endless(others, plan.other_words, plan.seed)
    steps: list[list[list[Example]]] = []
    for waiting in passes:
        while waiting:
            now = [waiting.pop(0)]
            if plan.others[len(steps) % len(plan.others)] or not waiting:
                now.append(next(sentences))
            else:
                now.append(waiting.pop(0))
            steps.append(now)
    heads = [p for n, p in model.named_parameters() if n.split(".")[0] in HEADS]
    rest = [p for n, p in model.named_parameters() if n.split(".")[0] not in HEADS]
    optimiser = torch.optim.AdamW(
        [{"params": rest, "lr": plan.rate}, {"params": heads, "lr": plan.head_rate}],
        weight_decay=plan.weight_decay,
        betas=(0.9, 0.98),
    )
    warm = plan.warm * len(steps)

    def factor(step: int) -> float:
        return step / warm if step < warm else max(0.0, (len(steps) - step) / (len(steps) - warm))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, factor)
    began = time.time()
    mean: dict[str, float] = {}
    with ThreadPoolExecutor(plan.at_once) as pool:
        for done, batches in enumerate(steps, 1):
            made = [batch_of(examples, pieces, rng) for examples in batches]
            noises = [Noise((plan.seed << 24) + (done << 4) + n, plan.dropout) for n in range(len(made))]
            found = list(pool.map(gradients, [model] * len(made), made, noises))
            for p, *each in zip(model.parameters(), *(g for g, _ in found), strict=True):
                some = [g for g in each if g is not None]
                p.grad = sum(some[1:], some[0]) if some else None
            for _, parts in found:
                for name, value in parts.items():
                    mean[name] = 0.95 * mean.get(name, value) + 0.05 * value
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            if done % 20 == 0:
                shown = {k: round(v, 3) for k, v in mean.items()}
                print(f"step {done}/{len(steps)} {time.time() - began:.0f}s {json.dumps(shown)}", flush=True)
