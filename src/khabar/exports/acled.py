"""A CSV shaped as ACLED's export: its 31 columns, for the conflict and protest events, fatalities by a named policy.

The event types are ACLED's as far as type and mode tell; its coders' finer choices (inter, admin2, precision of place) are not
Khabar's to make, and are empty. `notes` ends with the policy and how many claims disagree.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from khabar.exports.comma import lines
from khabar.exports.contents import Contents
from khabar.exports.wording import by_policy, label, names, outlets_of, place_of, sources_of
from khabar.workspace.views import EventView

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
    "bombing": ("Explosions/Remote violence", "Air/drone strike"),
    "airstrike": ("Explosions/Remote violence", "Air/drone strike"),
    "shelling": ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    "explosion": ("Explosions/Remote violence", "Remote explosive/landmine/IED"),
    "suicide": ("Explosions/Remote violence", "Suicide bomb"),
    "clash": ("Battles", "Armed clash"),
    "abduction": ("Violence against civilians", "Abduction/forced disappearance"),
    "riot": ("Riots", "Violent demonstration"),
}


def write(contents: Contents, out: Out) -> int:
    """Write an event a row; gives how many."""
    return lines(out, COLUMNS, ([row.get(column) for column in COLUMNS] for row in _rows(contents)))


def _rows(contents: Contents) -> Iterator[dict[str, Any]]:
    for v in contents.events(figures=True):
        if v.type in ("ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "RETREAT") and v.begin and v.status in ("happened", "ongoing"):
            yield row(v, contents.options.policy)


def kinds(v: EventView) -> tuple[str, str, str]:
    """Disorder type, event type and sub-event type of ACLED; the last is empty where mode does not tell."""
    if v.type == "PROTEST":
        event, sub = _MODES["riot"] if v.mode == "riot" else ("Protests", "")
        return DEMONSTRATIONS, event, sub
    if v.type == "ASSAULT":
        return VIOLENCE, *_MODES.get(v.mode or "", ("Battles" if v.actors and v.recipients else "Violence against civilians", ""))
    return STRATEGIC, STRATEGIC, "Arrests" if v.type == "COERCE" and v.mode == "arrest" else ""


def row(v: EventView, policy: str) -> dict[str, Any]:
    """An event with a day in ACLED's names; what is not in it is empty."""
    place = place_of(v) or (v.places[0] if v.places else None)
    toll = by_policy(v, policy, "killed")
    disorder, event, sub = kinds(v)
    fatalities = None if toll is None else toll.best if toll.best is not None else toll.low
    about = f"{toll.conflicts} conflicts among {len(v.claims)} claims" if toll else "no figure claimed"
    country = place.country if place is not None else None
    return {
        "event_id_cnty": f"{country or 'XXX'}{v.id}", "event_date": v.begin, "year": (v.begin or "")[:4],
        "time_precision": 1 if v.begin == v.end else 2, "disorder_type": disorder, "event_type": event, "sub_event_type": sub,
        "actor1": label(v.actors[0]) if v.actors else None, "assoc_actor_1": "; ".join(names(v.actors[1:])),
        "actor2": label(v.recipients[0]) if v.recipients else None, "assoc_actor_2": "; ".join(names(v.recipients[1:])),
        "country": country, "location": place and label(place), "latitude": place and place.latitude,
        "longitude": place and place.longitude, "source": "; ".join(outlets_of(v)),
        "notes": f"{v.gloss or ''} [sources: {', '.join(sources_of(v)) or 'the outlets themselves'}; fatalities by policy "
                 f"{policy}: {about}]",
        "fatalities": fatalities, "tags": v.status,
    }  # fmt: skip
