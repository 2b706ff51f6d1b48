"""The encoder and its heads in PyTorch, for training only; run time has the same in ONNX (`export.py`).

The encoder is BERT (Devlin et al. 2019) with the weights of multilingual-e5-small (Wang et al. 2024), post-norm, GELU by the
error function.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from khabar.tagger.labels import ARGUMENT_HEADS, ARGUMENT_WIDTH, DISTANCES, RELATIONS, WIDE
from training.unpack import Packed


@dataclass
class Around:
    """The words around some heads: triggers and cues."""

    words: Tensor
    """[heads, words around] of the flat words."""
    there: Tensor
    """[heads, words around]: whether there is a word."""
    head: Tensor
    """[heads, 2]: first and last word of the head, of the flat words."""
    at: Tensor
    """[heads]: place of the head's first word among the words around it."""
    distances: Tensor
    """[heads, words around]: distance classes."""


class Noise:
    """Dropout (Srivastava et al. 2014) from a generator of its own, so that batches computed at once draw what each would draw
    alone. Without a generator nothing is dropped."""

    def __init__(self, seed: int | None = None, inner: float = 0.1, outer: float = 0.1) -> None:
        self._generator = torch.Generator().manual_seed(seed) if seed is not None else None
        self._shares = inner, outer

    def inner(self, x: Tensor) -> Tensor:
        """For what a layer adds."""
        return self._dropped(x, self._shares[0])

    def outer(self, x: Tensor) -> Tensor:
        """For embeddings and last states."""
        return self._dropped(x, self._shares[1])

    def _dropped(self, x: Tensor, share: float) -> Tensor:
        if self._generator is None or not share:
            return x
        return x * (torch.empty_like(x).bernoulli_(1 - share, generator=self._generator) / (1 - share))


def attended(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None) -> Tensor:
    """Attention spelled out: on short texts faster backward on a CPU than torch's fused one."""
    scores = torch.matmul(q, k.transpose(-1, -2)) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e4)
    return torch.matmul(scores.softmax(-1, dtype=v.dtype), v)


class Layer(nn.Module):
    """One transformer layer; queries, keys and values are one matrix."""

    def __init__(self, hidden: int, feed_forward: int, heads: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.out = nn.Linear(hidden, hidden)
        self.norm = nn.LayerNorm(hidden, eps=epsilon)
        self.up = nn.Linear(hidden, feed_forward)
        self.down = nn.Linear(feed_forward, hidden)
        self.norm2 = nn.LayerNorm(hidden, eps=epsilon)

    def forward(self, x: Tensor, mask: Tensor | None, noise: Noise) -> Tensor:
        """x [batch, pieces, hidden]; mask [batch, 1, 1, pieces], true where there is a piece."""
        batch, length, hidden = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        seen = attended(q, k, v, mask)
        x = self.norm(x + noise.inner(self.out(seen.transpose(1, 2).reshape(batch, length, hidden))))
        out: Tensor = self.norm2(x + noise.inner(self.down(F.gelu(self.up(x)))))
        return out


class Reader(nn.Module):
    """Reads a text again with one trigger or cue marked: for each word in which relation it stands to it, and for each relation
    whether nothing stands in it.

    Each word's state is made narrower, told the marked word's state and how far away it is, and seen by two more layers.
    """

    def __init__(self, hidden: int, epsilon: float, layers: int = 2) -> None:
        super().__init__()
        self.narrow = nn.Linear(hidden, ARGUMENT_WIDTH)
        self.marked = nn.Linear(hidden, ARGUMENT_WIDTH)
        self.distances = nn.Embedding(DISTANCES, ARGUMENT_WIDTH)
        self.norm = nn.LayerNorm(ARGUMENT_WIDTH, eps=epsilon)
        self.layers = nn.ModuleList(Layer(ARGUMENT_WIDTH, 4 * ARGUMENT_WIDTH, ARGUMENT_HEADS, epsilon) for _ in range(layers))
        self.labels = nn.Linear(ARGUMENT_WIDTH, len(RELATIONS))
        self.none = nn.Linear(ARGUMENT_WIDTH, len(RELATIONS))
        nn.init.constant_(self.labels.bias, -4.0)  # few words stand in any relation

    def forward(self, states: Tensor, around: Around, noise: Noise) -> tuple[Tensor, Tensor]:
        """states [words, hidden] → logits [heads, words around, relations] and [heads, relations]."""
        narrow = self.narrow(states)[around.words]
        marked = self.marked(states[around.head].mean(1))
        x: Tensor = noise.outer(self.norm(narrow + marked[:, None] + self.distances(around.distances)))
        mask = around.there[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask, noise)
        head = x[torch.arange(len(x)), around.at]
        return self.labels(x), self.none(head)


class Model(nn.Module):
    """Pieces in; for each word its state and the outputs of the labelling heads; `reader` reads the states again."""

    def __init__(
        self, pieces: int, hidden: int = 384, layers: int = 12, heads: int = 12, feed_forward: int = 1536, epsilon: float = 1e-12
    ) -> None:
        super().__init__()
        self.words = nn.Embedding(pieces, hidden)
        self.positions = nn.Embedding(512, hidden)
        self.norm = nn.LayerNorm(hidden, eps=epsilon)
        self.layers = nn.ModuleList(Layer(hidden, feed_forward, heads, epsilon) for _ in range(layers))
        self.labels = nn.Linear(hidden, WIDE)
        self.reader = Reader(hidden, epsilon)

    def encode(self, ids: Tensor, mask: Tensor, noise: Noise) -> Tensor:
        """ids and mask [batch, pieces] → states [batch, pieces, hidden]."""
        embedded = self.words(ids) + self.positions.weight[: ids.shape[1]]
        x: Tensor = noise.outer(self.norm(embedded))
        wide = None if bool(mask.all()) else mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, wide, noise)
        return x

    def forward(self, ids: Tensor, mask: Tensor, firsts: Tensor, noise: Noise | None = None) -> tuple[Tensor, Tensor]:
        """firsts [words]: flat places of the words' first pieces → states [words, hidden], outputs [words, WIDE]."""
        noise = noise or Noise()
        states = self.encode(ids, mask, noise).reshape(-1, self.labels.in_features)[firsts].float()
        with torch.autocast("cpu", enabled=False):
            outputs: Tensor = self.labels(noise.outer(states))
        return states, outputs


def from_packed(packed: Packed, order: list[int]) -> Model:
    """The pre-trained encoder with the kept pieces, and fresh heads."""
    model = Model(len(order), packed.hidden, packed.layers, packed.heads, packed.feed_forward, packed.epsilon)
    t = {name: torch.from_numpy(array) for name, array in packed.tensors.items()}
    with torch.no_grad():
        model.words.weight.copy_(t["emb.word"][order])
        model.positions.weight.copy_(t["emb.pos"] + t["emb.type"][0])
        model.norm.weight.copy_(t["emb.ln.w"])
        model.norm.bias.copy_(t["emb.ln.b"])
        for i, layer in enumerate(model.layers):
            assert isinstance(layer, Layer)
            layer.qkv.weight.copy_(torch.cat([t[f"l{i}.{x}.w"] for x in "qkv"]))
            layer.qkv.bias.copy_(torch.cat([t[f"l{i}.{x}.b"] for x in "qkv"]))
            for ours, theirs in (("out", "ao"), ("norm", "aln"), ("up", "fi"), ("down", "fo"), ("norm2", "oln")):
                module = getattr(layer, ours)
                module.weight.copy_(t[f"l{i}.{theirs}.w"])
                module.bias.copy_(t[f"l{i}.{theirs}.b"])
    return model
