"""A workbench that listens, in a thread."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from khabar.web import Settings, create_app
from khabar.web.server import config


@contextmanager
def serving(workspace: str | None, **settings: object) -> Iterator[str]:
    """The address of a workbench that shows a workspace."""
    app = create_app(Settings(workspace=workspace, fast=True, **settings))  # type: ignore[arg-type]
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(config(app))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
