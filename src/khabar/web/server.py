"""The server: uvicorn, with patience that ends."""

from __future__ import annotations

import asyncio
import gc
import socket
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 15
"""How long the head of a request may take to arrive, from the connection or from the last answer."""

AT_ONCE = 200
"""Requests at once; more are told to come again."""


class Timed(H11Protocol):
    """HTTP as uvicorn speaks it, that also hangs up on who opens a connection and does not ask."""

    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the head of a request."""
        super().connection_made(transport)
        self._patience = self.loop.call_later(HEAD_SECONDS, self._hang_up)

    def handle_events(self) -> None:
        """What arrived is a request: wait no more."""
        super().handle_events()
        if self.cycle is not None and self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def on_response_complete(self) -> None:
        """Begin to wait for the next one."""
        super().on_response_complete()
        if self._patience is None and not self.transport.is_closing():
            self._patience = self.loop.call_later(HEAD_SECONDS, self._hang_up)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody to wait for."""
        if self._patience is not None:
            self._patience.cancel()
        super().connection_lost(exc)

    def _hang_up(self) -> None:
        if (self.cycle is None or self.cycle.response_complete) and not self.transport.is_closing():
            self.transport.close()


def config(app: ASGIApp, **changes: Any) -> uvicorn.Config:
    """How uvicorn is set up."""
    return uvicorn.Config(
        app,
        http=Timed,
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=AT_ONCE,
        timeout_keep_alive=HEAD_SECONDS,
        timeout_graceful_shutdown=5,
        h11_max_incomplete_event_size=16 * 1024,
        **changes,
    )


def serve(app: ASGIApp, listening: socket.socket) -> None:
    """Serve on a socket until the process is told to end."""
    # what is there by now stays: gone through for garbage every so often, it would hold a request up for a tenth of a second
    gc.collect()
    gc.freeze()
    uvicorn.Server(config(app)).run(sockets=[listening])
