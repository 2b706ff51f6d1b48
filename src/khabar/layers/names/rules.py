"""The fast reading of names: known names, then the grammar of titles, organisations, places and people, left to right."""

from khabar.layers.names.capitals import acts
from khabar.layers.names.chains import quoted_run
from khabar.layers.names.organizations import organization, owner
from khabar.layers.names.people import counted_from, name_at, one_of, people, titled
from khabar.layers.names.places import place
from khabar.layers.names.sentence import Found, Sentence
from khabar.layers.names.words import wordset

_IN = wordset("words before places")


def read(s: Sentence) -> list[Found]:
    """Mentions of a sentence, in order; a longer one before those inside it."""
    found: list[Found] = []
    i = 0
    while i < s.size:
        if not s.words[i].flagged and i not in s.quoted:
            i += 1
            continue
        got = _at(s, i)
        if not got:
            i += 1
            continue
        found += got
        i = max(i + 1, max(f.end for f in got))
    return apposed(s, found)


def apposed(s: Sentence, found: list[Found]) -> list[Found]:
    """Functions told after a name are the person's roles: مارك راولي قائد الشرطة; ناصر بوريطة، وزير الخارجية، …"""
    kept: list[Found] = []
    for f in found:
        holder = next((k for k in reversed(kept) if k.end <= f.first and k.type == "person" and k.kind == "name"), None)
        if f.head == "office" and holder and f.first - holder.end <= 1 and _apposed(s, holder, f):
            kept[kept.index(holder)] = holder._replace(roles=(*holder.roles, (f.first, f.end, f.at)))
            continue
        kept.append(f)
    return kept


def _apposed(s: Sentence, holder: Found, office: Found) -> bool:
    if office.at or (s.words[office.first].definite and office.end - office.first == 1):
        return False
    return office.first == holder.end or (s.form(holder.end) in ("،", ",", "(") and office.end - office.first > 1)


def _at(s: Sentence, i: int) -> list[Found]:
    """What is named at word i."""
    word = s.words[i]
    options: list[list[Found]] = []
    if word.title or word.phrase_at >= 0:
        options.append(titled(s, i))
    if (one := one_of(s, i)) or (one := _paper(s, i)) or (one := _hazard(s, i)):
        return [one]
    if kingdom := _kingdom(s, i):
        options.append([kingdom])
    if word.organization and (body := organization(s, i)):
        options.append(_branch(s, body))
    if word.place_at >= 0:
        options.append(place(s, i))
    if word.people or word.people_at == -2:
        group = people(s, i)
        if group:
            options.append([group, *inside(s, group)])
    if word.known:
        options.append(known(s, i))
    if word.person == "g" and (name := name_at(s, i, False)):
        options.append([Found(i, name[1], name[0], "person", "name", name[2], "given", score=name[3])])
    if (
        word.form.isascii()
        and len(word.form) > 2
        and word.form[0].isalpha()
        and word.form.upper() == word.form.upper()
        and word.form in _ACRONYMS
    ):
        options.append([Found(i, 0, i + 1, "organization", head="acronym")])
    if word.organization and word.form[word.organization_at :] in _MEDIA and (media := _medium(s, i)):
        return media
    options = [o for o in options if o]
    if not options:
        return []
    return max(options, key=lambda o: (max(f.end for f in o), _WEIGHT.get(o[0].head, 1), o[0].kind == "name"))


def _hazard(s: Sentence, i: int) -> Found | None:
    """A named storm or epidemic: إعصار دانيال, فيروس كورونا."""
    if s.form(i) in _HAZARDS and s.form(i - 1) not in _HAZARD_HEADS:
        return Found(i, 0, i + 1, "hazard", head="hazard")
    head = next((at for at, word in s.words[i].readings if word in _HAZARD_HEADS), -1)
    if head < 0 or s.stop(i + 1):
        return None
    end = quoted_run(s, i + 1)
    if end == i + 1 and s.form(i + 1) in _HAZARDS:
        end = i + 2
    return Found(i + 1, 0, end, "hazard", head="hazard", full=(i, head, -1)) if end > i + 1 else None


_HAZARD_HEADS = wordset("heads of hazards")
_HAZARDS = wordset("hazards by name")


def _kingdom(s: Sentence, i: int) -> Found | None:
    """المملكة alone, which names the kingdom that the article speaks of."""
    word = s.words[i]
    at = next((at for at, w in word.readings if w == "المملكه"), -1)
    if at < 0 or (s.words[i + 1 : i + 2] and (s.words[i + 1].nisba or s.form(i + 1) in _UNITED)):
        return None
    return Found(i, at, i + 1, "country", head="kingdom")


_UNITED = wordset("definite adjectives")


def _paper(s: Sentence, i: int) -> Found | None:
    """A newspaper whose name is a word of every day, in quotation marks: علمت "سبق"."""
    end = quoted_run(s, i)
    if end > i and " ".join(s.form(k) for k in range(i, end)) in _PAPERS:
        return Found(i, 0, end, "organization", head="medium")
    return None


_PAPERS = frozenset(name.replace("_", " ") for name in wordset("media named by common words"))
_WEIGHT = {"known": 3, "title": 4, "office": 2, "given": 2}
_ACRONYMS: frozenset[str] = frozenset()


def _medium(s: Sentence, i: int) -> list[Found]:
    """A medium by its own name after the word for what it is: صحيفة "الغارديان" البريطانية."""
    after = next(
        (
            f
            for f in (known(s, i + 1) if i + 1 < s.size and s.words[i + 1].known else [])
            if f.type == "organization" and f.at == 0
        ),
        None,
    )
    if after:
        return [after]
    end = quoted_run(s, i + 1)
    if end > i + 1:
        return [Found(i + 1, 0, end, "organization", head="medium", owner=owner(s, i, min(s.size, end + 1)))]
    return []


def known(s: Sentence, i: int) -> list[Found]:
    """The longest gazetteer name at word i that its surroundings allow."""
    for end, at, uses in s.known(i):
        numbers = uses.get("name")
        if numbers and "adj" in uses and i and s.form(i - 1).startswith(("ال", "لل", "بال", "وال")) and not s.words[i - 1].nisba:
            numbers = None  # القوات السعودية
        if numbers:
            entry = s.gazetteer.entries[numbers[0]]
            kind = entry.kind
            if kind == "person":
                name = name_at(s, i, False)
                return [
                    Found(i, at, name[0] if name else end, "person", "name", name[2] if name else numbers, "given", score=0.9)
                ]
            if kind == "organization":
                return [
                    _extended(
                        s, _cut(s, Found(i, at, end, "organization", "name", numbers, "known", score=0.9, owner=entry.country))
                    )
                ]
            if kind in ("town", "region") and (_surname(s, i, end) or _colours(s, i, end)):
                continue
            if end == i + 1 and s.form(i)[at:] == "الاحتلال" and end < s.size and s.words[end].nisba:
                return []  # of another state
            acting = kind == "country" or (entry.capital and acts(s, i, at, end))
            return [
                Found(
                    i,
                    at,
                    end,
                    "country" if acting else "place",
                    "name",
                    (*numbers, *uses.get("weak", ())),
                    "known",
                    score=0.9,
                )
            ]
        if "plural" in uses:
            entry = s.gazetteer.entries[uses["plural"][0]]
            if s.form(i)[at:].startswith("ال") or (at and s.form(i)[:at].endswith("لل")):
                return [Found(i, at, end, "group", "name", (), "plural", owner=entry.country)]
            if s.words[i].nisba == "plural" and end == i + 1 and len(s.form(i)) > 5 and not _describes(s, i):
                counted = counted_from(s, i) if at == 0 else i
                full = (counted, 0, -1) if counted < i else (-1, 0, -1)
                return [Found(i, at, end, "group", "name", (), "plural", owner=entry.country, full=full)]
            continue
        if "adj" in uses:
            entry = s.gazetteer.entries[uses["adj"][0]]
            if entry.kind == "country":
                act = s.form(i - 1).removeprefix("و").removeprefix("لل").removeprefix("بال").removeprefix("ال") in _ACT_NOUNS
                return [Found(i, at, end, "country", "nominal", uses["adj"], "act" if act else "adj")]
            continue
        if "weak" in uses and (s.form(i - 1) in _IN or (at and s.form(i)[at - 1] == "ب")) and at <= 2:
            numbers = tuple(n for n in uses["weak"] if s.gazetteer.entries[n].kind in ("town", "region"))
            if numbers and s.words[i].person not in ("c", "g"):
                return [Found(i, at, end, "place", "name", numbers, "weak", score=0.3)]
    return []


def _describes(s: Sentence, i: int) -> bool:
    """Whether an indefinite plural stands after a noun that it describes (ركاب أتراك), not for people itself (مقتل فلسطينيين)."""
    before = s.form(i - 1)
    return (
        bool(before)
        and (before.endswith(("ون", "ين", "ات", "ان", "ا", "اء")) or bool(s.words[i - 1].people))
        and not before.isdigit()
    )


def _surname(s: Sentence, i: int, end: int) -> bool:
    """Whether a town's name stands as part of a person's name (صدام التكريتي, محمد الرياض)."""
    return (
        i > 0
        and end == i + 1
        and s.words[i - 1].person == "g"
        and s.words[i].form not in _IN
        and not s.words[i - 1].place_at >= 0
    )


def _colours(s: Sentence, i: int, end: int) -> bool:
    """Whether a town's name is an adjective of the noun before it (الراية البيضاء)."""
    before = s.form(i - 1)
    return end == i + 1 and s.form(i).endswith("اء") and before.startswith("ال") and s.words[i - 1].place_at < 0


_ACT_NOUNS = wordset("nouns of acts")
_MEDIA = wordset("heads of media")
_KINDS = wordset("heads that may be cut")


def _cut(s: Sentence, found: Found) -> Found:
    """A known name without its head, where the rest alone is the same thing's name (صحيفة الغارديان, تنظيم داعش)."""
    head = s.form(found.first)[found.at :]
    if head not in _KINDS or found.end - found.first < 2:
        return found
    for end, at, uses in s.known(found.first + 1):
        if at == 0 and end == found.end and set(uses.get("name", ())) & set(found.entries):
            return found._replace(
                first=found.first + 1, at=0, full=(-1, 0, -1) if head in _MEDIA else (found.first, found.at, -1)
            )
    return found


def _branch(s: Sentence, body: Found) -> list[Found]:
    """An organisation and what stands in it; a branch's place belongs to its full name (مديرية الدفاع بمنطقة عسير)."""
    if body.kind == "name" and body.head in _LOCAL and body.end < s.size:
        form = s.form(body.end)
        at = body.end + 1 if form == "في" else body.end
        placed = place(s, at) if at < s.size and s.words[at].place_at >= 0 else []
        if not placed and at < s.size:
            placed = [f for f in known(s, at) if f.type == "place"]
        if placed and (at > body.end or form.startswith("ب")):
            return [body._replace(full=(body.first, body.at, placed[0].end)), *inside(s, body), *placed]
    return [body, *inside(s, body)]


_LOCAL = wordset("heads with branches")


def _extended(s: Sentence, found: Found) -> Found:
    """A known organisation with the adjective of its country: الجيش العراقي, الهلال الأحمر القطري."""
    if (
        found.end < s.size
        and s.words[found.end].nisba == "adj"
        and s.words[found.end].nisba_at == 0
        and s.form(found.end).startswith("ال")
    ):
        entry = s.gazetteer.entries[found.entries[0]]
        if entry.feature == "generic" or not entry.country:
            return found._replace(
                end=found.end + 1,
                entries=() if entry.feature == "generic" else found.entries,
                owner=owner(s, found.first, found.end + 1),
            )
    return found


def inside(s: Sentence, whole: Found) -> list[Found]:
    """Countries and places that a longer name holds and that are things of their own (شرطة لندن, سفارة روسيا, مقاتلو داعش)."""
    if whole.head in _SEALED:
        return []
    got: list[Found] = []
    k = whole.first + 1
    while k < whole.end:
        hit = next((h for h in s.known(k) if "name" in h[2] and h[0] <= whole.end), None)
        if hit:
            numbers = hit[2]["name"]
            kind = s.gazetteer.entries[numbers[0]].kind
            if (
                s.form(k)[hit[1] :] != "الاحتلال"
                and kind in ("country", "town", "region", "organization")
                and not (kind == "organization" and s.gazetteer.entries[numbers[0]].feature == "generic")
            ):
                kind_of = {"country": "country", "organization": "organization"}.get(kind, "place")
                got.append(Found(k, hit[1], hit[0], kind_of, "name", (*numbers, *hit[2].get("weak", ())), "known"))  # type: ignore[arg-type]
                k = hit[0]
                continue
        k += 1
    return got


_SEALED = wordset("heads that seal")
