"""GDELT 2.0 events: the 61 columns of its event table in their order, set apart by tabs, without a header.

Columns that need what Khabar does not read (tone, root of the article, actor types, ethnic, religious and FIPS codes) are empty.
The table has no column for status, so only events that happened or go on are written, and of them those with a day; `DISASTER`
has no CAMEO code. Geographic types are GDELT's: 1 a country, 2 a state and 3 a town of the United States, 5 and 4 of others.
Where two meet or fight and stand together as actors, the second is Actor2.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from khabar.exports.contents import Contents
from khabar.exports.places import exactness
from khabar.exports.wording import TRUE, label, link_of, moment, outlets_of, sides
from khabar.workspace.views import EventView, Named

if TYPE_CHECKING:
    from khabar.exports.registry import Out

_ACTOR = [
    "Code",
    "Name",
    "CountryCode",
    "KnownGroupCode",
    "EthnicCode",
    "Religion1Code",
    "Religion2Code",
    "Type1Code",
    "Type2Code",
    "Type3Code",
]
_GEO = ["Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"]
COLUMNS: tuple[str, ...] = (
    *["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"],
    *(f"Actor{n}{part}" for n in (1, 2) for part in _ACTOR),
    *[
        "IsRootEvent",
        "EventCode",
        "EventBaseCode",
        "EventRootCode",
        "QuadClass",
        "GoldsteinScale",
        "NumMentions",
        "NumSources",
        "NumArticles",
        "AvgTone",
    ],
    *(f"{of}Geo_{part}" for of in ("Actor1", "Actor2", "Action") for part in _GEO),
    "DATEADDED",
    "SOURCEURL",
)
"""The columns, in their order."""


def write(contents: Contents, out: Out) -> int:
    """Write an event a line; gives how many."""
    count = 0
    for row in _rows(contents):
        out.write(("\t".join(_field(row.get(column)) for column in COLUMNS) + "\n").encode("utf-8", "replace"))
        count += 1
    return count


def _rows(contents: Contents) -> Iterator[dict[str, Any]]:
    for v in contents.events():
        if v.cameo and v.begin and v.type != "DISASTER" and v.status in TRUE:
            yield row(v)


def row(v: EventView) -> dict[str, Any]:
    """An event with a day and a CAMEO code in GDELT's names; what is not in it is empty."""
    code, day = v.cameo or "", v.begin or ""
    year, month, of_month = day.split("-")
    place = v.places[0] if v.places else None
    actors, recipients = sides(v)
    return {
        "GLOBALEVENTID": v.id, "SQLDATE": f"{year}{month}{of_month}", "MonthYear": year + month, "Year": year,
        "FractionDate": f"{int(year) + ((int(month) - 1) * 30 + int(of_month)) / 365:.4f}",
        **_actor("Actor1", actors), **_actor("Actor2", recipients),
        "EventCode": code, "EventBaseCode": code[:3], "EventRootCode": code[:2], "QuadClass": quad_class(code),
        "GoldsteinScale": goldstein(code), "NumMentions": len(v.reports), "NumSources": len(outlets_of(v)) or 1,
        "NumArticles": len({r.article.id for r in v.reports}), **_place("Action", place),
        "DATEADDED": _added(v), "SOURCEURL": link_of(v),
    }  # fmt: skip


def _added(v: EventView) -> str | None:
    """When the first report was published, UTC, to the second; None where no report gives an hour with its offset."""
    moments = [m for m in (moment(r.article.published) for r in v.reports) if m is not None]
    return min(moments).astimezone(UTC).strftime("%Y%m%d%H%M%S") if moments else None


def quad_class(code: str) -> int:
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict, by the root of a CAMEO code."""
    root = int(code[:2])
    return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


@cache
def _scale() -> dict[str, str]:
    text = files("khabar.exports").joinpath("goldstein.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in text.splitlines() if not line.startswith("#"))


def goldstein(code: str) -> str:
    """The Goldstein scale of a CAMEO code, -10 to 10."""
    return next(_scale()[code[:n]] for n in (4, 3, 2) if code[:n] in _scale())


def _actor(prefix: str, several: list[Named]) -> dict[str, Any]:
    if not several:
        return {}
    named = several[0]
    return {
        f"{prefix}Code": named.country, f"{prefix}Name": label(named).upper(), f"{prefix}CountryCode": named.country,
        **_place(prefix, named if named.latitude is not None else None),
    }  # fmt: skip


def _place(prefix: str, place: Named | None) -> dict[str, Any]:
    if place is None:
        return {}
    return {
        f"{prefix}Geo_Type": _type(place), f"{prefix}Geo_FullName": label(place),
        f"{prefix}Geo_Lat": place.latitude, f"{prefix}Geo_Long": place.longitude,
        f"{prefix}Geo_FeatureID": place.identifiers.get("geonames"),
    }  # fmt: skip


def _type(place: Named) -> int:
    exact, american = exactness(place), place.country == "USA"
    if exact in ("country", "region"):
        return 1 if exact == "country" else 2 if american else 5
    return 3 if american else 4


def _field(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split())
