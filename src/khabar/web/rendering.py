"""Pages from templates: everything escaped, in the language of the request."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from khabar import __version__
from khabar.exports.registry import FORMATS
from khabar.record import EVENT_TYPES, FIGURE_KINDS, STATUSES
from khabar.web import access, wording
from khabar.web.language import NAMES
from khabar.workspace.views import Filter, Snippet

HERE = Path(__file__).parent
STATIC = HERE / "static"

_TURNING = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_ARABIC = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


def plain(words: str) -> str:
    """Words without the characters that turn the direction of what follows, and with a sign for what cannot be shown."""
    return _CONTROL.sub("\ufffd", _TURNING.sub("", words))


def isolated(words: object) -> Markup:
    """Words of an article in an element of their own, with their own direction and language, whatever stands around them."""
    text = plain(str(words if words is not None else ""))
    arabic, latin = _ARABIC.search(text), _LATIN.search(text)
    if arabic is not None and (latin is None or arabic.start() < latin.start()):
        told = 'dir="rtl" lang="ar"'
    else:
        told = 'dir="ltr" lang="en"' if latin is not None else 'dir="auto"'
    return Markup(f"<bdi {told}>{escape(text)}</bdi>")  # a page has hundreds: Markup.format would be half of its time


def harmless_url(url: str | None) -> str | None:
    """An address that a link may lead to: of the web, nothing that a browser would run."""
    if not url or _CONTROL.search(url) or url != url.strip():
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


@cache
def stamped(name: str) -> str:
    """The address of a file of the package, which changes with the file, so that browsers may keep it."""
    digest = hashlib.blake2b((STATIC / name).read_bytes(), digest_size=6).hexdigest()
    return f"/static/{name}?{digest}"


def snippet(found: Snippet) -> Markup:
    """The words of a search in their text, marked."""
    words, parts, done = found.quote, [], 0
    for start, stop in ((a - found.start, b - found.start) for a, b in found.marks):
        parts += [escape(plain(words[done:start])), Markup("<mark>{}</mark>").format(plain(words[start:stop]))]
        done = stop
    return Markup("").join([*parts, escape(plain(words[done:]))])


def clipped(words: str | None, length: int) -> str:
    """Words on one line, cut at a space where they are longer than `length`."""
    line = " ".join((words or "").split())
    if len(line) <= length:
        return line
    return line[: max(line.rfind(" ", 0, length), length // 2)] + " …"


def _(message: str) -> str:
    """Marks a message for the catalogue."""
    return message


ALWAYS = (("/read", _("Read")),)
OF_WORKSPACE: tuple[tuple[str, str], ...] = (
    ("/stories", _("Stories")),
    ("/events", _("Events")),
    ("/figures", _("Figures")),
    ("/entities", _("People and organisations")),
    ("/places", _("Places")),
    ("/search", _("Search")),
    ("/review", _("Review")),
    ("/add", _("Add")),
)


def sections(with_workspace: bool) -> tuple[tuple[str, str], ...]:
    """The sections of the workbench: address and name."""
    return (*OF_WORKSPACE, *ALWAYS) if with_workspace else ALWAYS


def hidden(token: str) -> Markup:
    """The field that shows that a form is ours."""
    return Markup('<input type="hidden" name="form" value="{}">').format(escape(token))


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,  # whatever a template is called
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals.update(
        static=stamped,
        version=__version__,
        hidden=hidden,
        EXPORTS=tuple(FORMATS),
        snippet=snippet,
        TYPES=EVENT_TYPES,
        KINDS=FIGURE_KINDS,
        STATUSES=STATUSES,
    )
    made.filters.update(own=isolated, plain=plain, link=harmless_url, clip=clipped)
    return made


ENVIRONMENT = _environment()


def page(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page in the language of the request; sets the cookie of its forms where there is none yet."""
    token, fresh = access.form_token(request)
    html = ENVIRONMENT.get_template(template).render(**common(request, token), **values)
    response = HTMLResponse(html, status, {"Cache-Control": "private, no-store", "Vary": "Cookie, Accept-Language, HX-Request"})
    if fresh:
        access.keep(response, request, access.FORM, fresh)
    return response


def _as_json(request: Request) -> str:
    """The address of the API that gives what is on the screen."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if v and k not in ("cursor", "queue")]
    return f"/api{request.url.path}?{urlencode([*kept, ('limit', '200')])}"


def _as_export(request: Request) -> str:
    """The filter of what is on the screen, for an export."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if v and k in Filter.__struct_fields__]
    return f"?{urlencode(kept)}" if kept else ""


def common(request: Request, token: str) -> dict[str, Any]:
    """What every template has at hand."""
    spoken = access.spoken(request)
    settings = request.app.state.settings
    return {
        "l": spoken,
        "_": spoken.text,
        "_n": spoken.count,
        "word": wording.words(spoken),
        "request": request,
        "path": request.url.path,
        "here": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        "as_json": _as_json(request),
        "as_export": _as_export(request),
        "theme": access.theme(request),
        "form_token": token,
        "languages": NAMES,
        "sections": [(address, spoken.text(name)) for address, name in sections(settings.workspace is not None)],
        "workspace": settings.workspace,
        "workspace_name": request.app.state.workspace.name.rpartition("/")[2] if request.app.state.workspace else None,
        "may_edit": access.may_edit(request),
        "who": access.who(request),
        "signed_in": bool(settings.tokens and getattr(request.state, "who", None)),
        "partial": request.headers.get("hx-request") == "true" and request.headers.get("hx-boosted") != "true",
    }
