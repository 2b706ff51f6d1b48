"""Make the network that writes names in Latin letters: `python -m training.letters DATA`, into `gazetteer/generated/letters.bin`.

Pairs of Google's transliteration data and of Wikidata's name tokens (netrans) are aligned letter by letter
(`khabar.gazetteer.learn_latin`); the network learns what each letter becomes. A token whose checksum is 0 by 97 is kept from
learning for the benchmark, and 1 to 3 for choosing settings.
"""

from __future__ import annotations

import json
import random
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from math import log
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from khabar.gazetteer.build import GENERATED
from khabar.gazetteer.learn_latin import align, best, pairs

LAST = 5
SIZES = {"letter": 48, "hidden": 96, "inner": 160, "layers": 2}
DROPOUT, EPOCHS, BATCH, RATE, SEED = 0.25, 6, 128, 3e-3, 1
LEAST = 3
"""Times that a chunk must be seen."""
UNLIKELY = -5.0
"""Mean logarithm of the chances of a pair's chunks under which it is no transliteration."""


class Pair(NamedTuple):
    """An Arabic token with what its letters become."""

    arabic: str
    chunks: list[str]
    weight: float


class Example(NamedTuple):
    """A pair in numbers: letters, chunks, the chunk before each, the Latin letters before each, weight."""

    letters: list[int]
    chunks: list[int]
    before: list[int]
    tails: list[list[int]]
    weight: float


def kept(token: str) -> bool:
    """Whether a token is kept from learning."""
    return zlib.crc32(token.encode()) % 97 <= 3


def aligned(shared: Path) -> list[Pair]:
    """All pairs to learn from."""
    known = dict(sorted(pairs(shared / "names").items()))
    data = [
        (arabic, latin, n / sum(forms.values()) * min(2.0, 0.3 + sum(forms.values()) / 6))
        for arabic, forms in known.items()
        if not kept(arabic)
        for latin, n in sorted(forms.items(), key=lambda f: (-f[1], f[0]))[:6]
    ]
    chances = align(data, rounds=4)
    found = []
    for arabic, latin, weight in data:
        chunks = best(arabic, latin, chances)
        likely = sum(log(max(chances.get(pair, 1e-7), 1e-7)) for pair in zip(arabic, chunks, strict=False)) / len(arabic)
        if chunks and likely >= UNLIKELY:
            found.append(Pair(arabic, chunks, weight))
    return found


def tail(written: str) -> list[int]:
    """Numbers of the last Latin letters, each with its place."""
    return [28 * i + (ord(written[-1 - i]) - 96 if i < len(written) else 0) for i in range(LAST)]


def examples(data: list[Pair]) -> tuple[list[Example], list[str], list[str]]:
    """Examples, the Arabic letters and the chunks."""
    seen = Counter(chunk for pair in data for chunk in pair.chunks)
    chunks = sorted(chunk for chunk, n in seen.items() if n >= LEAST)
    number = {chunk: i for i, chunk in enumerate(chunks)}
    letters = sorted({letter for pair in data for letter in pair.arabic})
    place = {letter: i + 1 for i, letter in enumerate(letters)}
    made = []
    for arabic, parts, weight in data:
        if all(part in number for part in parts):
            before, tails, written = [len(chunks)], [tail("")], ""
            for part in parts[:-1]:
                written += part
                before.append(number[part])
                tails.append(tail(written))
            made.append(Example([place[c] for c in arabic], [number[p] for p in parts], before, tails, weight))
    return made, letters, chunks


class Net(nn.Module):
    """The network that `khabar.gazetteer.letters` computes."""

    def __init__(self, letters: int, chunks: int) -> None:
        super().__init__()
        hidden, inner = SIZES["hidden"], SIZES["inner"]
        self.emb = nn.Embedding(letters + 1, SIZES["letter"], padding_idx=0)
        self.gru = nn.GRU(SIZES["letter"], hidden, SIZES["layers"], batch_first=True, bidirectional=True, dropout=DROPOUT)
        self.enc = nn.Linear(2 * hidden, inner)
        self.prev = nn.Embedding(chunks + 1, inner)
        self.let = nn.Embedding(28 * LAST, inner)
        self.out = nn.Linear(inner, chunks)
        self.mid = nn.Linear(inner, inner)
        self.drop = nn.Dropout(DROPOUT)
        for table in (self.prev, self.let):
            nn.init.normal_(table.weight, std=0.05)

    def forward(self, letters: Tensor, lengths: Tensor, before: Tensor, tails: Tensor) -> Tensor:
        packed = nn.utils.rnn.pack_padded_sequence(self.emb(letters), lengths, batch_first=True, enforce_sorted=False)
        read, _ = nn.utils.rnn.pad_packed_sequence(self.gru(packed)[0], batch_first=True)
        z = torch.relu(self.enc(self.drop(read)) + self.prev(before) + self.let(tails).sum(-2))
        scores: Tensor = self.out(self.drop(torch.relu(self.mid(self.drop(z))) + z))
        return scores


def batches(data: list[Example], rng: random.Random) -> Iterator[list[Example]]:
    """Batches of examples of like length, in random order."""
    order = list(range(len(data)))
    rng.shuffle(order)
    made = []
    for i in range(0, len(order), BATCH * 20):
        some = sorted(order[i : i + BATCH * 20], key=lambda j: len(data[j].letters))
        made += [[data[j] for j in some[k : k + BATCH]] for k in range(0, len(some), BATCH)]
    rng.shuffle(made)
    yield from made


def fit(data: list[Example], letters: int, chunks: int) -> Net:
    """The trained network."""
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    net = Net(letters, chunks)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.02)
    steps = EPOCHS * (len(data) // BATCH + 2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps, pct_start=0.1)
    for epoch in range(EPOCHS):
        total = 0.0
        for batch in batches(data, rng):
            most = max(len(e.letters) for e in batch)
            scores = net(
                torch.tensor([e.letters + [0] * (most - len(e.letters)) for e in batch]),
                torch.tensor([len(e.letters) for e in batch]),
                torch.tensor([e.before + [0] * (most - len(e.letters)) for e in batch]),
                torch.tensor([e.tails + [[0] * LAST] * (most - len(e.letters)) for e in batch]),
            )
            right = torch.tensor([e.chunks + [-100] * (most - len(e.letters)) for e in batch])
            weight = torch.tensor([e.weight for e in batch])
            lost = nn.functional.cross_entropy(scores.transpose(1, 2), right, reduction="none", ignore_index=-100)
            loss = (lost.sum(1) * weight).sum() / (weight.sum() * 6)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            if schedule.last_epoch < steps - 1:
                schedule.step()
            total += float(loss.detach()) * len(batch)
        print(epoch, round(total / len(data), 4), flush=True)
    return net.eval()


def export(state: dict[str, Tensor], letters: list[str], chunks: list[str]) -> bytes:
    """The weights with one byte each and a scale a row, after a line that says what they are."""
    named = {"emb": "emb.weight", "prev": "prev.weight", "let": "let.weight"}
    for short in ("enc", "mid", "out"):
        named |= {short: f"{short}.weight", f"{short}b": f"{short}.bias"}
    for layer in range(SIZES["layers"]):
        for way, short in (("", "ih"), ("_reverse", "rs")):
            for kind, key in zip(("ih", "hh"), short, strict=True):
                named |= {
                    f"{key}{layer}": f"gru.weight_{kind}_l{layer}{way}",
                    f"{key}b{layer}": f"gru.bias_{kind}_l{layer}{way}",
                }
    head, body = [], b""
    for short, name in named.items():
        array = state[name].detach().numpy().astype("<f4")
        rows = array[None] if array.ndim == 1 else array
        scale = np.maximum(np.abs(rows).max(1), 1e-8).astype("<f4") / np.float32(127)
        head.append([short, list(rows.shape)])
        body += scale.tobytes() + np.rint(rows / scale[:, None]).astype("i1").tobytes()
    facts = {"letters": letters, "chunks": chunks, "last": LAST, "layers": SIZES["layers"], "arrays": head}
    return json.dumps(facts, ensure_ascii=False).encode() + b"\n" + body


def main() -> None:
    """Learn and write."""
    torch.set_num_threads(1)
    data, letters, chunks = examples(aligned(Path(sys.argv[1])))
    print(len(data), len(letters), len(chunks))
    net = fit(data, len(letters), len(chunks))
    GENERATED.joinpath("letters.bin").write_bytes(export(net.state_dict(), letters, chunks))


if __name__ == "__main__":
    main()
