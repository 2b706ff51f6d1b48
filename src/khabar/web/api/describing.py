"""The API's description (OpenAPI 3.1): FastAPI's, with the types of the answers, which are msgspec's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from fastapi import FastAPI

from khabar.web.answers import ProblemDetails

_TYPES: list[type] = [ProblemDetails]

REASONS = {
    401: "Who asks is not known: send a token.",
    403: "The token is for reading, or a page of another site sent the request.",
    404: "There is nothing with that id.",
    408: "The body took too long to arrive.",
    409: "Something else happened in between; ask again.",
    413: "The body, or the article, is too large.",
    415: "The body is of a kind that is not read.",
    422: "The request is not as described; `errors` names the fields.",
    503: "Too much is going on, or the workspace cannot be read now.",
}
REF = "#/components/schemas/{name}"


def known(*types: type) -> None:
    """Make types part of the description."""
    _TYPES.extend(t for t in types if t not in _TYPES)


def gives(kind: type, *refusals: int, status: int = 200, what: str = "What was asked for") -> dict[int | str, dict[str, Any]]:
    """What a path answers: a value of that type, or a problem."""
    known(kind)
    (schema,), _ = msgspec.json.schema_components([kind], ref_template=REF)
    good = {"description": what, "content": {"application/json": {"schema": schema}}}
    bad: dict[str, Any] = {"content": {"application/problem+json": {"schema": {"$ref": REF.format(name="ProblemDetails")}}}}
    told: dict[int | str, dict[str, Any]] = {
        number: {"description": REASONS[number], **bad} for number in sorted({401, 403, 422, 503, *refusals})
    }
    return {status: good, **told}


def describing(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """The function that gives the description of an application; it is made once."""
    original = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = original()
            _, components = msgspec.json.schema_components(_TYPES, ref_template=REF)
            there = made.setdefault("components", {}).setdefault("schemas", {})
            there.update(components)
            for unused in ("HTTPValidationError", "ValidationError"):
                there.pop(unused, None)
            made["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
            made["security"] = [{}, {"token": []}]
            app.openapi_schema = made
        return app.openapi_schema

    return openapi
