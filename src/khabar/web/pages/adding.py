"""Add: files through the page, with progress that survives a reload."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from khabar.web import access
from khabar.web.answers import Refused
from khabar.web.api.uploads import uploads_of
from khabar.web.rendering import page

router = APIRouter()


@router.get("/add")
def adding(request: Request) -> Response:
    """The form, and how far each file is."""
    listed = uploads_of(request).listed()
    return page(request, "add.html", uploads=listed, under_way=any(u.under_way for u in listed))


@router.post("/add")
async def add(request: Request) -> Response:
    """Take files, and show how far they are."""
    form = await access.checked_form(request)
    files = [f for f in form.getlist("file") if isinstance(f, UploadFile) and f.size]
    text = str(form.get("text") or "").strip()
    if not files and not text:
        raise Refused(422, "choose at least one file")
    fast = bool(form.get("fast")) or request.app.state.settings.fast
    for file in files:
        uploads_of(request).put(file.filename or "file", await file.read(), access.who(request), fast)
    if text:
        uploads_of(request).put(text.splitlines()[0][:80], text.encode("utf-8", "replace"), access.who(request), fast)
    return RedirectResponse("/add", 303)
