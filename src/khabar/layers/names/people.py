"""Persons by title and name, groups and unnamed people."""

from khabar.layers.names.chains import (
    PARTICLES,
    TIME_WORDS,
    complement,
    definite_word,
    indefinite_adjective,
    is_adjective,
    phrases_at,
)
from khabar.layers.names.sentence import Found, Sentence
from khabar.layers.names.words import lexicon, wordset
from khabar.record import EntityType
from khabar.script import fold

_LINKS = wordset("links in names")
_NEED_NEXT = wordset("links that need a name")
_DEFINITE = wordset("definite adjectives")
_BEFORE_BROKEN = wordset("first halves of names with الله and الدين")
_BROKEN = frozenset(["الله", "الدين", "الرحمن"])


Name = tuple[int, int, tuple[int, ...], float]
"""End, letters off, entries and score of a person's name."""


def name_at(s: Sentence, i: int, titled: bool, letters: bool = True) -> Name | None:
    """A person's name at word i: (end, letters off, entries, score); None where none begins.

    `titled`: a title stands before it, so that a name no list knows counts. `letters`: whether clitics may come off.
    """
    if s.stop(i):
        return None
    for end, at, uses in s.known(i):
        if at and not letters:
            continue
        persons = tuple(n for use in ("name", "weak") for n in uses.get(use, ()) if s.gazetteer.entries[n].kind == "person")
        if persons:
            longer = _run(s, i, end) if end - i < 2 or s.form(end) in _LINKS else end
            return (longer, at, persons if longer == end else (), 0.9)
    word = s.words[i]
    form = word.form
    if form[0] in "0123456789" or (form in PARTICLES and i not in s.ali) or form in TIME_WORDS:
        return None
    start_ok = word.person == "g" or (titled and _may_continue(s, i, first=True))
    if not start_ok or (word.person_at and not letters):
        return None
    if word.form in _NEED_NEXT and s.stop(i + 1):
        return None
    end = _run(s, i, i + 1)
    if end - i < 2 and not titled:
        return None
    if not titled and end - i == 2 and s.words[i + 1].person not in ("g", "n") and word.form not in _LINKS:
        return None
    return end, max(word.person_at, 0) if word.person == "g" else 0, (), 0.8 if titled else 0.6


def _run(s: Sentence, first: int, end: int) -> int:
    """How far a name goes on after its first words."""
    link = s.form(end - 1) in _NEED_NEXT
    while end < s.size and end - first < 7 and end - 1 not in s.closed and end not in s.quoted:
        form = s.words[end].form
        if form in _LINKS and form not in ("لا", "لو", "ام", "سان") and end + 1 < s.size and not s.stop(end + 1):
            end, link = end + 1, True
            continue
        if form in _BROKEN and s.form(end - 1) in _BEFORE_BROKEN:
            end, link = end + 1, False
            continue
        listed = s.words[end].person in ("g", "n")
        if (
            form.startswith("ال")
            and not link
            and not listed
            and end - first > 1
            and s.words[end - 1].person != "g"
            and end - 1 not in s.ali
        ):
            break  # the noun after a whole name: سيرغي لافروف الضيف
        if not _may_continue(s, end, after_link=link):
            break
        end, link = end + 1, False
    while end > first + 1 and s.form(end - 1) in _NEED_NEXT:
        end -= 1
    return end


def _may_continue(s: Sentence, i: int, first: bool = False, after_link: bool = False) -> bool:
    """Whether word i may be part of a name that has begun."""
    if s.stop(i):
        return False
    word = s.words[i]
    form = word.form
    if i in s.ali:
        return True
    if (
        not form.isalpha()
        or len(form) < 2
        or form in PARTICLES
        or form in TIME_WORDS
        or (form[0] in "وفبلك" and word.person == "c")
        or form.startswith(("بال", "لل"))
    ):
        return False
    if after_link:
        return form.isalpha()
    if word.title == "office" and i + 1 < s.size and s.words[i + 1].place_at == 0:
        return False  # أمير منطقة تبوك after a name; Amir is a first name as well
    if (word.title in ("rank", "office", "honour") and word.person not in ("g",)) or (
        word.organization_at == 0 and word.person not in "gn"
    ):
        return False
    if form.startswith("ال"):
        if first:
            return word.person == "n"
        return (
            word.person in ("n", "g")
            or (word.person == "" and len(form) > 4 and not form.endswith(("ه", "ات", "ين", "ون")))
            or (form.endswith("ي") and (word.nisba == "adj" or (not word.title and form not in _DEFINITE)))
        )
    if word.person in ("g", "n"):
        return word.person_at == 0
    if word.person == "c":
        return False
    if word.nisba or word.place_at >= 0 or word.people_at == 0 or indefinite_adjective(s, i):
        return False
    # an unlisted rare word: a foreign name, unless a proclitic or a verb's shape speaks against it
    return _foreign(s, i)


def _foreign(s: Sentence, i: int) -> bool:
    """Whether a rare word has the shape of a foreign name."""
    form = s.words[i].form
    if (
        len(form) < 3
        or form.startswith(("وال", "بال", "لل", "فال", "كال", "و", "ست", "سي", "است"))
        or (form.endswith(("ات", "تهم", "هم", "ها", "ون", "ته", "نا")) and form[0] in "يتلبفكسمن")
    ):
        return False
    kinds = s.gazetteer.words
    if form[0] in "بلفك" and (kinds.get(form[1:], "") in ("c",) or len(form) < 5 or form[1:] in s.gazetteer.keys):
        return False
    if form[0] in "يتن":  # a verb, where another person of it is a common word
        return all(kinds.get(other + form[1:]) != "c" for other in ("ي", "ت", "ن", "") if other != form[0])
    return True


def titled(s: Sentence, i: int) -> list[Found]:
    """What a title at word i gives: the person with their role, or an unnamed person; and what its complement names."""
    word = s.words[i]
    at, end, inner = title_phrase(s, i)
    if end <= i:
        return []
    kind = word.title or _phrase_class(s, i, at)
    name = None
    gap = end
    if not s.stop(gap):
        name = name_at(s, gap, kind != "kin" and bool(word.title or kind != "office"), letters=False)
    elif s.form(gap) in ("،", ",", "(", "-") and kind == "office" and end - i > 1:
        gap += 1
        ranks = gap
        while ranks < s.size and s.words[ranks].title in ("rank", "honour") and s.words[ranks].title_at == 0:
            ranks += 1
        name = name_at(s, ranks, ranks > gap, letters=False) if ranks < s.size else None
        if name and (name[0] - ranks < 2 and not name[2] and ranks == gap):
            name = None
        gap = ranks
    if not name and s.form(end) in ("،", ",") and kind == "office" and not s.stop(end + 1):
        first = name_at(s, end + 1, True, letters=False)
        gap, name = end + 1, first and _with_family(s, end + 1, first)
        if name and name == first:
            name = None
    if name and kind in ("office", "rank"):
        name = _with_family(s, gap, name)
    if name:
        role = ((i, end, at),) if kind != "honour" or end - i > 1 else ()
        return [Found(gap, name[1], name[0], "person", "name", name[2], "title", role, score=max(name[3], 0.75)), *inner]
    if kind == "office" and (end - i > 1 or s.words[i].definite):
        return [*inner, Found(i, at, end, "person", "nominal", head="office", owner=_owner(s, i, end))]
    if kind == "rank" and word.people:
        return []
    if kind == "honour":  # (سمو) أمير منطقة تبوك: the office that an honour stands before
        office = next((k for k in range(i + 1, end) if s.words[k].title == "office" and s.words[k].title_at == 0), end)
        if end - office > 1:
            return [*inner, Found(office, 0, end, "person", "nominal", head="office", owner=_owner(s, office, end))]
    return inner


def _with_family(s: Sentence, i: int, name: Name) -> Name:
    """A first name that stands alone after an office, with the definite word after it, which can only be the family's name."""
    end = name[0]
    if end - i > 1 or name[2] or s.words[i].person != "g" or not definite_word(s, end):
        return name
    word = s.words[end]
    if (
        word.title
        or word.organization
        or word.people
        or word.place_at >= 0
        or word.form in _DEFINITE
        or word.form.endswith(("ات", "ين"))
    ):
        return name
    if s.gazetteer.country_of(word.form):
        return name
    return (end + 1, *name[1:])


def title_phrase(s: Sentence, i: int) -> tuple[int, int, list[Found]]:
    """(letters off, end, mentions inside) of the title that begins at word i."""
    word = s.words[i]
    at, end = word.title_at, i + 1
    for reading, first in word.readings:
        for rest in lexicon().title_phrases.get(first, ()):
            if all(s.form(i + 1 + k) == r for k, r in enumerate(rest)) and i + 1 + len(rest) > end:
                at, end = reading, i + 1 + len(rest)
    inner: list[Found] = []
    ended = -1
    if not word.title and end == i + 1:
        return at, i, []
    office = (word.title or _phrase_class(s, i, at)) == "office"
    while end < s.size and end - i < 16:
        w = s.words[end]
        form = w.form
        if form in STOPS_IN_TITLE or (form in PARTICLES and form not in _PREPOSITIONS):
            break
        if end > i + 1 or not office:
            strong = name_at(s, end, False, letters=False)
            if strong and (w.title_at != 0):
                break
        elif any(s.gazetteer.entries[n].kind == "person" for _, a, uses in s.known(end) if a == 0 for n in uses.get("name", ())):
            break
        if w.title in ("rank", "honour") and w.title_at == 0:
            office = office and w.title == "rank"
            end += 1
            continue
        if (w.title == "modifier" and w.title_at == 0) or (w.nisba == "adj" and w.nisba_at == 0):
            end += 1
            continue
        if office and end == i + 1 and not word.definite and form not in PARTICLES and indefinite_adjective(s, end):
            end += 1
            continue
        if not office:
            if w.title == "office" and w.title_at == 0:
                office, end = True, end + 1
                continue
            break
        if form in _THAT or (_whole(s, i, at, end, ended) and not _adds(s, i, end)):
            break
        reached, found = _complement(s, i, end)
        if reached == end:
            break
        ended = reached if found and found[-1].end == reached else -1
        inner += found
        end = reached
    return at, end, inner


def _phrase_class(s: Sentence, i: int, at: int) -> str:
    """Class of the longest title of several words at word i, `at` letters of clitics off; empty where there is none."""
    classes = lexicon().phrase_classes
    words = [s.form(i)[at:], *(s.form(i + k) for k in range(1, 5))]
    return next((found for n in range(5, 1, -1) if (found := classes.get(" ".join(words[:n])))), "")


def _whole(s: Sentence, start: int, at: int, end: int, ended: int) -> bool:
    """Whether an office is told whole before word `end`: by its article (الرئيس), a definite complement or a name."""
    if s.form(start)[at:].startswith("ال") or (at and s.form(start)[:at].endswith("لل")):
        return True
    return end > start + 1 and (
        end == ended or definite_word(s, end - 1) or s.words[end - 1].definite or indefinite_adjective(s, end - 1)
    )


def _adds(s: Sentence, start: int, i: int) -> bool:
    """Whether word i may go on with an office told whole: an adjective, "and", what it is for or of (لشؤون, بوزارة, باسم)."""
    word = s.words[i]
    form = word.form
    if is_adjective(s, i) or form in _PREPOSITIONS or form[:1] == "و":
        return True
    if form[:1] not in "لب":
        return False
    media = form[1:] in _MEDIA or any(
        s.gazetteer.entries[n].feature == "media" for _, a, uses in s.known(i) if a for n in uses.get("name", ())
    )
    if form[:1] == "ل" and media and s.form(start) not in _OF_MEDIA:
        return False  # who says something to a medium: مسؤول أمني لوكالة
    named = any("name" in uses for _, a, uses in s.known(i) if a)
    return named or form[1:] in _FIELDS or form.startswith(("لل", "بال")) or word.organization_at == 1 or word.place_at == 1


_THAT = frozenset(["بان", "وان", "فان", "لان", "انه", "انها"])
_MEDIA = wordset("heads of media") | {fold(w) for w in ("وكالة", "وكالات", "تلفزيون", "الوكالة")}
_OF_MEDIA = wordset("offices of media")
_FIELDS = wordset("fields of offices")
STOPS_IN_TITLE = frozenset(["،", ",", ".", ":", "؛", ";", "(", ")", "-", "/", "!", "؟", "..."])
_PREPOSITIONS = wordset("prepositions in titles")


def _complement(s: Sentence, start: int, i: int) -> tuple[int, list[Found]]:
    """How far a part of an office's complement at word i goes, and the names in it."""
    from khabar.layers.names.organizations import organization
    from khabar.layers.names.places import place

    word = s.words[i]
    form = word.form
    if form in _PREPOSITIONS:
        if (form == "باسم" or (form in ("في", "لدي", "الي") and i > start)) and i + 1 < s.size:
            end, found = _complement(s, start, i + 1)
            if found or form == "باسم":
                return (end, found) if end > i + 1 else (i, [])
        return i, []
    for end, at, uses in s.known(i):
        numbers = uses.get("name", ())
        if numbers and (at == 0 or form[at - 1] in "لب"):
            entry = s.gazetteer.entries[numbers[0]]
            if entry.kind == "person":
                return i, []
            longer = organization(s, i) if word.organization else None
            if longer and longer.end > end:
                return longer.end, [longer]
            return end, [Found(i, at, end, _type(entry.kind), "name", (*numbers, *uses.get("weak", ())), "known")]
    if word.organization and word.organization_at in (0, 1, 2):
        if body := organization(s, i):
            return body.end, [body] if body.kind == "name" else []
        if word.organization_at == 0 and definite_word(s, i):
            return i + 1, []
    if word.place_at >= 0 and (placed := place(s, i)):
        return placed[-1].end, placed
    if definite_word(s, i):
        return i + 1, []
    if (
        form.startswith("وال")
        and len(form) > 5
        and not word.title
        and i - start > 1
        and definite_word(s, i - 1)
        and not word.organization
    ):
        return i + 1, []
    if form.startswith("لل") and len(form) > 4:
        return i + 1, []
    if form.startswith("بال") and len(form) > 5 and not word.title:
        return i + 1, []
    if (word.title == "office" and word.title_at == 0) or (
        word.person == "c" and form.isalpha() and form not in PARTICLES and not form.startswith(("ي", "ت", "و"))
    ):
        # a noun in construct needs what it is the noun of
        after = i + 1
        if definite_word(s, after):
            return after + 1, []
        if after < s.size:
            end, found = _complement(s, start, after) if i - start < 6 else (after, [])
            if end > after:
                return end, found
    return i, []


def _type(kind: str) -> EntityType:
    return _TYPES.get(kind, "group")


_TYPES: dict[str, EntityType] = {
    "country": "country", "town": "place", "region": "place", "organization": "organization", "person": "person",
}  # fmt: skip


def _owner(s: Sentence, first: int, end: int) -> str:
    for k in range(end - 1, first - 1, -1):
        word = s.words[k]
        if word.nisba:
            return s.gazetteer.country_of(word.form[word.nisba_at :]) or s.gazetteer.country_of("ال" + word.form[word.nisba_at :])
    return ""


def people(s: Sentence, i: int) -> Found | None:
    """A group or an unnamed person at word i: مسؤولون أميركيون, القوات الروسية, مصدر أمني."""
    word = s.words[i]
    end, number = phrases_at(s, i)
    at = 0
    if number:
        at = next((a for a, w in word.readings if a and end > i), 0) if word.form[0] in "وفبلك" else 0
        first_at = [
            a for a, w in word.readings if (w.removeprefix("ال")) in lexicon().people_phrases or w in lexicon().people_phrases
        ]
        at = first_at[0] if first_at else 0
    elif word.people:
        number, at, end = word.people, word.people_at, i + 1
    else:
        return None
    form = word.form[at:]
    definite = form.startswith("ال") or (at and word.form[at - 1] == "ل" and word.form[:at].endswith("لل"))
    if definite:
        end = _described(s, end, form)
        if end < s.size and s.form(end).startswith("وال") and end - i > 1 and is_adjective_after_and(s, end):
            end += 1
    else:
        if indefinite_adjective(s, end):
            while end < i + 4 and indefinite_adjective(s, end):
                end += 1
            if end < s.size and s.form(end).startswith("و") and s.form(end)[1:] and _bare_adjective(s.form(end)[1:]):
                end += 1
        elif number != "two" and end < s.size and not s.stop(end):
            governs = number == "of" or word.form[at:] in _CONSTRUCT or definite_word(s, end) or s.words[end].known
            if governs:
                reached = complement(s, end, form, names=False)
                if reached > end and s.words[end].title not in ("rank",):
                    end = reached
        if number == "of" and end == i + 1:
            return None
    counted = counted_from(s, i) if at == 0 else i
    many = counted < i and _amounts_to_many(s.form(i - 1))
    if (number == "some" and end == i + 1 and not many) or (number == "counted" and counted == i):
        return None
    if not definite and s.form(end) in _OTHERS:
        end += 1
    if number == "one" and not many:
        return Found(i, at, end, "person", "nominal", head="people", owner=_owner(s, i, end))
    full = (counted, 0, -1) if counted < i else (-1, 0, -1)
    return Found(i, at, end, "group", "name", head="people", owner=_owner(s, i, end), full=full)


def one_of(s: Sentence, i: int) -> Found | None:
    """An unnamed person told as one of a group: أحد المهاجمين, إحدى الطالبات."""
    form = s.form(i)
    at = form[:1] in ("و", "ل", "ب") and form[1:] in _ONE
    if not (form in _ONE or at) or i + 1 >= s.size or not s.words[i + 1].people or s.words[i + 1].people_at != 0:
        return None
    group = people(s, i + 1)
    if not group or group.type != "group":
        return None
    return Found(i, int(at), group.end, "person", "nominal", head="people", owner=group.owner)


_ONE = frozenset(fold(w) for w in ("أحد", "إحدى"))


def _described(s: Sentence, end: int, head: str) -> int:
    """End of what describes a definite group: adjectives, those that add nothing to an organisation's name as well (الجماعات
    الإرهابية), and of people whom only what they do tells apart its participle (الطلاب المحتجين)."""
    for _ in range(2):
        form = s.form(end)
        acting = head in _ANYBODY and form.startswith("الم") and form.endswith(("ين", "ون")) and s.words[end].people
        if not (is_adjective(s, end) or form in _OF_GROUPS or acting):
            break
        end += 1
    return end


def _amounts_to_many(number: str) -> bool:
    """Whether a number word takes a singular that means many: 30, ألف, عشرين."""
    return number[:1].isdigit() or number in _MANY


def counted_from(s: Sentence, i: int) -> int:
    """First word of the number or amount before a group: 1400 (لاجئ), عدد من (المتظاهرين); i where there is none."""
    before = s.form(i - 1)
    if before[:1].isdigit() and before.isdigit():
        return i - 1
    if before in _NUMBERS:
        return i - 2 if before in _POWERS and (s.form(i - 2).isdigit() or s.form(i - 2) in _NUMBERS) else i - 1
    if before == "من" and s.form(i - 2) in _AMOUNTS:
        return i - 2
    return i


_NUMBERS = wordset("numbers and amounts before people")
_POWERS = frozenset(fold(w) for w in ("ألف", "آلاف", "مليون", "ملايين"))
_MANY = wordset("numbers before a singular")
_OTHERS = wordset("others")
_OF_GROUPS = wordset("adjectives of groups")
_ANYBODY = wordset("people told apart by what they do")
_AMOUNTS = wordset("amounts with من")
_CONSTRUCT = wordset("heads of groups in construct")


def is_adjective_after_and(s: Sentence, i: int) -> bool:
    """Whether word i is "and" with a definite adjective: (العسكريين) والأمنيين."""
    form = s.form(i)[1:]
    return (
        form.endswith(("ين", "يه", "ون", "ي")) and not s.words[i].people and not s.words[i].title and not s.words[i].organization
    )


def _bare_adjective(form: str) -> bool:
    from khabar.layers.names.chains import INDEFINITE_ADJECTIVES

    return form in INDEFINITE_ADJECTIVES


__all__ = ["counted_from", "is_adjective", "name_at", "one_of", "people", "title_phrase", "titled"]
