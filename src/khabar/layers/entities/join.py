"""Joining: mentions of one real-world thing become one entity, named, placed and titled."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from khabar.gazetteer import Entry, load
from khabar.gazetteer.english import english
from khabar.gazetteer.latin import latin
from khabar.gazetteer.places import resolve
from khabar.layers.entities import keys
from khabar.layers.entities.forms import CUT_HEADS, HEADS, adjectival, of_state, short_form, weak_entries, within
from khabar.layers.entities.persons import first_of, same_person, short_of
from khabar.layers.names import Name
from khabar.layers.names.words import wordset
from khabar.record import Entity, EntityType, Mention
from khabar.script import Text, fold

_AFTER = re.compile(r"[^\S\n]+(ال\w+)")
_TOWN_HEADS = tuple(fold(word) + " " for word in ("مدينة", "بلدة", "قرية", "العاصمة", "مدينتي"))
"""Words that a town's name goes without, however the article writes it."""
_FORCES = frozenset(keys.group(fold(word)) for word in ("الشرطة", "السلطات", "القوات"))
_NISBA = ("ي", "يه", "يون", "يين", "يات")


@dataclass
class Cluster:
    """An entity as it grows."""

    type: EntityType
    names: list[Name]
    entry: Entry | None = None
    country: str = ""
    roles: list[str] = field(default_factory=list)
    forms: dict[str, int] = field(default_factory=dict)
    """Written forms of its names, with how often each stands."""

    def fullest(self) -> str:
        """Its fullest written form: the most words, then the most letters, then the earliest."""
        order = {form: n for n, form in enumerate(self.forms)}
        return max(self.forms, key=lambda f: (len(f.split()), len(f), -order[f]))


class Joiner:
    """Gathers the mentions of one article into clusters."""

    def __init__(self, text: Text, names: list[Name], outlet: str | None) -> None:
        self.text, self.names = text, names
        self.entries = load().entries
        self.context = self._context(outlet)
        self.clusters: list[Cluster] = []
        self.by_key: dict[tuple[str, object], Cluster] = {}
        self.counted: dict[str, list[Cluster]] = {}
        """Noun of groups → the groups of it that have a number."""
        self.described: set[tuple[str, ...]] = set()
        """What unnamed persons are called, in words."""

    def _context(self, outlet: str | None) -> dict[str, float]:
        """How much the article speaks of each country."""
        context: dict[str, float] = defaultdict(float)
        for name in self.names:
            found = {self.entries[n].country for n in name.entries if self.entries[n].country}
            weight = 2.0 if name.type == "country" and name.kind == "name" else 1.0
            if len(found) == 1:
                context[next(iter(found))] += weight
            elif name.owner:
                context[name.owner] += 1.0
        if outlet:
            for entry in load().named(fold(outlet)):
                if entry.country:
                    context[entry.country] += 0.5
        return context

    def join(self) -> list[Entity]:
        """Entities in the order of first mention."""
        persons = [n for n in self.names if n.type == "person" and n.kind == "name"]
        self._persons(persons)
        for name in sorted(self.names, key=lambda n: self._quote(n).isascii()):
            if name.type == "person":
                continue
            if self._quote(name).isascii() and self._in_latin(name):
                continue
            if name.type in ("country", "place"):
                self._place(name)
            elif name.type == "organization" and name.kind == "name":
                self._organization(name)
            elif name.type == "group":
                self._group(name)
            elif name.type == "hazard":
                self._add(name, name.type, keys.gathered(self._quote(name)), None)
        for name in self.names:
            if name.kind == "nominal" and name.type in ("person", "organization"):
                self._nominal(name)
        self._brackets()
        self._only_counted()
        self._unite()
        self._groups()
        for cluster in self.clusters:
            if cluster.type == "country" and not cluster.forms:  # named by adjectives alone: only where one tells whose act it is
                cluster.names = [n for n in cluster.names if n.head == "act"]
        kept = [c for c in self.clusters if c.names]
        kept.sort(key=lambda c: min(n.span for n in c.names))
        return [self._entity(n, c) for n, c in enumerate(kept, 1)]

    def _quote(self, name: Name) -> str:
        return self.text.quote(name.span)

    def _add(self, name: Name, kind: EntityType, key: object, entry: Entry | None) -> Cluster:
        cluster = self.by_key.get((_class(kind), key))
        if cluster is None:
            cluster = Cluster(kind, [], entry, entry.country if entry else "")
            self.clusters.append(cluster)
            self.by_key[_class(kind), key] = cluster
        self._into(cluster, name)
        return cluster

    def _into(self, cluster: Cluster, name: Name) -> None:
        cluster.names.append(name)
        if name.kind == "name":
            quote = self._quote(name)
            cluster.forms[quote] = cluster.forms.get(quote, 0) + 1
            if name.full and not fold(self.text.quote(name.full)).startswith(_TOWN_HEADS):
                cluster.forms.setdefault(self.text.quote(name.full), 0)
        if name.owner and not cluster.country:
            cluster.country = name.owner
        for span in name.roles:
            role = self.text.quote(span)
            if role not in cluster.roles:
                cluster.roles.append(role)

    # persons

    def _persons(self, names: list[Name]) -> None:
        order = sorted(names, key=lambda n: (-len(keys.tokens(self._quote(n))), n.span))
        clusters: list[Cluster] = []
        for name in order:
            quote = self._quote(name)
            entry = self.entries[name.entries[0]] if name.entries else None
            found = [c for c in clusters if self._same(c, quote, entry) or self._first_name(c, quote, name)]
            if len(found) > 1:
                found = self._nearest(found, name)
            if found:
                cluster = found[0]
                cluster.entry = cluster.entry or (entry if len(quote.split()) > 1 else None)
            else:
                cluster = Cluster("person", [], entry, entry.country if entry else "")
                clusters.append(cluster)
                self.clusters.append(cluster)
            self._into(cluster, name)
        for cluster in clusters:
            cluster.country = cluster.country or self._country_of_roles(cluster)

    def _same(self, cluster: Cluster, quote: str, entry: Entry | None) -> bool:
        if entry and cluster.entry and entry.number == cluster.entry.number:
            return True
        words = len(keys.tokens(quote))
        for form in cluster.forms:
            if keys.tokens(form) == keys.tokens(quote):
                return True
            if words == 1:
                if short_of(quote, form):
                    return True
            elif same_person(quote, form) or short_of(quote, form):
                return True
        return words == 1 and any(first_of(quote, form) for form in cluster.forms) and not cluster.entry

    def _first_name(self, cluster: Cluster, quote: str, name: Name) -> bool:
        """Whether a first name with the title that a known person bears is that person (الملك سلمان)."""
        if not cluster.entry or len(keys.tokens(quote)) > 1 or not any(first_of(quote, form) for form in cluster.forms):
            return False
        titles = {word for role in cluster.roles for word in keys.tokens(role)}
        return any(
            keys.tokens(self.text.quote(span))[:1] and keys.tokens(self.text.quote(span))[0] in titles for span in name.roles
        )

    def _nearest(self, clusters: list[Cluster], name: Name) -> list[Cluster]:
        """The cluster spoken of last before a mention; the first one after it where none was."""

        def distance(cluster: Cluster) -> tuple[bool, int]:
            before = [n.span[0] for n in cluster.names if n.span[0] < name.span[0]]
            return (False, name.span[0] - max(before)) if before else (True, min(n.span[0] for n in cluster.names))

        return [min(clusters, key=distance)]

    def _country_of_roles(self, cluster: Cluster) -> str:
        gazetteer = load()
        for role in cluster.roles:
            for word in reversed(fold(role).split()):
                if code := gazetteer.country_of(word):
                    return code
                for entry in gazetteer.named(word):
                    if entry.kind == "country":
                        return entry.country
        return ""

    # places, countries, organisations

    def _place(self, name: Name) -> None:
        candidates = [self.entries[n] for n in name.entries]
        quote = self._quote(name)
        if not candidates and keys.tokens(quote) == ("مملكه",) and (kingdom := self._country(self._kingdom())):
            candidates = [kingdom]
        if candidates and candidates[0].kind == "country":
            self._add(name, "country", ("entry", candidates[0].country), candidates[0])
            return
        if name.type == "country" and candidates and candidates[0].capital:
            country = self._country(candidates[0].capital)
            self._add(name, "country", ("entry", candidates[0].capital), country)
            return
        weak = frozenset(n for n in name.entries if n in weak_entries(fold(quote)))
        entry = resolve(candidates, weak, self.context) if candidates else None
        inner = keys.tokens(quote)
        if inner and fold(quote).split()[0] in HEADS:
            inner = inner[1:]
        key: object = ("entry", entry.number) if entry else ("name", inner)
        cluster = self._add(name, "place", key, entry)
        if not entry:
            cluster.country = cluster.country or name.owner

    def _kingdom(self) -> str:
        """The country (alpha-3) that المملكة alone means: the kingdom that the article speaks of most, if it speaks of it more
        than once or of no other state as much; empty where that tells none."""
        code = max(_KINGDOMS, key=lambda c: (self.context.get(c, 0.0), c))
        most = self.context.get(code, 0.0)
        if not most or (code != "SAU" and most <= 2.0 and sum(w >= most for w in self.context.values()) > 1):
            return ""
        return code

    def _in_latin(self, name: Name) -> bool:
        """Whether a name in Latin letters is another form of an entity that the article names in Arabic."""
        written = self._quote(name).lower()
        for cluster in self.clusters:
            if cluster.entry and cluster.entry.latin.lower() == written and _class(cluster.type) == _class(name.type):
                self._into(cluster, name)
                return True
        return False

    def _country(self, code: str) -> Entry | None:
        return next((e for e in self.entries[:400] if e.kind == "country" and e.country == code), None)

    def _organization(self, name: Name) -> None:
        quote = self._quote(name)
        if name.entries:
            entry = self.entries[name.entries[0]]
            self._add(name, "organization", ("entry", entry.number), entry)
            return
        contained = self._contained(quote)
        self._add(name, "organization", ("entry", contained.number) if contained else keys.tokens(quote), contained)

    def _contained(self, quote: str) -> Entry | None:
        """The known organisation whose name is left when a head or the last adjectives are taken off: تنظيم داعش الإرهابي."""
        words = [w for w in fold(quote).replace('"', " ").replace("'", " ").split() if w]
        for first in (0, 1):
            if first and (len(words) < 2 or words[0] not in CUT_HEADS):
                continue
            for end in range(len(words), max(first, len(words) - 3), -1):
                if end < len(words) and not adjectival(words[end:]):
                    continue
                uses = load().keys.get(" ".join(words[first:end]), {})
                for n in uses.get("name", ()):
                    if self.entries[n].kind == "organization" and (self.entries[n].feature != "generic" or end == len(words)):
                        return self.entries[n]
        return None

    # groups

    def _group(self, name: Name) -> None:
        """A group joins the one of its noun and number; without a number, the one of its noun spoken of last."""
        noun = keys.gathered(self._quote(name))
        counted = keys.count(self.text.quote(name.full or name.span))
        if not counted:
            self._add(name, "group", noun, None)
            return
        cluster = self._add(name, "group", (noun, counted), None)
        if cluster not in (others := self.counted.setdefault(noun, [])):
            others.append(cluster)
        before = self.by_key.get(("organization", noun))
        if before is None or before in others:
            self.by_key["organization", noun] = cluster

    def _only_counted(self) -> None:
        """A group named before its number is told is the counted one where no other number stands with its noun."""
        for noun, counted in self.counted.items():
            before = self.by_key["organization", noun]
            if len(counted) == 1 and before is not counted[0]:
                self._merge(counted[0], before)

    # nominals

    def _nominal(self, name: Name) -> None:
        """A description joins the one entity it can mean; else it stands alone, as a candidate."""
        quote = self._quote(name)
        words = keys.tokens(quote)
        if name.type == "organization":
            found = [
                c
                for c in self.clusters
                if c.type == "organization" and c.names[0].span[0] < name.span[0] and _headed(c, words[0])
            ]
        else:
            found = [c for c in self.clusters if c.type == "person" and c.forms and self._bears(c, quote, words, name)]
        if found:
            if len(found) > 1:
                found = self._nearest(found, name)
            self._into(found[0], name)
        elif name.type == "person":
            cluster = self._add(name, "person", ("nominal", self._described_before(words, quote)), None)
            cluster.country = cluster.country or name.owner

    def _described_before(self, words: tuple[str, ...], quote: str) -> tuple[str, ...]:
        """The words of the one unnamed person whose description a definite, shorter one takes up: شاب فلسطيني … الشاب."""
        longer = [other for other in self.described if other[0] == words[0] and len(other) > 1]
        if quote.startswith("ال") and len(words) == 1 and len(longer) == 1 and words not in self.described:
            return longer[0]
        self.described.add(words)
        return words

    def _bears(self, cluster: Cluster, quote: str, words: tuple[str, ...], name: Name) -> bool:
        """Whether a person bears a title: the same words, or the same head with the same country."""
        bare = tuple(w for w in words if w not in HEADS)
        for role in cluster.roles:
            other = keys.tokens(role)
            if len(words) > 1 and _over_a_region(words, bare, other):
                return True
            if (
                words == other
                or (len(words) > 1 and within(words, other))
                or (len(other) > 1 and within(other, words) and len(words) > 1)
            ):
                return True
            if words[0] == "مسوول" and name.owner and cluster.country == name.owner and len(words) == 2:
                return True
            if len(words) <= 2 and words[0] == other[0] and (len(words) == 1 or (name.owner and name.owner == cluster.country)):
                return fold(quote).startswith("ال")
        return False

    def _unite(self) -> None:
        """Clusters that share a form are one; so are those whose form is a longer one cut short, where that is only one's."""
        forms: dict[tuple[str, tuple[str, ...]], Cluster] = {}
        states: dict[tuple[str, ...], Cluster] = {}
        for cluster in self.clusters:
            if not cluster.names or cluster.type in ("person", "group"):
                continue
            for form in list(cluster.forms):
                key = (_class(cluster.type), keys.tokens(form))
                other = forms.setdefault(key, cluster)
                if other is cluster and cluster.type == "organization" and (state := of_state(keys.tokens(form))):
                    other = states.setdefault(state, cluster)
                if other is not cluster and other.names and not (other.entry and cluster.entry):
                    self._merge(other, cluster)
                    forms = {k: other if c is cluster else c for k, c in forms.items()}
                    break
        for (kind, words), cluster in list(forms.items()):
            if not cluster.names or kind == "person":
                continue
            longer = {
                id(other): other
                for (other_kind, other_words), other in forms.items()
                if other_kind == kind and other is not cluster and other.names and short_form(words, other_words, kind)
            }
            if len(longer) > 1 and kind == "organization":
                near = self._nearest(list(longer.values()), min(cluster.names, key=lambda n: n.span))
                longer = {id(c): c for c in near}
            if len(longer) == 1:
                other = next(iter(longer.values()))
                if not (other.entry and cluster.entry):
                    self._merge(other, cluster)
        self._generic()

    def _generic(self) -> None:
        """A body named by its kind alone (الحكومة, الجيش) is the only one that a country tells apart (الحكومة السويدية)."""
        bodies = [c for c in self.clusters if c.type == "organization" and c.names]
        for cluster in bodies:
            forms = [keys.tokens(f) for f in cluster.forms]
            if not (cluster.entry and cluster.entry.feature == "generic") or any(len(w) != 1 for w in forms):
                continue
            heads = {w[0] for w in forms}
            longer = [c for c in bodies if c is not cluster and c.names and not c.entry and _of_a_country(c, heads)]
            if len(longer) == 1:
                self._merge(longer[0], cluster)

    def _groups(self) -> None:
        """A group named by its head alone (السلطات) is the one longer-named group with that head (السلطات المغربية).

        Not one that a word after it describes (العناصر الإرهابية), or the army's men would be those whom it fights.
        """
        groups = [c for c in self.clusters if c.type == "group" and c.names]
        words = {id(c): {tuple(keys.group(form).split()) for form in c.forms} for c in groups}
        for cluster in groups:
            if any(len(w) != 1 for w in words[id(cluster)]):
                continue
            heads = {w[0] for w in words[id(cluster)]}
            longer = [c for c in groups if c.names and any(len(w) > 1 and w[0] in heads for w in words[id(c)])]
            if len(longer) > 1 and all(w[0] in _FORCES for w in words[id(cluster)]):
                longer = self._nearest(longer, min(cluster.names, key=lambda n: n.span))
            if len(longer) == 1 and not self._described(cluster) - {word for w in words[id(longer[0])] for word in w}:
                self._merge(longer[0], cluster)
        for cluster in sorted(groups, key=lambda c: min((len(w) for w in words[id(c)]), default=0)):
            if not cluster.names or any(len(w) < 2 for w in words[id(cluster)]):
                continue
            longer = [c for c in groups if c is not cluster and c.names and _begins(words[id(cluster)], words[id(c)])]
            if len(longer) == 1:
                self._merge(longer[0], cluster)
                words[id(longer[0])] |= words[id(cluster)]

    def _described(self, cluster: Cluster) -> set[str]:
        """The definite adjectives right after the names of a group, bare; another noun there is the verb's object."""
        found = (_AFTER.match(self.text.raw, name.span[1]) for name in cluster.names)
        words = {fold(match[1]) for match in found if match}
        return {keys.group(w) for w in words if w.endswith(_NISBA) or w in wordset("definite adjectives")}

    def _merge(self, into: Cluster, cluster: Cluster) -> None:
        into.names += cluster.names
        for form, n in cluster.forms.items():
            into.forms[form] = into.forms.get(form, 0) + n
        into.entry = into.entry or cluster.entry
        into.country = into.country or cluster.country
        into.roles += [r for r in cluster.roles if r not in into.roles]
        cluster.names = []

    def _brackets(self) -> None:
        """A long form and its acronym in brackets right after it are one: مكتب … (أوتشا), حركة المقاومة … (حماس)."""
        ends = {}
        for cluster in self.clusters:
            if cluster.type in ("organization", "group"):
                for name in cluster.names:
                    ends[name.span[1]] = cluster
        raw = self.text.raw
        for cluster in list(self.clusters):
            if cluster.type != "organization" or not cluster.names:
                continue
            start = min(n.span[0] for n in cluster.names)
            before = raw[max(0, start - 3) : start]
            opening = next((k for k in range(len(before)) if before[k] in "(\"“«'"), -1)
            if opening < 0:
                continue
            at = start - len(before) + opening
            while at > 0 and raw[at - 1] in ' "“«(':
                at -= 1
            other = ends.get(at)
            if other and other is not cluster and other.names and (not other.entry or not cluster.entry) and "(" in raw[at:start]:
                self._merge(other, cluster)

    # what is told of an entity

    def _entity(self, n: int, cluster: Cluster) -> Entity:
        names = sorted(cluster.names, key=lambda m: (m.span, m.kind))
        entry = cluster.entry
        name = cluster.fullest() if cluster.forms else self._quote(names[0])
        placed = cluster.type == "place" and entry is not None
        identifiers: dict[str, str | int] = {}
        if entry and entry.geonames and cluster.type in ("place", "country"):
            identifiers["geonames"] = entry.geonames
        if cluster.type == "country" and cluster.country:
            identifiers["iso3166"] = cluster.country
        seen = set()
        mentions = []
        for m in names:
            if m.span not in seen:
                seen.add(m.span)
                mentions.append(Mention(m.span, self._quote(m), m.kind))
            if m.full and m.full not in seen and m.kind == "name" and cluster.type in ("place", "group", "organization"):
                seen.add(m.full)
                mentions.append(Mention(m.full, self.text.quote(m.full), "name"))
        mentions.sort(key=lambda m: (m.span[0], -m.span[1]))
        return Entity(
            id=f"e{n}",
            type=cluster.type,
            name=name,
            name_en=entry.latin if entry else _in_english(name, cluster.type),
            roles=cluster.roles,
            country=cluster.country or None,
            latitude=entry.latitude if entry and placed else None,
            longitude=entry.longitude if entry and placed else None,
            identifiers=identifiers,
            mentions=mentions,
        )


def _in_english(name: str, kind: str) -> str:
    return english(name, kind) if kind in ("organization", "group") else latin(name)


_KINGDOMS = ("SAU", "MAR", "JOR", "BHR")


def _class(kind: EntityType) -> str:
    return {"country": "place", "group": "organization"}.get(kind, kind)


def _over_a_region(words: tuple[str, ...], bare: tuple[str, ...], role: tuple[str, ...]) -> bool:
    """Whether a description of two words or more is a role over a region, with the region's head or without it (أمير تبوك, أمير
    منطقة تبوك) or with that alone (أمير المنطقة)."""
    if bare == tuple(w for w in role if w not in HEADS):
        return True
    return len(bare) == 1 and len(words) == 2 and len(role) > 2 and role[:2] == words


def _of_a_country(cluster: Cluster, heads: set[str]) -> bool:
    """Whether a body is one of these heads with a country's adjective."""
    words = (keys.tokens(form) for form in cluster.forms)
    return any(len(w) > 1 and w[0] in heads and adjectival(["ال" + w[1]]) for w in words)


def _begins(short: set[tuple[str, ...]], long: set[tuple[str, ...]]) -> bool:
    """Whether every form of a group begins a longer form of another: قوات الاحتلال, قوات الاحتلال الإسرائيلي."""
    return all(any(len(a) < len(b) and b[: len(a)] == a for b in long) for a in short)


def _headed(cluster: Cluster, head: str) -> bool:
    return any(keys.tokens(form)[:1] == (head,) for form in cluster.forms)
