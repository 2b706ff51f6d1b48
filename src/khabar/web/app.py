"""The application: what is set up once, and which part answers which path."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from khabar import __version__
from khabar.web import answers, api, pages, threads
from khabar.web.answers import Refused
from khabar.web.guard import Guard
from khabar.web.jobs import Uploads
from khabar.web.reading import ReadingRoom
from khabar.web.rendering import STATIC, page
from khabar.web.settings import Settings
from khabar.workspace import Workspace, WorkspaceError


def create_app(settings: Settings) -> FastAPI:
    """The workbench as an ASGI application. Raises `WorkspaceError` where its workspace cannot be opened."""
    workspace = Workspace.open(settings.workspace) if settings.workspace else None
    room = ReadingRoom(longest=settings.longest, seconds=settings.answer_seconds / 2, fast=settings.fast)

    uploads = Uploads(workspace, settings.spool or _beside(workspace)) if workspace else None

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        threads.set_up(app)
        yield
        room.close()
        if uploads is not None:
            uploads.close()
        if workspace is not None:
            workspace.close()

    app = FastAPI(
        title="Khabar",
        version=__version__,
        summary="Reads Arabic news and keeps the record",
        docs_url=None,  # those pages load scripts from elsewhere; ours is in pages
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan,
    )
    app.state.uploads = uploads
    app.state.settings, app.state.workspace, app.state.room = settings, workspace, room
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(WorkspaceError, _workspace)
    app.add_exception_handler(Exception, _unforeseen)
    app.mount("/static", _Static(directory=STATIC))
    api.include(app, with_workspace=workspace is not None)
    pages.include(app, with_workspace=workspace is not None)
    app.add_middleware(Guard, settings=settings)
    return app


def _beside(workspace: Workspace) -> Path | None:
    """Where uploads of a workspace in a file are kept: beside it."""
    return None if workspace.postgres else Path(f"{workspace.name}.uploads")


def warm(app: FastAPI) -> None:
    """Start the process that reads, so that the first article does not wait for it."""
    threading.Thread(target=app.state.room.warm, daemon=True).start()


class _Static(StaticFiles):
    """Files of the package; whoever asks for one by its stamp may keep it."""

    async def get_response(self, path: str, scope: dict[str, object]) -> Response:  # type: ignore[override]
        response = await super().get_response(path, scope)
        if scope.get("query_string"):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def _asked_by_program(request: Request) -> bool:
    return request.url.path.startswith("/api/") or "text/html" not in request.headers.get("accept", "text/html")


def _failed(request: Request, status: int, detail: str, errors: list[dict[str, str]] | None = None) -> Response:
    if _asked_by_program(request):
        return answers.problem(status, detail, errors)
    return page(request, "problem.html", status, title=answers.title(status), detail=detail)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return _failed(request, error.status, error.detail, error.errors)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = {
        404: "there is nothing at this address; begin at /, or see /docs for the addresses of the API",
        405: "this address is not asked in this way; see /docs",
    }.get(error.status_code, str(error.detail))
    response = _failed(request, error.status_code, detail)
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [{"where": ".".join(str(p) for p in e["loc"]), "what": str(e["msg"])} for e in error.errors()]
    return _failed(request, 422, "the request is not as /docs says; errors names the fields", errors)


async def _workspace(request: Request, error: Exception) -> Response:
    return _failed(request, 503, str(error))


async def _unforeseen(request: Request, error: Exception) -> Response:
    return _failed(request, 500, f"internal error, please report it ({type(error).__name__})")
