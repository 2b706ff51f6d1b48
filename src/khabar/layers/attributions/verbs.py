"""Verbs, participles and masdars that report: what they take and who speaks."""

from khabar.layers.attributions import contents
from khabar.layers.attributions.channels import carrier_in, channel_in
from khabar.layers.attributions.complements import RELATIVE, Complement, complement
from khabar.layers.attributions.cues import Cue, table
from khabar.layers.attributions.drafts import Base, Candidate, Draft
from khabar.layers.attributions.layout import CLOSED
from khabar.layers.attributions.memory import Voice
from khabar.layers.attributions.words import bare, joined, nouns, unjoined, vocab


class Verbs(Base):
    """Reporting verbs of a sentence."""

    def _candidate(self, cue: Cue) -> Candidate | None:
        if cue.according or not self._reports(cue):
            return None
        found = complement(self.layout, cue, self._barrier(cue))
        if not found or found.start >= self.b:
            return None
        if cue.entry.in_document and not self._in_document(cue):
            return None
        if cue.entry.kind == "d" and (found.kind not in ("word", "glued") or found.start - cue.end > 1):
            return None
        if cue.entry.kind == "m" and found.start - cue.end > 2:
            return None
        if cue.entry.finite and cue.end < self.b and self.forms[cue.end] in ("ذلك", "بذلك", "تعالي"):
            return None
        if cue.token - self.a > 3 and self.forms[cue.token - 1] in vocab("as") and self.forms[cue.token - 2] not in CLOSED:
            return None
        after_as = cue.token - self.a > 3 and self.forms[cue.token - 1] in vocab("as")
        if after_as and found.kind == "object" and self.forms[found.start] not in table().objects:
            return None
        if cue.entry.listed and found.kind == "object":
            listed = self._listed(found.start)
            if listed is None:
                return None
            found = found._replace(start=listed)
        if cue.entry.doubtful and found.kind == "object":
            opens = cue.token - self.a <= 1 and cue.entry.kind in "vi"
            if not opens or self.forms[found.start] not in table().objects:
                return None
        return Candidate(cue, found)

    def _listed(self, first: int) -> int | None:
        """Where the object that is said stands, perhaps after where and when: جدد، في بلاغ له، دعوته إلى …"""
        objects = table().objects
        for i in range(first, min(self.b, first + 24)):
            if bare(self.forms[i]) in objects and self.forms[i] != "ان":
                return i
        return None

    def _in_document(self, cue: Cue) -> bool:
        """Whether a verb of standing somewhere says that it stands in a document: جاء في البيان."""
        i = cue.end
        if i + 1 >= self.b or self.forms[i] not in ("في", "ضمن"):
            return False
        return any(bare(f) in nouns("document") for f in self.forms[i + 1 : i + 3])

    def _barrier(self, cue: Cue) -> int:
        """How far the complement of a cue may be looked for: the next cue that begins something of its own."""
        for other in self.cues:
            if other.token < cue.end or other.entry.kind == "m" or other.according:
                continue
            before = self.forms[other.token - 1]
            if before in RELATIVE or before in ("قد", "ما", "لم", "لا", "ان"):
                continue
            if not self._opens(other) and not (other.entry.kind == "p" and not other.entry.doubtful):
                continue
            return other.token
        return self.b

    def _verb(self, candidate: Candidate, breaks: set[int]) -> None:
        cue, taken = candidate.cue, candidate.complement
        if taken.kind in ("word", "glued", "object"):
            breaks = breaks | self._turns(taken.start)
        end = contents.end_of(self.layout, taken.start, self.b, breaks - {taken.start}, self.paragraph_end)
        start, end = contents.trimmed(self.layout, taken.start, end)
        if start >= end:
            return
        letters = taken.letters if start == taken.start else 0
        voice = self._voice(cue, taken)
        if voice is None:
            return
        self._say(Draft(cue, start, letters, end, voice))

    def _turns(self, start: int) -> set[int]:
        """Commas after which the article goes on by itself, where what is said is a noun phrase: "…، وهو ما", "…، كما"."""
        forms = self.forms
        return {i for i in range(start, self.b - 1) if forms[i] in "،," and forms[i + 1] in vocab("turn")}

    def _voice(self, cue: Cue, taken: Complement) -> Voice | None:
        """Who speaks: named after the verb, before it, or carried over."""
        if cue.entry.nobody:
            return Voice([])
        if cue.entry.carries:
            return self._carried_voice(cue, taken)
        origin = self._origin(taken.first, taken.end)
        cited = next((c for c in self.cues if c.according and not c.origin and taken.first <= c.token < taken.end), None)
        end = min(origin[0] if origin else taken.end, cited.token if cited else taken.end)
        if cue.entry.kind == "d":
            return self._actor(cue)
        voice = self._subject(cue, taken, end) if cue.entry.finite else self._same(cue)
        if voice is None:
            return None
        if origin and (first := self.speakers.of(origin[1], taken.end, whole=True)):
            first.via = voice.sources[0] if voice.sources else None
            voice = first
        voice.channel = (
            voice.channel or channel_in(self.layout, taken.first, taken.end) or channel_in(self.layout, self.a, cue.token)
        )
        carrier = carrier_in(self.layout, taken.first, taken.end, voice.sources)
        if cited and not carrier and (by := self.speakers.of(cited.end, taken.end, known=True)) and by.sources:
            carrier = by.sources[0] if by.sources[0] not in voice.sources else None
        if carrier and not voice.via:
            voice.via = carrier
        return voice

    def _actor(self, cue: Cue) -> Voice | None:
        """Whose act a definite participle is: the group, organisation or person named last before it."""
        refs = [r for r in self.layout.index.outermost(self.a, cue.token) if r.entity.type in ("group", "organization", "person")]
        return Voice([refs[-1].entity.id], sure=False, nested=True) if refs else None

    def _subject(self, cue: Cue, taken: Complement, end: int) -> Voice | None:
        """The subject of a finite verb, by how sure each place is."""
        entry, first, agreement = cue.entry, taken.first, cue.entry.agreement
        opens = self._opens(cue)
        clause = taken.kind in ("that", "speech", "quote")
        if first < end and self.forms[first] in vocab("in_it"):
            known = first + 1 < end and clause and not entry.asks
            named = self.speakers.of(first + 1, end, agreement, known=True) if known else None
            if voice := named or self._topic(cue):
                return voice
            first += 1
        first = self._past_addressee(first, end)
        whole = (clause or self.forms[taken.start] in table().objects) and not entry.asks
        after = self.speakers.of(first, end, agreement, known=True, whole=whole) if first < end else None
        if after and entry.asks and (self._addressed(first, agreement, after.sure) or self._disagrees(first, agreement, after)):
            after = None
        if after and entry.transitive and entry.kind != "o" and opens != "start" and self._alone(first, end):
            after = None
        if entry.kind == "o" and not clause and after and not opens:
            after = after if after.sure else None
        if entry.in_document:
            return self.speakers.of(first + 1, end, "", known=True) or self._going_on(cue)
        if entry.asks and not opens:
            return self._before(cue)
        if clause and after:
            return after
        before = None if opens == "start" or cue.clitic else self._before(cue)
        if before and (not after or not after.sure or self._beside(cue)):
            return before
        if after:
            return after
        if whole and first < end and not entry.doubtful and (unknown := self.speakers.of(first, end, agreement)):
            return unknown
        if entry.kind == "i" and ((entry.impersonal and agreement == "ms") or not opens):
            return None
        if not opens and not clause:
            return None
        return Voice([]) if "ب" not in entry.takes and self._something(first, end, taken) else self._going_on(cue)

    def _something(self, first: int, end: int, taken: Complement) -> bool:
        """Whether a thing that is nobody stands as the subject after a verb: تشير النماذج إلى, تظهر البيانات أن."""
        if first >= end or taken.kind in ("object", "glued") or self.layout.index.at(first):
            return False
        form = self.forms[first]
        return (
            form.startswith("ال")
            and len(form) > 4
            and not any(form in vocab(k) for k in ("between", "skipped", "adverb", "nobody"))
        )

    def _beside(self, cue: Cue) -> bool:
        """Whether a subject stands right before a verb: كانت الصحيفة قد انتقدت, فلان يهدد."""
        i = cue.token
        if self.forms[i - 1] == "قد":
            return True
        ref = self.layout.index.at(i - 1)
        return not cue.clitic and ref is not None and ref.entity.type != "place"

    def _past_addressee(self, first: int, end: int) -> int:
        """Where the speaker begins when who was told stands first: قال لوكالة فلان مصدر, تقول للوزير."""
        forms = self.forms
        if first < end and forms[first] == "ل" and forms[first + 1] == '"' and (close := self.layout.quotes.get(first + 1)):
            return min(close + 1, end)
        close = self._bracketed(first) if first < end and forms[first] in '("' else None
        if close and close + 1 < end and bare(forms[close + 1]) in nouns("person") | nouns("group"):
            return close + 1
        ref = self.layout.index.at(first) if first < end else None
        if ref and ref.first == first and ref.clitic in ("ل", "لل"):
            return min(ref.end, end)
        return first + 1 if first < end and forms[first].startswith("لل") else first

    def _bracketed(self, first: int) -> int | None:
        """The bracket or quotation mark that closes a medium's name opened at a token: أبلغت (عكاظ) مصادر."""
        ref = self.layout.index.at(first + 1)
        if ref and ref.entity.type == "organization" and self.forms[ref.end : ref.end + 1] in ([")"], ['"']):
            return ref.end
        return None

    def _addressed(self, first: int, agreement: str, sure: bool) -> bool:
        """Whether the noun after "called on" is called on and does not call: المتظاهرين, أنصاره."""
        form = self.forms[first]
        token = self.layout.text.tokens[first]
        if agreement[1] == "s" and form.endswith("ين") and form.startswith("ال"):
            return True
        if sure:
            return False
        return self.layout.text.raw[token.end - 1] == "ه" or (form.endswith(("ها", "هم")) and len(form) > 4)

    def _disagrees(self, first: int, agreement: str, after: Voice) -> bool:
        """Whether the noun after "called on" cannot be its subject, being of the other gender: دعت المجلس, طالب الحكومة."""
        noun = bare(unjoined(self.forms[first]))
        if agreement == "fs":
            return noun in vocab("masculine")
        entity = self.speakers.by_id[after.sources[0]] if agreement == "ms" and after.sources else None
        if (
            entity is None
            or entity.type not in ("organization", "group")
            or noun not in nouns("organization") | vocab("feminine")
        ):
            return False
        return noun.endswith("ه") or noun in vocab("feminine")

    def _alone(self, first: int, end: int) -> bool:
        """Whether one noun phrase fills tokens [first, end), so that it is the object of a verb which needs one."""
        refs = self.layout.index.outermost(first, end)
        last = max((k for k in range(first, end) if self.forms[k] not in CLOSED), default=first)
        return end - first == 1 or (len(refs) == 1 and refs[0].end > last)

    def _topic(self, cue: Cue) -> Voice | None:
        """Whom a sentence is about before a verb: the first person, organisation or group in it that the verb agrees with."""
        return self._topic_of(self.a, cue.token, cue.entry.agreement[:1])

    def _going_on(self, cue: Cue) -> Voice | None:
        """Who goes on speaking: who spoke in this sentence, its topic, or the last speaker of the text."""
        if said := self._said(cue):
            return said
        if cue.token - self.a > 3 and (named := self._named_here(cue)):
            return named
        if cue.token - self.a > 3 and not any(not d.colon for d in self.drafts) and (topic := self._topic(cue)):
            return topic
        carried = self.speakers.carried(cue.entry.agreement)
        return carried.again() if carried else self._topic_back(cue)

    def _named_here(self, cue: Cue) -> Voice | None:
        """Somebody who spoke before and is named again in this sentence, though by a name that is no mention."""
        words = {bare(unjoined(joined(f))) for f in self.forms[self.a : cue.token]}
        for voice in reversed(self.speakers.memory[-8:]):
            names = {w for w in voice.names if w in words}
            if names and self.speakers.gender(voice) in ("", cue.entry.agreement[:1]):
                return voice.again()
        return None

    def _topic_back(self, cue: Cue) -> Voice | None:
        """Whom the sentence before was about, where nobody has spoken yet."""
        if self.a == 0:
            return None
        first, end = self.layout.text.sentences[self.layout.text.sentence_of(self.a - 1)]
        return self._topic_of(first, end, cue.entry.agreement[:1])

    def _said(self, cue: Cue) -> Voice | None:
        """The last voice in this sentence that a verb or participle agrees with."""
        gender, number = cue.entry.agreement[:1], cue.entry.agreement[1:]
        for draft in reversed(self.drafts):
            if draft.cue.token < cue.token and not draft.colon and draft.voice.sources:
                if number == "d" and len(draft.voice.sources) != 2:
                    continue
                if number == "s" and self.speakers.gender(draft.voice) not in ("", gender):
                    continue
                return draft.voice.again()
        return None

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
        him = next((f for f in forms[cue.end : taken.end] if f in ("عنه", "عنها", "عنهم")), None)
        if him:
            carried = self.speakers.carried("fs" if him == "عنها" else "ms")
            return carried.again() if carried else None
        carrier = (
            self.speakers.of(cue.end, at if at is not None else taken.end, cue.entry.agreement) if cue.end < taken.end else None
        )
        if carrier is None and at is not None:
            carrier = self._before(cue) or self.speakers.carried(cue.entry.agreement)
        if at is None:
            return carrier if carrier and cue.entry.lemma == "نقل" else None
        voice = self.speakers.of(at + 1, taken.end, "", whole=True)
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
        if back >= self.a and forms[back] in ("الذي", "التي") and cue.entry.agreement[1:] == "p":
            return Voice([])  # what others think of
        if back >= self.a and forms[back] in RELATIVE:
            refs = [r for r in index.outermost(max(self.a, back - 12), back) if r.entity.type not in ("place", "hazard")]
            refs = [r for r in refs if self.speakers.gender(Voice([r.entity.id])) in ("", cue.entry.agreement[0])]
            persons = [r for r in refs if r.entity.type == "person"] if forms[back].endswith("الذي") else []
            near = [r for r in refs if r.end >= back - 2] or persons[-1:] or refs[-1:]
            return Voice([near[0].entity.id], gender=cue.entry.agreement[:1]) if near else None
        said = [d for d in self.drafts if d.cue.token < i]
        start = self.a
        for j in range(i - 1, self.a - 1, -1):
            if forms[j] in ":؛" or forms[j] in vocab("boundary") or joined(forms[j]) in vocab("boundary"):
                start = j + 1
                break
        if said and start <= said[-1].cue.token:
            return None
        if start >= i:
            return None
        if not self._is_topic(start, i) or (cue.entry.impersonal and cue.entry.agreement == "ms" and self._feminine(start)):
            return None
        return self.speakers.of(start, i, cue.entry.agreement, known=True)

    def _feminine(self, start: int) -> bool:
        """Whether the words before a verb begin with a country, which is feminine as a rule."""
        ref = self.layout.index.at(start) or self.layout.index.at(start + 1)
        return ref is not None and ref.entity.type == "country"

    def _is_topic(self, start: int, i: int) -> bool:
        """Whether the words before a verb begin with what can be its subject: a mention or a noun that names who speaks."""
        while start < i and (
            self.forms[start] in CLOSED or self.forms[start] in vocab("skipped") or self.forms[start] in vocab("before_head")
        ):
            start += 1
        if start >= i or self.forms[start] in vocab("prepositions"):
            return False
        ref = self.layout.index.at(start)
        if ref and ref.entity.type not in ("place", "hazard") and not ref.clitic.endswith(("ب", "ل", "ك")):
            return True
        noun = bare(unjoined(joined(self.forms[start])))
        if any(noun in nouns(kind) for kind in ("person", "group", "document", "organization")):
            return True
        return any(r.start == start + 1 for r in self.layout.index.within(start, min(i, start + 4)))

    def _same(self, cue: Cue) -> Voice | None:
        """Who speaks in a participle or masdar: who spoke in this sentence, else its subject, else the last speaker."""
        if said := self._said(cue):
            return said
        if any(d.cue.token < cue.token and not d.colon for d in self.drafts):
            return None
        if cue.token - self.a > 2 and (named := self._named_here(cue)):
            return named
        if cue.token - self.a > 2 and (topic := self._topic(cue)):
            return topic
        carried = self.speakers.carried(cue.entry.agreement)
        return carried.again() if carried else self._topic_back(cue)
