"""What the gazetteer holds: one entry for each known country, place, organisation, person and people."""

from typing import Literal, NamedTuple

Kind = Literal["country", "region", "town", "organization", "person", "people"]


class Entry(NamedTuple):
    """A known thing. `country` is ISO 3166-1 alpha-3 or empty; coordinates are WGS 84 degrees or None; `geonames` a GeoNames id
    or 0; `population` of towns; `capital` the country whose government a town's name may stand for; `feature` the kind of
    place (town, region, sea, camp …) or of organisation (armed, media, generic …)."""

    number: int
    kind: Kind
    name: str
    latin: str
    country: str
    latitude: float | None
    longitude: float | None
    geonames: int
    population: int
    capital: str
    feature: str


class Key(NamedTuple):
    """A written form of entries. `use`: name (the name itself), adj (adjective of origin), plural (people of a country),
    weak (a name that is also a common word, or of a place too small to be meant without a word that tells)."""

    use: str
    entries: tuple[int, ...]
