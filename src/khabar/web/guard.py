"""What stands before every request: who may be asked under which name, how much and how long, and what a browser may do.

Plain ASGI, so that nothing is read into memory before it is counted.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from khabar.web.answers import problem
from khabar.web.settings import Settings
from khabar.web.tokens import holder

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy: nothing from elsewhere, no script or style inside a page."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # not no-referrer: browsers then send "Origin: null" with forms, and no form could be told from a stranger's
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

SAFE = ("GET", "HEAD", "OPTIONS")

NEEDS_ONLY_READ = frozenset({"/read", "/api/read", "/language", "/sign-in", "/sign-out"})
"""What is sent there changes nothing that is kept."""

OPEN = ("/static/", "/sign-in", "/language", "/health")
"""What may be asked without a token."""

SEAL = "khabar-seal"


class _TooMuch(Exception):
    pass


class _TooSlow(Exception):
    pass


class Guard:
    """The outermost part of the workbench."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "private, no-cache")
            await send(message)

        refused = self._refused(scope)
        if refused is not None:
            await refused(scope, receive, sending)
            return
        try:
            await self._answered(scope, receive, sending, lambda: begun)
        except _TooMuch:
            await self._stopped(413, self._too_much, begun, scope, receive, sending)
        except _TooSlow:
            slow = f"the body of the request took more than {self.settings.body_seconds:.0f} seconds; send it again, or in parts"
            await self._stopped(408, slow, begun, scope, receive, sending)
        except TimeoutError:
            late = f"no answer within {self.settings.answer_seconds:.0f} seconds; ask for less, or again when less is going on"
            await self._stopped(503, late, begun, scope, receive, sending)

    @property
    def _too_much(self) -> str:
        return f"the body of the request has more than {self.settings.largest:,} bytes; send less, or use khabar add"

    @staticmethod
    async def _stopped(status: int, detail: str, begun: bool, scope: Scope, receive: Receive, send: Send) -> None:
        if begun:  # too late to say so: the client sees a connection that breaks off
            raise ConnectionAbortedError(detail)
        await problem(status, detail, headers={"Connection": "close"})(scope, receive, send)

    async def _answered(self, scope: Scope, receive: Receive, send: Send, begun: Callable[[], bool]) -> None:
        """Run the application, with the body counted and both the body and the answer timed."""
        counted, whole = 0, False
        clock = asyncio.get_running_loop()
        until = clock.time() + self.settings.body_seconds

        async def receiving() -> Message:
            nonlocal counted, whole
            if whole:
                return await receive()
            try:
                async with asyncio.timeout_at(until):
                    message = await receive()
            except TimeoutError:
                raise _TooSlow from None
            if message["type"] == "http.request":
                counted += len(message.get("body", b""))
                if counted > self.settings.largest:
                    raise _TooMuch
                whole = not message.get("more_body", False)
            return message

        async with asyncio.timeout(None) as limit:
            limit.reschedule(clock.time() + self.settings.answer_seconds)

            async def timed(message: Message) -> None:
                if message["type"] == "http.response.start":
                    limit.reschedule(None)
                await send(message)

            await self.app(scope, receiving, timed)

    def _refused(self, scope: Scope) -> Callable[[Scope, Receive, Send], Awaitable[None]] | None:
        """The refusal of a request that may not even be looked at."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        hosts = self.settings.hosts
        if hosts is not None and _name(host) not in hosts:
            # a stranger's page whose name was made to lead here (DNS rebinding) would be of the same origin as ours
            return problem(421, f"this workbench is not called {host[:100]!r}; open it as {sorted(hosts)[0]}")
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length) > self.settings.largest:
            return problem(413, self._too_much, headers={"Connection": "close"})
        unsafe = scope["method"] not in SAFE
        if unsafe and not _same_origin(headers, scope["scheme"], host):
            return problem(403, "this request was sent by a page of another site; send it from the workbench itself")
        return self._not_allowed(scope, headers, unsafe)

    def _not_allowed(
        self, scope: Scope, headers: Headers, unsafe: bool
    ) -> Callable[[Scope, Receive, Send], Awaitable[None]] | None:
        path: str = scope["path"]
        state: MutableMapping[str, Any] = scope.setdefault("state", {})
        state["right"], state["who"] = "edit", None
        if not self.settings.tokens:
            return None
        secret = headers.get("authorization", "").partition(" ")
        request = Request(scope)
        token = (
            holder(self.settings.tokens, secret=secret[2].strip())
            if secret[0].lower() == "bearer"
            else holder(self.settings.tokens, seal=request.cookies.get(SEAL))
        )
        state["right"], state["who"] = (token.right, token.name) if token else (None, None)
        if path.startswith(OPEN):
            return None
        if token is None:
            if path.startswith("/api/") or unsafe:
                detail = "who asks is not known; send a token: Authorization: Bearer TOKEN"
                return problem(401, detail, headers={"WWW-Authenticate": "Bearer"})
            return RedirectResponse("/sign-in", 303)
        if unsafe and path not in NEEDS_ONLY_READ and token.right != "edit":
            return problem(403, f"{token.name}'s token is for reading; changing the workspace needs a token for editing")
        return None


def _name(host: str) -> str:
    """The Host header without its port."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].lower()


def _same_origin(headers: Headers, scheme: str, host: str) -> bool:
    """Whether a request comes from a page of the workbench, or from no page at all (a program).

    Browsers say with every request that may change something where it comes from, in Origin or Sec-Fetch-Site.
    """
    origin = headers.get("origin")
    if origin is not None:
        return origin.lower() in (f"{scheme}://{host}".lower(), f"https://{host}".lower())
    return headers.get("sec-fetch-site", "none") in ("same-origin", "none")
