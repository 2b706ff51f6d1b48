"""How a command ends: exit codes, and the one line that says why."""

import os
import sys

ALL_READ = 0
SOME_FAILED = 1
USAGE = 2
STOPPED = 130
PIPE_CLOSED = 141


class Stop(Exception):
    """Ends the command with a line on stderr and an exit code."""

    def __init__(self, message: str, code: int = USAGE) -> None:
        super().__init__(message)
        self.message, self.code = message, code


def complain(message: str) -> None:
    """Say what is wrong, in one line on stderr; what a terminal would obey (control characters) is shown, not sent."""
    line = "".join(c if c.isprintable() else repr(c)[1:-1] for c in " ".join(message.split()))
    print(f"khabar: {line}", file=sys.stderr, flush=True)


def colours() -> bool:
    """Whether standard output is a terminal that shows colours and nobody asked for none."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
