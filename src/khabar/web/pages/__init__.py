"""The pages."""

from types import ModuleType

from fastapi import FastAPI

from khabar.web.pages import adding, description, front, read, review, stories, tables

ALWAYS: tuple[ModuleType, ...] = (front, read, description)
OF_WORKSPACE: tuple[ModuleType, ...] = (stories, tables, review, adding)


def include(app: FastAPI, *, with_workspace: bool) -> None:
    """Add the pages; those of a workspace only where there is one."""
    for part in (*ALWAYS, *(OF_WORKSPACE if with_workspace else ())):
        app.include_router(part.router, include_in_schema=False)
