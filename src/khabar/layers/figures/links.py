"""What a figure belongs to: its event, its places, the day it holds for."""

import re
from collections.abc import Sequence

from khabar.layers.figures.words import CUES
from khabar.record import Event, Span, Time
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

_REACH = 400
"""Characters: an event further away is not the figure's."""

_SOURCE = r"(?:وفق|وفقا|بحسب|حسب|طبقا|استنادا|وبحسب|ووفقا|ووفق|وحسب)"
_DATA = r"(?:ال)?(?:ارقام|احصاء|احصاءات|احصاييات|احصاييه|حصيله|بيانات|معطيات|تقديرات|حصايل)"
_DATED = re.compile(rf"(?<!\S){_SOURCE} (?:\S+ ){{0,2}}?[لب]?{_DATA}(?!\S)")
_UNTIL = re.compile(r"(?<!\S)(?:و)?(?:حتي|لغايه)(?: (?:مساء|صباح|ظهر|فجر|ليل|منتصف|نهايه|يوم))*$")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Links:
    """Events and times of an article, ready to be asked for those of a figure."""

    def __init__(self, text: Text, events: Sequence[Event], times: Sequence[Time]) -> None:
        self.text = text
        self.events = [(t.span, e) for e in events if e.status != "denied" for t in e.triggers]
        self.times = [t for t in times if t.begin and t.begin == t.end]

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
            key = (0 if of_cue else 2 if elsewhere else 1, distance, trigger[0])
            if best is None or key < best[0]:
                best = key, event
        return best[1] if best else None

    def as_of(self, span: Span, tallied: bool) -> str | None:
        """The day that the text dates the figure itself with: حتى مساء السبت، وفق أرقام نشرت في 16 سبتمبر; a tally's own day."""
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
