"""POST /api/read: an article in, its record out."""

from __future__ import annotations

from typing import Annotated, Any, cast

import msgspec
from fastapi import APIRouter, Query
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from khabar.record import Record
from khabar.web.answers import Refused, answer
from khabar.web.api.describing import gives, known
from khabar.web.reading import Given, ReadingRoom
from khabar.web.threads import aside

router = APIRouter(prefix="/api", tags=["read"])


class ReadRequest(msgspec.Struct, forbid_unknown_fields=True):
    """An article to read. `text` is all there must be; `published` anchors relative days (أمس)."""

    text: str
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    fast: bool = False


known(ReadRequest)
_TEXT: dict[str, Any] = {"schema": {"type": "string"}}
_FORM: dict[str, Any] = {
    "schema": {
        "type": "object",
        "required": ["file"],
        "properties": {"file": {"type": "string", "format": "binary"}},
    }
}
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/ReadRequest"}},
            "text/plain": _TEXT,
            "text/html": _TEXT,
            "multipart/form-data": _FORM,
        },
    }
}


@router.post("/read", summary="Read one article", openapi_extra=BODY, responses=gives(Record, 408, 413, 415))
async def read(
    request: Request,
    published: Annotated[str | None, Query(description="When it was published, where it does not say so itself.")] = None,
    outlet: Annotated[str | None, Query(description="Who published it.")] = None,
    fast: Annotated[bool, Query(description="Read without the neural tagger: faster, less exact.")] = False,
) -> Response:
    """Read one article and give its record: entities, times, attributions, events and figures, each with its words.

    Send JSON (`text`, and what is known about it), the text or HTML itself, or a file as a form. Nothing is kept.
    """
    given = await _given(request)
    told = {"published": given.published or published, "outlet": given.outlet or outlet, "fast": given.fast or fast}
    room = cast(ReadingRoom, request.app.state.room)
    return answer(request, await aside(request, room.read, msgspec.structs.replace(given, **told)))


async def _given(request: Request) -> Given:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _uploaded(await request.form(max_files=1, max_fields=20))
    body = await request.body()
    if kind in ("text/plain", "text/html"):
        return Given(content=body)
    if kind not in ("application/json", ""):
        raise Refused(415, "send application/json, text/plain, text/html or a file as multipart/form-data")
    try:
        asked = msgspec.json.decode(body, type=ReadRequest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Refused(422, 'send JSON as {"text": "…"}', [{"where": "body", "what": str(error)}]) from None
    known = {name: getattr(asked, name) for name in ("title", "published", "outlet", "url", "author", "fast")}
    return Given(content=asked.text.encode("utf-8", "replace"), **known)


async def _uploaded(form: FormData) -> Given:
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise Refused(422, "send the article's file in the field file")
    return Given(content=await file.read(), name=file.filename)
