"""Triggers that name one happening brought together: title and lead, verb and definite noun, verb and its masdar."""

from collections.abc import Iterator, Sequence

from khabar.layers.events.clauses import bare
from khabar.layers.events.neural import Neural
from khabar.layers.events.reading import Reading, logit
from khabar.layers.events.weights import Weights, probability, total

GROUPS = 16
"""Events of a type that a trigger is compared with, the latest."""
MEMBERS = 4
"""Triggers of an event that a trigger is compared with: the first and the latest."""


def pair(a: Reading, b: Reading) -> Iterator[str]:
    """Features of two triggers of one type naming one event; `a` stands before `b`."""
    x, y = a.candidate, b.candidate
    kind = x.entry.type
    yield "bias"
    yield f"type={kind}"
    same_mode = x.entry.mode == y.entry.mode
    same_key = x.entry.key == y.entry.key
    yield f"mode={same_mode}"
    yield f"key={same_key}"
    yield f"mode={same_mode}:{kind}"
    modes = "|".join(sorted((x.entry.mode, y.entry.mode)))
    apart = y.sentence.number - x.sentence.number
    near = "same" if not apart else "next" if apart == 1 else "near" if apart < 4 else "far"
    title = a.context.is_title(x.sentence.number)
    yield f"apart={near}:{title}"
    yield f"apart={near}:mode={same_mode}"
    yield f"apart={near}:{kind}"
    yield f"modes={modes}:{near}"
    yield f"modes={modes}"
    if not apart:
        there, before = y.sentence, y.sentence.form(y.first - 1)
        link = bare(before) if there.kind(y.first - 1) in ("prep", "comp", "rel") else there.kind(y.first - 1)
        yield f"link={link}"
        yield f"link={link}:{kind}"
        clitic = there.form(y.first)[: y.hit.at] if not y.hit.article else "al"
        yield f"clitic={clitic}:{kind}"
        breaks = sum(there.kind(t) in ("comp", "stop") for t in range(x.end, y.first))
        verbs = sum(there.kind(t) == "verb" for t in range(x.end, y.first))
        yield f"between={min(breaks, 2)}:{min(verbs, 2)}:{min((y.first - x.end) // 4, 4)}"
        gap = y.first - x.end
        yield f"gap={'0' if gap <= 0 else '1' if gap <= 2 else '2' if gap <= 6 else '3'}:{x.verbal}:{y.verbal}"
        yield f"light={y.light is not None and y.light_token == x.first}"
    shape = f"{'v' if x.verbal else 'n'}{'v' if y.verbal else 'n'}"
    yield f"shape={shape}:{near}:{same_key}"
    yield f"definite={y.hit.article or bool(y.hit.pronoun)}:{'L' in y.hit.code}:{'L' in x.hit.code}"
    yield f"definite={y.hit.article or bool(y.hit.pronoun)}:{same_mode}"
    for name, p, q in zip(("actor", "recipient", "place"), a.tops, b.tops, strict=True):
        how = "none" if not p and not q else "half" if not p or not q else "same" if p & q else "clash"
        yield f"{name}={how}"
        yield f"{name}={how}:{kind}"
        yield f"{name}={how}:{near}"
    crossed = a.tops[0] & b.tops[1] or a.tops[1] & b.tops[0]
    yield f"crossed={bool(crossed)}"
    s, t = a.when, b.when
    how = "none" if not s and not t else "half" if not s or not t else "same" if (s.begin, s.end) == (t.begin, t.end) else "clash"
    yield f"when={how}"
    yield f"when={how}:{near}"
    yield f"status={a.status == b.status}:{a.status}"
    p, q = x.sentence.entities, y.sentence.entities
    if apart:
        both, either = len(p & q), len(p | q)
        yield f"company={0 if not either else 1 + 3 * both // either if both else 0}:{near}"
    words = len(a.words & b.words)
    yield f"words={min(words, 4)}:{near}"
    yield f"words={min(words, 4)}:{same_mode}"
    yield f"texts={title}:{y.sentence.number - a.context.titles < 2}:{same_mode}"


class _Known:
    """When and where the triggers of an event are said to be."""

    def __init__(self) -> None:
        self.days: set[tuple[str, str]] = set()
        self.lands: set[frozenset[str]] = set()

    def add(self, reading: Reading) -> None:
        """One more trigger."""
        self.days |= _days(reading)
        if reading.lands:
            self.lands.add(reading.lands)

    def rules_out(self, reading: Reading) -> bool:
        """Whether a trigger has no day in common with one of the event's, or is likely to be in another country (the floods of
        Derna are not those of Greece): they are two events, whatever else they share."""
        if any(end < start or until < begin for begin, end in _days(reading) for start, until in self.days):
            return True
        return bool(reading.lands) and any(not reading.lands & lands for lands in self.lands)


def _days(reading: Reading) -> set[tuple[str, str]]:
    when = reading.when
    return {(when.begin, when.end)} if when is not None and when.begin and when.end else set()


def join(readings: Sequence[Reading], weights: Weights, neural: Neural | None = None) -> list[list[Reading]]:
    """Readings grouped into events: each goes, in the order of the text, to the event that it fits best, or begins one."""
    threshold = weights.thresholds["same"] if neural is None else weights.blend["threshold"][5]
    said = neural.same([r.candidate for r in readings]) if neural is not None else []
    order = {id(r): n for n, r in enumerate(readings)}

    def odds_of(a: Reading, b: Reading) -> float:
        own = total(weights.same, pair(a, b))
        if neural is None:
            return probability(own)
        x, y, constant = weights.blend["same"]
        return probability(x * own + y * logit(said[order[id(a)]][order[id(b)]]) + constant)

    groups: list[list[Reading]] = []
    known: dict[int, _Known] = {}
    latest: dict[str, list[list[Reading]]] = {}
    for reading in readings:
        rivals = latest.setdefault(reading.candidate.entry.type, [])
        best, where = threshold, None
        for group in rivals[-GROUPS:]:
            if known[id(group)].rules_out(reading):
                continue
            members = group[:MEMBERS] if len(group) <= MEMBERS else [group[0], *group[1 - MEMBERS :]]
            odds = [odds_of(member, reading) for member in members]
            if (mean := sum(odds) / len(odds)) > best:
                best, where = mean, group
        if where is None:
            where = []
            rivals.append(where)
            groups.append(where)
            known[id(where)] = _Known()
        where.append(reading)
        known[id(where)].add(reading)
    return groups
