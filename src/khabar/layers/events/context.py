"""What the reading of one trigger needs to know of the whole article, computed once an article."""

from bisect import bisect_right
from collections import Counter
from functools import cache, cached_property

from khabar.layers.attributions import covering
from khabar.layers.blocks import Page
from khabar.layers.entities import Index, Ref
from khabar.layers.events.clauses import Sentence, pieces
from khabar.layers.events.slots import Slot, slots
from khabar.layers.events.triggers import Candidate, candidates
from khabar.lexicon import load
from khabar.record import Attribution, Entity, Span, Time
from khabar.script import Text


class Context:
    """An article's sentences, candidates, mentions, times and attributions, by token."""

    def __init__(
        self, text: Text, page: Page, entities: list[Entity], times: list[Time], attributions: list[Attribution]
    ) -> None:
        self.text = text
        self.page = page
        self.entities = entities
        self.times = times
        self.attributions = attributions
        self.index = Index(text, entities)
        bounds = pieces(text)
        self._firsts = [first for first, _ in bounds]
        self.titles = self._titles()
        self.groups: list[list[Candidate]] = []
        self._sentence_groups: list[list[list[Candidate]]] = []
        self._time_tokens: dict[str, tuple[int, int, int]] = {}
        within: set[int] = set()
        for time in times:
            covered = text.tokens_in(time.span)
            if covered:
                self._time_tokens[time.id] = (covered.start, covered.stop, self.number_of(covered.start))
                within.update(covered)
        timed = frozenset(within)
        self.sentences = [Sentence(text, self.index, n, b, n < self.titles, timed) for n, b in enumerate(bounds)]
        for sentence in self.sentences:
            found = [g for g in candidates(sentence) if g[0].first not in timed]
            self._sentence_groups.append(found)
            self.groups.extend(found)
        self._speaks: dict[Candidate, tuple[frozenset[str], frozenset[str]]] = {}
        self._slots: dict[Candidate, dict[int, Slot]] = {}
        self._seen: dict[str, int] = {}
        for group in self.groups:
            for kind in {c.entry.type for c in group if c.entry.weak < 2}:
                self._seen[kind] = self._seen.get(kind, 0) + 1
        self._quotes = self._quoted()
        self._frequency: dict[str, int] = {e.id: len(e.mentions) for e in entities}
        self._contents = [(a.content.span, a.cue.span) for a in attributions]
        self._cues = {t for a in attributions for t in text.tokens_in(a.cue.span)}
        self._sources = {s for a in attributions for s in a.sources}

    def _titles(self) -> int:
        """How many sentences at the beginning are the title."""
        titles = [b.span for b in self.page.blocks if b.kind == "title"]
        if not titles:
            return 0
        return sum(self.text.tokens[first].start < titles[0][1] for first in self._firsts)

    def _quoted(self) -> set[int]:
        inside: set[int] = set()
        opened = -1
        for i, token in enumerate(self.text.tokens):
            if token.form == '"':
                if opened >= 0 and i - opened < 60:
                    inside.update(range(opened, i))
                    opened = -1
                else:
                    opened = i
        return inside

    def slots(self, c: Candidate) -> dict[int, Slot]:
        """Slots of the mentions of a candidate's sentence."""
        known = self._slots.get(c)
        if known is None:
            known = self._slots[c] = slots(c)
        return known

    def number_of(self, token: int) -> int:
        """Number of the sentence that a token stands in."""
        return bisect_right(self._firsts, token) - 1

    def is_title(self, number: int) -> bool:
        """Whether a sentence is the title."""
        return number < self.titles

    def quoted(self, token: int) -> bool:
        """Whether a token stands between quotation marks."""
        return token in self._quotes

    def span(self, c: Candidate) -> Span:
        """Span of a candidate's words in the text, without the conjunction and preposition written with the first."""
        start = self.text.line_start(c.first) + c.hit.at
        last = self.text.tokens[c.end - 1]
        return self.text.span(start, self.text.line_start(c.end - 1) + len(last.form))

    def attributed(self, c: Candidate) -> str:
        """Whether somebody vouches for a candidate, or whether it is the cue itself."""
        if c.first in self._cues:
            return "cue"
        return self.attributed_span(self.span(c))

    def attributed_span(self, span: Span) -> str:
        """Whether a span lies in what somebody is said to have said."""
        return "in" if any(a <= span[0] and span[1] <= b for (a, b), _ in self._contents) else "out"

    def spoken(self, c: Candidate, entity: str) -> str:
        """What an entity says of a candidate: `cue` where the candidate is the word with which the entity speaks, `in` where it
        stands in what the entity says, `none` else; with `+` where somebody else speaks so."""
        by_cue, within = self._speakers(c)
        if by_cue:
            return "cue" if entity in by_cue else "cue+"
        return "in" if entity in within else "in+" if within else "none"

    def _speakers(self, c: Candidate) -> tuple[frozenset[str], frozenset[str]]:
        known = self._speaks.get(c)
        if known is None:
            a, b = self.span(c)
            cue = frozenset(s for x in self.attributions if x.cue.span[0] < b and a < x.cue.span[1] for s in x.sources)
            said = frozenset(s for x in self.attributions if x.content.span[0] <= a and b <= x.content.span[1] for s in x.sources)
            known = self._speaks[c] = cue, said
        return known

    def headword(self, ref: Ref) -> str | None:
        """The first word of what a group, a body or an unnamed person is called, without its article."""
        kind = ref.entity.type
        if kind not in ("group", "organization") and ref.mention.kind == "name":
            return None
        form = self.text.tokens[ref.first].form[len(ref.clitic) :]
        return form[2:] if form.startswith("ال") and len(form) > 4 else form

    def covering(self, c: Candidate) -> list[str]:
        """Ids of the attributions that vouch for a candidate."""
        return covering(self.attributions, self.span(c))

    def seen(self, kind: str) -> int:
        """How many candidates of a type the article has."""
        return self._seen.get(kind, 0)

    @cached_property
    def density(self) -> int:
        """Candidates in ten sentences."""
        return 10 * len(self.groups) // max(1, len(self.sentences)) // 4

    def beside(self, c: Candidate) -> list[tuple[str, int]]:
        """How many other candidates of each type the sentence of a candidate has."""
        found: dict[str, int] = {}
        for group in self._sentence_groups[c.sentence.number]:
            if group[0].first != c.first:
                found[group[0].entry.type] = found.get(group[0].entry.type, 0) + 1
        return sorted(found.items())

    @cached_property
    def keys(self) -> Counter[str]:
        """How often each sense of an event word stands in the article."""
        return Counter(g[0].entry.key for g in self.groups)

    @cached_property
    def common_types(self) -> list[str]:
        """Types of which the article has three candidates and more."""
        return sorted(t for t, n in Counter(g[0].entry.type for g in self.groups).items() if n >= 3)

    @cached_property
    def title_keys(self) -> set[str]:
        """Senses of the event words of the title."""
        return {g[0].entry.key for g in self.groups if g[0].sentence.title}

    @cached_property
    def title_types(self) -> set[str]:
        """Types of the event words of the title."""
        return {g[0].entry.type for g in self.groups if g[0].sentence.title}

    def _share(self, name: str) -> int:
        words = _words(name)
        n = sum(t.form in words for t in self.text.tokens)
        return 0 if n < 2 else 1 if n * 60 < len(self.text) else 2

    @cached_property
    def sport(self) -> int:
        """How much the article is about sport: 0, 1 or 2."""
        return self._share("sport")

    @cached_property
    def economy(self) -> int:
        """How much the article is about markets: 0, 1 or 2."""
        return self._share("economy")

    def common(self, form: str) -> str | None:
        """A form where it is one of the common words that features may name."""
        return form if form in _common() else None

    def time_tokens(self, time: Time) -> tuple[int, int, int]:
        """First token, end and sentence of a time."""
        return self._time_tokens.get(time.id, (0, 0, -1))

    def timed(self, c: Candidate) -> bool:
        """Whether the sentence of a candidate has a time."""
        return self.times_in(c.sentence.number) > 0

    @cached_property
    def _times_by_sentence(self) -> dict[int, list[Time]]:
        found: dict[int, list[Time]] = {}
        for time in self.times:
            if time.id in self._time_tokens and time.type in ("DATE", "TIME"):
                found.setdefault(self._time_tokens[time.id][2], []).append(time)
        return found

    @cached_property
    def dates(self) -> list[Time]:
        """Times that are days, in order."""
        return [t for found in self._times_by_sentence.values() for t in found]

    def times_in(self, number: int) -> int:
        """How many dates a sentence has."""
        return len(self._times_by_sentence.get(number, []))

    def times_near(self, c: Candidate) -> list[Time]:
        """Dates that may be a candidate's: those of its sentence and of the one before and after."""
        n = c.sentence.number
        return [t for k in (n - 1, n, n + 1) for t in self._times_by_sentence.get(k, [])]

    def first_time(self, number: int) -> Time | None:
        """First date of a sentence."""
        return next(iter(self._times_by_sentence.get(number, [])), None)

    def nearest(self, c: Candidate, time: Time) -> bool:
        """Whether no other candidate of the sentence is nearer to a time."""
        first, end, number = self.time_tokens(time)
        gap = min(abs(first - c.end), abs(c.first - end))
        return all(
            min(abs(first - g[0].end), abs(g[0].first - end)) >= gap
            for g in self._sentence_groups[number]
            if g[0].first != c.first
        )

    def future_time(self, c: Candidate) -> str:
        """Whether the sentence has a date after the day of publication."""
        published = (self.page.published or "")[:10]
        found = [t.begin for t in self._times_by_sentence.get(c.sentence.number, []) if t.begin]
        if not published or not found:
            return "none"
        return "all" if all(b > published for b in found) else "some" if any(b > published for b in found) else "no"

    def day_of(self, c: Candidate) -> str:
        """How the nearest date of a candidate's sentence lies to the day of publication, or open, or none."""
        found = self._times_by_sentence.get(c.sentence.number, [])
        if not found:
            return "none"
        near = min(found, key=lambda t: abs(self._time_tokens[t.id][0] - c.first))
        published = (self.page.published or "")[:10]
        if not published or near.begin is None or near.end is None:
            return "open"
        if near.end < published:
            return "before"
        if near.begin > published:
            return "after"
        return "day" if near.begin == near.end else "around"

    def sentence_of(self, ref: Ref) -> int:
        """Sentence of a mention."""
        return self.number_of(ref.first)

    def first_in(self, number: int) -> Ref | None:
        """First mention of a sentence."""
        refs = self.sentences[number].refs
        return refs[0] if refs else None

    def local(self, c: Candidate) -> int:
        """How many mentions the clause of a candidate has."""
        a, b = c.sentence.clause(c.first)
        return sum(a <= r.first < b for r in c.sentence.refs)

    @cached_property
    def _countries(self) -> dict[str, str | None]:
        return {e.id: e.country for e in self.entities}

    def country(self, entity: str) -> str | None:
        """Country (alpha-3) of an entity."""
        return self._countries.get(entity)

    def often(self, entity: str) -> int:
        """How often an entity is named."""
        return self._frequency.get(entity, 0)

    def head(self, sentence: Sentence, ref: Ref) -> tuple[Ref, bool]:
        """The first of a row of coordinated mentions that a mention stands in, and whether that is another one."""
        head, joined = ref, False
        for _ in range(8):
            gov = sentence.governor(head)
            if gov.kind not in ("and", "pause"):
                break
            i = sentence.order[head.first]
            if not i or head.first - sentence.refs[i - 1].end > (4 if gov.kind == "and" else 2):
                break
            if sentence.refs[i - 1].entity.type != head.entity.type and gov.kind == "pause":
                break
            head, joined = sentence.refs[i - 1], True
        return head, joined

    def cue_source(self, sentence: Sentence, ref: Ref) -> bool:
        """Whether the entity speaks in the article and a cue stands next to the mention."""
        if ref.entity.id not in self._sources:
            return False
        return any(t in self._cues for t in range(max(sentence.first, ref.start - 3), min(sentence.end, ref.end + 3)))

    def scope(self, c: Candidate) -> list[Ref]:
        """Mentions that may be arguments of a candidate: its sentence's, those of the sentence before, and the title's."""
        n = c.sentence.number
        found = list(c.sentence.refs)
        local = {r.entity.id for r in found}
        for k in dict.fromkeys((n - 1, *range(self.titles), n + 1 if n < self.titles else n)):
            if 0 <= k < len(self.sentences) and k != n:
                for ref in self.sentences[k].refs:
                    if ref.entity.id not in local:
                        local.add(ref.entity.id)
                        found.append(ref)
        return found


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("grammar")[name])


@cache
def _common() -> frozenset[str]:
    return frozenset(load("common"))
