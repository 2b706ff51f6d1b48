"""Who asks, in which language, and whether a form is ours."""

from __future__ import annotations

import getpass
import hashlib
import hmac
import secrets
from typing import cast

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from khabar.web.answers import Refused
from khabar.web.guard import SEAL
from khabar.web.language import CODES, Language, language, preferred
from khabar.web.settings import Settings

LANGUAGE = "khabar-language"
THEME = "khabar-theme"
WHO = "khabar-who"
FORM = "khabar-form"
THEMES = ("light", "dark")
YEAR = 365 * 24 * 3600


def spoken(request: Request) -> Language:
    """The language of a request: the one chosen before, else the one that the browser asks for."""
    chosen = request.cookies.get(LANGUAGE, "")
    return language(chosen if chosen in CODES else preferred(request.headers.get("accept-language", "")))


def theme(request: Request) -> str:
    """The theme that was chosen; nothing where the browser's goes."""
    chosen = request.cookies.get(THEME, "")
    return chosen if chosen in THEMES else ""


def may_edit(request: Request) -> bool:
    """Whether the one who asks may change the workspace."""
    return cast("str | None", getattr(request.state, "right", None)) == "edit"


def who(request: Request) -> str:
    """Whose judgement it is: the holder of the token; on loopback the name given before, else the user of this machine."""
    named = cast("str | None", getattr(request.state, "who", None)) or request.cookies.get(WHO, "")
    if named:
        return named[:80]
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"


def form_token(request: Request) -> tuple[str, str | None]:
    """The token for a page's forms, and the value of a cookie to set where the browser has none yet."""
    kept = request.cookies.get(FORM)
    fresh = None if kept else secrets.token_urlsafe(18)
    return _token(kept or fresh or ""), fresh


def _token(cookie: str) -> str:
    return hashlib.sha256(b"form\0" + cookie.encode()).hexdigest()[:32]


async def checked_form(request: Request) -> FormData:
    """The form of a request that came from a page of ours. Raises `Refused` otherwise."""
    cookie = request.cookies.get(FORM, "")
    form = await request.form(max_files=200, max_fields=400, max_part_size=request_limit(request))
    given = form.get("form") or request.headers.get("x-khabar-form") or ""
    if not cookie or not isinstance(given, str) or not hmac.compare_digest(_token(cookie).encode(), given.encode()):
        raise Refused(403, "this form is not one of the workbench's, or is too old; reload the page and send it again")
    return form


def request_limit(request: Request) -> int:
    """Bytes that a field of a form may have."""
    settings = cast(Settings, request.app.state.settings)
    return settings.largest


def keep(response: Response, request: Request, name: str, value: str, age: int = YEAR) -> None:
    """Set a cookie that only this workbench gets, from its own pages."""
    response.set_cookie(
        name, value, max_age=age, path="/", httponly=True, samesite="strict", secure=request.url.scheme == "https"
    )


def forget(response: Response, name: str) -> None:
    """Take a cookie back."""
    response.delete_cookie(name, path="/", httponly=True, samesite="strict")


__all__ = [
    "FORM",
    "LANGUAGE",
    "SEAL",
    "THEME",
    "THEMES",
    "WHO",
    "checked_form",
    "forget",
    "form_token",
    "keep",
    "may_edit",
    "spoken",
    "theme",
    "who",
]
