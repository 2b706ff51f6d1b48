"""Debian's Chromium, quiet: it asks for nothing of its own."""

import os
from pathlib import Path

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def missing() -> bool:
    """Whether there is no Chromium."""
    return not Path(CHROMIUM).exists()
