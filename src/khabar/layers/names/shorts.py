"""Short names: after حسن نصر الله, نصر الله alone is a name; a second look over the article finds them."""

from khabar.layers.names.chains import PARTICLES
from khabar.layers.names.sentence import Found, Sentence

_LINKS = frozenset(["بن", "بنت", "ابن", "ابو", "ابي", "ال", "ولد", "دي", "فون", "فان", "دو", "لو", "عبد"])


def short_names(sentences: list[Sentence], found: list[list[Found]]) -> dict[str, str]:
    """Last names (of one or two words) that an article's full names give; the value is the word after a linking one."""
    shorts: dict[str, str] = {}
    for s, mentions in zip(sentences, found, strict=True):
        for m in mentions:
            if m.type != "person" or m.kind != "name" or m.end - m.first < 2:
                continue
            forms = [s.words[k].form for k in range(m.first, m.end)]
            last, before = forms[-1], forms[-2]
            if before in _LINKS:
                if before not in ("بن", "ابن") or len(forms) == 3:
                    shorts.setdefault(before, last)
            elif len(last) > 2 and last not in PARTICLES and s.gazetteer.words.get(last) != "c" and not last.isdigit():
                shorts.setdefault(last, "")
    return shorts


def with_shorts(s: Sentence, mentions: list[Found], shorts: dict[str, str]) -> list[Found]:
    """Mentions of a sentence with the short names in it, in place of weaker readings of the same word."""
    taken = {k: m for m in mentions for k in range(m.first, m.end)}
    added: list[Found] = []
    gone: set[int] = set()
    for i, word in enumerate(s.words):
        for at, stem in word.readings:
            if stem not in shorts:
                continue
            rest = shorts[stem]
            end = i + 2 if rest else i + 1
            if rest and s.form(i + 1) != rest:
                continue
            holder = taken.get(i)
            if holder and (holder.end - holder.first > end - i or holder.type == "person" or holder.type == "country"):
                continue
            if holder:
                gone.add(id(holder))
            added.append(Found(i, at, end, "person", "name", head="short", score=0.7))
            break
    if not added:
        return mentions
    kept = [m for m in mentions if id(m) not in gone] + added
    kept.sort(key=lambda m: (m.first, -m.end))
    return kept
