"""One sentence read: cues that report, where their contents end, and a headline's speaker before a colon."""

from khabar.layers.attributions import contents
from khabar.layers.attributions.citations import Citations
from khabar.layers.attributions.cues import Cue, table
from khabar.layers.attributions.drafts import Candidate, Draft
from khabar.layers.attributions.verbs import Verbs
from khabar.layers.attributions.words import nouns


class Sentence(Verbs, Citations):
    """Reads the attributions of one sentence."""

    def read(self) -> list[Draft]:
        """The attributions of the sentence, in the order of their cues."""
        if not self.cues and ":" not in self.forms[self.a : self.b]:
            return []
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
                near = outer.start <= inner.cue.token <= outer.start + 7 and inner.end >= outer.end - 2
                if outer.colon or not near or n == m or not inner.cue.entry.finite:
                    continue
                if inner.voice.sources == outer.voice.sources:
                    dropped.append(m)
                elif inner.voice.sources:
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
            opened = before in ("،", ",", '"', "؛", "-", ")", ".", "...") or before in (
                "كما",
                "فيما",
                "بينما",
                "لكنه",
                "لكنها",
                "وقد",
            )
            if c.cue.entry.kind == "p" or c.cue.clitic or (opened and before not in ("-", ")")):
                found.add(i)
                if before in ("كما", "فيما", "بينما", "لكنه", "لكنها", "وقد"):
                    found.add(i - 1)
        for cue in self.cues:
            if cue.according and self._source_follows(cue):
                found.add(cue.token)
            elif not cue.according and self._is_post(cue) and forms[cue.token - 1] in ("كما", "حسبما", "مثلما"):
                found.add(cue.token - 1)
        return found

    def _colon(self) -> None:
        """فلان: … at the beginning of a headline or a line."""
        forms = self.forms
        limit = min(self.b, self.a + 12)
        colon = next((i for i in range(self.a, limit) if forms[i] == ":"), None)
        if colon is None or colon == self.a or colon + 2 >= self.b:
            return
        if any(
            c.token < colon and not c.according and self._reports(c) and not c.entry.doubtful and c.entry.kind == "v"
            for c in self.cues
        ):
            return
        if "-" in forms[self.a : colon] or any(f[0].isdigit() for f in forms[self.a : colon]):
            return
        quoted = colon + 1 in self.layout.quotes
        if not (self.title or quoted):
            return
        first, voice = self.a, None
        about = next((i for i in range(first + 1, colon) if forms[i] == "عن"), None)
        refs = [r for r in self.layout.index.outermost(first, colon) if r.entity.type in ("person", "organization", "group")]
        head = forms[first][2:] if forms[first].startswith("ال") else forms[first]
        named = any(head in nouns(kind) for kind in ("person", "group", "document"))
        if not refs and not named:
            return
        if about is not None:
            carrier = self.speakers.of(first, about)
            voice = self.speakers.of(about + 1, colon)
            if voice and carrier and carrier.sources:
                voice.via = carrier.sources[0]
        voice = voice or self.speakers.of(first, colon)
        if voice is None:
            return
        entry = table().forms["قال"][0]
        start, end = contents.trimmed(
            self.layout, colon + 1, contents.end_of(self.layout, colon + 1, self.b, set(), self.paragraph_end)
        )
        if end - start >= 2:
            self._say(Draft(Cue(first, colon, 0, entry), start, 0, end, voice, colon=True))
