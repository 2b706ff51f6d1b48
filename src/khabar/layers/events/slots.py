"""The grammatical slot in which each mention stands to a trigger, and the role that the trigger's frame gives to that slot.

Verbs: the order verb, subject, object; subject, verb, object; the passive's patient; antecedents of الذي and التي; attached
pronouns.
Nouns: the construct (قصف الطائرات), with ل after it (قصف الطائرات للمخيم), the adjective (القصف الإسرائيلي), the support verb's
subject (شنت الطائرات غارة). Both: prepositions of the frame.
"""

from typing import NamedTuple

from khabar.layers.entities import Ref
from khabar.layers.events.clauses import Governor, Sentence
from khabar.layers.events.lookup import hits, lights
from khabar.layers.events.triggers import Candidate

SPEECH = frozenset(["ACCUSE", "REQUEST", "REJECT", "SUPPORT", "THREATEN", "CONCEDE", "AGREE"])
"""What is done with words: its subject is not who does what the words are about."""


class Slot(NamedTuple):
    """`name` is the slot; `role` what the frame makes of it, `-` where it makes nothing of it; `chained` whether the mention only
    continues the phrase of the one before it (coordination, apposition)."""

    name: str
    role: str
    chained: bool = False


def slots(c: Candidate) -> dict[int, Slot]:
    """Slots of the mentions of a candidate's sentence, by the mention's first token."""
    found: dict[int, Slot] = {}
    if c.verbal:
        _verbal(c, found)
    else:
        _nominal(c, found)
    _chain(c.sentence, found)
    return found


def free(s: Sentence, ref: Ref) -> bool:
    """Whether no preposition governs a mention and it begins a noun phrase of its own."""
    gov = s.governor(ref)
    return gov.kind not in ("prep", "and") and not continues(s, ref, gov)


def continues(s: Sentence, ref: Ref, gov: Governor) -> bool:
    """Whether a mention continues the phrase of the mention right before it: an adjective of it, or the name after it."""
    if gov.kind != "name" or gov.heads:
        return False
    before = s.covered[gov.token]
    return _adjective(s, ref) or _adjective(s, before) or (before.entity.type == ref.entity.type == "person")


def _adjective(s: Sentence, ref: Ref) -> bool:
    """Whether a mention is a definite adjective of origin (الروسي، الإسرائيلية)."""
    form = s.form(ref.end - 1)
    return ref.end - ref.first == 1 and form.startswith("ال") and form.endswith(("ي", "يه", "يين", "يون"))


def _between(s: Sentence, first: int, end: int, kinds: tuple[str, ...]) -> bool:
    return any(s.kind(t) in kinds for t in range(first, end))


def _roles(frame: dict[str, str], argument: str) -> str:
    return frame.get(argument, "-")


def _prepositions(c: Candidate, frame: dict[str, str], start: int, found: dict[int, Slot], name: str) -> None:
    s = c.sentence
    for ref in s.refs:
        if ref.first < start or ref.first in found:
            continue
        gov = s.governor(ref)
        if gov.kind != "prep" or (gov.token < start and gov.token != ref.first):
            continue
        if _between(s, start, gov.token, ("stop", "comp", "rel")):
            break
        nearer = any(s.kind(t) in ("verb", "event") for t in range(start, min(gov.token, ref.first)))
        role = frame.get(gov.word, "-")
        found[ref.first] = Slot(f"{name}{'+' if nearer else ''}", role)


def _verbal(c: Candidate, found: dict[int, Slot]) -> None:
    s, frame = c.sentence, c.entry.frame
    after: list[Ref] = []
    for ref in s.refs:
        if ref.first < c.end or not free(s, ref):
            continue
        if _between(s, c.end, ref.first, ("verb", "stop", "comp", "rel")):
            break
        gov = s.governor(ref)
        if gov.kind == "noun" and gov.token >= c.end:
            continue  # it stands in the construct of another event word
        after.append(ref)
    relative = s.kind(c.first - 1) == "rel"
    before = _subject_before(s, c.first, relative)
    pronoun = bool(c.hit.pronoun)
    passive = c.passive
    if before is not None:
        if relative:
            name, argument = ("antecedent-obj", "obj") if pronoun or passive else ("antecedent", "subj")
        else:
            name, argument = ("pre-passive", "obj") if passive else ("pre", "subj")
        found[before.first] = Slot(name, _roles(frame, argument))
    carried = _carried_subject(c) if before is None and not passive else None
    subject_known = before is not None and not (relative and pronoun) and not pronoun
    names: list[tuple[str, str]]
    if passive and before is None:
        names = [("patient", "obj")]
    elif subject_known:
        names = [("obj", "obj")]
    elif pronoun:
        names = [("subj-pron", "subj")]
    elif carried is not None:
        names = [("either", "-")] if len(after) == 1 else [("subj", "subj"), ("obj", "obj")]
    elif len(after) == 1:
        names = [("sole", "subj")]
    else:
        names = [("subj", "subj"), ("obj", "obj")]
    for ref, (name, argument) in zip(after, names, strict=False):
        found[ref.first] = Slot(name, _roles(frame, argument))
    for ref in after[len(names) :]:
        found[ref.first] = Slot("later", "-")
    if pronoun and not relative:
        antecedent = next((r for r in reversed(s.refs) if r.end <= c.first and r.first not in found), None)
        if antecedent is not None:
            found[antecedent.first] = Slot("pronoun-obj", _roles(frame, "obj"))
    if carried is not None and carried.first not in found:
        found[carried.first] = Slot("carried" if after else "carried-alone", _roles(frame, "subj"))
    _prepositions(c, frame, c.end, found, "prep")


def _carried_subject(c: Candidate) -> Ref | None:
    """The subject of the verb before a verb that goes on from it with و or ف (وصل الوزير والتقى نظيره)."""
    s = c.sentence
    if not c.hit.at or s.form(c.first)[0] not in "وف":
        return None
    for t in range(c.first - 1, s.first - 1, -1):
        if s.kind(t) == "stop":
            return None
        if s.kind(t) == "verb":
            inside = next((r for r in s.refs if t < r.first < c.first and free(s, r)), None)
            return inside or _subject_before(s, t, s.kind(t - 1) == "rel")
    return None


def _subject_before(s: Sentence, verb: int, relative: bool) -> Ref | None:
    """The mention before a verb that is its subject (or the antecedent of its relative)."""
    if s.form(verb)[:1] in "وف" and s.kind(verb - 1) in ("stop", "pause"):
        return None
    limit = verb - 1 if relative else verb
    for ref in reversed(s.refs):
        if ref.end > limit:
            continue
        if relative:
            return ref if limit - ref.end <= 3 else None
        if _between(s, ref.end, verb, ("verb", "stop", "comp", "rel")):
            return None
        if free(s, ref) and s.governor(ref).kind != "verb":
            return ref
    return None


def _nominal(c: Candidate, found: dict[int, Slot]) -> None:
    s, frame = c.sentence, dict(c.entry.frame)
    genitive = c.entry.genitive
    nearest = next((r for r in s.refs if r.first >= c.end), None)
    by_l = any(s.governor(r)[:2] == ("prep", "ل") and 0 < r.first - c.end < 9 for r in s.refs)
    if nearest is not None:
        gov = s.governor(nearest)
        word = s.form(nearest.end - 1)
        adjective = word.endswith(("ي", "يه", "يا", "يين", "يون", "يتين", "يات"))
        if nearest.first == c.end and adjective and word.startswith("ال") == c.hit.article:
            found[nearest.first] = Slot("adjective", "actor")
        elif gov.kind in ("noun", "far") and gov.token in range(c.first, c.end) and not c.hit.article and not c.hit.pronoun:
            name = "genitive+ل" if by_l and genitive == "recipient" else "genitive"
            found[nearest.first] = Slot(name, "actor" if name == "genitive+ل" else genitive)
        elif gov.kind == "noun" and gov.token in range(c.first, c.end):
            found[nearest.first] = Slot("near", "-")
    if by_l and genitive == "recipient":
        frame["ل"] = "recipient"
    _relative(c, found)
    _prepositions(c, frame, c.end, found, "prep")
    if c.light is not None:
        _light(c, found)
    elif c.hit.pronoun:
        before = next((r for r in reversed(s.refs) if r.end <= c.first), None)
        if before is not None and before.first not in found:
            found[before.first] = Slot("pronoun", genitive)
    _main_subject(c, found)


RELATIVE_REACH = 6
"""Words between an event noun and the verb of the clause that describes it."""


def _relative(c: Candidate, found: dict[int, Slot]) -> None:
    """Who acts in the clause that describes the noun: غارة نفذها الجيش، العقوبات التي فرضتها عليها واشنطن، هجوم استهدف البلدة."""
    s = c.sentence
    for t in range(c.end, min(s.end, c.end + RELATIVE_REACH)):
        kind = s.kind(t)
        if kind in ("stop", "comp", "neg"):
            return
        if kind != "verb":
            continue
        form = s.form(t)
        pronoun = form.endswith(("ها", "ه", "هم", "هما"))
        frames = [h.entry.frame for h in lights(form) if h.code[0] in "PIJ"]
        frame = next((f for f in frames if "event" in (f.get("obj"), f.get("subj"))), None)
        after = [
            r for r in s.refs if r.first > t and free(s, r) and not _between(s, t + 1, r.first, ("verb", "stop", "comp", "rel"))
        ]
        if not after:
            return
        if frame is not None and frame.get("subj") == "event":
            found.setdefault(after[0].first, Slot("rel-obj", frame.get("obj", "-")))
        elif pronoun:
            found.setdefault(after[0].first, Slot("rel-subj" if frame else "rel-verb", "actor"))
        elif form[0] not in "وف":
            found.setdefault(after[0].first, Slot("rel-other", "-"))
        return


def _light(c: Candidate, found: dict[int, Slot]) -> None:
    assert c.light is not None
    s, frame, verb = c.sentence, c.light.entry.frame, c.light_token
    subject = _roles(frame, "subj")
    inside = [r for r in s.refs if verb < r.first < c.first and free(s, r) and r.first not in found]
    relative = s.kind(verb - 1) == "rel"
    before = _subject_before(s, verb, relative)
    if subject == "event":
        other = _roles(frame, "obj")
        for ref in s.refs:
            if ref.first >= c.end and ref.first not in found and free(s, ref):
                found[ref.first] = Slot("light-obj", other)
                break
        return
    if inside:
        found[inside[0].first] = Slot("light-subj", subject)
    elif before is not None and before.first not in found:
        found[before.first] = Slot("light-pre", subject)
    for ref in s.refs:
        if ref.first > verb and ref.first not in found:
            gov = s.governor(ref)
            if gov.kind == "prep" and (role := frame.get(gov.word)) and role != "event":
                found[ref.first] = Slot("light-prep", role)


def _main_subject(c: Candidate, found: dict[int, Slot]) -> None:
    """The subject of the verb that the noun hangs on (وصل الوزير لإجراء مباحثات): the likely actor of a masdar without one."""
    s = c.sentence
    for t in range(c.first - 1, s.first - 1, -1):
        if s.kind(t) in ("stop", "rel", "comp"):
            return
        if s.kind(t) == "verb" and t != c.light_token:
            inside = next((r for r in s.refs if t < r.first < c.first and free(s, r)), None)
            subject = inside or _subject_before(s, t, s.kind(t - 1) == "rel")
            if subject is not None and subject.first not in found:
                speaks = any(h.finite and h.entry.type in SPEECH for h in hits(s.form(t)))
                name = "main-said" if speaks else "main-subj" if inside else "main-pre"
                found[subject.first] = Slot(name, "-" if speaks else "actor")
            return
    first = next((r for r in s.refs if r.end <= c.first and free(s, r)), None)
    if first is not None and first.first not in found:
        found[first.first] = Slot("head-of-clause", "actor")


def _chain(s: Sentence, found: dict[int, Slot]) -> None:
    """Give a mention that goes on with the phrase of the one before it that one's slot."""
    for i, ref in enumerate(s.refs):
        if not i or ref.first in found:
            continue
        before = s.refs[i - 1]
        slot = found.get(before.first)
        if slot is None:
            continue
        gov = s.governor(ref)
        apart = ref.first - before.end
        if (gov.kind == "and" and apart <= 4) or (gov.kind == "pause" and apart <= 2) or continues(s, ref, gov):
            found[ref.first] = Slot(slot.name, slot.role, True)
