"""Who takes part in an event and where it is: settled for the event as a whole, not trigger by trigger.

For each role the entities that any trigger proposes stand beside the answer "nobody named", and a softmax over features of the
whole event (what all its triggers say, what the entity does elsewhere in the article) says which answer is likeliest.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import exp
from typing import NamedTuple

from khabar.layers.events.context import Context
from khabar.layers.events.reading import Reading, logit
from khabar.layers.events.weights import Table
from khabar.record import Time

ROLES = ("actor", "recipient", "place")
LIKELY = 0.35
"""Probability from which on what an entity does in one event is looked at for another of the type."""
FLOOR = 0.03
"""Probability under which no trigger proposes an entity."""

BESIDE = 0.31
"""Share of the likeliest entity's probability that a further one needs to stand beside it."""

TOLD = 0.45
"""How likely the likeliest day must be, held against "not told" alone."""

Seen = list[tuple[str, float]]


class Settled(NamedTuple):
    """Ids of an event's participants and places, the surest first; its time, and its status."""

    actors: list[str]
    recipients: list[str]
    places: list[str]
    when: Time | None
    status: str


class Party:
    """What the triggers of one event say of the entities, role by role."""

    def __init__(self, group: Sequence[Reading]) -> None:
        self.group = group
        best = max(group, key=lambda r: r.score)
        self.type = best.candidate.entry.type
        self.mode = best.candidate.entry.mode
        self.best = best
        self.tables: dict[str, dict[str, float]] = {role: {} for role in ROLES}
        for reading in group:
            for role, table in self.tables.items():
                for entity, p in getattr(reading, role + "s").items():
                    if p > table.get(entity, 0.0):
                        table[entity] = p
        self.whens: dict[str, float] = {}
        for reading in group:
            for time, p in reading.whens.items():
                if p > self.whens.get(time, 0.0):
                    self.whens[time] = p
        statuses = {s: sum(r.statuses[s] for r in group) for s in best.statuses}
        self.status = max(statuses, key=lambda s: statuses[s], default="happened")
        self.nothing = {k: [r.nothing[k] for r in group if k in r.nothing] for k in (*ROLES, "time")}
        self.sentences = {r.candidate.sentence.number for r in group}


class Parties:
    """The events of an article with their proposed participants."""

    def __init__(self, groups: Sequence[Sequence[Reading]], context: Context) -> None:
        self.context = context
        self.parties = [Party(g) for g in groups]
        self._kinds = {e.id: e.type for e in context.entities}
        self._named = {e.id: any(m.kind == "name" for m in e.mentions) for e in context.entities}
        self._titled = {r.entity.id for s in context.sentences[: context.titles] for r in s.refs}
        self._said = {s for a in context.attributions for s in a.sources}

    def days(self, party: Party) -> list[tuple[Time | None, Seen]]:
        """The answers to when an event was, the first one not told, each with its features."""
        own = party.whens
        beside: dict[str, float] = {}
        of_type: dict[str, float] = {}
        for other in self.parties:
            if other is party:
                continue
            near = any(abs(m - n) <= 1 for m in party.sentences for n in other.sentences)
            for time, p in other.whens.items():
                if p >= LIKELY:
                    if near:
                        beside[time] = max(p, beside.get(time, 0.0))
                    if other.type == party.type:
                        of_type[time] = max(p, of_type.get(time, 0.0))
        dates = [t for t in self.context.dates if t.begin is not None or t.end is not None]
        proposed = [t for t in dates if own.get(t.id, 0.0) >= FLOOR or t.id in beside or t.id in of_type or t is dates[0]]
        ranked = sorted(proposed, key=lambda t: (-own.get(t.id, 0.0), t.span))
        top = [logit(own.get(t.id, FLOOR)) for t in ranked[:2]]
        found: list[tuple[Time | None, Seen]] = [(None, list(self._untold(party, top)))]
        for n, t in enumerate(ranked):
            told = self._told(party, t, n, top, beside.get(t.id, 0.0), of_type.get(t.id, 0.0), t is dates[0])
            found.append((t, list(told)))
        return found

    def _untold(self, party: Party, top: list[float]) -> Iterator[tuple[str, float]]:
        yield from self._nobody(party, "when", top, 0)
        yield f"none:status={party.status}", 1.0

    def _told(
        self, party: Party, time: Time, rank: int, top: list[float], beside: float, of_type: float, first: bool
    ) -> Iterator[tuple[str, float]]:
        own = logit(party.whens.get(time.id, 0.0))
        number = self.context.time_tokens(time)[2]
        published = (self.context.page.published or "")[:10]
        yield "odds", own / 2
        yield f"odds:{party.type}", own / 4
        yield f"rank={min(rank, 3)}", 1.0
        if rank == 0 and len(top) > 1:
            yield "ahead", min(top[0] - top[1], 4.0) / 2
        elif rank:
            yield "behind", min(top[0] - own, 6.0) / 2
        here = "best" if number == party.best.candidate.sentence.number else "some" if number in party.sentences else "none"
        yield f"here={here}", 1.0
        yield f"here={here}:{rank == 0}", 1.0
        yield f"beside={int(beside * 4)}:{here}", 1.0
        yield f"of type={int(of_type * 4)}:{here}", 1.0
        if time.id not in party.whens:
            yield "unproposed", 1.0
        yield f"first={first}:{here}", 1.0
        if time.begin is None or time.end is None:
            yield "unresolved", 1.0
            return
        length = "day" if time.begin == time.end else "month" if time.begin[:7] == time.end[:7] else "longer"
        yield f"length={length}:{party.status}", 1.0
        if published:
            how = (
                "after"
                if time.begin > published
                else "before"
                if time.end < published
                else "day"
                if length == "day"
                else "around"
            )
            yield f"day={how}:{party.status}", 1.0
            yield f"day={how}:{party.type}", 1.0
            yield f"day={how}:{here}", 1.0

    def elsewhere(self, party: Party, role: str) -> dict[str, float]:
        """Probability of entities in a role of other events of the type."""
        found: dict[str, float] = {}
        for other in self.parties:
            if other is not party and other.type == party.type:
                for entity, p in other.tables[role].items():
                    if p >= LIKELY and p > found.get(entity, 0.0):
                        found[entity] = p
        return found

    def bids(self, party: Party, role: str) -> list[tuple[str | None, Seen]]:
        """The answers to who plays a role, the first one nobody, each with its features."""
        own, elsewhere = party.tables[role], self.elsewhere(party, role)
        proposed = [e for e, p in own.items() if p >= FLOOR]
        proposed += [e for e in elsewhere if e not in own or own[e] < FLOOR]
        ranked = sorted(proposed, key=lambda e: (-own.get(e, 0.0), e))
        top = [logit(own.get(e, FLOOR)) for e in ranked[:2]]
        found: list[tuple[str | None, Seen]] = [(None, list(self._nobody(party, role, top, len(proposed))))]
        found += [(e, list(self._somebody(party, role, e, n, top, elsewhere))) for n, e in enumerate(ranked)]
        return found

    def _nobody(self, party: Party, role: str, top: list[float], many: int) -> Iterator[tuple[str, float]]:
        c = party.best.candidate
        yield "none", 1.0
        yield f"none:type={party.type}", 1.0
        yield f"none:mode={party.type}:{party.mode}", 1.0
        shape = "p" if any(r.candidate.passive for r in party.group) else "v" if c.verbal else "n"
        yield f"none:shape={shape}", 1.0
        yield f"none:shape={shape}:{party.type}", 1.0
        yield f"none:many={min(many, 6)}", 1.0
        yield f"none:triggers={min(len(party.group), 4)}", 1.0
        yield "none:top", (top[0] if top else -4.0) / 2
        yield f"none:top:{party.type}", (top[0] if top else -4.0) / 2
        yield f"none:sure={int(min(max(top[0] if top else -4.0, -4.0), 4.0))}", 1.0
        yield f"none:in={'title' if c.sentence.title else 'text'}", 1.0
        if said := party.nothing["time" if role == "when" else role]:
            yield "none:said", sum(map(logit, said)) / len(said) / 2
            yield f"none:said:{party.type}", sum(map(logit, said)) / len(said) / 4
            yield "none:said at least", min(map(logit, said)) / 2

    def _somebody(
        self, party: Party, role: str, e: str, rank: int, top: list[float], elsewhere: dict[str, float]
    ) -> Iterator[tuple[str, float]]:
        context, kind = self.context, self._kinds[e]
        own = logit(party.tables[role].get(e, 0.0))
        spoken = [logit(t[e]) for r in party.group if e in (t := getattr(r, role + "s"))]
        yield "odds", own / 2
        yield f"odds:{kind}", own / 2
        yield f"odds:{party.type}", own / 4
        yield "mean", (sum(spoken) / len(party.group) if spoken else -4.0) / 4
        yield f"rank={min(rank, 3)}", 1.0
        if rank == 0 and len(top) > 1:
            yield "ahead", min(top[0] - top[1], 4.0) / 2
        elif rank:
            yield "behind", min(top[0] - own, 6.0) / 2
        yield f"kind={kind}:{party.type}", 1.0
        yield f"kind={kind}:{rank == 0}", 1.0
        for other in ROLES:
            if other != role:
                yield f"as {other}", logit(party.tables[other].get(e, 0.0)) / 2
                yield f"as {other}:{kind}", logit(party.tables[other].get(e, 0.0)) / 4
        there = elsewhere.get(e, 0.0)
        yield f"elsewhere={int(there * 4)}", 1.0
        if e not in party.tables[role]:
            yield "unproposed", 1.0
            yield f"unproposed:{party.type}", 1.0
        yield f"named={self._named[e]}", 1.0
        yield f"titled={e in self._titled}", 1.0
        yield f"said={e in self._said}:{kind}", 1.0
        often = min(context.often(e), 8)
        yield f"often={often if often < 4 else 4 if often < 8 else 5}:{kind}", 1.0
        local = sum(e in context.sentences[n].entities for n in party.sentences)
        yield f"local={'all' if local == len(party.sentences) else 'some' if local else 'none'}", 1.0
        yield f"local={min(local, 3)}", 1.0


def settled(
    groups: Sequence[Sequence[Reading]], context: Context, tables: Mapping[str, Table], least: Mapping[str, float]
) -> list[Settled]:
    """The participants of each event: for each role the likeliest answer, and who is nearly as likely beside it.

    `tables` are the weights of the answers; `least` says for each role how likely the likeliest entity must be, held against
    nobody alone.
    """
    parties = Parties(groups, context)
    found = []
    for party in parties.parties:
        answers = {role: _answers(parties.bids(party, role), tables.get(role, {})) for role in ROLES}
        when = _day(parties.days(party), tables.get("when", {}))
        found.append(Settled(*_settle(answers, least), when, party.status))
    return found


def _day(bids: Sequence[tuple[Time | None, Seen]], table: Table) -> Time | None:
    """The likeliest day: expressions that come to the same days stand together."""
    likely = shares([odds(table, seen) for _, seen in bids])
    days: dict[tuple[str | None, str | None], list[tuple[float, Time]]] = {}
    for (time, _), p in zip(bids, likely, strict=True):
        if time is not None:
            alike = (time.begin, time.end) if time.begin else (time.id, None)
            days.setdefault(alike, []).append((p, time))
    if not days:
        return None
    best = max(days.values(), key=lambda held: sum(p for p, _ in held))
    top = sum(p for p, _ in best)
    return max(best, key=lambda x: x[0])[1] if top >= TOLD * (top + likely[0]) else None


def _answers(bids: Sequence[tuple[str | None, Seen]], table: Table) -> dict[str | None, float]:
    """Probability of each answer, the likeliest first."""
    likely = shares([odds(table, seen) for _, seen in bids])
    return dict(sorted(((e, p) for (e, _), p in zip(bids, likely, strict=True)), key=lambda x: (-x[1], x[0] or "")))


def _settle(
    answers: Mapping[str, Mapping[str | None, float]], least: Mapping[str, float]
) -> tuple[list[str], list[str], list[str]]:
    found: dict[str, list[str]] = {}
    for role, likely in answers.items():
        named = [(e, p) for e, p in likely.items() if e is not None]
        top = named[0][1] if named else 0.0
        held = top > 0 and top >= least[role] * (top + likely[None])
        found[role] = [e for e, p in named if held and p >= BESIDE * top]
    for e in [e for e in found["actor"] if e in found["recipient"]]:  # nobody does a thing to himself
        found["recipient" if answers["actor"][e] >= answers["recipient"][e] else "actor"].remove(e)
    return found["actor"], found["recipient"], found["place"]


def odds(table: Table, seen: Seen) -> float:
    """Log-odds of an answer."""
    return sum(table.get(name, 0.0) * value for name, value in seen)


def shares(scores: Sequence[float]) -> list[float]:
    """Probabilities of answers from their log-odds."""
    peak = max(scores)
    raised = [exp(s - peak) for s in scores]
    return [r / sum(raised) for r in raised]
