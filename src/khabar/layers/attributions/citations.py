"""Words for "according to", and cues that come after what was said."""

from typing import NamedTuple

from khabar.layers.attributions import contents
from khabar.layers.attributions.cues import Cue, table
from khabar.layers.attributions.drafts import Base, Draft
from khabar.layers.attributions.layout import CLOSED
from khabar.layers.attributions.memory import Voice
from khabar.layers.attributions.words import bare, nouns, vocab

_CITED_END = frozenset(["نقلا", "،", ",", "فان", "فانه", "فانها", "فقد", "ان", ":", ".", ";", "؛"])
_BEFORE_CLAUSE = frozenset(["،", ",", "فان", "فانه", "فانها", "فقد", "ان", "انه", "انها", ":"])


class Cited(NamedTuple):
    """Whom a citation cites: tokens [first, stop); `about` where the one begins whom a carrier quotes; `gender` of "him"."""

    first: int
    stop: int
    about: int | None
    gender: str


class Citations(Base):
    """Citations of a sentence."""

    def _source_follows(self, cue: Cue) -> bool:
        """Whether words for "according to" are followed by somebody, and not by a plan, a law or a time zone."""
        return self._cited(cue) is not None

    def _cited(self, cue: Cue) -> Cited | None:
        """Whom "according to" cites: up to a comma, a complementizer or the end."""
        forms, i = self.forms, cue.end
        if cue.his:
            return Cited(i, i, None, cue.his)
        if i >= self.b:
            return None
        brought = False
        if forms[i] in ("ما", "لما"):
            i, brought = self._after_brought(i + 1)
            if not brought:
                return None
        elif forms[cue.end - 1] in ("حسبما", "وفقما", "وحسبما"):
            i, brought = self._after_brought(i)
        if forms[i - 1] == "عن" and brought:  # وفق ما نقلت عن مسؤولين
            return Cited(i, self._cited_end(i), i, "")
        stop = self._cited_end(i)
        if stop <= i:
            return Cited(i, i, None, self._brought_gender(cue.end, i)) if brought else None
        head = forms[i]
        if head in vocab("his"):
            return Cited(i, i + 1, None, "f" if head.endswith("ها") else "m") if stop - i <= 2 or brought else None
        about = self._quoted_by(i, stop) if brought else None
        if about is not None:
            stop = self._cited_end(about)
        return Cited(i, stop, about, "") if brought or self._somebody(i, stop) else None

    def _after_brought(self, i: int) -> tuple[int, bool]:
        """The token after the verb of وفق ما أعلن, حسب ما جاء في, and whether there was one."""
        start = i
        known = table().forms
        while i < self.b and i < start + 3 and (forms_i := self.forms[i]) and (forms_i in known or forms_i in vocab("brought")):
            i += 1
        return i, i > start and i < self.b

    def _brought_gender(self, first: int, end: int) -> str:
        """The gender of a verb that says whose words they are and names nobody: وفق ما أعلنت عنه."""
        known = (table().forms.get(f) for f in self.forms[first:end])
        return next((entry.agreement[0] for found in known if found and (entry := found[0]).finite), "")

    def _cited_end(self, i: int) -> int:
        """The token after the words that name whom a citation cites."""
        forms, quotes, closers, start = self.forms, self.layout.quotes, self.layout.closers, i
        while i < self.b and i < start + 16 and forms[i] not in _CITED_END:
            if i in closers and closers[i] < start:
                break
            if i > start and i in quotes and quotes[i] - i > 6 and not self.layout.index.at(i + 1):
                break
            i = quotes[i] + 1 if i in quotes and quotes[i] < self.b else i + 1
        return i

    def _quoted_by(self, first: int, stop: int) -> int | None:
        """Where whom a carrier quotes begins: وفق ما نقلت الصحيفة، عن دبلوماسي."""
        forms = self.forms
        for i in range(first, min(stop + 2, self.b - 1)):
            if forms[i] == "عن":
                return i + 1
        return None

    def _somebody(self, first: int, stop: int) -> bool:
        """Whether tokens name somebody: a mention, or a noun of speakers, perhaps after لـ."""
        first += self.forms[first] == '"' and first + 1 < stop
        head = self.forms[first]
        for lead in ("", "ل", "لل"):
            if head.startswith(lead):
                noun = bare(head[len(lead) :])
                if lead != "لل" and noun in nouns("document") and noun == head[len(lead) :]:
                    return self._authored(noun, first, stop)
                if any(noun in nouns(kind) for kind in ("person", "group", "document", "opinion", "organization", "medium")):
                    return True
        refs = [r for r in self.layout.index.within(first, min(stop, first + 5)) if r.entity.type not in ("place", "hazard")]
        return bool(refs) and (refs[0].start == first or (refs[0].entity.type == "person" and refs[0].start <= first + 4))

    def _authored(self, noun: str, first: int, stop: int) -> bool:
        """Whether an indefinite document is somebody's: بيان للحرس, تقرير صادر عن; reports stand for those who wrote them."""
        after = self.forms[first + 1 : min(stop, first + 4)]
        return (
            noun == "تقارير"
            or bool(self.layout.index.within(first + 1, stop))
            or any(f in ("صادر", "صادره", "ل") or f.startswith("لل") for f in after)
        )

    def _according(self, cue: Cue, breaks: set[int]) -> None:
        if any(d.cue.token < cue.token <= d.start + 1 for d in self.drafts if not d.after):
            return  # between a verb and its clause: read with the verb; or the clause begins with it (أنه وفق توجيهات فلان)
        if self.forms[cue.token] == "علي" and cue.token > self.a and self.forms[cue.token - 1] not in CLOSED:
            return
        cited = self._cited(cue)
        if cited is None:
            return
        voice = self._cited_voice(cue, cited)
        opens = cue.clitic and cue.token > self.a and self.forms[cue.token - 1] in CLOSED and self._has_clause(cited.stop)
        if cue.token <= self._lead() + 1 or opens:
            start = cited.stop
            while start < self.b and self.forms[start] in _BEFORE_CLAUSE:
                start += 1
            end = contents.end_of(self.layout, start, self.b, {t for t in breaks if t > start}, self.paragraph_end)
            start, end = contents.trimmed(self.layout, start, end)
            if end - start >= 2:
                self._say(Draft(cue, start, 0, end, voice or Voice([])))
            return
        if cue.origin and self.drafts and self.drafts[-1].after and cue.token - self.drafts[-1].cue.end <= 6:
            self._carry(self.drafts[-1], True, voice)
            return
        over = [d for d in self.drafts if d.start < cue.token and d.end >= cue.token - 2]
        if over:
            if cited.stop > cited.first and not cited.gender:
                self._carry(over[-1], cue.origin or cited.about is not None, voice)
            return
        self._back(cue, cue.token, voice, cited.stop, breaks)

    def _has_clause(self, i: int) -> bool:
        """Whether what is cited follows: a clause with أن or فإن."""
        return i < self.b and self.forms[i] in _BEFORE_CLAUSE and self.forms[i] not in CLOSED

    def _cited_voice(self, cue: Cue, cited: Cited) -> Voice | None:
        """The voice of a citation; who spoke last where it is only "him"."""
        if cited.gender or cited.first == cited.stop:
            about = self._topic_of(self.a, cue.token, cited.gender) if cue.token - self.a > 3 else None
            return about if about and not self.drafts else self._carried(cited.gender) or about
        if cited.about is None:
            return self.speakers.of(cited.first, cited.stop, whole=True)
        voice = self.speakers.of(cited.about, cited.stop, whole=True)
        carrier = self.speakers.of(cited.first, cited.about - 1) if cited.about > cited.first else None
        if voice and carrier and carrier.sources and carrier.sources[0] not in voice.sources:
            voice.via = carrier.sources[0]
        return voice or carrier

    def _carried(self, gender: str) -> Voice | None:
        carried = self.speakers.carried(gender + "s" if gender else "")
        return carried.again() if carried else None

    def _carry(self, draft: Draft, origin: bool, voice: Voice | None) -> None:
        """A citation after somebody's words says who carried them; نقلاً عن says whose they are."""
        if not voice or not voice.sources:
            return
        if origin:
            voice.via = draft.voice.sources[0] if draft.voice.sources else None
            draft.voice = voice
        elif voice.sources[0] not in draft.voice.sources:
            draft.voice.via = draft.voice.via or voice.sources[0]

    def _back(self, cue: Cue, end: int, voice: Voice | None, resume: int, breaks: set[int]) -> None:
        """What stands before a citation is what was said."""
        lead = self._lead()
        start = max([lead, *(d.end for d in self.drafts if not d.colon and d.end <= end - 3)])
        quoted = self.layout.closers.get(end - 1) if end > self.a else None
        if quoted is None and end - 2 >= self.a and self.forms[end - 1] in ("،", ","):
            quoted = self.layout.closers.get(end - 2)
        if quoted is not None and quoted <= start + 1:
            start = min(start, quoted)
        start, stop = contents.trimmed(self.layout, start, end)
        if resume < self.b and self.forms[resume] in "،," and stop - start < 7 and resume + 3 < self.b:
            # inside what it cites: التقى الوفدان، وفق الوكالة، لبحث …
            start, stop = contents.trimmed(
                self.layout, start, contents.end_of(self.layout, resume, self.b, breaks - {end}, self.paragraph_end)
            )
        if stop - start < 3:
            return
        first = self.forms[start]
        conjoined = start == self.a and first[0] == "و" and len(first) > 3 and not first.startswith(tuple(vocab("waw")))
        self._say(Draft(cue, start, int(conjoined), stop, voice or Voice([]), after=True))

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
        if i - self.a < 4 or "that" not in cue.entry.takes:
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
        """Read a verb after what was said."""
        stop = next((k for k in range(cue.end, self.b) if self.forms[k] in (",", ".")), self.b)
        voice = self.speakers.of(cue.end, stop, cue.entry.agreement) if stop > cue.end else None
        voice = voice or self.speakers.carried(cue.entry.agreement)
        end = cue.token - (self.forms[cue.token - 1] in ("كما", "حسبما", "مثلما", "وفقما"))
        if any(d.start < end and d.end >= end - 1 for d in self.drafts):
            return
        self._back(cue, end, voice and voice.again(), self.b, set())
