"""Where records go: to standard output, or to a file that is written whole or not at all.

Records go to `NAME.partial` beside the file that was asked for, which takes the name when the last one is written. Beside it
`NAME.progress` says how far the partial file is good: how many inputs are done, how many of them failed, the length in bytes
and a digest of those inputs. A run that goes on reads the inputs again up to there (which is quick; they are not analysed
again), finds the digest the same, and cuts off what was written after it.
"""

import hashlib
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Protocol

import msgspec

from khabar.cli.outcome import Stop, complain
from khabar.record import Article

EVERY = 0.2
"""Seconds between two notes of progress: what a killed run loses."""


class Progress(msgspec.Struct):
    """How far a partial file is good, and how its records were made."""

    made: str
    inputs: int = 0
    failed: int = 0
    bytes: int = 0
    digest: str = ""


class Output(Protocol):
    """Takes the inputs in order, each with its record (None where it has none)."""

    done: int
    """Inputs that a stopped run has done."""

    failed: int
    """How many of them failed."""

    skip: int
    """How many of them have not come by yet."""

    def skipped(self, item: object) -> None:
        """An input among the first `skip` came by."""

    def put(self, item: object, record: bytes | None, failed: bool = False) -> None:
        """The next input, and its record."""

    def finish(self) -> None:
        """All inputs are done."""

    def stop(self) -> str:
        """Not all inputs are done and no more will come; says what is kept, for the person who stopped it."""

    def close(self) -> None:
        """Let go of the file, finished or not."""


class Stdout:
    """Standard output, a record at a time."""

    done = failed = skip = 0

    def skipped(self, item: object) -> None:
        """Nothing is ever skipped."""

    def put(self, item: object, record: bytes | None, failed: bool = False) -> None:
        """Write the record, at once: who reads the pipe may be waiting."""
        if record is not None:
            sys.stdout.buffer.write(record)
            sys.stdout.buffer.flush()

    def finish(self) -> None:
        """Nothing is left to do."""

    def stop(self) -> str:
        """What was printed is printed."""
        return ""

    def close(self) -> None:
        """Nothing is held."""


class WholeFile:
    """A file that is there when all of it is. `made` tells apart runs whose records would differ.

    Raises `Stop` where the file cannot be written, or there is nothing to go on with, or the inputs are not those of before.
    """

    def __init__(self, path: Path, made: str, resume: bool) -> None:
        self.path = path
        self.partial = path.with_name(path.name + ".partial")
        self.notes = path.with_name(path.name + ".progress")
        self._seen = hashlib.blake2b(digest_size=16)
        self._noted = 0.0
        before = self._before(made) if resume else None
        if not resume and self.notes.exists():
            complain(f"{self.partial}, kept by a run that was stopped, is written anew (--resume would have gone on with it)")
        self.progress = before or Progress(made)
        self.done = self.skip = self.progress.inputs
        self.failed = self.progress.failed
        try:
            self._file = self._open(before)
        except OSError as error:
            raise Stop(f"cannot write {path}: {error.strerror}") from None

    def _before(self, made: str) -> Progress:
        try:
            before = msgspec.json.decode(self.notes.read_bytes(), type=Progress)
            length = self.partial.stat().st_size
        except FileNotFoundError:
            finished = f"; {self.path} is there, whole" if self.path.exists() else ""
            raise Stop(f"--resume: no stopped run of -o {self.path} to go on with{finished}") from None
        except (OSError, msgspec.DecodeError):
            raise Stop(f"--resume: {self.notes} cannot be read; start again without --resume") from None
        if length < before.bytes:
            raise Stop(f"--resume: {self.partial} is shorter than it was; start again without --resume")
        if before.made != made:
            raise Stop(
                f"--resume: the stopped run was made with {before.made}, this one with {made}; start again without --resume"
            )
        return before

    def _open(self, before: Progress | None) -> BinaryIO:
        if before is None:
            self.notes.unlink(missing_ok=True)
            return self.partial.open("wb")
        file = self.partial.open("r+b")
        file.truncate(before.bytes)
        file.seek(before.bytes)
        return file

    def skipped(self, item: object) -> None:
        """Check the inputs of before against those of now."""
        self._see(item)
        if self.skip == 1 and self._seen.hexdigest() != self.progress.digest:
            raise Stop("--resume: the articles are not those that the stopped run read; start again without --resume")
        self.skip -= 1

    def put(self, item: object, record: bytes | None, failed: bool = False) -> None:
        """Write the record and, now and then, note how far we are."""
        self._see(item)
        self.progress.inputs += 1
        try:
            self.progress.failed += failed
            if record is not None:
                self._file.write(record)
                self.progress.bytes += len(record)
            if time.monotonic() - self._noted >= EVERY:
                self._note()
        except OSError as error:
            raise Stop(f"cannot write {self.partial}: {error.strerror}") from None

    def finish(self) -> None:
        """Give the file its name."""
        if self.skip:
            raise Stop("--resume: there are fewer articles than the stopped run read; start again without --resume")
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            os.replace(self.partial, self.path)
            self.notes.unlink(missing_ok=True)
        except OSError as error:
            raise Stop(f"cannot write {self.path}: {error.strerror}") from None

    def stop(self) -> str:
        """Keep what there is."""
        if self.skip:  # still going over the inputs of before: their notes stand as they are
            return f"{self.partial} is kept as it was"
        try:
            self._note()
        except OSError as error:
            return f"nothing could be kept: {error.strerror}"
        done = self.progress.inputs
        return f"{done} articles are done and kept in {self.partial}; the same command with --resume goes on from there"

    def close(self) -> None:
        """Let go of the partial file, finished or not."""
        with suppress(OSError):
            self._file.close()

    def _see(self, item: object) -> None:
        if isinstance(item, Article):
            for part in (item.id, item.text, item.published or "", item.path or "", str(item.line)):
                self._seen.update(part.encode("utf-8", "surrogatepass") + b"\0")
        else:
            self._seen.update(str(item).encode("utf-8", "surrogatepass") + b"\1")

    def _note(self) -> None:
        self._file.flush()
        self.progress.digest = self._seen.hexdigest()
        new = self.notes.with_name(self.notes.name + ".new")
        new.write_bytes(msgspec.json.encode(self.progress))
        os.replace(new, self.notes)
        self._noted = time.monotonic()
