"""Verbs, participles and masdars that report: what they take and who speaks."""

from khabar.layers.attributions import contents
from khabar.layers.attributions.channels import carrier_in, channel_in
from khabar.layers.attributions.complements import RELATIVE, Complement, complement
from khabar.layers.attributions.cues import Cue
from khabar.layers.attributions.drafts import Base, Candidate, Draft
from khabar.layers.attributions.layout import CLOSED
from khabar.layers.attributions.speakers import Voice
from khabar.layers.attributions.words import nouns, vocab


class Verbs(Base):
    """Reporting verbs of a sentence."""

    def _candidate(self, cue: Cue) -> Candidate | None:
        if cue.according or not self._reports(cue):
            return None
        found = complement(self.layout, cue, self._barrier(cue))
        if not found or (cue.entry.kind == "m" and found.start - cue.end > 3 and found.kind != "word"):
            return None
        if found.start >= self.b:
            return None
        return Candidate(cue, found)

    def _barrier(self, cue: Cue) -> int:
        """How far the complement of a cue may be looked for: the next cue that begins something of its own."""
        for other in self.cues:
            if other.token < cue.end or other.entry.kind == "m" or other.according:
                continue
            before = self.forms[other.token - 1]
            if before in RELATIVE or before in ("قد", "ما", "لم", "لا", "ان"):
                continue
            if other.entry.doubtful and not other.clitic:
                continue
            if other.entry.kind == "p" and before not in ("،", ",", '"', ".") and not other.clitic and other.entry.doubtful:
                continue
            return other.token
        return self.b

    def _verb(self, candidate: Candidate, breaks: set[int]) -> None:
        cue, taken = candidate.cue, candidate.complement
        end = contents.end_of(self.layout, taken.start, self.b, breaks - {taken.start}, self.paragraph_end)
        start, end = contents.trimmed(self.layout, taken.start, end)
        if start >= end:
            return
        letters = taken.letters if start == taken.start else 0
        voice = self._voice(cue, taken)
        if voice is None:
            return
        self._say(Draft(cue, start, letters, end, voice))

    def _voice(self, cue: Cue, taken: Complement) -> Voice | None:
        """Who speaks: named after the verb, before it, or carried over."""
        agreement = cue.entry.agreement if cue.entry.kind in "vo" else ""
        if cue.entry.nobody:
            return Voice([])
        voice: Voice | None = None
        if cue.entry.carries:
            return self._carried_voice(cue, taken)
        origin = self._origin(taken.first, taken.end)
        end = origin[0] if origin else taken.end
        if cue.entry.kind in "vo" and end > taken.first:
            voice = self.speakers.of(taken.first, end, agreement)
        if voice is None:
            voice = self._before(cue) if cue.entry.kind in "vo" else self._same(cue)
        if voice is None:
            carried = self.speakers.carried(cue.entry.agreement)
            voice = carried and Voice(carried.sources, carried.via, carried.channel, carried.gender, carried.many, carried.words)
        if voice is None:
            return Voice([]) if cue.entry.kind == "v" and not cue.entry.doubtful else None
        if origin and (first := self.speakers.of(origin[1], taken.end)):
            first.via = voice.sources[0] if voice.sources else None
            voice = first
        voice.channel = (
            voice.channel or channel_in(self.layout, taken.first, taken.end) or channel_in(self.layout, self.a, cue.token)
        )
        carrier = carrier_in(self.layout, taken.first, taken.end, voice.sources)
        if carrier and not voice.via:
            voice.via = carrier
        return voice

    def _origin(self, first: int, end: int) -> tuple[int, int] | None:
        """نقلاً عن between a verb and its clause: where it begins, and where whom it names does."""
        for cue in self.cues:
            if cue.origin and first <= cue.token < end:
                return cue.token, cue.end
        return None

    def _carried_voice(self, cue: Cue, taken: Complement) -> Voice | None:
        """نقلت الوكالة عن مسؤول قوله: the official speaks, the agency carries."""
        forms = self.forms
        at = next((i for i in range(cue.end, taken.end) if forms[i] in ("عن", "من")), None)
        carrier = (
            self.speakers.of(cue.end, at if at is not None else taken.end, cue.entry.agreement) if cue.end < taken.end else None
        )
        if carrier is None and at is not None:
            carrier = self._before(cue) or self.speakers.carried(cue.entry.agreement)
        if at is None:
            return carrier if carrier and cue.entry.lemma == "نقل" else None
        voice = self.speakers.of(at + 1, taken.end, "")
        if voice is None:
            return carrier
        if carrier and carrier.sources and carrier.sources[0] not in voice.sources:
            voice.via = carrier.sources[0]
        voice.channel = voice.channel or channel_in(self.layout, taken.first, taken.end)
        return voice

    def _before(self, cue: Cue) -> Voice | None:
        """The subject before a verb: the topic of its clause, or what the relative pronoun goes back to."""
        forms, index = self.forms, self.layout.index
        i = cue.token
        back = i - 1
        while back > self.a and forms[back] in ("قد", "كان", "كانت", "كانوا", "ايضا", "بدوره", "بدورها", "دايما"):
            back -= 1
        if back >= self.a and forms[back] in RELATIVE:
            refs = [r for r in index.outermost(self.a, back) if r.entity.type not in ("place", "hazard")]
            return Voice([refs[-1].entity.id], gender=cue.entry.agreement[:1]) if refs else None
        if cue.entry.kind == "v" and cue.entry.lemma in ("قال", "اكد") and back >= self.a and forms[back] == '"':
            return None
        said = [d for d in self.drafts if d.cue.token < i]
        start = self.a
        for j in range(i - 1, self.a - 1, -1):
            if forms[j] in vocab("boundary") or _joined(forms[j]) in vocab("boundary"):
                start = j + 1
                break
        if said and start <= said[-1].cue.token:
            return None
        if start >= i:
            return None
        if not self._is_topic(start, i):
            return None
        return self.speakers.of(start, i, cue.entry.agreement)

    def _is_topic(self, start: int, i: int) -> bool:
        """Whether the words before a verb can be its subject: a mention, or a noun that names who speaks, stands among them."""
        refs = [r for r in self.layout.index.within(start, i) if r.entity.type not in ("place", "hazard")]
        if refs:
            return True
        head = next((f for f in self.forms[start:i] if f not in CLOSED and f not in vocab("was")), "")
        noun = head[2:] if head.startswith("ال") else head
        return any(noun in nouns(kind) for kind in ("person", "group", "document", "organization"))

    def _same(self, cue: Cue) -> Voice | None:
        """Who speaks in a participle or masdar: who spoke in this sentence, else its subject."""
        gender = cue.entry.agreement[:1]
        for draft in reversed(self.drafts):
            if draft.cue.token < cue.token and not draft.colon and draft.voice.sources:
                known = self.speakers.gender(draft.voice)
                if known in ("", gender) or cue.entry.agreement[1] != "s":
                    v = draft.voice
                    return Voice(v.sources, v.via, v.channel, v.gender, v.many, v.words, v.nested)
        if any(d.cue.token < cue.token and not d.colon for d in self.drafts):
            return None
        if cue.token - self.a > 2:
            refs = [r for r in self.layout.index.outermost(self.a, cue.token) if r.entity.type not in ("place", "hazard")]
            for ref in refs:
                voice = Voice([ref.entity.id])
                if self.speakers.gender(voice) in ("", gender):
                    return voice
        return None


def _joined(form: str) -> str:
    return form[1:] if len(form) > 3 and form[0] == "و" else form
