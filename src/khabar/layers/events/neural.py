"""What the tagger says, asked by token: of a trigger its type and status, of pairs how likely one is the other's argument."""

from collections.abc import Sequence
from typing import Any

from khabar.layers.entities import Ref
from khabar.layers.events.triggers import Candidate
from khabar.record import Time
from khabar.script import Text
from khabar.tagger import STATUSES, TRIGGERS, Tags

_TYPES = {name: n for n, name in enumerate(TRIGGERS)}

UNSAID = 0.02
"""Probability of a type that the tagger does not name at all."""


class Neural:
    """The tags of an article's sentences by token, and the scores of relations between spans."""

    def __init__(self, text: Text, tags: Sequence[Tags]) -> None:
        self._text = text
        self._tags = tags
        self.triggers: list[tuple[int, int, Any]] = []
        """First token, end and tag of each trigger that the tagger names."""
        self._by_token: dict[int, Any] = {}
        self._runs: dict[int, tuple[int, int]] = {}
        for (first, _), said in zip(text.sentences, tags, strict=True):
            for tag in said.triggers:
                self.triggers.append((first + tag.start, first + tag.end, tag))
                for token in range(first + tag.start, first + tag.end):
                    self._by_token.setdefault(token, tag)
                    self._runs.setdefault(token, (first + tag.start, first + tag.end))
        self._links: Any = getattr(tags[0], "links", None) if tags else None

    def tag(self, c: Candidate) -> Any | None:
        """The tag of a trigger that overlaps a candidate."""
        return next((self._by_token[t] for t in range(c.first, c.end) if t in self._by_token), None)

    def probability(self, c: Candidate) -> float:
        """How likely the tagger holds a candidate for an event of its type, whether or not it names a trigger there."""
        rows = [tags.kinds[at] for t in range(c.first, c.end) for tags, at in [self._at(t)] if tags.kinds is not None]
        if rows:
            return max(float(row[_TYPES[c.entry.type]]) for row in rows)
        tag = self.tag(c)
        return UNSAID if tag is None else max(UNSAID, tag.types.get(c.entry.type, UNSAID))

    def statuses(self, c: Candidate) -> dict[str, float]:
        """The probability of each status of a candidate; empty where the tagger does not say."""
        tags, at = self._at(c.first)
        return {} if tags.statuses is None else dict(zip(STATUSES, map(float, tags.statuses[at]), strict=True))

    def _at(self, token: int) -> tuple[Tags, int]:
        """The tags of a token's sentence and its place there."""
        number = self._text.sentence_of(token)
        return self._tags[number], token - self._text.sentences[number][0]

    def arguments(self, relation: str, heads: Sequence[Candidate], refs: Sequence[Ref]) -> list[dict[str, float]]:
        """For each candidate, the probability that an entity is its actor (recipient, place): the best of its mentions."""
        scores = self._scores(relation, [self._head(c) for c in heads], [(r.first, r.end) for r in refs])
        found: list[dict[str, float]] = []
        for row in scores:
            best: dict[str, float] = {}
            for ref, p in zip(refs, row, strict=True):
                if p > best.get(ref.entity.id, 0.0):
                    best[ref.entity.id] = p
            found.append(best)
        return found

    def nothing(self, relation: str, head: Candidate) -> float:
        """How likely nothing stands in a relation to a candidate."""
        return 0.0 if self._links is None else float(self._links.none(relation, self._place(*self._head(head))))

    def times(self, heads: Sequence[Candidate], times: Sequence[Time]) -> list[dict[str, float]]:
        """For each candidate, the probability of each time to be its time, by the id of the time."""
        held = [(t, covered) for t in times if (covered := self._text.tokens_in(t.span))]
        scores = self._scores("time", [self._head(c) for c in heads], [(r.start, r.stop) for _, r in held])
        return [{t.id: p for (t, _), p in zip(held, row, strict=True)} for row in scores]

    def same(self, heads: Sequence[Candidate]) -> list[list[float]]:
        """How likely two candidates name one event, both ways averaged."""
        spans = [self._head(c) for c in heads]
        scores = self._scores("same", spans, spans)
        return [[(scores[i][j] + scores[j][i]) / 2 for j in range(len(heads))] for i in range(len(heads))]

    def _head(self, c: Candidate) -> tuple[int, int]:
        """The words of a candidate, as the tagger names the trigger where it does."""
        return next((self._runs[t] for t in range(c.first, c.end) if t in self._runs), (c.first, c.end))

    def _scores(self, relation: str, heads: list[tuple[int, int]], tails: list[tuple[int, int]]) -> list[list[float]]:
        if self._links is None or not heads or not tails:
            return [[0.0] * len(tails) for _ in heads]
        places = [[self._place(*s) for s in spans] for spans in (heads, tails)]
        found: list[list[float]] = self._links.scores(relation, *places).tolist()
        return found

    def _place(self, first: int, end: int) -> Any:
        number = self._text.sentence_of(first)
        start, stop = self._text.sentences[number]
        tags: Any = self._tags[number]
        return tags.place(first - start, min(end, stop) - start)
