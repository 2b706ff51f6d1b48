"""Exports over the API: what a filter leaves of the workspace, in a format that other tools read."""

from __future__ import annotations

import os
import tempfile
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Path
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from khabar.exports.registry import FORMATS, CannotExport, file_of, write
from khabar.web.answers import Refused, answer
from khabar.web.api.describing import gives
from khabar.web.asking import asked, reading
from khabar.web.threads import aside
from khabar.workspace.views import Filter

router = APIRouter(prefix="/api/exports", tags=["exports"])


class ExportFormat(msgspec.Struct, frozen=True):
    """A format: its name, what it is, and what its file is."""

    name: str
    title: str
    media_type: str
    suffix: str


@router.get("", summary="Formats", responses=gives(list[ExportFormat]))
def formats(request: Request) -> Response:
    """The formats that the workspace can be exported in."""
    return answer(request, [ExportFormat(f.name, f.title, f.file.media_type, f.file.suffix) for f in FORMATS.values()])


_FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file.", "content": {f.file.media_type.partition(";")[0]: {} for f in FORMATS.values()}}
}


@router.get("/{format}", summary="Export", responses={**gives(ExportFormat, 404), **_FILE})
async def export(request: Request, f: Annotated[Filter, Depends(asked)], format: Annotated[str, Path(max_length=40)]) -> Response:
    """What the filter leaves of the workspace, as a file."""
    return await aside(request, _exported, request, f, format)


def _exported(request: Request, f: Filter, format: str) -> Response:
    if format not in FORMATS:
        raise Refused(404, f"there is no format of this name; there are {', '.join(FORMATS)}")
    handle, path = tempfile.mkstemp(prefix="khabar-export-")
    try:
        with os.fdopen(handle, "wb") as out, reading(request) as connection:
            write(format, connection, f, out)
    except CannotExport as error:
        os.unlink(path)
        raise Refused(422, str(error)) from None
    except BaseException:
        os.unlink(path)
        raise
    file = file_of(format)
    return FileResponse(
        path, media_type=file.media_type, filename=f"khabar{file.suffix}", background=BackgroundTask(os.unlink, path)
    )
