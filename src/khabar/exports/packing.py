"""Several files in one: a ZIP file that is written from its first byte to its last, and that is the same every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from khabar.exports.registry import Out

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in it: the first that the format knows."""


def zipped(out: Out, names: Iterable[str], suffix: str, write: Callable[[str, Any], int]) -> int:
    """Write a ZIP file with a file for each name, which `write(name, file)` fills; gives the sum of what it gives."""
    count = 0
    with zipfile.ZipFile(Forward(out), "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in names:
            about = zipfile.ZipInfo(name + suffix, EPOCH)
            about.compress_type, about.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            with archive.open(about, "w", force_zip64=True) as file:
                count += write(name, file)
    return count


class Forward(io.RawIOBase):
    """Something to write to as a file that only goes forward."""

    def __init__(self, out: Out) -> None:
        self._out = out
        self._at = 0

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any, /) -> int:
        """Write all of it."""
        block = bytes(data)
        self._out.write(block)
        self._at += len(block)
        return len(block)

    def tell(self) -> int:
        """How much was written."""
        return self._at

    def flush(self) -> None:
        """Nothing is held back here."""
