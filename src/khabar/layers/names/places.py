"""Places by the word before them: مدينة X, محافظة X, مخيم X, شمال X."""

from khabar.layers.names.chains import PARTICLES, TIME_WORDS, adjectives, definite_word, indefinite_adjective, quoted_run
from khabar.layers.names.people import name_at
from khabar.layers.names.sentence import Found, Sentence
from khabar.layers.names.words import wordset

# Words that begin a place's name of two words
_COMPOUND = wordset("first words of compound places")
_LOOSE = wordset("heads of local places")
_BEARING = wordset("heads of sites with names")


def place(s: Sentence, i: int) -> list[Found]:
    """Places at a place word i, the longer first; empty where no name follows."""
    word = s.words[i]
    (use, feature), at = word.place, word.place_at
    head = word.form[at:]
    if use in ("none", "") or s.stop(i + 1):
        return []
    if use in ("in", "out", "weak") and head in _BEARING and (end := _bearer(s, i + 1)):
        return [Found(i, at, adjectives(s, end, 1), "place", head=head)]
    inner = _named(s, i + 1)
    if use == "side":
        if inner and inner.type in ("country", "place"):
            return [inner]
        return []
    if inner:
        if use == "in":
            end = adjectives(s, inner.end, 1) if feature in ("site", "airport", "port", "crossing", "base") else inner.end
            return [Found(i, at, end, "place", "name", (), head, owner=_country(s, inner)), inner]
        return [inner._replace(full=(i, at, -1)) if use == "out" and inner.type == "place" else inner]
    if use in ("weak", "known") or not _may_name(s, i + 1, head):
        return []
    end = quoted_run(s, i + 1)
    if end == i + 1:
        end = i + 2
        if s.form(i + 1) in _COMPOUND and not s.stop(end):
            end += 1
        elif not s.words[i + 1].form.startswith("ال"):
            while end < i + 4 and not s.stop(end) and _rare(s, end):
                end += 1
    if use == "in":
        if feature in ("site", "airport", "port", "crossing", "base"):
            end = adjectives(s, end, 1)
        return [Found(i, at, end, "place", head=head)]
    return [Found(i + 1, 0, end, "place", head=head, full=(i, at, -1) if use == "out" else (-1, 0, -1))]


def _bearer(s: Sentence, i: int) -> int:
    """End of the titled name that a site bears (مستشفى الملك فهد, مجمع الأمير فيصل بن فهد); 0 where none stands at word i."""
    k = i
    while k < s.size and s.words[k].title in ("rank", "honour") and s.words[k].title_at == 0 and definite_word(s, k):
        k += 1
    if k == i or s.stop(k):
        return 0
    name = name_at(s, k, True, letters=False)
    return name[0] if name else 0


def _named(s: Sentence, i: int) -> Found | None:
    for end, at, uses in s.known(i):
        if at:
            continue
        numbers = tuple(
            n
            for use in ("name", "weak")
            for n in uses.get(use, ())
            if s.gazetteer.entries[n].kind in ("country", "town", "region")
        )
        if numbers:
            kind = s.gazetteer.entries[numbers[0]].kind
            return Found(i, 0, end, "country" if kind == "country" else "place", "name", numbers, "headed", score=0.8)
    return None


def _country(s: Sentence, found: Found) -> str:
    return s.gazetteer.entries[found.entries[0]].country if found.entries else ""


def _may_name(s: Sentence, i: int, head: str) -> bool:
    word = s.words[i]
    form = word.form
    if (
        form in PARTICLES
        or form in TIME_WORDS
        or not form.isalpha()
        or word.title
        or word.organization_at == 0
        or indefinite_adjective(s, i)
        or word.nisba
    ):
        return False
    if i in s.quoted and quoted_run(s, i) > i:
        return True
    if definite_word(s, i):
        return (head in _LOOSE and (word.person != "c" or head in ("حي", "مخيم", "قريه", "بلده"))) or (
            head == "مدينه" and not word.people and not form.endswith(("يه", "ه"))
        )
    if form in _COMPOUND and i + 1 < s.size and not s.stop(i + 1):
        return True
    return _rare(s, i)


def _rare(s: Sentence, i: int) -> bool:
    word = s.words[i]
    form = word.form
    return (
        word.person != "c"
        and len(form) > 2
        and form.isalpha()
        and form not in PARTICLES
        and not form.startswith(("ال", "و", "ل", "ب", "ف", "ي", "ت"))
        and not word.people
        and not word.organization
        and not word.place_at >= 0
    )
