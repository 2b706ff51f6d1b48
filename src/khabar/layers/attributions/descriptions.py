"""Speakers without a name: entities made from how the text describes them."""

from khabar.layers.attributions.cues import table
from khabar.layers.attributions.layout import CLOSED
from khabar.layers.attributions.memory import Memory, Voice
from khabar.layers.attributions.words import bare, beside, compounds, nouns, vocab
from khabar.layers.entities import Ref
from khabar.record import Entity, EntityType, Mention, MentionKind
from khabar.script import fold


class Descriptions(Memory):
    """Descriptions (مصدر أمني, المتحدث باسم النقابة) and names that no layer before knew."""

    def described(self, ref: Ref, end: int) -> Voice:
        """A mention by description, with the whole of its phrase: مصادر في المقاومة, where only مصادر was found."""
        stop = self._phrase_end(ref.first, end)
        if stop > ref.end:
            span = (ref.mention.span[0], self.layout.text.tokens[stop - 1].end)
            quote = self.layout.text.quote(span)
            ref.mention.span, ref.mention.quote = span, quote
        plain = ref.entity.type in ("person", "group")
        if plain and len(ref.mention.quote) > len(ref.entity.name):
            ref.entity.name = ref.mention.quote
        return Voice([ref.entity.id])

    def describe(self, first: int, end: int, type: EntityType) -> Voice:
        """An entity known only by a description (مصدر أمني), added to the entities where it is new."""
        stop = self._phrase_end(first, end)
        span = self.layout.text.token_span(first, stop)
        token = self.layout.text.tokens[first]
        if len(token.form) > 3 and token.form[0] in "لبو" and bare(token.form[1:]) in nouns("person") | nouns("group"):
            span = (span[0] + 1, span[1])
        voice = self._add(span, type)
        voice.sure = not self.layout.forms[first].startswith("ال")
        return voice

    def unknown(self, first: int, end: int, agreement: str) -> Voice | None:
        """A speaker that no layer before knows: kept as it is written, for a source must not be lost."""
        forms = self.layout.forms
        if (
            (len(forms[first]) < 3 and forms[first] not in ("ام", "ابو"))
            or forms[first] in CLOSED
            or not agreement
            or forms[first][0].isdigit()
        ):
            return None
        if said(forms[first]):
            return None
        if self._breaks_name(first) and bare(forms[first]) not in nouns("person"):
            return None
        if forms[first] in vocab("nobody") or forms[first] in vocab("between") or forms[first] in table().objects:
            return None
        token = self.layout.text.tokens[first]
        if (len(forms[first]) > 4 and forms[first].endswith(("ها", "هم"))) or self.layout.text.raw[
            token.end - 2 : token.end
        ] == "اً":
            return None
        if len(forms[first]) > 4 and forms[first][0] in "بل" and self.layout.text.raw[token.end - 1] == "ه":
            return None  # بوجوده
        while first + 2 < end and forms[first] in vocab("before_head"):
            first += 1 + (forms[first + 1] == "من")
        stop = first + 1
        while stop < min(end, first + 5) and not self._breaks_name(stop):
            stop += 1
        group = agreement[1] == "p"
        body = agreement == "fs" and forms[first].startswith("ال") and forms[first].endswith("ه")
        return self._add(self.layout.text.token_span(first, stop), "group" if group else "organization" if body else "person")

    def _breaks_name(self, i: int) -> bool:
        """Whether a word can be no part of an unknown name."""
        form = self.layout.forms[i]
        if form in CLOSED or any(form in vocab(kind) for kind in ("nobody", "between", "adverb", "prepositions", "aside")):
            return True
        return said(form) or bare(form) in nouns("person")

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
            if (
                len(form) < 2
                or form in vocab("links")
                or form in vocab("aside")
                or ref
                or form[0].isdigit()
                or said(form)
                or beside(form)
            ):
                break
            if form.startswith("ال") != definite and not (i == start and form.startswith("ال")):
                break
            i += 1
        links = i < end and (forms[i] in vocab("links") or (forms[i][0] in "بل" and len(forms[i]) > 1))
        if i == start and links and forms[i] not in vocab("apart"):
            j = i + (forms[i] in vocab("links"))
            ref = index.at(min(j, end - 1))
            stop = ref.end if ref else j + 1
            while not ref and stop < min(end, j + 4) and forms[stop].startswith("ال"):
                stop += 1
            return min(stop, end)
        return min(i, end)

    def short_of(self, quote: str, type: EntityType) -> Entity | None:
        """The person of whose name a phrase is a part: الزهيري, after خالد الزهيري."""
        words = {bare(w) for w in fold(quote).split()}
        if type != "person":
            return None
        return next((e for e in self.entities if e.type == "person" and words < {bare(w) for w in fold(e.name).split()}), None)

    def _add(self, span: tuple[int, int], type: EntityType, kind: MentionKind = "nominal") -> Voice:
        """The entity of a phrase, made where no entity is called so."""
        text = self.layout.text
        quote = text.quote(span)
        key = fold(quote)
        if key not in self._described:
            known = next((e for e in self.entities if fold(e.name) == key), None) or self.short_of(quote, type)
            if known is None:
                number = len(self.entities) + 1
                while f"e{number}" in self.by_id:
                    number += 1
                known = Entity(id=f"e{number}", type=type, name=quote, mentions=[])
                self.entities.append(known)
                self.by_id[known.id] = known
                if kind == "name":
                    self._names.add(known.id)
            self._described[key] = known.id
        entity = self.by_id[self._described[key]]
        if all(m.span != span for m in entity.mentions):
            entity.mentions.append(Mention(span, quote, kind))
        return Voice([entity.id])


def said(form: str) -> bool:
    """Whether a word is a masdar or participle of saying, which ends a description (مسؤول قوله)."""
    known = table().forms.get(form)
    return known is not None and known[0].kind in "mp"
