"""Who speaks: from the words of a speaker to the entities behind them, by name, by description, or carried over."""

from collections.abc import Iterable
from itertools import pairwise

import msgspec

from khabar.layers.attributions.complements import RELATIVE
from khabar.layers.attributions.cues import table
from khabar.layers.attributions.layout import CLOSED, Layout
from khabar.layers.attributions.words import bare, compounds, nouns, unjoined, vocab
from khabar.layers.entities import Ref
from khabar.record import Entity, EntityType, Mention
from khabar.script import fold


class Voice(msgspec.Struct):
    """Who says something: entity ids, who carried it, the medium; `gender` f, m or unknown; what the text called them."""

    sources: list[str]
    via: str | None = None
    channel: str | None = None
    gender: str = ""
    many: bool = False
    words: frozenset[str] = frozenset()
    nested: bool = False
    token: int = 0
    sure: bool = True

    def again(self) -> "Voice":
        """The same voice for another attribution, which may get a carrier or channel of its own."""
        return msgspec.structs.replace(self)


class Speakers:
    """The speakers of one article, and who spoke last. New entities that a description names are added to `entities`."""

    def __init__(self, layout: Layout, entities: list[Entity]) -> None:
        self.layout = layout
        self.entities = entities
        self.by_id = {e.id: e for e in entities}
        self.memory: list[Voice] = []
        self._described: dict[str, str] = {}
        self._titled: list[tuple[Ref, frozenset[str]]] | None = None

    # from words to entities

    def of(self, first: int, end: int, agreement: str = "", known: bool = False) -> Voice | None:
        """The voice that tokens [first, end) name; None where they name nobody.

        With `known`, only somebody whom a mention, a description or a noun taken up again names; without, an unknown phrase
        too where `agreement` says that a speaker has to stand there.
        """
        whole = end
        first, end = self._core(first, end)
        forms = self.layout.forms
        if first >= end or forms[first] in vocab("prepositions"):
            return None
        voice = (
            self._document(first, whole)
            or self._person(first, end)
            or self._head(first, end, agreement)
            or (None if known else self.unknown(first, end, agreement))
        )
        if voice:
            voice.words = frozenset(bare(f) for f in forms[first : min(end, first + 12)] if f not in CLOSED)
            voice.token = first
            if agreement:
                voice.gender = agreement[0]
        return voice

    def _core(self, first: int, end: int) -> tuple[int, int]:
        """The noun phrase of a speaker without what stands around it: asides, relative clauses, punctuation."""
        forms, index = self.layout.forms, self.layout.index
        while first < end and (forms[first] in CLOSED or forms[first] in vocab("skipped") or forms[first] in vocab("between")):
            first += 1
        for i in range(first, end):
            form = forms[i]
            if i > first and (form in RELATIVE or (form in vocab("aside") and not index.at(i))):
                return first, i
            if i > first and form in ("في", "وفي", "ضمن") and i + 1 < end and bare(forms[i + 1]) in nouns("document"):
                return first, i
        while end > first and forms[end - 1] in CLOSED - {'"', ")"}:
            end -= 1
        return first, end

    def _person(self, first: int, end: int) -> Voice | None:
        refs = [r for r in self.layout.index.outermost(first, end) if r.entity.type == "person"]
        if not refs:
            return None
        head = self.layout.index.at(first)
        if head and head.entity.type in ("organization", "group") and head.first <= first and not self._apposed(head, refs[0]):
            return None
        kept = [refs[0]]
        for ref in refs[1:]:
            if ref.entity.id != kept[-1].entity.id and self._joined(kept[-1].end, ref):
                kept.append(ref)
        return Voice(list(dict.fromkeys(r.entity.id for r in kept)), many=len(kept) > 1)

    def _apposed(self, head: Ref, person: Ref) -> bool:
        return False if head.entity.type == "organization" else self.layout.forms[head.first] in nouns("person")

    def _joined(self, end: int, ref: Ref) -> bool:
        """Whether a mention is joined by "and" to what ends before `end`, perhaps with a title before its name."""
        forms = self.layout.forms
        if ref.clitic.startswith("و"):
            return True
        between = forms[end : ref.start]
        return bool(between) and len(between) <= 7 and any((f.startswith("و") and len(f) > 2) or f == "و" for f in between[:2])

    def _noun(self, i: int) -> str:
        """The noun of a token without its article, nor a ل that is no letter of its own."""
        noun = bare(unjoined(self.layout.forms[i]))
        if noun.startswith("ل") and any(noun[1:] in nouns(kind) for kind in ("document", "person", "group", "organization")):
            return noun[1:]
        return noun

    def _document(self, first: int, end: int) -> Voice | None:
        """البيان, بيان صادر عن X, تقرير لـX: the author speaks, the document is the channel."""
        forms, text = self.layout.forms, self.layout.text
        if self._noun(first) not in nouns("document") or self.layout.index.at(first):
            return None
        token = text.tokens[first]
        channel = text.quote((token.end - len(self._noun(first)) if token.form[0] == "ل" else token.start, token.end))
        stop = next((i for i in range(first + 1, end) if forms[i] in RELATIVE and not _authored(forms, i + 1)), end)
        refs = [r for r in self.layout.index.outermost(first + 1, stop) if r.entity.type != "place"]
        if refs:
            kept = refs[:1] + [r for a, r in pairwise(refs) if self._joined(a.end, r)]
            return Voice(list(dict.fromkeys(r.entity.id for r in kept)), channel=channel)
        after = forms[first + 1] if first + 1 < end else ""
        if after in ("ل", "عن", "صادر", "من") or (after.startswith("لل") and len(after) > 4):
            start = first + (3 if after == "صادر" else 2 if after in ("ل", "عن", "من") else 1)
            if start < end and (voice := self._head(start, end, "")):
                voice.channel = channel
                return voice
        issuer = self._issuer(first)
        if issuer is not None:
            return Voice(issuer.sources, via=issuer.via, channel=channel, gender=issuer.gender, sure=False)
        return None

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

    def _head(self, first: int, end: int, agreement: str) -> Voice | None:
        forms, index = self.layout.forms, self.layout.index
        start = first
        while start < end - 1 and forms[start] in vocab("before_head"):
            start += 1
        ref = index.at(start)
        if ref and ref.start <= start and ref.entity.type != "place":
            return self._with_joined(ref, end)
        noun = self._noun(start)
        definite = (unjoined(forms[start]).startswith("ال") and noun != forms[start]) or noun.endswith("نا")
        if (
            forms[start] in vocab("honour")
            or (start + 1 < end and forms[start + 1] in vocab("self"))
            or (definite and end - start == 1)
        ) and (voice := self.anaphor(start, end, agreement)):
            return voice
        pair = tuple(forms[start : start + 2])
        if noun in nouns("person") or noun in nouns("group") or pair in compounds():
            construct = start + 1 < end and (forms[start + 1].startswith("ال") or index.at(start + 1) is not None)
            if (definite or construct) and noun in nouns("person") and (voice := self.titled(start, end)):
                return voice
            if (definite or construct) and noun in nouns("person") and (voice := self._spoken(start, end)):
                return voice
            if definite and noun in vocab("generic") and end - start <= 3 and (voice := self.anaphor(start, end, agreement)):
                return voice
            return self.describe(start, end, "person" if noun in nouns("person") and pair not in compounds() else "group")
        near = next((r for r in index.outermost(start, min(end, start + 5)) if r.entity.type != "place"), None)
        if noun in nouns("organization") and not near and (voice := self.anaphor(start, end, agreement)):
            return voice
        if near:
            return self._with_joined(near, end)
        place = next((r for r in index.outermost(start, min(end, start + 2)) if r.start == start), None)
        if place:
            return Voice([place.entity.id])
        if noun in nouns("organization"):
            return self.describe(start, end, "organization")
        if definite and (voice := self.titled(start, end) or self.anaphor(start, end, agreement)):
            return voice
        return None

    def _with_joined(self, ref: Ref, end: int) -> Voice:
        ids, last = [ref.entity.id], ref
        for other in self.layout.index.outermost(ref.end, end):
            if other.entity.id not in ids and self._joined(last.end, other) and other.entity.type != "place":
                ids.append(other.entity.id)
                last = other
        return Voice(ids, many=len(ids) > 1)

    # descriptions and anaphors

    def titled(self, first: int, end: int) -> Voice | None:
        """The person whose name stands elsewhere with the same title (الرئيس المصري, where الرئيس المصري فلان is named)."""
        forms = self.layout.forms
        wanted: list[str] = []
        for form in forms[first:end]:
            if form in CLOSED or form in vocab("links") or len(wanted) == 4:
                break
            if form not in vocab("self"):
                wanted.append(bare(form))
        if not wanted:
            return None
        best: tuple[int, int, str] | None = None
        for ref, title in self._titles():
            if wanted[0] not in title:
                continue
            common = sum(w in title for w in wanted)
            if common < min(2, len(wanted)) and len(title) > 1:
                continue
            rank = (common, -abs(ref.first - first), ref.entity.id)
            best = rank if best is None or rank > best else best
        if best:
            return Voice([best[2]], sure=False)
        for entity in self.entities:
            if entity.type == "person" and any(_covers(fold(role).split(), wanted) for role in entity.roles):
                return Voice([entity.id], sure=False)
        return None

    def _titles(self) -> list[tuple[Ref, frozenset[str]]]:
        """Named persons with the words of the title before their name, or after it in apposition."""
        if self._titled is None:
            forms = self.layout.forms
            self._titled = []
            for ref in self.layout.index.refs:
                if ref.entity.type != "person":
                    continue
                words = []
                i = ref.first - 1
                while i >= 0 and ref.first - i <= 7 and (forms[i] not in CLOSED or (forms[i] in "،," and i == ref.first - 1)):
                    if forms[i] in RELATIVE or forms[i] in vocab("prepositions"):
                        break
                    words.append(bare(unjoined(forms[i])))
                    if words[-1] in vocab("rank"):
                        break
                    i -= 1
                if ref.end < len(forms) and forms[ref.end] in "،,":
                    i = ref.end + 1
                    while i < len(forms) and i < ref.end + 7 and forms[i] not in CLOSED and forms[i] not in RELATIVE:
                        words.append(bare(unjoined(forms[i])))
                        i += 1
                if words:
                    self._titled.append((ref, frozenset(words)))
        return self._titled

    def anaphor(self, first: int, end: int, agreement: str) -> Voice | None:
        """Whom a noun with the article takes up: الوزارة, المصدر, المتحدث ذاته."""
        form = self.layout.forms[first]
        noun = bare(form)
        if noun in vocab("pairs"):
            return next(
                (Voice(v.sources, many=True, sure=False) for v in reversed(self.memory) if len(v.sources) > 1), None
            ) or self._two(first)
        if noun == "مصدر" and first + 1 < end and self.layout.forms[first + 1] in vocab("self"):
            return next((v.again() for v in reversed(self.memory) if not v.nested), None)
        if noun.startswith("مراسل"):
            noun = "مراسل"
        for voice in reversed(self.memory):
            if noun in voice.words and voice.sources:
                return Voice(voice.sources, via=voice.via, sure=False)
        if (noun in nouns("organization") or noun in nouns("group")) and (entity := self._called(noun, first)):
            return Voice([entity.id], sure=False)
        if noun in nouns("document"):
            return self._document(first, end)
        kinds: tuple[str, ...] = (
            ("person",)
            if noun in nouns("person") or noun in vocab("generic") or form in vocab("honour")
            else ("organization", "group", "country")
        )
        for voice in reversed(self.memory):
            if voice.sources and self.by_id[voice.sources[0]].type in kinds and self._agrees(voice, agreement):
                return Voice(voice.sources, via=voice.via, sure=False)
        return None

    def _spoken(self, first: int, end: int) -> Voice | None:
        """Who spoke before under the same title: رئيس الحكومة after رئيس الحكومة فلان."""
        wanted = [bare(f) for f in self.layout.forms[first : first + 3] if f not in CLOSED][: max(1, min(2, end - first))]
        for voice in reversed(self.memory):
            if voice.sources and all(w in voice.words for w in wanted):
                return Voice(voice.sources, via=voice.via, sure=False)
        return None

    def _two(self, first: int) -> Voice | None:
        """الجانبان, الوزيران: the two persons named last, ministers where it says ministers."""
        role = self._noun(first)[:-2]
        ministers = {r.entity.id for r, title in self._titles() if role in title} if role in nouns("person") else set()
        ids: list[str] = []
        for ref in reversed([r for r in self.layout.index.refs if r.first < first and r.entity.type == "person"]):
            if ref.entity.id not in ids and (len(ministers) < 2 or ref.entity.id in ministers):
                ids.append(ref.entity.id)
            if len(ids) == 2:
                return Voice(ids[::-1], many=True, sure=False)
        return None

    def _called(self, noun: str, before: int) -> Entity | None:
        """The organisation or group mentioned last whose name begins with a noun or follows it (صحيفة "هآرتس")."""
        forms = self.layout.forms
        for ref in reversed(self.layout.index.refs):
            if ref.first >= before or ref.entity.type not in ("organization", "group"):
                continue
            name = bare(unjoined(forms[ref.first]) if not ref.clitic else forms[ref.first][len(ref.clitic) :])
            around = [bare(unjoined(f)) for f in forms[max(0, ref.first - 2) : ref.first]]
            if name == noun or noun in around or fold(ref.entity.name).split()[0] in (noun, "ال" + noun):
                return ref.entity
        return None

    def describe(self, first: int, end: int, type: EntityType) -> Voice:
        """An entity known only by a description (مصدر أمني), added to the entities where it is new."""
        stop = self._phrase_end(first, end)
        span = self.layout.text.token_span(first, stop)
        token = self.layout.text.tokens[first]
        if len(token.form) > 3 and token.form[0] in "لب" and bare(token.form[1:]) in nouns("person") | nouns("group"):
            span = (span[0] + 1, span[1])
        voice = self._add(span, type)
        voice.sure = not self.layout.forms[first].startswith("ال")
        return voice

    def unknown(self, first: int, end: int, agreement: str) -> Voice | None:
        """A speaker that no layer before knows: kept as it is written, for a source must not be lost."""
        forms = self.layout.forms
        if len(forms[first]) < 3 or forms[first] in CLOSED or not agreement or forms[first][0].isdigit():
            return None
        if _said(forms[first]):
            return None
        if forms[first] in vocab("nobody") or forms[first] in vocab("between") or forms[first] in table().objects:
            return None
        if (len(forms[first]) > 4 and forms[first].endswith(("ها", "هم"))) or forms[first].endswith("ا"):
            return None
        stop = first
        while stop < min(end, first + 5) and forms[stop] not in CLOSED and forms[stop] not in vocab("nobody"):
            stop += 1
        return self._add(self.layout.text.token_span(first, stop), "group" if agreement[1] == "p" else "person")

    def _phrase_end(self, first: int, end: int) -> int:
        """End of a description: the noun, its adjectives and what it stands in construct with; else one prepositional phrase."""
        forms, index = self.layout.forms, self.layout.index
        definite = forms[first].startswith("ال")
        i = first + 1 + (tuple(forms[first : first + 2]) in compounds())
        start = i
        while i < end and forms[i] not in CLOSED and i < first + 7:
            form, ref = forms[i], index.at(i)
            if ref and ref.first == i and not ref.clitic and i == start:
                i = ref.end
                continue
            if form in vocab("links") or form in vocab("aside") or ref or form[0].isdigit() or _said(form):
                break
            if form.startswith("ال") != definite and not (i == start and form.startswith("ال")):
                break
            i += 1
        if i == start and i < end and (forms[i] in vocab("links") or forms[i][0] in "بل") and forms[i] not in vocab("apart"):
            j = i + (forms[i] in vocab("links"))
            ref = index.at(min(j, end - 1))
            stop = ref.end if ref else j + 1
            while not ref and stop < min(end, j + 4) and forms[stop].startswith("ال"):
                stop += 1
            return min(stop, end)
        return min(i, end)

    def _add(self, span: tuple[int, int], type: EntityType) -> Voice:
        text = self.layout.text
        quote = text.quote(span)
        key = fold(quote)
        if key not in self._described:
            known = next((e for e in self.entities if fold(e.name) == key), None)
            if known is None:
                number = len(self.entities) + 1
                while f"e{number}" in self.by_id:
                    number += 1
                known = Entity(id=f"e{number}", type=type, name=quote, mentions=[])
                self.entities.append(known)
                self.by_id[known.id] = known
            self._described[key] = known.id
        entity = self.by_id[self._described[key]]
        if all(m.span != span for m in entity.mentions):
            entity.mentions.append(Mention(span, quote, "nominal"))
        return Voice([entity.id])

    # carrying over

    def carried(self, agreement: str) -> Voice | None:
        """Who goes on speaking where a verb or participle has no subject: the last voice that it agrees with."""
        last = [v for v in self.memory[-8:] if not v.nested]
        for voice in reversed(last):
            if self._agrees(voice, agreement):
                return voice
        return last[-1] if last else None

    def _agrees(self, voice: Voice, agreement: str) -> bool:
        if not agreement or not voice.sources:
            return bool(voice.sources)
        if agreement[1] == "d":
            return len(voice.sources) == 2
        gender = self.gender(voice)
        if agreement[1] == "p":
            return voice.many or self.by_id[voice.sources[0]].type == "group"
        return not gender or gender == agreement[0]

    def gender(self, voice: Voice) -> str:
        """f, m, or nothing where it is not known."""
        if voice.gender:
            return voice.gender
        entity = self.by_id[voice.sources[0]]
        if entity.type == "person":
            return ""
        head = fold(entity.name).split()[0] if entity.name.split() else ""
        if entity.type == "country":
            return ""
        return "f" if head.endswith("ه") or head in vocab("feminine") else ""

    def remember(self, voice: Voice) -> None:
        """Keep who spoke, for those who go on without a name."""
        if voice.sources:
            self.memory.append(voice)


def _said(form: str) -> bool:
    """Whether a word is a masdar or participle of saying, which ends a description (مسؤول قوله)."""
    known = table().forms.get(form)
    return known is not None and known[0].kind in "mp"


def _authored(forms: list[str], i: int) -> bool:
    """Whether a relative clause that begins at a token names who made a document: دراسة أعدها فلان."""
    return i < len(forms) and forms[i].startswith(("اعد", "اجر", "اشرف", "اصدر", "قام"))


def _covers(role: list[str], wanted: Iterable[str]) -> bool:
    words = {bare(w) for w in role}
    return all(bare(w) in words for w in wanted)
