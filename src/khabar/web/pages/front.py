"""What stands on no page: language, theme, signing in and out."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from khabar.web import access
from khabar.web.language import CODES
from khabar.web.rendering import page
from khabar.web.settings import Settings
from khabar.web.tokens import holder

router = APIRouter()


@router.get("/")
def front(request: Request) -> Response:
    """The first page: the stories where there is a workspace, else an article to read."""
    return RedirectResponse("/stories" if request.app.state.workspace is not None else "/read", 303)


@router.get("/health")
def health() -> Response:
    """That it runs."""
    return PlainTextResponse("ok\n")


def ours(path: object) -> str:
    """A path of this workbench to go on to, whatever was asked for."""
    if not isinstance(path, str):
        return "/"
    parts = urlsplit(path)
    if parts.scheme or parts.netloc or not path.startswith("/") or path.startswith(("//", "/\\")) or "\\" in path:
        return "/"
    return path if path.isprintable() else "/"


@router.post("/language")
async def choose(request: Request) -> Response:
    """Change the language or the theme, and go back to the page."""
    form = await access.checked_form(request)
    response = RedirectResponse(ours(form.get("next")), 303)
    code, theme = form.get("language"), form.get("theme")
    if code in CODES:
        access.keep(response, request, access.LANGUAGE, str(code))
    if theme in access.THEMES:
        access.keep(response, request, access.THEME, str(theme))
    return response


@router.get("/sign-in")
def ask(request: Request) -> Response:
    """Ask for a token."""
    return page(request, "sign_in.html", wrong=False)


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """Take a token, and remember its seal."""
    form = await access.checked_form(request)
    settings = cast(Settings, request.app.state.settings)
    token = holder(settings.tokens, secret=str(form.get("token", "")).strip())
    if token is None:
        return page(request, "sign_in.html", 403, wrong=True)
    response = RedirectResponse("/", 303)
    access.keep(response, request, access.SEAL, token.seal, 30 * 24 * 3600)
    return response


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """Forget who it was."""
    await access.checked_form(request)
    response = RedirectResponse("/sign-in", 303)
    access.forget(response, access.SEAL)
    return response
