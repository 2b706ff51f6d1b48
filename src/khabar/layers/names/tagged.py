"""The tagger's reading of a sentence and the grammar's, made one.

The tagger proposes spans and kinds; the gazetteer and the grammar say where a word's clitics end and which known thing a name is,
and keep what is certain without a model: known names of several words, functions and descriptions. What the grammar alone
believes of unlisted names goes where the tagger, which has seen the sentence, says nothing.
"""

from khabar.layers.names.chains import PARTICLES
from khabar.layers.names.rules import apposed, inside
from khabar.layers.names.sentence import Found, Sentence
from khabar.layers.names.words import wordset
from khabar.record import EntityType
from khabar.script import fold, partings
from khabar.tagger import Tags

LEAST = 0.5
"""Score under which a proposal says nothing."""
ALONE = {"person": 0.7, "organization": 0.95, "group": 0.7, "country": 0.7, "place": 0.9, "hazard": 0.7}
"""Score that a proposal needs where the grammar has nothing there."""

_TYPES: dict[str, EntityType] = {
    "PER": "person",
    "ORG": "organization",
    "GRP": "group",
    "CTY": "country",
    "PLC": "place",
    "HAZ": "hazard",
    "NOM": "person",
}
_ALIKE = {"organization": "body", "group": "body", "country": "place", "place": "place", "person": "person", "hazard": "hazard"}


def combine(s: Sentence, found: list[Found], tags: Tags, first: int, seen: frozenset[str]) -> list[Found]:
    """Mentions of a sentence from the grammar's and the tagger's.

    `first` is the sentence's first token in the text and `seen` the forms of the article, by which a letter at a word's
    beginning is told from a proclitic.
    """
    position = {token - first: k for k, token in enumerate(s.ids)}
    raised: list[Found] = []
    for tag in tags.names:
        words = [position[t] for t in range(tag.start, tag.end) if t in position]
        if words and tag.score >= LEAST and tag.label in _TYPES:
            for a, b in _apart(s, words[0], words[-1] + 1, tag.label, seen):
                if proposal := _proposal(s, a, b, tag.label, tag.score, seen):
                    raised.append(proposal)
    proposals = _whole_persons(s, raised)
    roles = [
        (position[r.start], max(position.get(r.end - 1, position[r.start]), position[r.start]) + 1)
        for r in tags.roles
        if r.start in position and r.score >= LEAST
    ]
    kept: list[Found] = []
    used: set[int] = set()
    for f in found:
        over = [n for n, p in enumerate(proposals) if p.first < f.end and f.first < p.end]
        verdict = _judge(s, f, [proposals[n] for n in over], kept)
        if verdict is None:
            continue
        kept.append(verdict)
        used.update(n for n in over if _settles(verdict, proposals[n]))
    for n, p in enumerate(proposals):
        if n not in used and _stands(s, p):
            kept.append(_known(s, p))
            if p.type in ("organization", "group"):
                kept += [g for g in inside(s, p) if not any(k.first == g.first and k.end == g.end for k in kept)]
    kept += _takers(s, tags, position, kept, seen)
    kept = [_with_role(s, k, roles) if k.type == "person" and k.kind == "name" else k for k in kept]
    kept = _distinct(kept)
    return apposed(s, kept)


def _apart(s: Sentence, first: int, end: int, label: str, seen: frozenset[str]) -> list[tuple[int, int]]:
    """The names in a proposed person where it runs over an "and": سعيد اشباعتو | وامباركة بوعيدة."""
    if label != "PER":
        return [(first, end)]
    cuts = [first]
    for k in range(first + 1, end):
        form, kinds = s.form(k), s.gazetteer.words
        if form[:1] != "و" or len(form) < 4 or kinds.get(form) in ("g", "n") or s.form(k - 1) in _BINDING:
            continue
        if kinds.get(form[1:]) in ("g", "n") or form[1:] in seen or form[1:] in s.gazetteer.longest or s.words[k].title_at == 1:
            cuts.append(k)
    return list(zip(cuts, [*cuts[1:], end], strict=True))


_BINDING = frozenset(fold(w) for w in ("بن", "ابن", "أبو", "أبي", "آل", "بنت", "عبد", "أم"))


def _whole_persons(s: Sentence, proposals: list[Found]) -> list[Found]:
    """Proposed persons in order; halves side by side made one (معاذ | إبراهيم حمادة), a first name before them taken in."""
    kept: list[Found] = []
    for p in sorted(proposals, key=lambda f: (f.first, -f.end)):
        last = kept[-1] if kept else None
        if p.type == "person" and p.kind == "name":
            if (
                last
                and last.type == "person"
                and last.kind == "name"
                and last.end == p.first
                and not p.at
                and _continues(s, last, p)
            ):
                kept[-1] = last._replace(end=p.end, score=min(last.score, p.score))
                continue
            before = p.first - 1
            if (not last or last.end <= before) and not p.at and before >= 0 and _given(s, before):
                p = p._replace(first=before, at=max(s.words[before].person_at, 0))
        kept.append(p)
    return kept


def _continues(s: Sentence, a: Found, b: Found) -> bool:
    form = s.form(b.first)
    return a.end - a.first == 1 and s.words[a.first].person == "g" and form not in PARTICLES and s.words[b.first].title == ""


def _given(s: Sentence, i: int) -> bool:
    """Whether word i is a first name and nothing else: no title, place or word of every day."""
    word = s.words[i]
    return word.person == "g" and not (
        word.title or word.organization or word.people or word.nisba or word.place_at >= 0 or word.known
    )


def _proposal(s: Sentence, first: int, end: int, label: str, score: float, seen: frozenset[str]) -> Found | None:
    """A proposal as a mention: punctuation and titles cut from its ends, clitics told from its first word."""
    while first < end and (s.stop(first) or (s.form(first) in PARTICLES and first not in s.ali and end - first > 1)):
        first += 1
    while end > first + 1 and (s.stop(end - 1) or (s.form(end - 1) in PARTICLES and end - 1 not in s.ali)):
        end -= 1
    if label == "PER":
        while first < end - 1 and s.words[first].title in ("rank", "office", "honour") and s.words[first].person != "g":
            first += 1
    if first >= end or s.stop(first):
        return None
    if label == "PER" and end - first > 1 and s.form(end - 1) in _BINDING and not s.stop(end):
        end += 1  # فهد بن سعد آل | مجثل
    word = s.words[first]
    alone = any(k == first + 1 and "name" in uses for k, _, uses in s.known(first))
    if end - first == 1 and not alone and label in ("ORG", "PLC") and (word.organization or word.place_at >= 0):
        return None  # a head without its name
    full = (-1, 0, -1)
    if label == "PLC" and word.place[0] == "out" and end - first > 1:
        full = (first, max(word.place_at, 0), -1)
        first += 1
    if label == "ORG":  # وزارة التعليم | وشركة تطوير
        end = next((k for k in range(first + 1, end) if s.form(k)[0] == "و" and s.words[k].organization_at == 1), end)
    at = letters_off(s, first, end, label, seen)
    kind = "nominal" if label == "NOM" else "name"
    return Found(first, at, end, _TYPES[label], kind, head="tagged", score=score, full=full)  # type: ignore[arg-type]


_TAKERS = {"GRP": "GRP", "NOM": "NOM", "PER": "NOM", "ORG": "ORG"}
"""What takes part without being named: who would be a person is an unnamed one."""


def _takers(s: Sentence, tags: Tags, position: dict[int, int], kept: list[Found], seen: frozenset[str]) -> list[Found]:
    """Groups and unnamed persons that take part in an event and that neither the grammar nor the tagger's names have."""
    found: list[Found] = []
    for taker in sorted(tags.takers, key=lambda t: (-t.score, t.start, t.end)):  # the surest of those that overlap
        words = [position[t] for t in range(taker.start, taker.end) if t in position]
        if not words or taker.label not in _TAKERS or any(k.first <= words[-1] and words[0] < k.end for k in (*kept, *found)):
            continue
        proposal = _proposal(s, words[0], words[-1] + 1, _TAKERS[taker.label], taker.score, seen)
        if proposal is not None:
            found.append(proposal._replace(head="taker"))
    return found


def letters_off(s: Sentence, first: int, end: int, label: str, seen: frozenset[str]) -> int:
    """How many letters of clitics stand before a name at its first word."""
    word = s.words[first]
    form = word.form
    if len(form) < 3 or form[0] not in "وفبلك":
        return 0
    for _, at, uses in s.known(first):
        if "name" in uses or ("weak" in uses and not at):
            return at
    flags = (
        (word.organization, word.organization_at),
        (word.people, word.people_at),
        (word.place[0], word.place_at),
        (label == "PER" and word.person == "g", word.person_at),
    )
    for flag, at in flags:
        if flag and at >= 0:
            return at
    ways = [p for p in partings(form) if p.at and (form[p.at - 1] not in "كس" or p.article)]
    kinds = s.gazetteer.words
    for p in ways:
        if p.article:
            swallowed = form[p.at - 1] == "ل" and form[p.at - 2 : p.at] != "ال"
            return p.at if swallowed else p.at - 2
    if form[0] == "و":
        rest = form[1:]
        apart = rest in seen or rest in kinds or rest in s.gazetteer.longest
        return 1 if kinds.get(form) not in ("g", "n") and len(form) > 3 and (apart or form not in kinds) else 0
    if kinds.get(form) in ("g", "n") or (kinds.get(form) == "c" and not any(p.stem in seen for p in ways)):
        return 0
    for p in ways:
        if p.stem in seen or kinds.get(p.stem) in ("g", "n") or (kinds.get(p.stem) == "c" and label not in ("PER",)):
            return p.at
    return 0


_BEFORE = wordset("words before places") | {fold(w) for w in ("غادر", "وصل", "زار", "يزور", "دخل", "وصول", "بلغ")}


def _judge(s: Sentence, f: Found, over: list[Found], kept: list[Found]) -> Found | None:
    """What becomes of a mention of the grammar's beside the proposals that it overlaps; None where it goes."""
    certain = bool(f.entries) and f.head in ("known", "headed", "given", "title") and f.score >= 0.8
    if f.kind == "nominal" and f.type != "country":
        if f.head == "office":
            return None if any(p.type == "person" and p.kind == "name" and p.first <= f.first for p in over) else f
        return (
            f if not over else (f if any(p.first <= f.first < p.end and _ALIKE[p.type] == _ALIKE[f.type] for p in over) else None)
        )
    if f.type == "country":
        return f
    same = [p for p in over if _ALIKE[p.type] == _ALIKE[f.type]]
    if f.type == "organization":  # محامين في المفوضية الأوروبية; المتحدث باسم وزارة الخارجية: a body inside who belongs to it
        over = [p for p in over if not _holds(p, f)]
        same = [p for p in same if not _holds(p, f)]
    if f.type == "place":
        if any(_bears(f, p) for p in over):
            return f
        if same:
            acting = bool(f.entries) and _capital(s, f) and any(p.type == "country" for p in same)
            return f._replace(type="country") if acting else f
        if over:  # part of a person's or an organisation's name
            return (
                f
                if certain and any(p.type in ("organization", "group") and (p.first, p.end) != (f.first, f.end) for p in over)
                else None
            )
        beside = bool(kept) and kept[-1].type == "place" and kept[-1].end == f.first and s.form(f.first)[: f.at] == "و"
        told = s.form(f.first - 1) in _BEFORE or s.form(f.first)[: f.at].endswith("ب")
        return f if certain and (f.end - f.first > 1 or f.head == "headed" or beside or told) else None
    if f.type == "person":
        if same:
            best = max(same, key=lambda p: (p.score, -p.first))
            if f.entries and f.first <= best.first and f.end >= best.end:
                return f
            if best.kind != "name":
                return f
            return _known(s, best._replace(roles=f.roles, at=f.at if f.first == best.first else best.at))
        return f if f.entries and f.end - f.first > 1 and not over else None
    if same:
        best = max(same, key=lambda p: min(p.end, f.end) - max(p.first, f.first))
        if certain and f.end >= best.end and f.first <= best.first:
            return f
        if certain and best.end - best.first <= f.end - f.first:
            return f
        if best.score < 0.9 and f.first <= best.first and f.end >= best.end:
            return f
        if f.full[0] >= 0 and (f.first, f.end) == (best.first, best.end):
            return f
        if f.owner and f.first == best.first and f.end > best.end:
            return f  # a country's adjective belongs to the name: الجيش الكوري الجنوبي
        return _known(s, best._replace(at=f.at if f.first == best.first else best.at, head=f.head, owner=f.owner))
    if over:
        return None
    if f.type == "organization":
        generic = bool(f.entries) and s.gazetteer.entries[f.entries[0]].feature == "generic"
        return f if certain and (f.end - f.first > 1 or not generic) else None
    return f


def _bears(site: Found, p: Found) -> bool:
    """Whether a proposed person is whom a site is named after: مستشفى الملك فهد."""
    return (
        site.type == "place"
        and p.type == "person"
        and p.kind == "name"
        and site.first < p.first
        and p.end <= site.end
        and not site.entries
    )


def _holds(whole: Found, part: Found) -> bool:
    """Whether a described person or a group is named by a body that is inside its description."""
    described = whole.kind == "nominal" or whole.type == "group"
    return described and whole.first < part.first and part.end <= whole.end


def _capital(s: Sentence, f: Found) -> bool:
    return bool(s.gazetteer.entries[f.entries[0]].capital)


def _stands(s: Sentence, p: Found) -> bool:
    """Whether a proposal stands without the grammar: it is sure, and is more than a word of every day."""
    least = ALONE[p.type]
    if p.type == "place" and p.first:
        before = s.words[p.first - 1]
        if before.form in _BEFORE or before.place_at >= 0 or s.form(p.first)[: p.at].endswith("ب"):
            least = 0.7
    elif p.type == "organization" and p.end - p.first > 1:
        least = 0.9
    if p.end - p.first == 1 and p.type != "group" and s.words[p.first].person == "c" and not s.words[p.first].known:
        least = max(least, 0.9)
    return p.score >= least


def _settles(verdict: Found, p: Found) -> bool:
    """Whether a kept mention stands for a proposal, so that the proposal is not added as well."""
    if (verdict.first, verdict.end) == (p.first, p.end):
        return True
    if _bears(verdict, p):
        return True
    return _ALIKE[verdict.type] == _ALIKE[p.type] and verdict.first < p.end and p.first < verdict.end


_ENTRY_KINDS = {
    "person": ("person",),
    "organization": ("organization",),
    "place": ("town", "region", "country"),
    "country": ("country", "town"),
}


def _known(s: Sentence, p: Found) -> Found:
    """A proposal with the gazetteer's entries for its words, where it has any of its kind."""
    kinds = _ENTRY_KINDS.get(p.type, ())
    for end, at, uses in s.known(p.first):
        if end != p.end:
            continue
        numbers = tuple(n for use in ("name", "weak") for n in uses.get(use, ()) if s.gazetteer.entries[n].kind in kinds)
        if numbers:
            return p._replace(at=at, entries=numbers)
    return p


def _with_role(s: Sentence, person: Found, roles: list[tuple[int, int]]) -> Found:
    """A person with the roles that the tagger found right before the name or right after it."""
    held = {(a, b) for a, b, _ in person.roles}
    new = list(person.roles)
    start = min([a for a, b, _ in person.roles if b <= person.first], default=person.first)
    for a, b in reversed(roles):
        before = b <= start and start - b <= (1 if s.form(b) in ("،", ",") else 0)
        after = s.words[a].title_at <= 0 and a >= person.end and a - person.end <= (1 if s.form(person.end) in ("،", ",") else 0)
        if (before or after) and (a, b) not in held and not any(x < b and a < y for x, y in held):
            new.insert(0, (a, b, max(s.words[a].title_at, s.words[a].phrase_at, 0)))
            held.add((a, b))
            if before:
                start = a
    return person._replace(roles=tuple(new))


def _distinct(found: list[Found]) -> list[Found]:
    """Mentions in order, one for each span; of persons that overlap the longer stays."""
    kept: list[Found] = []
    for f in sorted(found, key=lambda k: (k.first, -k.end, k.kind)):
        twin = next((k for k in kept if k.first == f.first and k.end == f.end), None)
        if twin or (f.type == "person" and any(k.type == "person" and k.first <= f.first and f.end <= k.end for k in kept)):
            continue
        kept.append(f)
    return kept


__all__ = ["LEAST", "combine", "letters_off"]
