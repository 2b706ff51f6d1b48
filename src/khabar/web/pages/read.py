"""Read: an article pasted or dropped, and its record beside its text."""

from __future__ import annotations

from typing import cast

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from khabar.web import access
from khabar.web.answers import Refused
from khabar.web.reading import Given, ReadingRoom
from khabar.web.rendering import page
from khabar.web.sheet import Sheet
from khabar.web.threads import aside

router = APIRouter()


@router.get("/read")
def ask(request: Request) -> Response:
    """The form."""
    return page(request, "read.html", sheet=None, text="", published="", problem=None)


@router.post("/read")
async def read(request: Request) -> Response:
    """The record beside the text; the form again, with the reason, where the article cannot be read."""
    form = await access.checked_form(request)
    text, published = str(form.get("text") or ""), str(form.get("published") or "").strip()
    room = cast(ReadingRoom, request.app.state.room)
    try:
        record = await aside(request, room.read, await _given(form, text, published))
    except Refused as refused:
        shown = text[:200_000]
        return page(request, "read.html", refused.status, sheet=None, text=shown, published=published, problem=refused.detail)
    return page(request, "read.html", sheet=Sheet(record), text=text, published=published, problem=None)


async def _given(form: FormData, text: str, published: str) -> Given:
    file = form.get("file")
    if isinstance(file, UploadFile) and file.size:
        return Given(content=await file.read(), name=file.filename, published=published or None)
    if not text.strip():
        raise Refused(422, "paste an article, or choose its file")
    return Given(content=text.encode("utf-8", "replace"), published=published or None)
