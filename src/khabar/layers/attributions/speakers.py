"""Who speaks: from the words of a speaker to the entities behind them, by name, by description, or taken up again."""

from itertools import pairwise

from khabar.layers.attributions.anaphora import Anaphora
from khabar.layers.attributions.complements import RELATIVE
from khabar.layers.attributions.cues import table
from khabar.layers.attributions.layout import CLOSED
from khabar.layers.attributions.memory import Voice
from khabar.layers.attributions.slots import Slots
from khabar.layers.attributions.words import bare, beside, compounds, nouns, unjoined, vocab
from khabar.layers.entities import Ref
from khabar.script import fold


class Speakers(Anaphora, Slots):
    """The speakers of one article."""

    def of(self, first: int, end: int, agreement: str = "", known: bool = False, whole: bool = False) -> Voice | None:
        """The voice that tokens [first, end) name; None where they name nobody.

        With `known`, only somebody whom a mention, a description or a noun taken up again names; without, an unknown phrase
        too where `agreement` says that a speaker has to stand there. `whole` says that a clause follows, so that nothing but
        the speaker stands in these tokens.
        """
        last = end
        first, end = self._core(first, end)
        forms = self.layout.forms
        if first >= end or forms[first] in vocab("prepositions"):
            return None
        voice = (
            self._document(first, last)
            or (self.leading(first, end) if whole else None)
            or self._person(first, end, whole)
            or (self.apposed(first, end) if whole and self._noun(first) in nouns("person") else None)
            or self._head(first, end, agreement, whole)
            or (None if known else self.unknown(first, end, agreement))
        )
        if voice:
            voice.words = frozenset(bare(f) for f in forms[first : min(end, first + 12)] if f not in CLOSED)
            voice.token = first
            voice.head = bare(forms[first])
            voice.names = self._names_of(voice)
            if agreement:
                voice.gender = agreement[0]
        return voice

    def _names_of(self, voice: Voice) -> frozenset[str]:
        """The words of a person's name by which a sentence may name them again."""
        found: set[str] = set()
        for source in voice.sources[:1]:
            entity = self.by_id[source]
            if entity.type == "person" and (self.named(entity) or entity.mentions[-1].kind == "name"):
                words = [bare(w) for w in fold(entity.name).split()]
                found.update(w for w in words[-1:] if len(w) > 3)
        return frozenset(found)

    def _core(self, first: int, end: int) -> tuple[int, int]:
        """The noun phrase of a speaker without what stands around it: asides, relative clauses, punctuation."""
        forms, index = self.layout.forms, self.layout.index
        if first + 1 < end and forms[first] == "من" and forms[first + 1] in vocab("side"):
            first += 2 + (first + 2 < end and forms[first + 2] in ("اخري", "ثانيه", "اخر", "ثان"))
        while first < end and (forms[first] in CLOSED or forms[first] in vocab("skipped") or forms[first] in vocab("between")):
            first += 1
        for i in range(first, end):
            form = forms[i]
            if i > first and (form in RELATIVE or (form in vocab("aside") and not index.at(i))):
                return first, i
            if i > first and form == "علي" and i + 1 < end and forms[i + 1] in table().asides["علي"]:
                return first, i
            if i > first and form in ("في", "وفي", "ضمن") and i + 1 < end and self._occasion(forms[i + 1]):
                return first, i
        while end > first and forms[end - 1] in CLOSED - {'"', ")"}:
            end -= 1
        return first, end

    @staticmethod
    def _occasion(form: str) -> bool:
        """Whether "in" a noun tells when or where something is said, and not who says it: في بيان, في وقت سابق."""
        return bare(form) in nouns("document") or bare(form) in vocab("occasion")

    def _person(self, first: int, end: int, whole: bool) -> Voice | None:
        """The person named in a speaker's noun phrase, and who is joined to them, unless an organisation stands first."""
        forms = self.layout.forms
        refs = [r for r in self.layout.index.outermost(first, end) if r.entity.type == "person" and self.named(r.entity)]
        if not refs:
            return None
        head = self.layout.index.at(first)
        if head and head.first == first and head.end <= refs[0].first and head.entity.type in ("organization", "group"):
            described = not self.named(head.entity) or self._noun(first) in nouns("person")
            if head.entity.type == "organization" or not described:
                return None
        if whole and refs[0].mention.kind == "nominal" and refs[0].first > first:
            # another's title inside the speaker's: الوزير المنتدب لدى رئيس الحكومة، فلان
            last = next((r for r in refs if r.mention.kind == "name" and forms[r.start - 1] in "،,"), None)
            if last:
                refs = refs[refs.index(last) :]
            elif voice := self.apposed(first, end):
                return voice
        kept = [refs[0]]
        if whole:
            self.complete_person(refs[0], end)
        for ref in refs[1:]:
            if ref.entity.id != kept[-1].entity.id and self._joined(kept[-1].end, ref):
                kept.append(ref)
        return self._and_unnamed(Voice(list(dict.fromkeys(r.entity.id for r in kept)), many=len(kept) > 1), kept[-1].stop, end)

    def _joined(self, end: int, ref: Ref) -> bool:
        """Whether a mention is joined by "and" to what ends before `end`, perhaps with a title before its name."""
        forms = self.layout.forms
        if ref.clitic.startswith("و"):
            return True
        between = forms[end : ref.start]
        return bool(between) and len(between) <= 7 and any((f.startswith("و") and len(f) > 2) or f == "و" for f in between[:2])

    def _document(self, first: int, end: int) -> Voice | None:
        """البيان, بيان صادر عن X, تقرير لـX: the author speaks, the document is the channel."""
        forms, text = self.layout.forms, self.layout.text
        noun = self._noun(first)
        if (noun not in nouns("document") and noun not in nouns("opinion")) or self.layout.index.at(first):
            return None
        token = text.tokens[first]
        channel = (
            None
            if noun in nouns("opinion")
            else text.quote((token.end - len(self._noun(first)) if token.form[0] == "ل" else token.start, token.end))
        )
        stop = next((i for i in range(first + 1, end) if forms[i] in RELATIVE and not _authored(forms, i + 1)), end)
        refs = [r for r in self.layout.index.outermost(first + 1, stop) if r.entity.type != "place"]
        if refs and not self._spoken_to(first):
            kept = refs[:1] + [r for a, r in pairwise(refs) if self._joined(a.end, r)]
            return Voice(list(dict.fromkeys(r.entity.id for r in kept)), channel=channel, document=True)
        after = forms[first + 1] if first + 1 < end else ""
        if after in ("ل", "عن", "صادر", "من") or (after.startswith("لل") and len(after) > 4):
            start = first + (3 if after == "صادر" else 2 if after in ("ل", "عن", "من") else 1)
            if start < end and (voice := self._head(start, end, "")):
                voice.channel, voice.document = channel, True
                return voice
        unwritten = noun in nouns("group") and noun == forms[first]  # تقارير: others' reports, not the last speaker's
        issuer = None if unwritten else self._issuer(first)
        if issuer is not None:
            return Voice(issuer.sources, via=issuer.via, channel=channel, gender=issuer.gender, sure=False, document=True)
        return None

    def _spoken_to(self, first: int) -> bool:
        """Whether the name right after "the statement" is who it speaks to: a noun with the article has no author after it."""
        ref = self.layout.index.at(first + 1)
        if ref is None or ref.start != first + 1 or ref.clitic or not self.layout.forms[first].startswith("ال"):
            return False
        return ref.entity.type != "country" or not self.layout.forms[first + 1].startswith("ال")  # not البيان الإيراني

    def _issuer(self, token: int) -> Voice | None:
        """Who issued a document that is only called "the statement": the last voice with a channel, else the last one."""
        for voice in reversed(self.memory):
            if voice.channel and not voice.nested:
                return voice
        noun = bare(self.layout.forms[token])
        for i in range(token - 1, -1, -1):
            if bare(self.layout.forms[i]) == noun or bare(self.layout.forms[i]) == noun + "ا":
                a, b = self.layout.text.sentences[self.layout.text.sentence_of(i)]
                refs = [r for r in self.layout.index.outermost(a, b) if r.entity.type in ("organization", "person", "group")]
                if refs:
                    near = min(refs, key=lambda r: (abs(r.first - i), r.first))
                    return Voice([near.entity.id])
        return next((v for v in reversed(self.memory) if not v.nested), None)

    def _head(self, first: int, end: int, agreement: str, whole: bool = False) -> Voice | None:
        """The voice that the head of a noun phrase without a person's name stands for."""
        forms = self.layout.forms
        start = first
        if forms[first] in ("كبير", "كبيره") and first + 1 < end and forms[first + 1].startswith("ال"):
            return self.describe(first, end, "person")  # كبير المفاوضين is one, and not the negotiators
        while start < end - 1 and forms[start] in vocab("before_head"):
            start += 1
        ref = self._mention(first, start)
        noun = self._noun(start)
        if ref is None or not self.named(ref.entity):
            again = next((v for v in reversed(self.memory) if noun in v.names), None)
            if again:
                return again.again()
        if ref and ref.end == start + 1 and (again := self._spoke_so(ref, noun)):
            return again
        definite = (unjoined(forms[start]).startswith("ال") and noun != forms[start]) or noun.endswith("نا")
        people = noun in nouns("person") or noun in nouns("group") or noun in vocab("pairs")
        construct = start + 1 < end and forms[start + 1].startswith("ال")
        if ref and people and not definite and not construct and ref.first == start:
            return self._and_unnamed(self.described(ref, end), max(ref.end, self._phrase_end(ref.first, end)), end)
        if ref and self.named(ref.entity) and not (people and definite and ref.entity.type == "group"):
            if whole and ref.entity.type in ("organization", "group"):
                self.complete_organization(ref, end)
            return self._with_joined(ref, end)
        loose = ref is None or (noun in vocab("generic") and end - start <= 3)
        voice = self._taken_up(start, end, noun, agreement, definite, loose)
        if ref and not voice and whole and ref.entity.type == "person":
            self.complete_description(ref, end)
        if voice or ref:
            return voice or (self._with_joined(ref, end) if ref else None)
        pair = tuple(forms[start : start + 2])
        if noun in nouns("person") or noun in nouns("group") or pair in compounds():
            voice = self.describe(start, end, "person" if noun in nouns("person") and pair not in compounds() else "group")
            return self._and_unnamed(voice, self._phrase_end(start, end), end)
        return self._other(start, end, noun, agreement, definite)

    def _spoke_so(self, ref: Ref, noun: str) -> Voice | None:
        """Who spoke under a noun that was given to another named in the same sentence: "the committee" is the one that spoke."""
        voice = self.memory[-1] if self.memory else None
        taken_up = ref.mention.kind == "nominal" and noun in nouns("organization")
        if not taken_up or voice is None or voice.head != noun or voice.nested or ref.entity.id in voice.sources:
            return None
        speaker = fold(self.by_id[voice.sources[0]].name).split()
        names = [r for r in self.layout.index.refs if r.entity.id == ref.entity.id and r.mention.kind == "name"]
        before = [r for r in names if r.first < ref.first]
        if not before or not speaker or bare(speaker[0]) != noun:
            return None
        sentence_of = self.layout.text.sentence_of
        within = before[-1].first > voice.token and sentence_of(before[-1].first) == sentence_of(voice.token)
        return Voice(voice.sources) if within else None

    def _mention(self, first: int, start: int) -> Ref | None:
        """The mention that begins a noun phrase; a place speaks only where nothing else does."""
        ref = self.layout.index.at(start)
        return ref if ref and first <= ref.first <= start and ref.entity.type != "place" else None

    def _taken_up(self, start: int, end: int, noun: str, agreement: str, definite: bool, loose: bool) -> Voice | None:
        """Whom a noun takes up: the same as before, a title, a noun with the article."""
        forms = self.layout.forms
        same = forms[start] in vocab("honour") or (start + 1 < end and forms[start + 1] in vocab("self"))
        if same or noun in vocab("pairs") or (definite and end - start == 1):
            generic = noun in vocab("generic") or noun in vocab("pairs")
            if voice := self.anaphor(start, end, agreement, loose or same or generic):
                return voice
        if noun not in nouns("person") and noun not in vocab("generic"):
            return None
        construct = start + 1 < end and (forms[start + 1].startswith("ال") or self.layout.index.at(start + 1) is not None)
        if definite or construct:
            if voice := self.titled(start, end) or self._spoken(start, end):
                return voice
            if definite and noun in vocab("generic") and end - start <= 3:
                return self.anaphor(start, end, agreement, loose)
        return None

    def _other(self, start: int, end: int, noun: str, agreement: str, definite: bool) -> Voice | None:
        """A head that is neither a mention nor a noun of people: an organisation, or what is named right after it."""
        index = self.layout.index
        reach = start + (3 if noun in nouns("organization") or noun in nouns("medium") else 2)
        near = next(
            (r for r in index.outermost(start, min(end, start + 8)) if r.entity.type != "place" and r.start < reach), None
        )
        if definite and noun in nouns("organization") and not near and (voice := self.anaphor(start, end, agreement)):
            return voice
        if near:
            return self._with_joined(near, end)
        place = next((r for r in index.outermost(start, min(end, start + 2)) if r.start == start), None)
        if place:
            return Voice([place.entity.id])
        if noun in nouns("organization"):
            return self.describe(start, end, "organization")
        if definite and (person := self.short_of(self.layout.forms[start], "person")):
            return Voice([person.id])
        return None

    def _with_joined(self, ref: Ref, end: int) -> Voice:
        ids, last = [ref.entity.id], ref
        for other in self.layout.index.outermost(ref.end, end):
            if other.entity.id not in ids and self._joined(last.end, other) and other.entity.type != "place":
                if not self.named(other.entity):
                    self.described(other, end)
                ids.append(other.entity.id)
                last = other
        return self._and_unnamed(Voice(ids, many=len(ids) > 1), last.stop, end)

    def _and_unnamed(self, voice: Voice, at: int, end: int) -> Voice:
        """A voice and who is joined to it without a name, from token `at` on: الحكومة ومصادر طبية, شهود ومسعفون."""
        kind = beside(self.layout.forms[at]) if at < end else None
        if kind is None:
            return voice
        ref = self.layout.index.at(at)
        other = self.described(ref, end) if ref and not self.named(ref.entity) else self.describe(at, end, kind)
        voice.sources = list(dict.fromkeys([*voice.sources, *other.sources]))
        voice.many = len(voice.sources) > 1
        return voice


def _authored(forms: list[str], i: int) -> bool:
    """Whether a relative clause that begins at a token names who made a document: دراسة أعدها فلان."""
    return i < len(forms) and forms[i].startswith(("اعد", "اجر", "اشرف", "اصدر", "قام"))
