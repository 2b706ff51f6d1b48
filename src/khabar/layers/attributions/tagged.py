"""What the tagger hears that the rules do not: cues of no list, and who speaks where the rules only guess."""

from collections.abc import Sequence
from dataclasses import dataclass

from khabar.layers.attributions import contents
from khabar.layers.attributions.cues import Cue, Entry
from khabar.layers.attributions.drafts import Draft
from khabar.layers.attributions.layout import Layout
from khabar.layers.attributions.memory import Voice
from khabar.layers.attributions.speakers import Speakers
from khabar.layers.entities import Ref
from khabar.tagger import Place, Tagged, Tags

HEARD = Entry("", (), "t", "", *[False] * 9)
"""The cue of an attribution that only the tagger heard."""
CUE, CONTENT = 0.95, 0.4
"""Scores from which on a cue and a content are taken; chosen on articles that the tagger had not learned from, as all here."""
OTHER, SPEAKER = 0.8, 0.2
"""Somebody else speaks than the rules say where the tagger gives that one at least so much, and whom they say at most so much."""
SURE = 0.6
"""Score from which on the tagger may end a content."""
NOTHING = Tagged(0, 0, "", 0.0)


@dataclass
class Run:
    """A run of tokens [first, end) that the tagger labelled in a sentence."""

    first: int
    end: int
    sentence: int
    tag: Tagged


class Hearing:
    """Joins what the rules read with what the tagger says of each sentence."""

    def __init__(self, layout: Layout, speakers: Speakers, tags: Sequence[Tags]) -> None:
        self.layout, self.speakers, self.tags = layout, speakers, tags
        self.cues = self._runs("cues")
        self.contents = self._runs("contents")
        self.sources = self._runs("sources")

    def _runs(self, kind: str) -> list[Run]:
        found: list[Run] = []
        for n, (tags, (a, b)) in enumerate(zip(self.tags, self.layout.text.sentences, strict=True)):
            labelled: list[Tagged] = getattr(tags, kind)
            found.extend(Run(a + tag.start, a + tag.end, n, tag) for tag in labelled if a + tag.end <= b)
        return found

    def add(self, drafts: list[Draft]) -> list[Draft]:
        """The drafts of the rules with those that only the tagger heard."""
        taken = {t for d in drafts for t in range(d.cue.token, d.cue.end)}
        added: list[Draft] = []
        for cue in self.cues:
            if cue.tag.score < CUE or any(t in taken for t in range(cue.first, cue.end)):
                continue
            content = self._content(cue)
            if content is None or any(_same(content, (d.start, d.end)) for d in (*drafts, *added)):
                continue
            start, end = contents.trimmed(self.layout, *content)
            voice = self.linked(cue)
            if voice is None or start >= end:
                continue
            added.append(Draft(Cue(cue.first, cue.end, 0, HEARD), start, 0, end, voice))
        self.settle(drafts)
        return [*drafts, *added]

    def _content(self, cue: Run) -> tuple[int, int] | None:
        """The content that a cue introduces: the next one after it in its sentence, else one that ends before it."""
        near = [c for c in self.contents if c.sentence == cue.sentence and c.tag.score >= CONTENT]
        after = [c for c in near if c.first >= cue.end]
        if after:
            return after[0].first, after[0].end
        before = [c for c in near if c.end <= cue.first]
        return (before[-1].first, before[-1].end) if before else None

    def linked(self, cue: Run) -> Voice | None:
        """The voice that the tagger links to a cue, among mentions and described sources of its sentence and those before."""
        scored = self._scored(cue.sentence, cue.first, cue.end)
        if not scored:
            return None
        return self._voice(*scored[0][1:]) if scored[0][0] >= self._least(cue.sentence) else None

    def settle(self, drafts: list[Draft]) -> None:
        """Name who speaks where the rules found nobody or surely somebody else, and end a content where the tagger hears it end
        before they do."""
        for draft in drafts:
            if not draft.colon and not draft.cue.entry.nobody:
                sentence = self.layout.text.sentence_of(draft.cue.token)
                cue = Run(draft.cue.token, draft.cue.end, sentence, NOTHING)
                if not draft.voice.sources:
                    draft.voice = self.linked(cue) or draft.voice
                elif other := self._surely(cue, draft.voice.sources):
                    draft.voice.sources = other.sources
            for heard in self.contents:
                if heard.tag.score >= SURE and abs(heard.first - draft.start) <= 2 and heard.end < draft.end:
                    self._shorten(draft, heard.end)

    def _surely(self, cue: Run, sources: Sequence[str]) -> Voice | None:
        """The voice that the tagger is sure of, where it is as sure that those who are said to speak do not."""
        scored = self._scored(cue.sentence, cue.first, cue.end)
        if not scored or scored[0][0] < OTHER:
            return None
        if any(score > SPEAKER for score, _, _, ref in scored if ref and ref.entity.id in sources):
            return None
        return self._voice(*scored[0][1:])

    def _voice(self, first: int, end: int, ref: Ref | None) -> Voice | None:
        return Voice([ref.entity.id]) if ref else self.speakers.of(first, end, "ms")

    def _shorten(self, draft: Draft, end: int) -> None:
        """End a content at a token, if it stands at a break of the sentence and in no quotation."""
        if self.layout.forms[end] not in "،,؛-(" or self.layout.in_quotes(end):
            return
        start, stop = contents.trimmed(self.layout, draft.start, end)
        if stop - start >= 2:
            draft.start, draft.end = start, stop

    def _least(self, sentence: int) -> float:
        links = self.tags[sentence].links
        return links.thresholds.get("source", 0.5) if links else 1.0

    def _scored(self, sentence: int, first: int, end: int) -> list[tuple[float, int, int, Ref | None]]:
        """Mentions and described sources near a cue, tokens [first, end), with the tagger's score, best first."""
        links, text = self.tags[sentence].links, self.layout.text
        if links is None:
            return []
        low, high = text.sentences[max(0, sentence - 3)][0], text.sentences[sentence][1]
        spans: list[tuple[int, int, Ref | None]] = [
            (r.first, r.end, r) for r in self.layout.index.outermost(low, high) if r.entity.type != "hazard"
        ]
        spans += [(s.first, s.end, None) for s in self.sources if low <= s.first < high]
        if not spans:
            return []
        scores = links.scores("source", [self._place(first, end)], [self._place(a, b) for a, b, _ in spans])[0]
        found = [(float(score), a, b, ref) for score, (a, b, ref) in zip(scores, spans, strict=True)]
        return sorted(found, key=lambda s: (-s[0], s[3] is None, s[1]))

    def _place(self, first: int, end: int) -> Place:
        sentence = self.layout.text.sentence_of(first)
        a, b = self.layout.text.sentences[sentence]
        return self.tags[sentence].place(first - a, min(end, b) - a)


def _same(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether two contents share half of the shorter one."""
    return 2 * max(0, min(a[1], b[1]) - max(a[0], b[0])) >= min(a[1] - a[0], b[1] - b[0])
