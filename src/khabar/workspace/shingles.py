"""Signatures of texts by which near copies are found among many: MinHash over runs of words, cut into bands.

Two texts whose runs of `WIDTH` words overlap by the Jaccard coefficient s agree in each value of their signatures with
probability s, and in at least one of `BANDS` bands with probability 1 - (1 - s^`ROWS`)^`BANDS`: 0.98 for s = 0.5, 0.05 for
s = 0.1. Broder (1997), On the resemblance and containment of documents; Leskovec et al., Mining of Massive Datasets, ch. 3.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
from rensa import RMinHash

WIDTH = 3
BANDS, ROWS = 32, 3
_SIZE = BANDS * ROWS
_SALT = RMinHash.ALGORITHM_VERSION


def signature(words: Sequence[str]) -> bytes:
    """The signature of a text's words: `BANDS` × `ROWS` little-endian 32-bit numbers; empty where there are no words."""
    if not words:
        return b""
    hashed = RMinHash(num_perm=_SIZE, seed=_SALT)
    hashed.update([" ".join(words[i : i + WIDTH]) for i in range(max(1, len(words) - WIDTH + 1))])
    return np.asarray(hashed.digest(), dtype="<u4").tobytes()


def keys(signed: bytes) -> list[int]:
    """Keys of the bands of a signature, signed 64-bit numbers: texts that share one may be alike."""
    step = 4 * ROWS
    return [_key(n, signed[n * step : (n + 1) * step]) for n in range(len(signed) // step)]


def _key(band: int, values: bytes) -> int:
    made = hashlib.blake2b(values, digest_size=8, salt=band.to_bytes(2, "little")).digest()
    return int.from_bytes(made, "little", signed=True)


def resemblance(one: bytes, other: bytes) -> float:
    """Estimate of the Jaccard coefficient of two texts' runs of words, from their signatures."""
    if not one or len(one) != len(other):
        return 0.0
    return float(np.mean(np.frombuffer(one, dtype="<u4") == np.frombuffer(other, dtype="<u4")))
