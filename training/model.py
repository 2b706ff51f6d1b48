"""The encoder and its heads in PyTorch, for training only; run time has the same in ONNX (`export.py`).

The encoder is BERT (Devlin et al. 2019) with the weights of multilingual-e5-small (Wang et al. 2024), post-norm, GELU by the
error function.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from khabar.tagger.labels import DISTANCES, RELATIONS, WIDE, WIDTH
from training.unpack import Packed


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

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """x [batch, pieces, hidden]; mask [batch, 1, 1, pieces], true where there is a piece."""
        batch, length, hidden = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm(x + self.out(seen.transpose(1, 2).reshape(batch, length, hidden)))
        out: Tensor = self.norm2(x + self.down(F.gelu(self.up(x))))
        return out


class Model(nn.Module):
    """Pieces in; for each word the outputs of the labelling heads, and a query and a key for each relation."""

    def __init__(
        self, pieces: int, hidden: int = 384, layers: int = 12, heads: int = 12, feed_forward: int = 1536, epsilon: float = 1e-12
    ) -> None:
        super().__init__()
        self.words = nn.Embedding(pieces, hidden)
        self.positions = nn.Embedding(512, hidden)
        self.norm = nn.LayerNorm(hidden, eps=epsilon)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(hidden, feed_forward, heads, epsilon) for _ in range(layers))
        self.labels = nn.Linear(hidden, WIDE)
        self.queries = nn.Linear(hidden, len(RELATIONS) * WIDTH)
        self.keys = nn.Linear(hidden, len(RELATIONS) * WIDTH)
        self.distances = nn.Parameter(torch.zeros(len(RELATIONS), DISTANCES))

    def encode(self, ids: Tensor, mask: Tensor) -> Tensor:
        """ids and mask [batch, pieces] → states [batch, pieces, hidden]."""
        embedded = self.words(ids) + self.positions.weight[: ids.shape[1]]
        x: Tensor = self.drop(self.norm(embedded))
        wide = None if bool(mask.all()) else mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, wide)
        return x

    def forward(self, ids: Tensor, mask: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """firsts [words]: flat places of the words' first pieces → outputs [words, WIDE], queries and keys [words, relations,
        WIDTH]."""
        states = self.encode(ids, mask).reshape(-1, self.labels.in_features)[firsts].float()
        states = self.drop(states)
        with torch.autocast("cpu", enabled=False):
            outputs, queries, keys = self.labels(states), self.queries(states), self.keys(states)
        shape = (-1, len(RELATIONS), WIDTH)
        return outputs, queries.view(shape), keys.view(shape)


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
