"""How forms of one name are related: cut short, without their heads, with adjectives that add nothing."""

from functools import lru_cache

from khabar.gazetteer import load
from khabar.layers.names.words import wordset
from khabar.lexicon.tables import rows
from khabar.script import fold

CUT_HEADS = wordset("heads that may be cut")
EXTRA = wordset("adjectives that add nothing to a name")


def adjectival(words: list[str]) -> bool:
    """Whether words are adjectives of countries, or such as add nothing to a name."""
    return all(w in EXTRA or load().country_of(w) for w in words)


def short_form(short: tuple[str, ...], long: tuple[str, ...], kind: str) -> bool:
    """Whether a name is a longer one cut short: its first word and some of the rest in order (المرصد السوري), or all but its
    head (وكالة الأناضول, المسجد الأقصى)."""
    if len(short) >= len(long) or not short:
        return False
    if long[1:] == short and (long[0] in CUT_HEADS or (kind == "place" and long[0] in PLACE_HEADS)):
        return True
    if kind == "place" and long[: len(short)] == short and adjectival(["ال" + w for w in long[len(short) :]]):
        return True
    if len(short) < 2 or short[0] != long[0]:
        return False
    rest = iter(long)
    return all(any(w == other for other in rest) for w in short)


@lru_cache(maxsize=1 << 12)
def of_state(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a state's body with the state's code for its name or adjective, so that وزارة خارجية مملكة البحرين and وزارة
    الخارجية البحرينية are one; empty for what is no such body."""
    if len(words) < 2 or words[0] not in _BODIES:
        return ()
    said: list[str] = []
    for word in words:
        code = load().country_of("ال" + word) or next((e.country for e in load().named(word) if e.kind == "country"), "")
        code = code or next((e.country for e in load().named("ال" + word) if e.kind == "country"), "")
        if code and said and said[-1] in _STATES:
            said.pop()
        said.append(code or word)
    return tuple(said) if sum(w.isascii() and w.isalpha() for w in said) == 1 else ()


_BODIES = wordset("bodies of states")
_STATES = frozenset(fold(w) for w in ("مملكة", "جمهورية", "دولة", "سلطنة"))

PLACE_HEADS = frozenset(row[0] for row in rows("places"))
HEADS = wordset("heads of regions and towns")


def within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the words of one title begin another: وزير الخارجية in وزير الخارجية الروسي."""
    return len(short) <= len(long) and long[: len(short)] == short


def weak_entries(form: str) -> frozenset[int]:
    """Entries that a folded form names only where something else tells that it is a name."""
    return frozenset(load().keys.get(form, {}).get("weak", ()))
