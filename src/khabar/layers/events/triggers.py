"""Candidate triggers: every word of a text that the lexicon knows as an event word, in each sense that its neighbours allow."""

from functools import cache

import msgspec

from khabar.layers.events.clauses import Sentence
from khabar.layers.events.lookup import Entry, Hit, LightHit, hits, lights, spelled, stems
from khabar.lexicon import load
from khabar.record import EventType
from khabar.script import fold, partings

VERB_REACH = 7
"""Tokens after a verb among which its collocate is looked for (ألقت قوات الأمن الخاصة القبض)."""


BACK = 5
"""Tokens before a verb among which it is looked for too (الطائرة تحطمت، العقوبات التي فرضتها)."""


class Candidate(msgspec.Struct, kw_only=True, eq=False):
    """A word that may name an event: tokens [first, end), its sense and reading, and the support verb that carries it."""

    sentence: Sentence
    first: int
    end: int
    entry: Entry
    hit: Hit
    verbal: bool
    light: LightHit | None = None
    light_token: int = -1
    collocate: int = -1
    """Token of the collocated word that the sense asked for."""
    matched: int = 0
    """How many collocated words the sense asked for and found."""
    passive: bool = False
    """A finite verb read as a passive: spelled so, or with a number as its patient."""


def tagged(sentence: Sentence, first: int, end: int, kind: EventType) -> Candidate:
    """A candidate that the tagger alone names: its frame is the type's."""
    form = sentence.form(first)
    verbal = sentence.kind(first) == "verb"
    return Candidate(
        sentence=sentence,
        first=first,
        end=min(end, sentence.end),
        entry=_general(kind, verbal),
        hit=Hit(_general(kind, verbal), "Pa3ms" if verbal else "N", 0, form.startswith("ال"), ""),
        verbal=verbal,
    )


@cache
def _general(kind: EventType, verbal: bool) -> Entry:
    told = load("types")[kind]
    codes = told["cameo"]
    frame = {fold(k): v for k, v in told["verb" if verbal else "noun"].items()}
    return Entry(key="-", lemma="-", part="model", type=kind, mode="", cameo=codes["*"], frame=frame, genitive=told["genitive"])


@cache
def _hazard(form: str) -> bool:
    return any(h.entry.type == "DISASTER" and h.entry.part == "noun" and h.entry.weak < 2 for h in hits(form))


@cache
def _heads() -> frozenset[str]:
    return frozenset(load("grammar")["heads"])


def candidates(sentence: Sentence) -> list[list[Candidate]]:
    """Candidates of a sentence, in order; those of one token together, one a sense."""
    found: dict[int, list[Candidate]] = {}
    for token in range(sentence.first, sentence.end):
        if here := _at(sentence, token):
            best = max(c.matched for c in here)
            found[token] = [c for c in here if c.matched == best]
    for token in list(found):
        found[token] = [c for c in found[token] if not _carried(sentence, c, found)]
    kept: list[list[Candidate]] = []
    beyond = sentence.first
    for token, here in found.items():
        if here and token >= beyond:
            beyond = max(c.end for c in here)
            kept.append(here)
    return kept


def _carried(sentence: Sentence, c: Candidate, found: dict[int, list[Candidate]]) -> bool:
    """Whether a verb only supports the event noun that is its collocate (أجرى مباحثات): then the noun is the trigger."""
    noun = found.get(c.collocate, []) if c.verbal else []
    if not any(n.entry.type == c.entry.type for n in noun):
        return False
    frames = [x.entry.frame for x in lights(sentence.form(c.first))]
    if "hazard" in c.entry.subject or any("event" in (f.get("obj"), f.get("ب")) for f in frames):
        return True
    found[c.collocate] = []
    return False


def _at(sentence: Sentence, token: int) -> list[Candidate]:
    form = sentence.form(token)
    start, end, _ = sentence.text.tokens[token]
    readings = spelled(form, sentence.text.raw[start:end])
    if not readings:
        return []
    ref = sentence.covered.get(token)
    if ref is not None and ref.entity.type != "hazard" and ref.end - ref.first > 1 and ref.mention.kind == "name":
        return []
    verbal = _verbal(sentence, token, readings)
    if verbal and _counted(sentence, token):
        return []
    found: dict[int, Candidate] = {}
    for hit in readings:
        if hit.finite != verbal and any(h.finite == verbal for h in readings):
            continue
        if hit.code[0] in "AB" and not _participle(sentence, token, hit):
            continue
        if not hit.finite and _title(sentence, token):
            continue
        entry = hit.entry
        matched, end, collocate = _matches(sentence, token, hit)
        if matched < 0:
            continue
        if entry.subject:
            subject = _subject(sentence, token, entry)
            if subject is None:
                continue
            if "hazard" in entry.subject and collocate < 0:
                collocate = subject
        if id(entry) not in found:
            found[id(entry)] = Candidate(
                sentence=sentence, first=token, end=end, entry=entry, hit=hit, verbal=verbal, matched=matched, collocate=collocate
            )
            if verbal:
                found[id(entry)].passive = _passive(sentence, token, entry, readings)
    if not verbal:
        for c in found.values():
            _carry(sentence, c)
    return list(found.values())


def _verbal(sentence: Sentence, token: int, readings: tuple[Hit, ...]) -> bool:
    """Whether a form that may be verb or noun is read as a verb (قتل، بحث، دعم)."""
    verbs = [h for h in readings if h.finite]
    if not verbs:
        return False
    if len(verbs) == len(readings):
        return True
    form, before = sentence.form(token), sentence.form(token - 1)
    if any(h.article for h in readings):
        return False
    if before in ("تم", "يتم", "وتم", "ستتم", "سيتم", "جري", "يجري") or sentence.kind(token - 1) in ("prep", "verb"):
        return False
    if before in (
        "لم",
        "لن",
        "قد",
        "وقد",
        "سوف",
        "ان",
        "الذي",
        "التي",
        "الذين",
        "كان",
        "كانت",
        "وكان",
        "وكانت",
        "كما",
        "حيث",
        "فيما",
        "عندما",
    ):
        return True
    if all(h.at for h in verbs) or (form[0] in "بلك" and any(h.at and not h.finite for h in readings)):
        return sentence.kind(token - 1) in ("stop", "pause")
    if sentence.kind(token - 1) in ("stop", "pause", "rel", "comp") or token == sentence.first:
        following = token + 1
        if token == sentence.first and sentence.title:
            # a headline begins with a noun as often as with a verb: a number or a bare group after it is a passive's patient
            return sentence.form(following).isdigit() or any(h.code.startswith("P") and h.pronoun for h in verbs)
        return True
    return sentence.form(token + 1).isdigit()


def _passive(sentence: Sentence, token: int, entry: Entry, readings: tuple[Hit, ...]) -> bool:
    """Whether a verb is passive: no other reading, a damma on its first letter, or a number where its object would stand."""
    voices = {h.passive for h in readings if h.finite and h.entry is entry}
    if len(voices) == 1:
        return voices.pop()
    start, end, form = sentence.text.tokens[token]
    raw = sentence.text.raw[start:end]
    if "\u064f" in raw[1 : 3 + (form[0] in "وفس")]:
        return True
    following = sentence.form(token + 1)
    return following.isdigit() and entry.frame.get("obj") in ("recipient", "place")


def _counted(sentence: Sentence, token: int) -> bool:
    """Whether a form right after a number is what is counted (300 طالب), no verb; a year does not count."""
    number = sentence.form(token - 1)
    return number.isdigit() and not (len(number) == 4 and number[:2] in ("19", "20"))


def _participle(sentence: Sentence, token: int, hit: Hit) -> bool:
    """A participle names an act where it is an accusative of state (داعيا) or describes what was done (المبرمة)."""
    form = sentence.form(token)
    if hit.code[0] == "B":
        return True
    return not hit.article and (form.endswith(("ا", "ين", "ات")) or form.endswith("ه"))


def _title(sentence: Sentence, token: int) -> bool:
    """Whether a noun completes a title or the name of a body (وزير الدفاع، هيئة التحقيق)."""
    before = sentence.form(token - 1)
    return bool(before) and any(not p.article and p.stem in _heads() for p in partings(before))


def _subject(sentence: Sentence, token: int, entry: Entry) -> int | None:
    """Token of a possible subject that is of the sort that the sense asks for; None where there is none."""
    near = range(max(sentence.first, token - 6), min(sentence.end, token + 6))
    hazard = next((t for t in sorted(near, key=lambda t: abs(t - token)) if t != token and _hazard(sentence.form(t))), None)
    covered = [t for t in near if t in sentence.covered]
    if "hazard" in entry.subject:
        return hazard if hazard is not None else next((t for t in covered if sentence.covered[t].entity.type == "hazard"), None)
    if hazard is not None:
        return None
    return next((t for t in covered if sentence.covered[t].entity.type in entry.subject), None)


def _matches(sentence: Sentence, token: int, hit: Hit) -> tuple[int, int, int]:
    """(collocated words found, end of the trigger, token of the collocate, -1 where the sense asks for none).

    The first is -1 where a sense's own words are missing or a forbidden one is there.
    """
    entry = hit.entry
    end = token + 1
    matched = 0
    for ways in entry.words:
        if ways.isdisjoint(stems(sentence.form(end))):
            return -1, end, -1
        end += 1
        matched += 2
    if entry.never is not None and any(_word(sentence, t, entry.never, entry.never_rows) for t in (end, end + 1)):
        return -1, end, -1
    if entry.then is not None:
        for t in range(end, min(sentence.end, end + (VERB_REACH if hit.finite else 2))):
            if sentence.kind(t) == "stop":
                break
            if n := _word(sentence, t, entry.then, entry.then_rows):
                return matched + 1, (t + n if t == end else end), t
        for t in range(token - 1, max(sentence.first, token - BACK) - 1, -1) if hit.finite else ():
            if sentence.kind(t) == "stop":
                break
            if _word(sentence, t, entry.then, ()):
                return matched + 1, end, t
        return -1, end, -1
    return matched, end, -1


def _word(sentence: Sentence, token: int, words: frozenset[str], rows: tuple[tuple[tuple[str, ...], ...], ...]) -> int:
    """How many tokens from one on are a collocate: 0 where none."""
    form = sentence.form(token)
    if not form:
        return 0
    if not words.isdisjoint(stems(form)):
        return 1
    return next((len(row) for row in rows if _sequence(sentence, token, row)), 0)


def _sequence(sentence: Sentence, token: int, words: tuple[tuple[str, ...], ...]) -> bool:
    for n, ways in enumerate(words):
        form = sentence.form(token + n)
        if not form or stems(form).isdisjoint(ways):
            return False
    return True


def _carry(sentence: Sentence, candidate: Candidate) -> None:
    """Find the support verb of an event noun: the nearest one before it in the clause (or after its subject position)."""
    token = candidate.first
    for t in range(token - 1, max(sentence.first, token - 9) - 1, -1):
        if sentence.kind(t) in ("stop", "rel", "comp"):
            return
        for light in lights(sentence.form(t)):
            if light.code[0] in "PIJ" and "event" in light.entry.frame.values():
                candidate.light, candidate.light_token = light, t
                return
        if sentence.kind(t) == "verb":
            return
