"""What a request asks of the workspace: the filter, the part of the listing, and a connection to read it from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any, TypeVar, cast

import msgspec
from fastapi import Query
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from khabar.record import EventType, FigureKind, Status
from khabar.web.answers import Refused
from khabar.workspace import Workspace
from khabar.workspace.paging import BadCursor
from khabar.workspace.standing import Layer, standing
from khabar.workspace.views import Filter

T = TypeVar("T")
LONGEST = 500
"""Characters of a value of a filter."""
NAMES = ("actor", "recipient", "place", "source")
"""Fields of a filter that are an id or a name."""


def workspace_of(request: Request) -> Workspace:
    """The workspace that is shown."""
    return cast(Workspace, request.app.state.workspace)


@contextmanager
def reading(request: Request) -> Iterator[Connection]:
    """A connection to read from; a cursor that is none becomes a refusal."""
    with workspace_of(request).reading() as connection:
        try:
            yield connection
        except BadCursor as error:
            raise Refused(422, str(error)) from None


def found(value: T | None, what: str) -> T:
    """What was asked for. Raises `Refused` where there is none."""
    if value is None:
        raise Refused(404, f"there is no {what} with this id; it may have been joined to another")
    return value


def moved(request: Request, connection: Connection, layer: Layer, id: int) -> Response | None:
    """Where a page has gone whose entity, event or story was merged into another; None where it has not."""
    to = standing(connection, layer, id)
    if to == id:
        return None
    query = f"?{request.url.query}" if request.url.query else ""
    # not for good: a merge can be taken back
    return RedirectResponse(f"{request.url.path.rpartition('/')[0]}/{to}{query}", 307)


def filter_of(given: Mapping[str, str]) -> Filter:
    """The filter in the parameters of a request; blank ones narrow nothing. Raises `Refused`."""
    values: dict[str, Any] = {}
    for name in Filter.__struct_fields__:
        value = given.get(name, "").strip()
        if not value:
            continue
        if len(value) > LONGEST or "\0" in value:
            raise Refused(422, f"{name} is too long or no text; write less", [{"where": name, "what": "no such value"}])
        values[name] = int(value) if name in NAMES and value.isascii() and value.isdigit() and len(value) < 10 else value
    if "near" in values:
        values["near"] = _near(values["near"])
    for name in ("begin", "end"):
        if name in values:
            values[name] = _day(name, values[name])
    try:
        return msgspec.convert(values, Filter, strict=False)
    except msgspec.ValidationError as error:
        raise Refused(422, f"the filter is not right: {error}", [{"where": "query", "what": str(error)}]) from None


def _near(words: str) -> tuple[float, float, float]:
    try:
        latitude, longitude, radius = (float(part) for part in words.split(","))
    except ValueError:
        latitude = longitude = radius = float("nan")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and 0 < radius <= 20_000):
        raise Refused(422, "near is LATITUDE,LONGITUDE,KILOMETRES, such as 32.8,22.6,50", [{"where": "near", "what": words[:50]}])
    return latitude, longitude, radius


def _day(name: str, words: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        raise Refused(422, f"{name} is a day such as 2024-09-03", [{"where": name, "what": words[:50]}]) from None


async def asked(  # not in a thread: it would wait for one, and the answer for another
    request: Request,
    text: Annotated[str | None, Query(max_length=LONGEST, description="Words of the article.")] = None,
    type: Annotated[EventType | None, Query(description="Type of event.")] = None,
    actor: Annotated[
        str | None, Query(max_length=LONGEST, description="Who does it: id of an entity, or a name in either script.")
    ] = None,
    recipient: Annotated[str | None, Query(max_length=LONGEST, description="To whom: id or name.")] = None,
    place: Annotated[str | None, Query(max_length=LONGEST, description="Where: id or name.")] = None,
    near: Annotated[str | None, Query(max_length=100, description="LATITUDE,LONGITUDE,KILOMETRES")] = None,
    begin: Annotated[str | None, Query(max_length=10, description="First day, 2024-09-03.")] = None,
    end: Annotated[str | None, Query(max_length=10, description="Last day.")] = None,
    source: Annotated[str | None, Query(max_length=LONGEST, description="Who says it: id or name.")] = None,
    outlet: Annotated[str | None, Query(max_length=LONGEST, description="Who published it.")] = None,
    figure: Annotated[FigureKind | None, Query(description="Kind of figure.")] = None,
    status: Annotated[Status | None, Query(description="Status of the event.")] = None,
    story: Annotated[int | None, Query(ge=0, le=2**31 - 1, description="Id of a story.")] = None,
) -> Filter:
    """The filter of a request to the API."""
    return filter_of(request.query_params)


Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
Cursor = Annotated[str | None, Query(max_length=2000, description="`next` of the part before.")]
