"""What listings share: the address of the next part, and points of a map."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import cast
from urllib.parse import urlencode

from starlette.requests import Request

from khabar.web.answers import Refused
from khabar.web.rendering import plain
from khabar.workspace.policies import POLICIES, Policy
from khabar.workspace.views import Named


def policy_of(request: Request) -> Policy:
    """The policy by which one number is made of many claims; `latest` where none is named."""
    named = request.query_params.get("policy") or "latest"
    if named not in POLICIES:
        raise Refused(422, f"policy is one of {', '.join(POLICIES)}")
    return cast(Policy, named)


def following(request: Request, cursor: str | None) -> str | None:
    """The address of the part after this one; None where this is the last."""
    if cursor is None:
        return None
    kept = [(k, v) for k, v in request.query_params.multi_items() if k != "cursor" and v]
    return f"{request.url.path}?{urlencode([*kept, ('cursor', cursor)])}"


def points(places: Iterable[tuple[Named, int]]) -> str:
    """Places with coordinates as JSON for the map: names in both scripts, where they are, how many events."""
    return json.dumps(
        [
            {"id": p.id, "ar": plain(p.name), "en": plain(p.name_en or p.name), "at": [p.latitude, p.longitude], "n": n}
            for p, n in places
            if p.latitude is not None and p.longitude is not None
        ],
        ensure_ascii=False,
    )
