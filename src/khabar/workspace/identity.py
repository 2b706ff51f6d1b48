"""By what an entity of one article may be known in another: keys made from its record alone.

Two entities with a key in common are one, and a key is made only where it means one thing: an identifier, an entry of the
gazetteer, a full name that few can bear, the name of a body together with its country. A short name has no key but that of its
own article, and so has an unnamed actor. `blocks` are no proof: they find names that may be spellings of one another, which
`spelled_alike` then compares.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

import msgspec
from rapidfuzz.distance import JaroWinkler

from khabar.gazetteer import Entry, load
from khabar.gazetteer.english import descriptive
from khabar.layers.entities.keys import group, skeleton, tokens
from khabar.lexicon.tables import rows
from khabar.record import Entity, Record
from khabar.script import fold


class Name(msgspec.Struct, frozen=True, array_like=True):
    """A name as written, the form under which its spellings meet, and its script: arabic or latin."""

    written: str
    folded: str
    script: str


class Sketch(msgspec.Struct, frozen=True, kw_only=True):
    """What joining needs to know of an entity of an article; `keys` the surest first."""

    local: str
    type: str
    name: str
    name_en: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    identifiers: dict[str, str | int]
    names: list[Name]
    keys: list[str]
    blocks: list[str]


def folded(name: str) -> str:
    """The form under which spellings of a name in either script meet: no article, no hyphen, lower case."""
    words = " ".join(tokens(name))
    return words if not words.isascii() else " ".join(w for w in words.lower().split() if w not in ("al", "el"))


def sketches(record: Record) -> list[Sketch]:
    """The entities of a record as joining sees them."""
    context = _Context(record)
    found: list[Sketch] = []
    own: Counter[str] = Counter()
    for entity in record.entities:
        names = list(_names(entity))
        keys = list(dict.fromkeys(context.keys(entity)))
        blocks = list(dict.fromkeys(_blocks(entity))) if keys else []
        last = f"own:{record.id}:{entity.type}:{folded(entity.name)}"
        own[last] += 1
        if not keys:  # so that the article finds its own entity again when it is read once more
            keys = [last if own[last] == 1 else f"{last}:{own[last]}"]
        found.append(
            Sketch(
                local=entity.id,
                type=entity.type,
                name=_called(entity, keys),
                name_en=entity.name_en,
                country=entity.country or _told(keys[0]),
                latitude=entity.latitude,
                longitude=entity.longitude,
                identifiers=entity.identifiers,
                names=names,
                keys=keys,
                blocks=blocks,
            )
        )
    return found


def _called(entity: Entity, keys: list[str]) -> str:
    """What it is called across articles: as the gazetteer has it, else as the article does."""
    kind = "place" if keys[0].startswith("geonames:") else entity.type
    if keys[0].startswith(("known:", "geonames:", "iso3166:")) and (entry := _known(kind, entity)):
        return entry.name
    return entity.name


def _told(key: str) -> str | None:
    """The country that a key ends in."""
    last = key.rpartition(":")[2]
    return last if not key.startswith("own:") and len(last) == 3 and last.isascii() and last.isupper() else None


def _names(entity: Entity) -> Iterator[Name]:
    seen = set()
    written = [entity.name, *(m.quote for m in entity.mentions if m.kind == "name")]
    for name in [*written, entity.name_en or ""]:
        key = folded(name)
        if key and key not in seen:
            seen.add(key)
            yield Name(name, key, "latin" if key.isascii() else "arabic")


class _Context:
    """What the whole article tells about its entities."""

    def __init__(self, record: Record) -> None:
        self.record = record
        spoken = {e.country for e in record.entities if e.country and e.type in ("country", "place")}
        self.only = next(iter(spoken)) if len(spoken) == 1 else None
        """The one country that the article speaks of."""
        self.countries = Counter(e.country for e in record.entities if e.country)
        self.company = self._company()

    def _company(self) -> list[tuple[str, str]]:
        """Persons of a full name beside whom a common name tells more, each with its entity's id."""
        full = (
            (e.id, max((_content(m.quote) for m in e.mentions if m.kind == "name"), key=len, default=()))
            for e in self.record.entities
            if e.type == "person"
        )
        return [(id, " ".join(words)) for id, words in full if len(words) > 1][:12]

    def keys(self, entity: Entity) -> Iterator[str]:
        """Keys of an entity, the surest first."""
        if entity.type == "country":
            if code := entity.identifiers.get("iso3166"):
                yield f"iso3166:{code}"
        elif entity.type == "place":
            yield from self._place(entity)
        elif all(m.kind != "name" for m in entity.mentions):
            return
        elif entity.type == "person":
            yield from self._person(entity)
        elif entity.type == "organization":
            yield from self._organization(entity)
        elif entity.type == "group":
            yield from self._group(entity)
        else:
            words = folded(entity.name)
            if words and not descriptive(entity.name):
                yield f"hazard:{words}"

    def _place(self, entity: Entity) -> Iterator[str]:
        forms = _forms(entity)
        entry = _known("place", entity)
        facility = entry is None and all(tokens(form)[:1] and tokens(form)[0] in _words("facility") for form in forms)
        if (number := entity.identifiers.get("geonames")) and not facility:
            yield f"geonames:{number}"
            return
        if entry:
            yield _entry_key("place", entry, entry.country)
        country = entity.country or self.only
        for form in forms:
            words = tokens(form)
            if country and ((len(words) > 1 and not descriptive(form)) or (words and entity.country and not facility)):
                yield f"place:{' '.join(words)}:{country}"

    def _person(self, entity: Entity) -> Iterator[str]:
        entry = _known("person", entity)
        full = _full(entity)
        if entry and (full or self._meant(entity, entry)):
            yield _entry_key("person", entry, entry.country)
        for form in full:
            words = _content(form)
            if words[0] in _words("bynames"):
                continue
            name = " ".join(words)
            if not common(words):
                yield f"person:{name}"
                continue
            for role in entity.roles:
                if len(said := tokens(role)) > 1:
                    yield f"person:{name}@{' '.join(said)}"
            for id, other in self.company:
                if id != entity.id:
                    yield f"person:{name}@{other}"

    def _meant(self, entity: Entity, entry: Entry) -> bool:
        """Whether a known person's short name means that person: the article speaks of the person's country beside."""
        short = load().keys.get(fold(entity.name), {}).get("name", ())
        if not any(load().entries[n].latin == entry.latin for n in short):
            return False
        return self.countries[entry.country] > 1 or any(len(_content(role)) > 1 for role in entity.roles)

    def _organization(self, entity: Entity) -> Iterator[str]:
        country = entity.country or self.only
        entry = _known("organization", entity)
        if entry:
            if entry.feature != "generic":
                yield _entry_key("organization", entry, entry.country)
            elif country:
                yield _entry_key("organization", entry, country)
        for form in _forms(entity):
            words = tokens(form)
            if len(words) < 2:
                continue
            if words[0] in _words("paper") and any(word.startswith("ال") for word in fold(form).split()[1:2]):
                yield f"organization:{' '.join(words)}"
            elif not descriptive(form):
                if entity.country:
                    yield f"organization:{' '.join(words)}:{entity.country}"
                if len(words) > 2 or not country:
                    yield f"organization:{' '.join(words)}"
                elif country:
                    yield f"organization:{' '.join(words)}:{country}"
            elif (country and words[0] in _words("national")) or (entity.country and words[0] in _words("party")):
                yield f"organization:{' '.join(words)}:{country}"

    def _group(self, entity: Entity) -> Iterator[str]:
        for form in _forms(entity):
            words = tokens(form)
            country = entity.country or (self.only if words and words[0] in _words("forces") else None)
            if not country or len(words) < 2 or any(w.isdigit() for w in words):
                continue
            if fold(form).startswith("ال") or words[0] in _words("forces"):
                yield f"group:{group(form)}:{country}"


def _forms(entity: Entity) -> list[str]:
    return list(dict.fromkeys([entity.name, *(m.quote for m in entity.mentions if m.kind == "name")]))


def _full(entity: Entity) -> list[str]:
    """Forms that are a person's own full name: they begin as the fullest does, so that a father's name is none."""
    forms = [form for form in _forms(entity) if len(_content(form)) > 1]
    return [form for form in forms if _content(form)[0] == _content(forms[0])[0]]


def _content(name: str) -> tuple[str, ...]:
    """The words of a person's name without what links them: محمد بن سلمان is محمد سلمان."""
    return tuple(w for w in tokens(name) if w not in _LINKS)


_LINKS = frozenset(["بن", "بنت", "ال"])


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    return {use: frozenset(w for word in words for w in tokens(word)) for use, *words in rows("joining")}


def _words(use: str) -> frozenset[str]:
    return _table()[use]


# what the gazetteer knows


@lru_cache(maxsize=1)
def _by_latin() -> dict[tuple[str, str], list[Entry]]:
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in load().entries:
        kind = {"region": "place", "town": "place"}.get(entry.kind, entry.kind)
        found.setdefault((kind, entry.latin), []).append(entry)
    return found


def _known(kind: str, entity: Entity) -> Entry | None:
    """The entry of the gazetteer that an article's entity was found to be."""
    entries = _by_latin().get((kind, entity.name_en or ""), [])
    fitting = [e for e in entries if not e.country or not entity.country or e.country == entity.country]
    numbers = {e.number for e in fitting}
    return fitting[0] if any(n in numbers for form in _forms(entity) for n in _numbers(form, kind)) else None


def _numbers(form: str, kind: str) -> Iterator[int]:
    """Numbers of the entries that a form names, of an organisation also by a part of it: تنظيم داعش الإرهابي."""
    words = fold(form).replace('"', " ").split()
    whole = len(words)
    ends = range(whole, max(0, whole - 3), -1) if kind == "organization" else (whole,)
    for spelling in [" ".join(words[first:end]) for first in range(2 if len(ends) > 1 else 1) for end in ends if first < end]:
        for key in (spelling, f"ال{spelling}"):
            for use in ("name", "weak"):
                yield from load().keys.get(key, {}).get(use, ())


def _entry_key(kind: str, entry: Entry, country: str) -> str:
    return f"known:{kind}:{entry.latin}:{country}"


# how many can bear a name


@lru_cache(maxsize=1)
def _bearers() -> dict[str, tuple[int, int]]:
    text = files("khabar.gazetteer").joinpath("data", "bearers.tsv").read_text(encoding="utf-8")
    split = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {word: (int(given), int(family)) for word, given, family in split}


COMMON = 40.0
"""From here on a name is taken to have several bearers in the news; chosen by eye on two-word names of a sample."""

_GIVEN, _FAMILY = 3000.0, 3000.0


@lru_cache(maxsize=1 << 14)
def common(words: tuple[str, ...]) -> bool:
    """Whether a person's name (without links) is one that several can bear: by how many family names its first word stands
    before, and how many first names its other words stand after."""
    bearers = _bearers()
    expected = float(max(1, bearers.get(words[0], (1, 1))[0]))
    for n, word in enumerate(words[1:]):
        family = max(1, bearers.get(word, (1, 1))[1])
        expected *= family / (_FAMILY / 25 if n else 1.0)
    last = bearers.get(words[-1], (1, 1))[1]
    return expected >= COMMON and (last > 2 or (len(words) == 2 and bearers.get(words[0], (1, 1))[0] > 60 and last > 1))


# spellings of foreign names


def _blocks(entity: Entity) -> Iterator[str]:
    if entity.type != "person":
        return
    for form in _full(entity):
        words = _content(form)
        if words[0] not in _words("bynames") and not common(words):
            yield f"{skeleton(words[0])} {skeleton(words[-1])}"
            if len(words) > 2:
                yield f"{skeleton(words[0])} {skeleton(words[1])}"


LIKE = 0.80
"""How alike two spellings of a word must be, by Jaro and Winkler."""


def spelled_alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two full names (without links), neither of them common, are spellings or a longer and a shorter form of one."""
    if len(a) > len(b):
        a, b = b, a
    if len(a) < 2 or common(a) or common(b) or not _like(a[0], b[0]):
        return False
    if _bearers().get(a[0], (0, 0))[0] > 2:  # an Arabic name: its words are spelled in one way
        return a[0] == b[0] and _in_order(a, b)
    return _inside(a, b)


def _in_order(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    rest = iter(b)
    return all(word in rest for word in a)


def _inside(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether the words of a shorter name stand in a longer one, in order."""
    rest = iter(b)
    return all(any(_like(word, other) for other in rest) for word in a)


def apart(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two full names surely name two persons: one first name and two fathers."""
    if len(a) > len(b):
        a, b = b, a
    return a[0] == b[0] and len(a) > 2 and not _inside(a, b)


def _like(p: str, q: str) -> bool:
    """Whether two words are spellings of one foreign name: Arabic names are told apart by what a skeleton leaves out."""
    if p == q:
        return True
    seen = _bearers()
    if p in seen and q in seen:
        return False
    return min(len(p), len(q)) > 2 and skeleton(p) == skeleton(q) and JaroWinkler.similarity(p, q) >= LIKE


def full_names(names: list[Name]) -> list[tuple[str, ...]]:
    """The full names (without links) among the names of a person."""
    return [words for n in names if n.script == "arabic" and len(words := _content(n.written)) > 1]


__all__ = ["Name", "Sketch", "apart", "common", "folded", "full_names", "sketches", "spelled_alike"]
