"""Files into the workspace over the API."""

from __future__ import annotations

from typing import Annotated, Any, cast

from fastapi import APIRouter, Path, Query
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from khabar.web import access
from khabar.web.answers import Refused, answer
from khabar.web.api.describing import gives
from khabar.web.asking import found
from khabar.web.jobs import Upload, Uploads

router = APIRouter(prefix="/api/uploads", tags=["uploads"])
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}


def uploads_of(request: Request) -> Uploads:
    """The uploads of the workspace."""
    return cast(Uploads, request.app.state.uploads)


@router.get("", summary="Uploads", responses=gives(list[Upload]))
def listed(request: Request) -> Response:
    """The latest uploads, the newest first, and how far each is."""
    return answer(request, uploads_of(request).listed())


@router.get("/{id}", summary="An upload", responses=gives(Upload, 404))
def one(request: Request, id: Annotated[str, Path(max_length=100)]) -> Response:
    """How far an upload is."""
    return answer(request, found(uploads_of(request).get(id), "upload"))


@router.post("", summary="Add a file", status_code=202, openapi_extra=BODY, responses=gives(Upload, 408, 413, status=202))
async def put(request: Request, fast: Annotated[bool, Query(description="Read without the neural tagger.")] = False) -> Response:
    """Add a file: text, HTML, JSON Lines, a feed or a web archive, gzipped or not. It is read afterwards; ask how far it is."""
    form = await request.form(max_files=1, max_fields=10)
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise Refused(422, "send the file in the field file, as multipart/form-data")
    settings = request.app.state.settings
    made = uploads_of(request).put(file.filename or "file", await file.read(), access.who(request), fast or settings.fast)
    return answer(request, made, 202)
