"""Organisations that no list has: a head and what belongs to its name."""

from khabar.layers.names.chains import adjectives, complement, definite_word, indefinite_adjective, is_adjective, quoted_run
from khabar.layers.names.sentence import Found, Sentence
from khabar.layers.names.words import wordset
from khabar.script import fold


def organization(s: Sentence, i: int) -> Found | None:
    """An organisation whose head is word i; a bare definite head (الوزارة) is a nominal mention."""
    word = s.words[i]
    cls, at = word.organization, word.organization_at
    if cls in ("", "none", "place", "definite_place", "group"):
        return None
    head = word.form[at:]
    if at and word.form[:at].endswith("لل"):
        head = "ال" + head
    if cls in ("short", "short_weak"):
        end = adjectives(s, i + 1, 1)
        if end == i + 1 or not s.words[i + 1].nisba or not s.form(i + 1).endswith("ه"):
            return None
        return Found(i, at, end, "organization", head="short", owner=owner(s, i, end))
    if cls == "anaphor":
        return Found(i, at, i + 1, "organization", "nominal", head=head[2:]) if not is_adjective(s, i + 1) else None
    if cls == "definite":
        end = adjectives(s, i + 1)
        bare = head[2:]
        if s.form(i + 1) in _ORDINALS:
            return None
        if end == i + 1:
            if end < s.size and (reached := _with_purpose(s, end, bare)) > end:
                return Found(i, at, reached, "organization", head=bare)
            return Found(i, at, end, "organization", "nominal", head=bare)
        reached = _with_purpose(s, end, bare)
        return Found(i, at, max(end, reached), "organization", head=bare, owner=owner(s, i, end))
    if indefinite_adjective(s, i + 1):
        return None
    if cls == "limited" and not _limited(s, i + 1, head):
        return None
    if head == "حركه" and s.form(i + 1) in _TRAFFIC:
        return None
    end = complement(s, i + 1, head, names=cls == "name")
    if end == i + 1:
        return None
    if cls == "body" and not definite_word(s, i + 1) and end == i + 2 and not s.words[i + 1].known:
        return None
    return _own_name(s, Found(i, at, end, "organization", head=head, owner=owner(s, i, end)))


def _own_name(s: Sentence, found: Found) -> Found:
    """The name alone of what is called by it without its head (صحيفة آفي, شركة "أوباب", نادي فنربخشة التركي)."""
    first, end = found.first + 1, found.end
    if found.head not in _CALLED or s.stop(first):
        return found
    closed = quoted_run(s, first)
    if closed > first:
        end = min(end, closed)
    elif found.head in _PRINTED and _bare_name(s, first):
        end = first + 1
    elif (
        s.form(first).startswith("ال")
        or s.words[first].person == "c"
        or any("name" in k[2] for k in s.known(first))
        or s.words[first].place_at == 0
    ):
        return found
    else:
        while end > first + 1 and s.form(end - 1).startswith("ال"):
            end -= 1
    definite = s.form(first).startswith("ال")
    full = (-1, 0, -1) if found.head in _MEDIA and not definite else (found.first, found.at, found.end if definite else end)
    return found._replace(first=first, at=0, end=end, full=full)


def _bare_name(s: Sentence, i: int) -> bool:
    """Whether a medium's definite name of one word stands at word i (صحيفة الوئام), no body that publishes it."""
    word = s.words[i]
    return definite_word(s, i) and not (word.nisba or word.organization or word.people)


_CALLED = wordset("heads of bodies called without them")
_MEDIA = wordset("heads of media")
_PRINTED = wordset("heads of media by definite names")
_ORDINALS = wordset("ordinals")
_TRAFFIC = wordset("traffic")
_LIMITED = {
    fold(head): frozenset(fold(w) for w in words.split())
    for head, words in {
        "رئاسة": "الجمهورية الوزراء الحكومة الأركان النيابة مجلس هيئة أركان",
        "قيادة": "الجيش القوات العمليات حرس المنطقة شرطة الشرطة قوات الحرس الأركان الناحية التحالف العملية",
        "نظام": "الملالي",
        "تنظيم": "الدولة القاعدة داعش الإخوان",
    }.items()
}


def _limited(s: Sentence, i: int, head: str) -> bool:
    """Whether what follows a head of many meanings makes an organisation of it."""
    if s.form(i) in _LIMITED[head] or (head == fold("تنظيم") and i in s.quoted):
        return True
    if head != fold("نظام"):
        return False
    return any(
        s.gazetteer.entries[n].kind == "person" for _, at, uses in s.known(i) if not at for n in uses.get("name", ())
    ) or s.words[i].title in ("office", "rank")


def _with_purpose(s: Sentence, end: int, head: str) -> int:
    from khabar.layers.names.chains import _goes_on

    return _goes_on(s, end, head)


def owner(s: Sentence, first: int, end: int) -> str:
    """The country that an adjective or a name at the end of a phrase gives it."""
    for k in range(end - 1, first, -1):
        word = s.words[k]
        if word.nisba:
            code = next((s.gazetteer.country_of(w) for _, w in word.readings if s.gazetteer.country_of(w)), "")
            if code:
                return code
        for _, at, uses in s.known(k):
            if (
                at == 0
                and (numbers := uses.get("name"))
                and s.gazetteer.entries[numbers[0]].kind in ("country", "town", "region")
            ):
                return s.gazetteer.entries[numbers[0]].country
    return ""
