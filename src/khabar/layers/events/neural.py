"""What the tagger says, asked by token: of a trigger its type and status, of pairs how likely one is the other's argument."""

from collections.abc import Mapping, Sequence
from typing import Any

from khabar.layers.entities import Ref
from khabar.layers.events.triggers import Candidate
from khabar.record import Time
from khabar.script import Text
from khabar.tagger import Tags

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
        for (first, _), said in zip(text.sentences, tags, strict=True):
            for tag in said.triggers:
                self.triggers.append((first + tag.start, first + tag.end, tag))
                for token in range(first + tag.start, first + tag.end):
                    self._by_token.setdefault(token, tag)
        self._links: Any = getattr(tags[0], "links", None) if tags else None

    def tag(self, c: Candidate) -> Any | None:
        """The tag of a trigger that overlaps a candidate."""
        return next((self._by_token[t] for t in range(c.first, c.end) if t in self._by_token), None)

    def probability(self, c: Candidate) -> float:
        """How likely the tagger holds a candidate for an event of its type."""
        tag = self.tag(c)
        if tag is None:
            return UNSAID
        types: Mapping[str, float] = getattr(tag, "types", None) or {tag.label: tag.score}
        return max(UNSAID, types.get(c.entry.type, UNSAID))

    def status(self, c: Candidate) -> tuple[str, float] | None:
        """The status that the tagger gives a candidate, with its probability."""
        tag = self.tag(c)
        found = getattr(tag, "status", None)
        return (found, tag.status_score) if tag is not None and found else None

    def arguments(self, relation: str, heads: Sequence[Candidate], refs: Sequence[Ref]) -> list[dict[str, float]]:
        """For each candidate, the probability that an entity is its actor (recipient, place): the best of its mentions."""
        scores = self._scores(relation, [(c.first, c.end) for c in heads], [(r.first, r.end) for r in refs])
        found: list[dict[str, float]] = []
        for row in scores:
            best: dict[str, float] = {}
            for ref, p in zip(refs, row, strict=True):
                if p > best.get(ref.entity.id, 0.0):
                    best[ref.entity.id] = p
            found.append(best)
        return found

    def times(self, heads: Sequence[Candidate], times: Sequence[Time]) -> list[dict[str, float]]:
        """For each candidate, the probability of each time to be its time, by the id of the time."""
        held = [(t, covered) for t in times if (covered := self._text.tokens_in(t.span))]
        scores = self._scores("time", [(c.first, c.end) for c in heads], [(r.start, r.stop) for _, r in held])
        return [{t.id: p for (t, _), p in zip(held, row, strict=True)} for row in scores]

    def same(self, heads: Sequence[Candidate]) -> list[list[float]]:
        """How likely two candidates name one event, both ways averaged."""
        spans = [(c.first, c.end) for c in heads]
        scores = self._scores("same", spans, spans)
        return [[(scores[i][j] + scores[j][i]) / 2 for j in range(len(heads))] for i in range(len(heads))]

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
