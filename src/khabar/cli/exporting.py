"""`khabar export`: what a workspace holds, in the format of others."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from khabar.cli.opening import opened
from khabar.cli.outcome import ALL_READ, Stop, complain
from khabar.exports import FORMATS, CannotExport, Options, file_of, write
from khabar.workspace.views import Filter


def run(format: str | None, where: str, output: Path | None, f: Filter, options: Options) -> int:
    """Export; gives the exit code. Without a format, say which there are."""
    if format is None:
        print(listed())
        return ALL_READ
    try:
        kind = file_of(format, options)
        if output is None and not kind.media_type.startswith("text/") and sys.stdout.isatty():
            raise Stop(f"{format} is no text for a terminal; name a file: -o workspace{kind.suffix}")
        with opened(where) as workspace, workspace.reading() as connection:
            if output is None:
                write(format, connection, f, sys.stdout.buffer, options)
                return ALL_READ
            with _Whole(output) as file:
                rows = write(format, connection, f, file, options)
    except CannotExport as error:
        raise Stop(str(error)) from None
    if sys.stderr.isatty():
        complain(f"{rows:,} rows in {output}")
    return ALL_READ


def listed() -> str:
    """The formats, one a line."""
    width = max(map(len, FORMATS))
    return "\n".join(f"{name:<{width}}  {format.title}" for name, format in FORMATS.items())


class _Whole:
    """A file that is there when all of it is: it is written beside its place and takes its name at the end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.partial = path.with_name(path.name + ".partial")

    def __enter__(self) -> BinaryIO:
        try:
            self._file = self.partial.open("wb")
        except OSError as error:
            raise Stop(f"cannot write {self.path}: {error.strerror}") from None
        return self._file

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        try:
            if kind is None:
                self._file.flush()
                os.fsync(self._file.fileno())
                self._file.close()
                os.replace(self.partial, self.path)
                return
        except OSError as late:
            kind, error = type(late), late
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self.partial.unlink()
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            raise Stop(f"cannot write {self.path}: {error.strerror or error}") from None
