"""Exports into memory, through something that can only be written to."""

from sqlalchemy import Connection

from khabar.exports import Options, write
from khabar.workspace.views import Filter


class Pipe:
    """Takes bytes and nothing else."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        assert isinstance(data, bytes)
        self.parts.append(data)
        return len(data)


def written(format: str, connection: Connection, f: Filter | None = None, options: Options | None = None) -> bytes:
    """What an export writes."""
    pipe = Pipe()
    write(format, connection, f or Filter(), pipe, options)
    return b"".join(pipe.parts)
