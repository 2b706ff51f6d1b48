"""PLOVER events as JSON Lines: type, mode, actors and recipients with country, place, day, and the reports with their words.

Types, modes and terms are those of the PLOVER codebook (Open Event Data Alliance; Halterman et al. 2023, "PLOVER and POLECAT");
the layout is Khabar's, since the codebook gives none. `DISASTER` is not one of its types; those events have `"plover": false`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from khabar.exports.contents import Contents
from khabar.exports.framing import lines
from khabar.exports.wording import amounts, sources_of
from khabar.workspace.views import EventView, Named

if TYPE_CHECKING:
    from khabar.exports.registry import Out

QUADS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "V-Coop"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "M-Coop"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "V-Conf"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "M-Conf"),
}


def write(contents: Contents, out: Out) -> int:
    """Write an event a line; gives how many."""
    return lines(out, (event(v) for v in contents.events(figures=True)))


def event(v: EventView) -> dict[str, Any]:
    """An event in the names of PLOVER."""
    return {
        "id": f"khabar-{v.id}", "plover": v.type in QUADS, "date": v.begin, "end_date": v.end, "type": v.type, "mode": v.mode,
        "quad": QUADS.get(v.type), "status": v.status, "cameo": v.cameo,
        "actor": [_party(n) for n in v.actors], "recipient": [_party(n) for n in v.recipients],
        "location": [{**_party(n), "lat": n.latitude, "lon": n.longitude, "geonameid": n.identifiers.get("geonames")}
                     for n in v.places],
        "text": [r.evidence.quote for r in v.reports], "publisher": [r.article.outlet for r in v.reports],
        "url": [r.article.url for r in v.reports], "source": sources_of(v), "magnitude": amounts(v.claims), "gloss": v.gloss,
    }  # fmt: skip


def _party(named: Named) -> dict[str, Any]:
    return {"name": named.name, "name_en": named.name_en, "country": named.country, "kind": named.type}
