"""`khabar serve`: the workbench in a browser."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

from khabar.cli.outcome import ALL_READ, Stop


def run(workspace: str | None, *, host: str, port: int, names: list[str], tokens: Path | None, fast: bool) -> int:
    """Serve until it is stopped; gives the exit code."""
    from khabar.web import Settings, create_app
    from khabar.web.app import warm
    from khabar.web.server import serve
    from khabar.web.tokens import TokenError, load
    from khabar.workspace import WorkspaceError

    try:
        holders = load(tokens) if tokens else ()
    except TokenError as error:
        raise Stop(str(error)) from None
    settings = Settings(workspace=workspace, host=host, port=port, names=tuple(names), tokens=holders, fast=fast)
    if refusal := settings.refusal():
        raise Stop(refusal)
    try:
        app = create_app(settings)
    except WorkspaceError as error:
        raise Stop(str(error)) from None
    listening = _listening(host, port)
    shown = f"[{host}]" if ":" in host else host
    print(
        f"khabar: the workbench is at http://{shown}:{listening.getsockname()[1]} (Ctrl-C ends it)", file=sys.stderr, flush=True
    )
    warm(app)
    serve(app, listening)
    return ALL_READ


def _listening(host: str, port: int) -> socket.socket:
    """A socket on that address. Raises `Stop` where it cannot be had."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        made = socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Stop(f"{host}:{port} cannot be listened on ({reason}); name another with --port or --host") from None
    return made
