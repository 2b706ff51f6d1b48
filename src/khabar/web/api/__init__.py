"""The API: everything that the pages show, for programs."""

from fastapi import FastAPI

from khabar.web.api import exports, judging, read, uploads, workspace
from khabar.web.api.describing import describing


def include(app: FastAPI, *, with_workspace: bool) -> None:
    """Add the API's paths; those of a workspace only where there is one."""
    app.include_router(read.router)
    for part in (workspace, judging, uploads, exports) if with_workspace else ():
        app.include_router(part.router)
    app.openapi = describing(app)  # type: ignore[method-assign]
