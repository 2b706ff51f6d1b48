"""Speech without a verb: a headline's speaker before a colon, and the quotation of a post with its author after it."""

from khabar.layers.attributions import contents
from khabar.layers.attributions.channels import carrier_in
from khabar.layers.attributions.cues import Cue, Entry
from khabar.layers.attributions.drafts import Base, Draft
from khabar.layers.attributions.layout import CLOSED, Layout
from khabar.layers.attributions.speakers import Speakers
from khabar.layers.attributions.words import bare, joined, nouns, unjoined, vocab

NAMED = Entry("قال", ("speech",), "n", "", *[False] * 9)
"""The cue of speech that only a speaker's name introduces."""


class Headlines(Base):
    """Speakers before a colon."""

    def _colon(self) -> None:
        """فلان: … at the beginning of a headline or a line."""
        forms, first = self.forms, self.a
        colon = next((i for i in range(first, min(self.b, first + 12)) if forms[i] == ":"), None)
        if colon is None or colon == first or colon + 2 >= self.b:
            return
        if any(c.token < colon and c.entry.finite and (c.token == first or self._reports(c)) for c in self.cues):
            return
        if not self._may_speak(first, colon):
            return
        about = next((i for i in range(first + 1, colon) if forms[i] == "عن"), None)
        to = next((i for i in range(first + 1, colon) if self._is_addressee(i)), colon)
        voice = self.speakers.of(about + 1, colon) if about else None
        carrier = self.speakers.of(first, about) if about else None
        if voice and carrier and carrier.sources and carrier.sources[0] not in voice.sources:
            voice.via = carrier.sources[0]
        voice = voice or self.speakers.of(first, to)
        if voice is None:
            return
        start, end = contents.trimmed(self.layout, colon + 1, self._speech_end(colon))
        if end - start >= 2:
            clitic = int(joined(forms[first]) != forms[first] and self._is_joined(first))
            self._say(Draft(Cue(first, colon, clitic, NAMED), start, 0, end, voice, colon=True))

    def _is_addressee(self, i: int) -> bool:
        """Whether a word of a headline says to whom: فلان لوفد إيراني: …"""
        form, ref = self.forms[i], self.layout.index.at(i)
        if ref and ref.first < i:
            return False
        return (
            form == "ل"
            or (ref is not None and ref.clitic in ("ل", "لل"))
            or (ref is None and form.startswith("ل") and len(form) > 3)
        )

    def _may_speak(self, first: int, colon: int) -> bool:
        """Whether the words before a colon can be who speaks: in a headline a mention, elsewhere a description or a quotation."""
        forms, words = self.forms, self.forms[first:colon]
        if "-" in words or words[0] in vocab("prepositions") or any(f[0].isdigit() for f in words):
            return False
        head = bare(unjoined(joined(words[0])))
        described = any(head in nouns(kind) for kind in ("person", "group", "document"))
        start = first + (forms[first] == '"')
        ref = self.layout.index.at(start)
        named = ref is not None and ref.start <= start and ref.entity.type in ("person", "organization", "group")
        if self.title:
            return named or described or head in nouns("organization")
        quoted = colon + 1 in self.layout.quotes
        return (named and quoted) or (described and (quoted or colon - first <= 4) and head not in nouns("document"))

    def _speech_end(self, colon: int) -> int:
        """A headline's speech runs to its end, over stops, unless somebody else speaks in it."""
        end = contents.end_of(self.layout, colon + 1, self.b, set(), self.paragraph_end)
        if self.title and ":" not in self.forms[self.b : self.paragraph_end]:
            return self.paragraph_end
        return end

    def _is_joined(self, i: int) -> bool:
        ref = self.layout.index.at(i)
        return ref is None or bool(ref.clitic) or ref.first > i


def post(layout: Layout, speakers: Speakers, first: int, end: int) -> Draft | None:
    """A post that is embedded in an article: a quotation, its author, and tags or a link. The paragraph is [first, end)."""
    close = layout.quotes.get(first)
    if close is None or close - first < 6 or close + 2 >= end or layout.forms[close + 1] in CLOSED - {"#"}:
        return None
    tail = layout.forms[close + 1 : end]
    if not any(f == "#" or f.startswith("pic.") or f.startswith("http") for f in tail):
        return None
    stop = close + 1
    while stop < end and stop < close + 12 and not layout.forms[stop].startswith(("pic.", "http")):
        if layout.forms[stop] == "#" and not layout.index.at(stop + 1):
            break
        stop += 1
    voice = speakers.of(close + 1, stop, whole=True)
    if voice is None:
        return None
    voice.via = carrier_in(layout, close + 1, end, voice.sources)
    start, content_end = contents.trimmed(layout, first, close + 1)
    return Draft(Cue(close + 1, stop, 0, NAMED), start, 0, content_end, voice, after=True, colon=True)
