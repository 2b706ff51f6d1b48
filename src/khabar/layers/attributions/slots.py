"""Names finished in the speaker's place.

The place between a verb of saying and the clause that it takes belongs to the speaker alone, which tells more of a name than the
name itself does: what stands there is the whole of it. Entities that come too short are completed here, and persons that no layer
before knew get their name.
"""

from khabar.layers.attributions.complements import RELATIVE
from khabar.layers.attributions.cues import table
from khabar.layers.attributions.descriptions import Descriptions, said
from khabar.layers.attributions.layout import CLOSED
from khabar.layers.attributions.memory import Voice
from khabar.layers.attributions.words import bare, beside, nouns, vocab
from khabar.layers.entities import Ref

_AND_WHO = frozenset(["وهو", "وهي", "وهما", "وهم"])
_CLOSED_CLASSES = ("nobody", "between", "skipped", "prepositions", "adverb", "aside", "self", "not_that", "as")
_NO_PHRASE = ("between", "prepositions", "adverb", "aside", "nobody")
_AFTER_NAME = frozenset("،,(")


class Slots(Descriptions):
    """What fills a speaker's place, tokens up to `end`."""

    def complete_person(self, ref: Ref, end: int) -> None:
        """Make a person's mention the whole name where the rest of it fills the place (خالد الزهيري for خالد)."""
        stop = self._name_end(ref.end, end, 3)
        if stop == ref.end:
            return
        mention = ref.mention
        span = (mention.span[0], self.layout.text.tokens[stop - 1].end)
        old, mention.span, mention.quote = mention.quote, span, self.layout.text.quote(span)
        if ref.entity.name == old or ref.entity.name in mention.quote:
            ref.entity.name = mention.quote

    def complete_organization(self, ref: Ref, end: int) -> None:
        """Call an organisation by its whole name where the rest of it fills the place: المجلس الوطني للمقاومة."""
        stop = self.phrase_end(ref.end, end)
        if stop == ref.end:
            return
        if ref.entity.name == ref.mention.quote:
            ref.entity.name = self.layout.text.quote((ref.mention.span[0], self.layout.text.tokens[stop - 1].end))

    def complete_description(self, ref: Ref, end: int) -> None:
        """Describe an unnamed person by the whole phrase that fills the place: قائد الشرطة في المنطقة."""
        stop = self.phrase_end(ref.end, end)
        if stop == ref.end or self.named(ref.entity):
            return
        span = (ref.mention.span[0], self.layout.text.tokens[stop - 1].end)
        ref.mention.span, ref.mention.quote = span, self.layout.text.quote(span)
        if len(ref.mention.quote) > len(ref.entity.name):
            ref.entity.name = ref.mention.quote

    def phrase_end(self, start: int, end: int) -> int:
        """Where the noun phrase that goes on at `start` ends if it fills the place up to `end`; `start` where it does not."""
        forms, index, i = self.layout.forms, self.layout.index, start
        while i < end and i - start < 9:
            form, place = forms[i], index.at(i + 1) if i + 1 < end else None
            if form in ("في", "من") and place and place.entity.type in ("place", "country", "organization"):
                i = place.end
                continue
            if form == "في" and i + 1 < end and forms[i + 1] in vocab("field"):
                i += 2
                continue
            if beside(form):
                return i
            if form in CLOSED or form in RELATIVE or any(form in vocab(kind) for kind in _NO_PHRASE) or form in table().forms:
                break
            i += 1
        filled = i >= end or forms[i] in _AFTER_NAME or forms[i] in vocab("between")
        return min(i, end) if filled else start

    def leading(self, first: int, end: int) -> Voice | None:
        """The name that stands first and is explained after a comma, where no layer before knew it: فلان الفلاني، رئيس …"""
        stop = first
        while stop < end and stop - first < 4 and self._may_be_name(stop) and not self.layout.index.at(stop):
            stop += 1
        comma = stop < end and self.layout.forms[stop] in "،,"
        explained = comma and stop + 1 < end and bare(self.layout.forms[stop + 1]) in nouns("person")
        if stop - first < 2 or not explained or self.layout.forms[first].startswith("ال"):
            return None
        return self._add(self.layout.text.token_span(first, stop), "person", "name")

    def apposed(self, first: int, end: int) -> Voice | None:
        """The name that stands with a title, where no layer before knew it.

        After a comma (رئيس الجامعة، فلان الفلاني), after a rank (المهندس فلان), or where the title has ended with a definite
        noun, after which what is indefinite can only be a name (المشرف على البرنامج فلان).
        """
        forms = self.layout.forms
        starts = [i + 1 for i in range(first + 1, end - 1) if forms[i] in "،,"]
        starts += [i + 1 for i in range(first, end - 1) if forms[i] in vocab("ranks")][-1:]
        starts += [
            i
            for i in range(first + 2, end - 1)
            if not forms[i].startswith("ال") and (forms[i - 1].startswith(("ال", "لل", "بال")) or self._ends_place(i - 1))
        ][:1]
        for start in starts:
            if start + 2 < end and forms[start] in ("د", "م", "ا") and forms[start + 1] == ".":
                start += 2
            stop = self._name_end(start, end, 5)
            least = 1 if forms[start - 1] in vocab("ranks") | {"."} else 2
            if stop - start < least:
                continue
            voice = self._add(self.layout.text.token_span(start, stop), "person", "name")
            entity = self.by_id[voice.sources[0]]
            last = start - 1 if forms[start - 1] in "،," else start
            title = self.layout.text.quote(self.layout.text.token_span(first, last))
            if title not in entity.roles:
                entity.roles = [*entity.roles, title]
            return voice
        return None

    def _ends_place(self, i: int) -> bool:
        ref = self.layout.index.at(i)
        return ref is not None and ref.end == i + 1 and ref.entity.type in ("place", "country", "organization")

    def _name_end(self, start: int, end: int, most: int) -> int:
        """Where a name that begins at `start` ends if it fills the place up to `end` or a comma; `start` where it does not."""
        stop = start
        forms = self.layout.forms
        while stop < end and stop - start < most and (self._may_be_name(stop) or self._weekday_name(start, stop, end)):
            if beside(forms[stop]):
                return stop
            stop += 1
        filled = stop >= end or forms[stop] in _AFTER_NAME | _AND_WHO or bare(forms[stop]) in nouns("person")
        return stop if filled else start

    def _weekday_name(self, start: int, i: int, end: int) -> bool:
        """Whether a weekday is a surname: the last word of a name between two commas (، محمد الخميس، إن)."""
        forms = self.layout.forms
        closed = i + 1 == end or forms[i + 1] in "،,"
        return i > start and closed and forms[start - 1] in "،," and forms[i] in vocab("between") and forms[i].startswith("ال")

    def _may_be_name(self, i: int) -> bool:
        """Whether a word may be part of a person's name: no mention of its own, no word of the closed classes, no adverb."""
        form, token, text = self.layout.forms[i], self.layout.text.tokens[i], self.layout.text
        if (
            form in CLOSED
            or not form[0].isalpha()
            or form.startswith(("بال", "لل", "وال", "كال"))
            or form in RELATIVE
            or text.raw[token.start : token.end].endswith(("اً", "ًا"))
        ):
            return False
        if form == "علي":
            return text.raw[token.end - 1] == "ي"  # a name, where the preposition is written على
        if any(form in vocab(kind) for kind in _CLOSED_CLASSES) or said(form) or form in table().forms or form in _AND_WHO:
            return False
        if any(bare(form) in nouns(kind) for kind in ("person", "group", "document", "organization")):
            return False
        ref = self.layout.index.at(i)
        return ref is None or (ref.end == i + 1 and not ref.clitic and (ref.entity.type == "person" or ref.first == i))
