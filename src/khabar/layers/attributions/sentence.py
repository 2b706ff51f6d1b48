"""One sentence read: cues that report, where their contents end, and a headline's speaker before a colon."""

from khabar.layers.attributions.citations import Citations
from khabar.layers.attributions.drafts import Candidate, Draft
from khabar.layers.attributions.headlines import Headlines
from khabar.layers.attributions.verbs import Verbs
from khabar.layers.attributions.words import vocab

_OPENING = frozenset(["،", ",", '"', "؛", ".", "..."])
_TURNS = frozenset(["كما", "فيما", "بينما", "لكنه", "لكنها", "وقد"])
"""Words after which a verb of speech begins what somebody else says, as after في حين."""


class Sentence(Headlines, Verbs, Citations):
    """Reads the attributions of one sentence."""

    def read(self) -> list[Draft]:
        """The attributions of the sentence, in the order of their cues."""
        if not self.cues and ":" not in self.forms[self.a : self.b]:
            return []
        self.cues = [cue for cue in self.cues if not self._is_through(cue)]
        self._colon()
        candidates = self._first_each([c for c in map(self._candidate, self.cues) if c])
        breaks = self._breaks(candidates)
        taken = {c.cue.token: c for c in candidates}
        for cue in self.cues:
            candidate = taken.get(cue.token)
            if cue.according:
                self._according(cue, breaks)
            elif candidate:
                self._verb(candidate, breaks)
            elif self._is_post(cue):
                self._post(cue)
        return self._without_frames()

    def _without_frames(self) -> list[Draft]:
        """The drafts without speech that only brings in somebody else's: أكد المتحدث أن الرئيس شدد على …"""
        dropped: list[int] = []
        for n, outer in enumerate(self.drafts):
            for m, inner in enumerate(self.drafts):
                near = outer.start <= inner.cue.token < min(outer.end, outer.start + 8) and inner.end >= outer.end - 2
                if outer.colon or not near or n == m or not inner.cue.entry.finite:
                    continue
                if inner.voice.sources == outer.voice.sources:
                    dropped.append(m)
                elif (
                    inner.voice.sources
                    and (outer.voice.document or inner.cue.entry.takes[:1] == ("that",))
                    and not inner.voice.channel
                ):
                    inner.voice.via = inner.voice.via or next(iter(outer.voice.sources), None)
                    dropped.append(n)
        return [d for n, d in enumerate(self.drafts) if n not in dropped]

    def _first_each(self, candidates: list[Candidate]) -> list[Candidate]:
        """Candidates without those that take what an earlier one takes (نقلت الوكالة عن مسؤول قوله إن)."""
        kept: list[Candidate] = []
        for c in candidates:
            if all(c.complement.start != other.complement.start for other in kept):
                kept.append(c)
        return kept

    def _breaks(self, candidates: list[Candidate]) -> set[int]:
        """Tokens at which what was being said has ended."""
        found: set[int] = set()
        forms = self.forms
        for c in candidates:
            i = c.cue.token
            before = forms[i - 1] if i > self.a else ""
            turning = 1 if before in _TURNS else 2 if forms[max(self.a, i - 2) : i] == ["في", "حين"] else 0
            if c.cue.entry.kind == "d":
                continue
            if c.cue.entry.kind == "p" or c.cue.clitic or turning or before in _OPENING:
                found.update((i, i - turning))
            if c.cue.entry.finite and (turn := self._turn_before(i)) is not None:
                found.add(turn)
        for cue in self.cues:
            if cue.according and any(c.complement.start <= cue.token <= c.complement.start + 1 for c in candidates):
                continue
            if cue.according and self._source_follows(cue):
                found.add(cue.token)
            elif not cue.according and self._is_post(cue) and forms[cue.token - 1] in ("كما", "حسبما", "مثلما"):
                found.add(cue.token - 1)
        return found

    def _turn_before(self, i: int) -> int | None:
        """The comma after which a clause turns to another speaker: "…، لكن فلاناً وصف", "…، فيما أعلنت"."""
        for k in range(i - 1, max(self.a, i - 14), -1):
            if self.forms[k] in "،," and self.forms[k + 1] in vocab("turning"):
                return k
        return None
