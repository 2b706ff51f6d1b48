"""What a figure belongs to: its event, its places, the day it holds for."""

import re
from collections.abc import Sequence
from functools import cached_property

from khabar.layers.entities import Index, Ref
from khabar.layers.figures.words import CUES
from khabar.record import Entity, Event, Span, Time
from khabar.script import Text

CAUSES: dict[str, tuple[str, ...]] = {
    "killed": ("ASSAULT", "DISASTER"),
    "injured": ("ASSAULT", "DISASTER"),
    "missing": ("DISASTER", "ASSAULT", "AID"),
    "displaced": ("DISASTER", "ASSAULT", "AID", "COERCE"),
    "detained": ("COERCE",),
    "kidnapped": ("ASSAULT", "COERCE"),
    "rescued": ("AID", "DISASTER"),
    "affected": ("DISASTER", "ASSAULT", "AID", "COERCE"),
    "damaged": ("ASSAULT", "DISASTER", "COERCE"),
    "deployed": ("MOBILIZE",),
}
"""Types of event that cause a kind of figure."""

_CLAUSE = 14
"""Tokens after a figure in which the place of its clause may stand."""

_REACH = 400
"""Characters: an event further away is not the figure's."""

_SOURCE = r"(?:وفق|وفقا|بحسب|حسب|طبقا|استنادا|وبحسب|ووفقا|ووفق|وحسب)"
_DATA = r"(?:ال)?(?:ارقام|احصاء|احصاءات|احصاييات|احصاييه|حصيله|بيانات|معطيات|تقديرات|حصايل)"
_DATED = re.compile(rf"(?<!\S){_SOURCE} (?:\S+ ){{0,2}}?[لب]?{_DATA}(?!\S)")
_UNTIL = re.compile(r"(?<!\S)(?:و)?(?:حتي|لغايه)(?: (?:مساء|صباح|ظهر|فجر|ليل|منتصف|نهايه|يوم))*$")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Links:
    """Events and times of an article, ready to be asked for those of a figure."""

    def __init__(self, text: Text, entities: Sequence[Entity], events: Sequence[Event], times: Sequence[Time]) -> None:
        self.text = text
        self.entities = entities
        self.events = [(t.span, e) for e in events if e.status != "denied" for t in e.triggers]
        self.times = [t for t in times if t.begin and t.begin == t.end]

    @cached_property
    def index(self) -> Index:
        """Mentions by token, made when the first figure asks."""
        return Index(self.text, self.entities)

    def event(self, kind: str, span: Span, cue: Span) -> Event | None:
        """The event whose trigger is nearest: the cue itself, else in the figure's sentence, else before it."""
        types = CAUSES[kind]
        best: tuple[tuple[int, int, int], Event] | None = None
        sentence = self.text.sentence_of(self.text.token_from(span[0]))
        for trigger, event in self.events:
            if event.type not in types or abs(trigger[0] - span[0]) > _REACH:
                continue
            of_cue = trigger[0] < cue[1] and cue[0] < trigger[1]
            elsewhere = self.text.sentence_of(self.text.token_from(trigger[0])) != sentence
            if elsewhere and trigger[0] > span[0]:
                continue
            distance = span[0] - trigger[1] if trigger[0] < span[0] else trigger[0] - span[1] + 20
            # the counted noun itself (قتيلاً) says least about what happened
            inside = span[0] <= trigger[0] and trigger[1] <= span[1]
            key = (3 if elsewhere else 2 if inside else 0 if of_cue else 1, distance, trigger[0])
            if best is None or key < best[0]:
                best = key, event
        return best[1] if best else None

    def places(self, event: Event | None, span: Span) -> list[str]:
        """The places that the clause of the figure is in (مقتل 3 جنود في ... بولاية ...), else those of its event that the
        sentence names, else where the sentence says it is before the figure (ضحايا الفيضانات في درنة إلى 300 قتيل), else the
        surest of its event that the text has named by then."""
        after = self.text.token_from(span[1])
        first, end = self.text.sentences[self.text.sentence_of(max(0, after - 1))]
        found: list[str] = []
        last = 0
        for ref in self.index.within(after, min(end, after + _CLAUSE)):
            if ref.entity.type not in ("place", "country"):
                continue
            if found and ref.start > last + 1:
                break
            if found or self._located(ref):
                found.append(ref.entity.id)
                last = ref.stop
        if found:
            return list(dict.fromkeys(found))
        told = event.places if event else []
        named = {ref.entity.id for ref in self.index.within(first, end)}
        if here := [place for place in told if place in named]:
            return here
        before = [r for r in self.index.within(first, after) if r.entity.type in ("place", "country") and self._located(r)]
        if before:
            return [before[-1].entity.id]
        # a sum is not spread over every place that an event touched, and is in none that the text comes to later
        known = {ref.entity.id for ref in self.index.within(0, end)}
        return [place for place in told if place in known][:1]

    def _located(self, ref: Ref) -> bool:
        """Whether a mention stands under a preposition of place, over a word for a region or two (في مدينة …, شمال …)."""
        if "ب" in ref.clitic:
            return True
        first = min(ref.first, ref.start)
        for i in range(first - 1, max(-1, first - 4), -1):
            form = self.text.tokens[i].form
            region = form[1:] if form.startswith("ب") else form
            if form in CUES["where"] or (region != form and region in CUES["regions"]):
                return True
            if form not in CUES["regions"]:
                return False
        return False

    def as_of(self, span: Span, tallied: bool) -> str | None:
        """The day that the text dates the figure itself with: حتى مساء السبت، وفق أرقام نشرت في 16 مايو; a tally's own day."""
        token = self.text.token_from(span[0])
        first, end = self.text.sentences[self.text.sentence_of(token)]
        a = self.text.line_start(first)
        b = self.text.line_start(end - 1) + len(self.text.tokens[end - 1].form)
        data = [m.start() for m in _DATED.finditer(self.text.line, a, b)]
        last = self.text.token_from(span[1] - 1)
        for time in self.times:
            at = self.text.token_from(time.span[0])
            if not first <= at < end:
                continue
            start = self.text.line_start(at)
            if _UNTIL.search(self.text.line, max(a, start - 40), start) and 0 <= at - last <= 16:
                return time.begin
            if any(d < start and start - d < 160 for d in data):
                return time.begin
            if tallied and 0 < at - last <= 4 and self.text.tokens[at - 1].form not in CUES["apart"]:
                return time.begin
        return None
