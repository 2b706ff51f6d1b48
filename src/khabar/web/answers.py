"""Answers in JSON: ETags, and problems (RFC 9457) that say what to do."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

PROBLEM = "application/problem+json"


class ProblemDetails(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What went wrong (`title`), and what to do about it (`detail`); `errors` names the fields that are wrong."""

    status: int
    title: str
    detail: str
    errors: list[dict[str, str]] = []


class Refused(Exception):
    """A request that cannot be answered: `status`, and in `detail` what to do instead."""

    def __init__(self, status: int, detail: str, errors: list[dict[str, str]] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, errors or []


def title(status: int) -> str:
    """The name of a status."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def problem(
    status: int, detail: str, errors: list[dict[str, str]] | None = None, headers: dict[str, str] | None = None
) -> Response:
    """A problem as an answer."""
    body = ProblemDetails(status=status, title=title(status), detail=detail, errors=errors or [])
    return Response(msgspec.json.encode(body), status, headers, PROBLEM)


def answer(request: Request, value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A value as JSON with its ETag; 304 where the client has it already."""
    body = msgspec.json.encode(value)
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    sent = {"ETag": tag, "Cache-Control": "private, no-cache", **(headers or {})}
    if request.method in ("GET", "HEAD") and tag in _tags(request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=sent)
    return Response(body, status, sent, "application/json")


def _tags(header: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}
