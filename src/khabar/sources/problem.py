"""What went wrong with an input, in one line that says what, where and what to do."""

import re

import msgspec

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def printable(text: str) -> str:
    """`text` on one line, with every character that a terminal cannot show written as an escape."""
    return _UNPRINTABLE.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something wrong with an input.

    `fatal` tells whether an article (or a whole file) was lost; without it, the article was read and the message says what was
    left out or changed. `path` is as given, `line` is 1-based; `str()` gives "path:line: message" on one line.
    """

    path: str | None
    line: int | None = None
    message: str
    fatal: bool = True

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.path, self.line) if part is not None)
        return printable(f"{where}: {self.message}" if where else self.message)


class Unreadable(Exception):
    """An input that cannot be read, or no further; the argument is the message of its `Problem`."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message, self.line = message, line
