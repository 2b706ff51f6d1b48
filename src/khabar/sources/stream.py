"""Bytes of an input, in chunks: unpacked where they are gzip, never all in memory, with a look at the beginning."""

import os
import sys
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from khabar.sources.paths import STANDARD_INPUT
from khabar.sources.problem import Unreadable

CHUNK = 1 << 16
LONGEST = 1 << 26
"""Most bytes that one article (a line, a page, a file of plain text) may take: 64 MiB."""

_GZIP = b"\x1f\x8b"


class Stream:
    """Chunks of an input. `head` is its beginning (up to 64 KiB, all of it where `whole`)."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._failure: Unreadable | None = None
        first = bytearray()
        self.whole = True
        try:
            for chunk in chunks:
                first += chunk
                if len(first) >= CHUNK:
                    self.whole = False
                    break
        except Unreadable as failure:  # what came before it is still looked at, and read
            self._failure = failure
        self.head = bytes(first)

    def __iter__(self) -> Iterator[bytes]:
        yield self.head
        if self._failure:
            raise self._failure
        yield from self._chunks

    def read(self) -> bytes:
        """All bytes; raises `Unreadable` where they are more than one article may have."""
        held = bytearray()
        for chunk in self:
            held += chunk
            if len(held) > LONGEST:
                raise Unreadable(f"longer than {LONGEST >> 20} MiB, too long for one article; split it, or give it as JSON Lines")
        return bytes(held)

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Numbered lines (from 1) without their line feed; None for a line that is longer than one article may be.

        Before a failure is raised, the lines that came whole have been given; `Unreadable.line` is the line it broke.
        """
        held, number, skipping = bytearray(), 1, False
        try:
            for chunk in self:
                pieces = chunk.split(b"\n")
                for piece in pieces[:-1]:
                    yield number, None if skipping else bytes(held + piece)
                    held.clear()
                    number, skipping = number + 1, False
                if not skipping:
                    held += pieces[-1]
                    if len(held) > LONGEST:
                        held.clear()
                        skipping = True
        except Unreadable as failure:
            raise Unreadable(failure.message, number) from None
        if skipping or held:
            yield number, None if skipping else bytes(held)


def opened(path: str) -> Iterator[bytes]:
    """Chunks of a file, or of standard input for "-"; unpacked where it is gzip. Raises `Unreadable`."""
    try:
        if path == STANDARD_INPUT:
            if sys.stdin is None:
                raise Unreadable("standard input is closed; pipe the articles into the command, or name files")
            yield from _unpacked(_chunks(sys.stdin.buffer))
        else:
            if os.path.isdir(path):
                raise Unreadable("a folder, where a file was expected")
            with open(path, "rb") as file:
                yield from _unpacked(_chunks(file))
    except PermissionError:
        raise Unreadable("permission denied; make the file readable for you") from None
    except FileNotFoundError:
        raise Unreadable("no such file; check the path (or where the link leads)") from None
    except OSError as error:
        raise Unreadable(f"cannot be read ({error.strerror or error})") from None
    except ValueError as error:  # a NUL in the path
        raise Unreadable(f"cannot be opened ({error})") from None


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def _unpacked(chunks: Iterator[bytes]) -> Iterator[bytes]:
    first = next(chunks, b"")
    if not first.startswith(_GZIP):
        yield first
        yield from chunks
        return
    unpacker = zlib.decompressobj(wbits=31)
    packed = first
    while True:
        try:
            while packed:
                if unpacker.eof:  # members may follow one another, and zeros may fill up the end
                    packed = packed.lstrip(b"\0")
                    if not packed:
                        break
                    unpacker = zlib.decompressobj(wbits=31)
                plain = unpacker.decompress(packed, CHUNK)
                packed = unpacker.unconsumed_tail or unpacker.unused_data
                if plain:
                    yield plain
        except zlib.error:
            raise Unreadable("the gzip data is damaged from here on; fetch the file again") from None
        packed = next(chunks, b"")
        if not packed:
            break
    if not unpacker.eof:
        if rest := unpacker.flush():
            yield rest
        raise Unreadable("the gzip data breaks off here, the file is not whole; fetch it again")
