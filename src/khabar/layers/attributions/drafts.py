"""What the rules of one sentence share: what has been said in it so far, and whether a form reports where it stands."""

from dataclasses import dataclass

from khabar.layers.attributions.complements import COMPLEMENTIZERS, RELATIVE, Complement
from khabar.layers.attributions.cues import Cue, table
from khabar.layers.attributions.layout import CLOSED, Layout
from khabar.layers.attributions.memory import Voice
from khabar.layers.attributions.speakers import Speakers
from khabar.layers.attributions.words import bare, joined, nouns, vocab


@dataclass
class Draft:
    """An attribution in tokens: content is [start, end), `letters` of its first token left out."""

    cue: Cue
    start: int
    letters: int
    end: int
    voice: Voice
    after: bool = False
    colon: bool = False


@dataclass
class Candidate:
    """A cue that takes a complement, before it is known who speaks."""

    cue: Cue
    complement: Complement


class Base:
    """One sentence, tokens [a, b), with its cues. A quotation may lead on to `paragraph_end`; `title` marks a headline."""

    def __init__(
        self, layout: Layout, speakers: Speakers, span: tuple[int, int], cues: list[Cue], paragraph_end: int, title: bool
    ) -> None:
        self.layout, self.speakers = layout, speakers
        self.forms = layout.forms
        self.a, self.b = span
        self.cues, self.paragraph_end, self.title = cues, paragraph_end, title
        self.drafts: list[Draft] = []

    def _say(self, draft: Draft) -> None:
        outer = next((d for d in self.drafts if not d.colon and d.start <= draft.cue.token < d.end), None)
        draft.voice.nested = outer is not None
        self.drafts.append(draft)
        if not draft.colon or self.title:
            self.speakers.remember(draft.voice)

    def _reports(self, cue: Cue) -> bool:
        """Whether a form stands where it may report: not negated, not impersonal, no inference."""
        i, forms, t = cue.token, self.forms, table()
        before = forms[i - 1] if i > self.a else ""
        if cue.entry.kind == "i" and before in ("قد", "وقد", "لكي", "كي", "حتي", "لو", "هل"):
            return False
        token = self.layout.text.tokens[i]
        if cue.entry.kind == "v" and self.layout.text.raw[token.start + cue.clitic] == "إ":
            return False  # إبان, إعلان: no past begins with this letter
        if forms[i][cue.clitic :] in ("يدعي", "تدعي") and self.layout.text.raw[token.end - 1] == "ى":
            return False  # is called
        if self._is_adjective(cue):
            return False
        if cue.entry.lemma == "شدد" and cue.end < self.b and self._tightened(cue.end):
            return False
        if cue.entry.wasla and cue.entry.kind == "v" and self.layout.text.raw[token.start + cue.clitic] == "أ":
            return False
        if before in vocab("negation") and cue.entry.kind != "p":
            past_act = before == "ان" and cue.entry.kind == "v" and i - 2 >= self.a and forms[i - 2] in vocab("past_that")
            if not past_act and not (cue.entry.lemma == "استبعد" and before != "ان"):
                return False
        if before in t.not_after or (cue.entry.finite and before in vocab("prepositions")):
            return False
        if cue.entry.doubtful and cue.entry.finite and not self._opens(cue) and before not in RELATIVE:
            return False
        word = forms[i][cue.clitic :]
        return all(not (words[0] == word and forms[i + 1 : i + len(words)] == words[1:]) for words in t.impersonal)

    def _is_adjective(self, cue: Cue) -> bool:
        """Whether a participle only describes the noun before it: حراسة مشددة, or what that has to do: أن الدول مطالبة بـ."""
        i, forms = cue.token, self.forms
        if cue.entry.kind != "p" or cue.clitic or i - 1 < self.a or forms[i - 1] in CLOSED:
            return False
        before, ref = forms[i - 1], self.layout.index.at(i - 1)
        if cue.entry.lemma == "طالب" and not forms[i].endswith("ا"):
            clause = next(
                (k for k in range(i - 1, max(self.a, i - 9), -1) if forms[k] in COMPLEMENTIZERS or forms[k] in CLOSED), i
            )
            return clause < i and forms[clause] in COMPLEMENTIZERS
        if cue.entry.lemma != "شدد" or ref or before.startswith("ال") or before.endswith(("ها", "هم")):
            return False
        if any(before in vocab(kind) for kind in ("between", "adverb", "adverbs", "self", "his", "honour")):
            return False
        agrees = before.endswith("ا") if forms[i].endswith("ا") else forms[i].endswith("ه")
        return agrees and self.layout.text.raw[self.layout.text.tokens[i - 1].end - 1] != "ه"

    def _is_through(self, cue: Cue) -> bool:
        """Whether عبر is "through" a medium and not "expressed"."""
        i = cue.token
        if self.forms[i] != "عبر" or cue.end >= self.b:
            return False
        after = bare(self.forms[cue.end])
        return after in nouns("platform") or after in nouns("medium") or after in vocab("channel_noun")

    def _tightened(self, i: int) -> bool:
        """Whether what is tightened follows: شددت إجراءاتها."""
        for form in self.forms[i : min(self.b, i + 6)]:
            if form in vocab("prepositions") or form in CLOSED - {'"'}:
                return False
            if bare(form) in vocab("tightened"):
                return True
        return False

    def _lead(self) -> int:
        """Where the sentence's own statement begins: after "it is recalled that" and the like."""
        i = self.a
        word = self.forms[i].lstrip("و") if len(self.forms[i]) > 3 else self.forms[i]
        for words in table().impersonal:
            if words[0] == word and self.forms[i + 1 : i + len(words)] == words[1:]:
                i += len(words)
                while i < self.b and self.forms[i] in ("الي", "ان", "انه", "انها", "،"):
                    i += 1
                return i
        return i

    def _opens(self, cue: Cue) -> str:
        """Whether a verb opens its clause ("start": its sentence), so that its subject is not before it; empty where not."""
        i, forms = cue.token, self.forms
        if i == self.a:
            return "start"
        before = forms[i - 1]
        if (
            cue.clitic
            or (before in CLOSED and before not in ("-", "(", ")"))
            or before in vocab("joining")
            or before in vocab("adverbs")
        ):
            return "clause"
        if before in vocab("boundary") or joined(before) in vocab("boundary") or before in vocab("between"):
            return "clause"
        return "clause" if before == "و" else ""

    def _topic_of(self, first: int, end: int, gender: str) -> Voice | None:
        """The first person, organisation or group named in tokens [first, end) that can have a gender; a country last."""
        early = self._early_noun(first, end, gender)
        if early:
            return early
        refs = [r for r in self.layout.index.outermost(first, end) if r.entity.type not in ("place", "hazard")]
        agreeing = [r for r in refs if self.speakers.gender(Voice([r.entity.id])) in ("", gender)]
        persons = [r for r in agreeing if r.entity.type == "person"]
        chosen = agreeing[:1] if agreeing and agreeing[0].entity.type != "country" else persons[:1] or agreeing[:1]
        return Voice([chosen[0].entity.id], sure=False) if chosen else None

    def _early_noun(self, first: int, end: int, gender: str) -> Voice | None:
        """Who a noun with the article at the head of a sentence takes up, before any mention: وجددت الحركة طلبها، قائلة …"""
        for i in range(first, min(end, first + 4)):
            ref = self.layout.index.at(i)
            if ref and ref.entity.type not in ("place", "hazard"):
                return None
            form = self.forms[i]
            if form.startswith("ال") and any(bare(form) in nouns(kind) for kind in ("organization", "person")):
                voice = self.speakers.of(i, i + 1, gender + "s", known=True)
                return voice if voice and self.speakers.gender(voice) in ("", gender) else None
        return None
