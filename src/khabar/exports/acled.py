"""A CSV shaped as ACLED's export: its 31 columns, for the conflict and protest events, fatalities by a named policy.

Only events that happened or go on. The event types are ACLED's where type and mode tell; what only its coders can tell (which of
two parties attacked, inter but of demonstrators, regions of the world) is empty. As in ACLED, those who demonstrate are actor1
("Protesters (Country)") and who is named of them is associated with them; whom they demonstrate against is no actor, and stands
in `notes`, which ends with the policy and how many claims disagree.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from babel import Locale
from babel.core import get_global

from khabar.exports.comma import lines
from khabar.exports.contents import Contents
from khabar.exports.places import division, exactness
from khabar.exports.wording import TRUE, by_policy, label, names, outlets_of, place_of, sides, sources_of
from khabar.workspace.views import EventView, Named

if TYPE_CHECKING:
    from khabar.exports.registry import Out

COLUMNS = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type"),
    *("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting"),
    *("iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision"),
    *("source", "source_scale", "notes", "fatalities", "tags", "timestamp"),
)
"""The columns, in their order."""

VIOLENCE, DEMONSTRATIONS, STRATEGIC = "Political violence", "Demonstrations", "Strategic developments"
_MODES = {
    "airstrike": ("Explosions/Remote violence", "Air/drone strike"),
    "shelling": ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    "bombing": ("Explosions/Remote violence", ""),
    "explosion": ("Explosions/Remote violence", ""),
    "clash": ("Battles", "Armed clash"),
    "abduction": ("Violence against civilians", "Abduction/forced disappearance"),
}


def write(contents: Contents, out: Out) -> int:
    """Write an event a row; gives how many."""
    return lines(out, COLUMNS, ([row.get(column) for column in COLUMNS] for row in _rows(contents)))


def _rows(contents: Contents) -> Iterator[dict[str, Any]]:
    for v in contents.events(figures=True):
        if v.type in ("ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "RETREAT") and v.begin and v.status in TRUE:
            yield row(v, contents.options.policy)


def kinds(v: EventView) -> tuple[str, str, str]:
    """Disorder type, event type and sub-event type of ACLED; the last is empty where mode does not tell."""
    if v.type == "PROTEST":
        return DEMONSTRATIONS, "Riots" if v.mode == "riot" else "Protests", ""
    if v.type == "ASSAULT":
        return VIOLENCE, *_MODES.get(v.mode or "", ("", ""))
    return STRATEGIC, STRATEGIC, "Arrests" if v.type == "COERCE" and v.mode == "arrest" else ""


def _country(code: str | None) -> tuple[str | None, str | None]:
    """English name and ISO 3166-1 number of a country."""
    aliases = get_global("territory_aliases")
    short = next(iter(aliases.get(code or "", [])), None)
    if short is None:
        return None, None
    number = next((n for n, found in aliases.items() if n.isdigit() and len(n) == 3 and found == [short]), None)
    return Locale("en").territories.get(short), number


def _parties(v: EventView, event: str, country: str | None) -> dict[str, Any]:
    """The two parties, those associated with each, and who they are where ACLED has a word for it that the type tells."""
    actors, recipients = sides(v)
    if v.type == "PROTEST":
        who = "Rioters" if event == "Riots" else "Protesters"
        return {
            "actor1": f"{who} ({country})" if country else who,
            "inter1": who,
            "assoc_actor_1": "; ".join(names(actors)),
        }
    first, second = names(actors), names(recipients)
    return {
        "actor1": first[0] if first else None, "assoc_actor_1": "; ".join(first[1:]),
        "actor2": second[0] if second else None, "assoc_actor_2": "; ".join(second[1:]),
    }  # fmt: skip


def _time_precision(v: EventView) -> int | None:
    """1 the day is known, 2 the week, 3 the month; None where it is less."""
    try:
        days = (date.fromisoformat(v.end or "") - date.fromisoformat(v.begin or "")).days
    except ValueError:
        return None
    return 1 if days == 0 else 2 if days < 7 else 3 if days < 31 else None


_GEO_PRECISION = {"town": 1, "site": 1, "region": 3}
"""1 the town is known, 3 only a region; of a country ACLED has no event, so there it is empty."""


def _against(recipients: list[Named]) -> str:
    return f" [against: {'; '.join(names(recipients))}]" if recipients else ""


def row(v: EventView, policy: str) -> dict[str, Any]:
    """An event with a day in ACLED's names; what is not in it is empty."""
    place = place_of(v) or (v.places[0] if v.places else None)
    toll = by_policy(v, policy, "killed")
    disorder, event, sub = kinds(v)
    fatalities = None if toll is None else toll.best if toll.best is not None else toll.low
    dead = sum(c.kind == "killed" for c in v.claims)
    about = f"{toll.conflicts} conflicts among {dead} claims" if toll else "no figure claimed"
    code = place.country if place is not None else None
    country, number = _country(code)
    against = _against(v.recipients) if v.type == "PROTEST" else ""
    return {
        "event_id_cnty": f"{code or ''}{v.id}", "event_date": v.begin, "year": (v.begin or "")[:4],
        "time_precision": _time_precision(v), "disorder_type": disorder, "event_type": event, "sub_event_type": sub,
        **_parties(v, event, country), "iso": number, "country": country, "admin1": place and division(place),
        "location": place and label(place), "latitude": place and place.latitude, "longitude": place and place.longitude,
        "geo_precision": _GEO_PRECISION.get(exactness(place)) if place else None, "source": "; ".join(outlets_of(v)),
        "notes": f"{v.gloss or ''}{against} [sources: {', '.join(sources_of(v)) or 'the outlets themselves'}; fatalities by "
                 f"policy {policy}: {about}]",
        "fatalities": fatalities, "tags": v.status,
    }  # fmt: skip
