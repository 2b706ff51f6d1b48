"""Threads: a few for what is answered at once, others for what waits for somebody.

Looking something up keeps a processor busy, and Python one processor only. Were eight such requests answered by turns, a slow
one would take as long as all of them together, and every quick one would wait along; a few at a time are done sooner, each with
its own connection and memory. Whatever waits (for the process that reads, for another writer, for a large export) waits aside.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import anyio
import anyio.to_thread
from fastapi import FastAPI
from starlette.requests import Request

P = ParamSpec("P")
T = TypeVar("T")

AT_ONCE = 3
"""Requests that are looked up at once."""
ASIDE = 24
"""Requests that may wait for somebody at once."""


def set_up(app: FastAPI) -> None:
    """Give an application its threads; to be called in its event loop."""
    anyio.to_thread.current_default_thread_limiter().total_tokens = AT_ONCE
    app.state.aside = anyio.CapacityLimiter(ASIDE)


async def aside(request: Request, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call what may wait, in a thread where nobody waits for it."""
    return await anyio.to_thread.run_sync(lambda: function(*args, **kwargs), limiter=getattr(request.app.state, "aside", None))
