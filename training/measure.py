"""Scores of a model while it is trained, on texts that it is not trained on."""

from __future__ import annotations

import collections
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import torch

from khabar.tagger.decode import spans
from khabar.tagger.labels import RELATIONS, slices
from khabar.tagger.pieces import Pieces
from training.batches import batch_of
from training.corpora import UNASKED, Example
from training.model import Model, Noise
from training.tally import Tally, rates

Floats = npt.NDArray[np.floating[Any]]


def outputs_of(model: Model, pieces: Pieces, examples: list[Example]) -> list[Floats]:
    """The labelling outputs [words, WIDE] of each example (of what fits its first window)."""
    out: list[Floats] = [np.zeros((0, 0))] * len(examples)
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].words))
    for at in range(0, len(order), 16):
        some = order[at : at + 16]
        batch = batch_of([examples[i] for i in some], pieces)
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = model(batch.ids, batch.mask, batch.firsts)[1].float().numpy()
        begin = 0
        for row, i in enumerate(some):
            n = int(((batch.firsts >= row * batch.ids.shape[1]) & (batch.firsts < (row + 1) * batch.ids.shape[1])).sum())
            out[i] = outputs[begin : begin + n]
            begin += n
    return out


def plain(words: list[str]) -> Example:
    """An unlabelled example."""
    return Example("", words, [0] * len(words), np.ones((len(words), 15), dtype=bool), {})


def names_of(model: Model, pieces: Pieces) -> Callable[[list[list[str]]], list[list[tuple[int, int, str]]]]:
    """A tagging function for `score_columns`."""

    def tag(sentences: list[list[str]]) -> list[list[tuple[int, int, str]]]:
        every = outputs_of(model, pieces, [plain(words) for words in sentences])
        return [[(a, b, k) for a, b, k, _ in spans("names", o[:, slices()["names"]])] for o in every]

    return tag


def score_gold(model: Model, pieces: Pieces, examples: list[Example]) -> dict[str, float]:
    """Span F1 of each labelling head, accuracy of status, and F1 at 0.5 of each relation given the true spans."""
    tallies: dict[str, Tally] = collections.defaultdict(Tally)
    right = asked = 0
    where = slices()
    for e, outputs in zip(examples, outputs_of(model, pieces, examples), strict=True):
        n = len(outputs)
        for layer in ("names", "roles", "triggers", "cues", "sources", "contents"):
            if layer != "names" and (e.labels[layer] == UNASKED).all():
                continue
            truth = e.allowed[:n].argmax(1) if layer == "names" else e.labels[layer][:n]
            one_hot = np.full((n, where[layer].stop - where[layer].start), -30.0)
            one_hot[np.arange(n), truth] = 0
            gold = {s[:3] for s in spans(layer, one_hot)}
            found = {s[:3] for s in spans(layer, outputs[:, where[layer]])}
            tallies[layer].add(gold, found)
            if layer == "triggers":
                tallies["trigger words"].add({(a, a, k) for a, _, k in gold}, {(a, a, k) for a, _, k in found})
                tallies["trigger types"].add(
                    {(e.sentence[a], 0, k) for a, _, k in gold}, {(e.sentence[a], 0, k) for a, _, k in found}
                )
        status = e.labels["status"][:n]
        places = np.flatnonzero(status != UNASKED)
        asked += len(places)
        right += int((outputs[places][:, where["status"]].argmax(1) == status[places]).sum())
    out = {layer: tally.of()[2] for layer, tally in tallies.items()}
    out["status"] = right / max(asked, 1)
    out |= score_related(model, pieces, examples)
    return {k: round(v, 3) for k, v in out.items()}


def related(model: Model, pieces: Pieces, examples: list[Example]) -> Iterator[Asked]:
    """What the model says of each trigger and cue of some examples."""
    for at in range(0, len(examples), 4):
        batch = batch_of(examples[at : at + 4], pieces)
        if batch.around is None:
            continue
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            states, _ = model(batch.ids, batch.mask, batch.firsts)
            to, none = (x.float().sigmoid().numpy() for x in model.reader(states, batch.around, Noise()))
        for n in range(len(to)):
            yield Asked(to[n], none[n], batch.related[n].numpy(), batch.none[n].numpy())


class Asked(NamedTuple):
    """Of one trigger or cue the probabilities [words, relations] and [relations], and the truth of both."""

    to: Floats
    none: Floats
    related: npt.NDArray[np.int64]
    nothing: npt.NDArray[np.int64]


def word_rates(asked: list[Asked], relation: int, least: float) -> float:
    """F1 of the words that are said to stand in a relation."""
    right = gold = found = 0
    for a in asked:
        truth, said = a.related[:, relation], a.to[:, relation] > least
        right += int((said & (truth == 1)).sum())
        gold += int((truth == 1).sum())
        found += int((said & (truth != UNASKED)).sum())
    return rates(right, gold, found)[2]


def answers(asked: list[Asked], relation: int) -> float:
    """Share of the triggers and cues whose likeliest word is right, or that rightly have nothing."""
    right = total = 0
    for a in asked:
        truth = a.related[:, relation]
        if a.nothing[relation] == UNASKED or not (a.nothing[relation] or (truth == 1).any()):
            continue
        total += 1
        said = np.where(truth == UNASKED, 0.0, a.to[:, relation])
        likeliest = int(said.argmax())
        nothing = a.none[relation] > said[likeliest]
        right += int(nothing == 1 if a.nothing[relation] else not nothing and truth[likeliest] == 1)
    return right / max(total, 1)


def score_related(model: Model, pieces: Pieces, examples: list[Example]) -> dict[str, float]:
    """Of each relation F1 of words at 0.5, and share of right answers."""
    asked = list(related(model, pieces, examples))
    found = {f"words {name}": word_rates(asked, r, 0.5) for r, name in enumerate(RELATIONS)}
    return found | {f"answer {name}": answers(asked, r) for r, name in enumerate(RELATIONS)}


def _counted(layer: str, e: Example, span: tuple[int, int, str, float]) -> tuple[int, int, str]:
    """What has to be right of a span: both ends of a role or cue, the beginning of a source or content, the sentence of a
    trigger."""
    begin, end, kind, _ = span
    if layer == "triggers":
        return e.sentence[begin], 0, kind
    return begin, end if layer in ("roles", "cues") else 0, kind


def thresholds(model: Model, held: list[Example], pieces: Pieces) -> dict[str, dict[str, float]]:
    """What to add to O in each span layer, and from which probability on a relation holds, for the best F1 on articles that the
    model has not seen.

    Names are left as they are: gold marks groups only where they act, so that its F1 is not what names are for.
    """
    every = outputs_of(model, pieces, held)
    bias: dict[str, float] = {}
    for layer in ("roles", "triggers", "cues", "sources", "contents"):
        part = slices()[layer]

        def quality(add: float, layer: str = layer, part: slice = part) -> float:
            tally = Tally()
            for e, outputs in zip(held, every, strict=True):
                if (e.labels[layer] == UNASKED).all():
                    continue
                one_hot = np.full((len(outputs), part.stop - part.start), -30.0)
                one_hot[np.arange(len(outputs)), e.labels[layer][: len(outputs)]] = 0
                seen = [{_counted(layer, e, s) for s in spans(layer, x, y)} for x, y in ((one_hot, 0.0), (outputs[:, part], add))]
                tally.add(*seen)
            return tally.of()[2]

        bias[layer] = max((x / 4 for x in range(-4, 13)), key=lambda add: quality(add) - 0.005 * abs(add))
    asked = list(related(model, pieces, held))
    at = {name: max((x / 20 for x in range(4, 19)), key=lambda t: word_rates(asked, r, t)) for r, name in enumerate(RELATIONS)}
    return {"bias": bias, "thresholds": at}
