"""Judgements over the API: list, make, take back."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Path, Query
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response

from khabar.web import access
from khabar.web.answers import Refused, answer
from khabar.web.api.describing import gives, known
from khabar.web.asking import found, reading, workspace_of
from khabar.web.threads import aside
from khabar.workspace import judgements, judging
from khabar.workspace.correcting import Judgement, Layer, Verdict

router = APIRouter(prefix="/api/judgements", tags=["judgements"])
LARGEST = 2**31 - 1


class JudgementRequest(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What somebody decides: about one article's reading (`article`, `local`) or about an entity, event or story (`node`)."""

    layer: Layer
    verdict: Verdict
    node: Annotated[int, msgspec.Meta(ge=0, le=LARGEST)] | None = None
    article: Annotated[int, msgspec.Meta(ge=0, le=LARGEST)] | None = None
    local: Annotated[str, msgspec.Meta(max_length=20)] | None = None
    others: list[Annotated[int, msgspec.Meta(ge=0, le=LARGEST)]] = []
    change: dict[str, Any] = {}
    why: Annotated[str, msgspec.Meta(max_length=1000)] | None = None


known(JudgementRequest)
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/JudgementRequest"}}},
    }
}


@router.get("", summary="Judgements", responses=gives(list[Judgement]))
def listed(
    request: Request,
    before: Annotated[int | None, Query(ge=0, le=LARGEST, description="Only those made before the one with this id.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """What people decided, the newest first, also what was taken back."""
    with reading(request) as c:
        return answer(request, judgements.listed(c, before=before, limit=limit))


@router.get("/{id}", summary="A judgement", responses=gives(Judgement, 404))
def one(request: Request, id: Annotated[int, Path(ge=0, le=LARGEST)]) -> Response:
    """One judgement."""
    with reading(request) as c:
        return answer(request, found(judgements.judgement(c, id), "judgement"))


@router.post("", summary="Judge", status_code=201, openapi_extra=BODY, responses=gives(Judgement, 408, 413, status=201))
async def judge(request: Request) -> Response:
    """Confirm, reject or correct a reading; merge or split entities, events and stories. It takes effect at once."""
    try:
        asked = msgspec.json.decode(await request.body(), type=JudgementRequest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Refused(422, "the judgement is not as /docs says", [{"where": "body", "what": str(error)}]) from None
    fields = {name: getattr(asked, name) for name in JudgementRequest.__struct_fields__}
    draft = judging.Draft(who=access.who(request), **fields)
    return answer(request, await aside(request, decided, request, draft), 201)


@router.post("/{id}/undo", summary="Take a judgement back", responses=gives(Judgement, 404))
async def undo(request: Request, id: Annotated[int, Path(ge=0, le=LARGEST)]) -> Response:
    """Take a judgement back: what was read, or decided before it, stands again."""
    return answer(request, await aside(request, taken_back, request, id))


def decided(request: Request, draft: judging.Draft) -> Judgement:
    """Keep a judgement. Raises `Refused` where it cannot be made."""
    try:
        with workspace_of(request).writing() as connection:
            return judging.judge(connection, draft)
    except judging.JudgementError as error:
        raise Refused(422, str(error)) from None
    except (SQLAlchemyError, TypeError, AttributeError) as error:
        raise Refused(422, f"the judgement cannot be applied ({type(error).__name__})") from None


def taken_back(request: Request, id: int) -> Judgement:
    """Take a judgement back. Raises `Refused` where it cannot be."""
    try:
        with workspace_of(request).writing() as connection:
            found(judgements.judgement(connection, id), "judgement")
            return judging.undo(connection, id)
    except judging.JudgementError as error:
        raise Refused(422, str(error)) from None
