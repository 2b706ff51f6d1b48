"""/docs: the API described, in a page of our own that loads nothing from elsewhere."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from khabar.web.rendering import page

router = APIRouter()


class Operation(msgspec.Struct, frozen=True):
    """One thing that can be asked."""

    method: str
    path: str
    summary: str
    description: str
    parameters: list[dict[str, Any]]
    bodies: list[tuple[str, str]]
    answers: list[tuple[str, str, str]]
    example: str

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"{self.method}-{self.path.strip('/').replace('/', '-')}".replace("{", "").replace("}", "").lower()


@router.get("/docs")
def describe(request: Request) -> Response:
    """The operations, then the types."""
    spec = request.app.openapi()
    base = str(request.base_url).rstrip("/")
    operations = [
        _operation(method.upper(), path, told, base)
        for path, methods in spec["paths"].items()
        for method, told in methods.items()
    ]
    schemas = {name: json.dumps(schema, indent=1, ensure_ascii=False) for name, schema in spec["components"]["schemas"].items()}
    return page(request, "docs.html", operations=operations, schemas=schemas)


def _operation(method: str, path: str, told: dict[str, Any], base: str) -> Operation:
    bodies = [
        (kind, _type(content.get("schema", {}))) for kind, content in told.get("requestBody", {}).get("content", {}).items()
    ]
    answers = [
        (number, said.get("description", ""), next((_type(c.get("schema", {})) for c in said.get("content", {}).values()), ""))
        for number, said in told.get("responses", {}).items()
    ]
    parameters = [
        {**p, "type": _type(p.get("schema", {})), "text": p.get("description") or p.get("schema", {}).get("description", "")}
        for p in told.get("parameters", [])
    ]
    summary, description = told.get("summary", ""), told.get("description", "")
    return Operation(method, path, summary, description, parameters, bodies, answers, _example(method, path, bodies, base))


def _type(schema: dict[str, Any]) -> str:
    """A schema in a word or two."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(_type(s) for s in schema["anyOf"] if s.get("type") != "null")
    if "enum" in schema:
        return " · ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"[{_type(schema.get('items', {}))}]"
    return str(schema.get("type", "any"))


def _example(method: str, path: str, bodies: list[tuple[str, str]], base: str) -> str:
    address = f"{base}{path.replace('{', '').replace('}', '')}"
    if method == "GET":
        return f"curl {address}"
    kinds = {kind for kind, _ in bodies}
    if "text/html" in kinds:
        return f"curl {address} -H 'Content-Type: text/html' --data-binary @article.html"
    if "multipart/form-data" in kinds:
        return f"curl {address} -F file=@article.html"
    return f"curl -X {method} {address}" + (" -H 'Content-Type: application/json' -d @-" if kinds else "")
