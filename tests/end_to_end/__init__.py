"""The command as a person runs it: in a process of its own, judged by what it prints, writes and leaves with."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONWARNINGS": "error::ResourceWarning"}
KHABAR = [sys.executable, "-m", "khabar"]


def khabar(*arguments: object, given: bytes | None = None, folder: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run the command to its end; whatever happens there is no traceback."""
    done = subprocess.run(
        [*KHABAR, *map(str, arguments)],
        input=given,
        stdin=subprocess.DEVNULL if given is None else None,
        capture_output=True,
        cwd=folder,
        env=ENVIRONMENT,
        timeout=180,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode(errors="replace")
    return done
