"""Words for "according to", and cues that come after what was said."""

from khabar.layers.attributions import contents
from khabar.layers.attributions.cues import Cue, table
from khabar.layers.attributions.drafts import Base, Draft
from khabar.layers.attributions.speakers import Voice
from khabar.layers.attributions.words import nouns, vocab


class Citations(Base):
    """Citations of a sentence."""

    def _source_follows(self, cue: Cue) -> bool:
        """Whether words for "according to" are followed by somebody, and not by a plan, a law or a time zone."""
        return self._cited(cue) is not None

    def _cited(self, cue: Cue) -> tuple[int, int] | None:
        """The tokens that name whom "according to" cites: up to a comma, a complementizer or the end."""
        forms, i = self.forms, cue.end
        if i >= self.b:
            return None
        form = forms[i]
        if form in ("ما", "لما", "الما", "وما"):
            i += 1
            steps = 0
            known = table().forms
            while (
                i < self.b
                and steps < 3
                and (forms[i] in known or forms[i] in vocab("brought") or forms[i] in ("عنه", "في", "به", "عن", "على", "علي"))
            ):
                i += 1
                steps += 1
            if not steps:
                return None
        stop = i
        while (
            stop < self.b
            and stop < i + 16
            and forms[stop] not in ("،", ",", "فان", "فانه", "فانها", "فقد", "ان", ":", ".", ";", "؛")
            and stop not in self.layout.quotes.values()
        ):
            if stop > i and stop in self.layout.quotes:
                ref = self.layout.index.at(stop + 1)
                if not ref and self.layout.quotes[stop] - stop > 5:
                    break
            stop += 1
        close = self.layout.quotes.get(stop - 1) if stop > i else None
        if close:
            stop = close + 1
        elif stop < self.b and stop in self.layout.quotes.values() and self.layout.closers[stop] >= i:
            stop += 1
        if stop <= i:
            return None
        head = forms[i]
        for letter in ("", "ل", "لل"):
            if head.startswith(letter):
                rest = head[len(letter) :]
                noun = rest[2:] if rest.startswith("ال") else rest
                if any(noun in nouns(kind) for kind in ("person", "group", "document", "organization", "medium")):
                    return i, stop
        refs = [r for r in self.layout.index.within(i, min(stop, i + 5)) if r.entity.type not in ("place", "hazard")]
        if refs and (refs[0].start <= i + 1 or refs[0].entity.type == "person"):
            return i, stop
        if head in ("قوله", "قولها", "تعبيره", "تعبيرها", "قولهم", "له", "لها", "لهم", "ه"):
            return i, i
        return None

    def _according(self, cue: Cue, breaks: set[int]) -> None:
        if any(d.cue.token < cue.token < d.start for d in self.drafts):
            return  # between a verb and its clause: read with the verb
        cited = self._cited(cue)
        if cited is None:
            return
        first, stop = cited
        voice = self.speakers.of(first, stop) if stop > first else None
        lead = self._lead()
        if cue.token <= lead + 1 and stop > first:
            start = stop
            while start < self.b and self.forms[start] in ("،", ",", "فان", "فانه", "فانها", "فقد", "ان", "انه", "انها", ":"):
                start += 1
            end = contents.end_of(self.layout, start, self.b, {t for t in breaks if t > start}, self.paragraph_end)
            start, end = contents.trimmed(self.layout, start, end)
            if start < end and end - start >= 2:
                self._say(Draft(cue, start, 0, end, voice or self._carried(cue) or Voice([])))
            return
        over = [d for d in self.drafts if d.start < cue.token and d.end >= cue.token - 2]
        if over:
            self._carry(over[-1], cue, voice)
            return
        if stop <= first and not voice:
            voice = self._carried(cue)
        self._back(cue, cue.token, voice, stop)

    def _carried(self, cue: Cue) -> Voice | None:
        carried = self.speakers.carried("")
        return Voice(carried.sources, carried.via, carried.channel) if carried else None

    def _carry(self, draft: Draft, cue: Cue, voice: Voice | None) -> None:
        """A citation after somebody's words says who carried them; نقلاً عن says whose they are."""
        if not voice or not voice.sources:
            return
        if cue.origin:
            voice.via = draft.voice.sources[0] if draft.voice.sources else None
            draft.voice = voice
        elif voice.sources[0] not in draft.voice.sources:
            draft.voice.via = draft.voice.via or voice.sources[0]

    def _back(self, cue: Cue, end: int, voice: Voice | None, resume: int) -> None:
        """What stands before a citation is what was said."""
        lead = self._lead()
        start = max([lead, *(d.end for d in self.drafts if not d.colon and d.end <= end - 3)])
        quoted = self.layout.closers.get(end - 1) if end > self.a else None
        if quoted is None and end - 2 >= self.a and self.forms[end - 1] in ("،", ","):
            quoted = self.layout.closers.get(end - 2)
        if quoted is not None and quoted <= start + 1:
            start = min(start, quoted)
        start, stop = contents.trimmed(self.layout, start, end)
        if stop - start < 3:
            return
        letters = int(len(self.forms[start]) > 3 and self.forms[start][0] == "و" and start == self.a and not self._is_word(start))
        self._say(Draft(cue, start, letters, stop, voice or Voice([]), after=True))

    def _is_word(self, i: int) -> bool:
        ref = self.layout.index.at(i)
        return (self.forms[i][:2] in ("وز", "وك", "وا") and not self.forms[i].startswith("وال")) or bool(
            ref and ref.first == i and not ref.clitic
        )

    def _is_post(self, cue: Cue) -> bool:
        """Whether a verb without a complement ends what was said: "…، كما أعلن الجيش", "«…»، قال فلان"."""
        if (
            cue.according
            or not cue.entry.finite
            or cue.entry.carries
            or (not self._reports(cue) and self.forms[cue.token - 1] != "ما")
        ):
            return False
        i = cue.token
        if i - self.a < 4:
            return False
        before = self.forms[i - 1]
        if before in ("كما", "حسبما", "مثلما", "وفقما"):
            return self._short_after(cue)
        if before in ("،", ",", '"'):
            quoted = self.layout.closers.get(i - 1) or self.layout.closers.get(i - 2)
            return quoted is not None and not cue.clitic and not cue.entry.doubtful and self._short_after(cue)
        return False

    def _short_after(self, cue: Cue) -> bool:
        stop = next((k for k in range(cue.end, self.b) if self.forms[k] in ("،", ",", ".")), self.b)
        return stop - cue.end <= 14

    def _post(self, cue: Cue) -> None:
        stop = next((k for k in range(cue.end, self.b) if self.forms[k] in (",", ".")), self.b)
        voice = self.speakers.of(cue.end, stop, cue.entry.agreement) if stop > cue.end else None
        voice = voice or self.speakers.carried(cue.entry.agreement)
        end = cue.token - (self.forms[cue.token - 1] in ("كما", "حسبما", "مثلما", "وفقما"))
        if any(d.start < end and d.end >= end - 1 for d in self.drafts):
            return
        self._back(
            cue, end, voice and Voice(voice.sources, voice.via, voice.channel, voice.gender, voice.many, voice.words), stop
        )
