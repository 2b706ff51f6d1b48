"""`khabar stories`, `story`, `events`, `figures`, `entities` and `search`: what a workspace holds, as a page or as JSON Lines."""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, get_args

import msgspec
from sqlalchemy import Connection

from khabar.cli import tables
from khabar.cli.opening import opened
from khabar.cli.outcome import ALL_READ, Stop, colours
from khabar.record import EntityType, EventType, FigureKind, Status
from khabar.workspace import listing
from khabar.workspace.ledger import Account, of_story
from khabar.workspace.matching import ids_called
from khabar.workspace.paging import LARGEST, MOST
from khabar.workspace.policies import POLICIES
from khabar.workspace.search import search
from khabar.workspace.standing import standing
from khabar.workspace.views import Filter, Named, Page, StoryPage

CHOICES = {"type": EventType, "figure": FigureKind, "status": Status, "kind": EntityType}


class Asked(msgspec.Struct, kw_only=True):
    """What the options of a command say; each is as it was written."""

    workspace: str
    limit: int
    as_json: bool
    type: str | None = None
    actor: str | None = None
    recipient: str | None = None
    place: str | None = None
    near: str | None = None
    begin: str | None = None
    end: str | None = None
    source: str | None = None
    outlet: str | None = None
    figure: str | None = None
    status: str | None = None
    story: int | None = None
    text: str | None = None


def stories(asked: Asked, largest: bool) -> int:
    """List stories; gives the exit code."""
    order: listing.Order = "largest" if largest else "latest"
    f = narrowed(asked)
    return _list(asked, lambda c, n, at: listing.stories_page(c, f, order=order, limit=n, cursor=at), tables.stories)


def events(asked: Asked) -> int:
    """List events; gives the exit code."""
    f = narrowed(asked)
    return _list(asked, lambda c, n, at: listing.events_page(c, f, limit=n, cursor=at), tables.events)


def figures(asked: Asked) -> int:
    """List figures as they are claimed; gives the exit code."""
    f = narrowed(asked)
    return _list(asked, lambda c, n, at: listing.claims_page(c, f, limit=n, cursor=at), tables.claims)


def entities(asked: Asked, kind: str | None, name: str | None) -> int:
    """List people, organisations and places; gives the exit code."""
    f, type = narrowed(asked), _choice("kind", kind)
    if name is not None:
        if f != Filter():
            raise Stop("--name finds entities by their names, in all articles; of the other conditions only --kind goes with it")
        return _list(asked, lambda c, n, at: _called(c, name, type), tables.entities)
    return _list(asked, lambda c, n, at: listing.entities_page(c, f, type=type, limit=n, cursor=at), tables.entities)


def _called(connection: Connection, name: str, type: str | None) -> Page[Named]:
    """The entities that are called so, those that most articles name first."""
    every = (listing.entity(connection, id) for id in ids_called(connection, name))
    known = [n for n in every if n is not None and n.articles and type in (None, n.type)]
    return Page(sorted(known, key=lambda n: (-n.articles, n.id or 0)))


def found(asked: Asked, query: str) -> int:
    """Search; gives the exit code."""
    f = narrowed(asked)
    return _list(asked, lambda c, n, at: search(c, query, f, limit=n, cursor=at), tables.hits)


def story(where: str, id: int, policy: str, ranking: list[str], as_json: bool) -> int:
    """Show one story; gives the exit code."""
    if policy not in POLICIES:
        raise Stop(f"--policy {policy}: say one of {', '.join(POLICIES)}")
    if bool(ranking) != (policy == "ranked"):
        raise Stop("--rank names sources for --policy ranked, the most trusted first, and only there")
    with opened(where) as workspace, workspace.reading() as connection:
        to = standing(connection, "story", id)
        whole = listing.story(connection, to)
        account = None if whole is None else of_story(connection, to, policy, ranking)  # type: ignore[arg-type]
    if to != id and whole is not None:
        sys.stderr.write(f"khabar: story {id} went into story {to}, which is shown\n")
    if whole is None or account is None:
        raise Stop(f"there is no story {id} (khabar stories lists them)")
    if as_json:
        _line({**msgspec.to_builtins(whole), "figures": msgspec.to_builtins(account)})
    else:
        sys.stdout.write(tables.story(tables.plain(whole, StoryPage), tables.plain(account, Account), colour=colours()))
    return ALL_READ


def _list(asked: Asked, part: Callable[[Connection, int, str | None], Page[Any]], shown: Callable[[list[Any], bool], str]) -> int:
    with opened(asked.workspace) as workspace, workspace.reading() as connection:
        items = _items(lambda n, at: part(connection, n, at), asked.limit)
        if asked.as_json:
            for item in items:
                _line(item)
        else:
            page = tables.all_plain(list(items))
            sys.stdout.write(shown(page, colours()) if page else "nothing was found\n")
    return ALL_READ


def _items(part: Callable[[int, str | None], Page[Any]], limit: int) -> Iterator[Any]:
    cursor: str | None = None
    while limit > 0:
        page = part(min(limit, MOST), cursor)
        yield from page.items[:limit]
        limit, cursor = limit - len(page.items), page.next
        if cursor is None:
            return


def _line(item: Any) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(item) + b"\n")


def narrowed(asked: Asked) -> Filter:
    """The filter that options say; raises `Stop` where one cannot be understood."""
    return Filter(
        type=_choice("type", asked.type),
        actor=_entity(asked.actor),
        recipient=_entity(asked.recipient),
        place=_entity(asked.place),
        near=_near(asked.near),
        begin=_day("from", asked.begin),
        end=_day("to", asked.end),
        source=_entity(asked.source),
        outlet=asked.outlet,
        figure=_choice("figure", asked.figure),
        status=_choice("status", asked.status),
        story=asked.story,
        text=asked.text,
    )


def _choice(option: str, given: str | None) -> Any:
    if given is None:
        return None
    choices = get_args(CHOICES[option])
    same = next((choice for choice in choices if choice.lower() == given.lower()), None)
    if same is None:
        raise Stop(f"--{option} {given}: say one of {', '.join(choices)}")
    return same


def _entity(given: str | None) -> int | str | None:
    """An id where digits are given, else a name."""
    if given is None or not (given.isascii() and given.isdigit()):
        return given
    return min(int(given[:12]), LARGEST)


def _near(given: str | None) -> tuple[float, float, float] | None:
    if given is None:
        return None
    try:
        latitude, longitude, radius = map(float, given.split(","))
    except ValueError:
        latitude = longitude = radius = 1e9
    if not (abs(latitude) <= 90 and abs(longitude) <= 180 and 0 <= radius <= 20_100):
        raise Stop(f"--near {given}: write latitude, longitude and kilometres, as in 32.76,22.64,50")
    return latitude, longitude, radius


def _day(option: str, given: str | None) -> str | None:
    if given is None:
        return None
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        raise Stop(f"--{option} {given}: write a day as 2024-03-10") from None
