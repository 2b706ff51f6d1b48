"""The command `khabar`. Whatever a command does not need is not loaded: help is there at once."""

import os
import signal
import sys

from khabar.cli.outcome import PIPE_CLOSED, STOPPED, USAGE, Stop, complain


def main(arguments: list[str] | None = None) -> None:
    """Run the command and leave with its exit code."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command; gives the exit code. One line on stderr for whatever goes wrong, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Arabic goes out as UTF-8 whatever the locale
            stream.reconfigure(encoding="utf-8", errors="replace")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        from khabar.cli.app import app

        code = app(arguments, standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output went away (| head): quietly leave, as the shell expects
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except KeyboardInterrupt:
        complain("stopped")
        return STOPPED
    except Stop as stop:
        complain(stop.message)
        return stop.code
    except Exception as error:
        if not hasattr(error, "format_message"):  # not a usage error: nothing here foresaw it
            complain(f"internal error, please report it ({type(error).__name__}: {' '.join(str(error).split())[:300]})")
            return USAGE
        complain(f"{' '.join(error.format_message().split())} (see khabar --help)")
        return USAGE
    return code if isinstance(code, int) else 0
