"""One sentence: which of its counts are figures, and of what kind.

A count takes its kind from its own noun (13 قتيلاً), from the masdar or verb that governs it (مقتل 13، أصيب 13), from what
follows it (لقي 13 شخصاً مصرعهم), from the tally it belongs to (ارتفع عدد القتلى إلى 13), or from the figure before it (و5 مدنيين،
بينهم 3 نساء).
"""

from khabar.layers.figures.counts import Count, noun, number, one_of
from khabar.layers.figures.found import Found, Governor, Kinds, Tally
from khabar.layers.figures.ways import Ways
from khabar.layers.figures.words import CUES, MARKS, TALLY, Mark
from khabar.record import FigureKind

HEDGES = (("ما", "لا", "يقل", "عن"), ("مالا", "يقل", "عن"), ("مالايقل", "عن"), ("اكثر", "من"))
"""Lower bounds before a dual, by token."""

LOST = ("killed", "injured")


class Sentence(Ways):
    """Walks over a sentence: keeps what governs and what is tallied, and gives every count its kind."""

    def read(self) -> list[Found]:
        """Figures of the sentence, in order."""
        i = self.first
        while i < self.end:
            i = self._step(i)
        return self.found

    def _step(self, i: int) -> int:
        amount = self.amounts.get(i)
        g = self.governor
        if g is not None and g.at == i - 1 and self.found and self.forms[i] in CUES["ordinals"] and g.kinds[0] in LOST:
            # مقتل شخصين وإصابة ثالث
            self.found.append(Found(Count(i, i + 1, 1, 1, 1, "single"), g.kinds[0], g.at))
            return i + 1
        if amount is not None:
            count = number(amount, self.forms, self.first, self.end)
            if count is not None:
                if i < count.first and (self.forms[i].startswith("و") or self.form(i - 1) == "و"):
                    count = count._replace(conj=True)
                self._take(count)
                return max(count.end, amount.tokens[1])
            return amount.tokens[1]
        form = self.forms[i]
        if (count := self._hedged_dual(i)) is not None and self._take(count):
            return count.end
        if form in CUES["breaks"]:
            self.governor = None
            return i + 1
        if (marks := MARKS.get(form)) is None and form not in CUES["one_of"]:
            if form in TALLY:
                self._open_tally(i)
            elif form.endswith("هم") and self._names_tally(i) and self.tally:
                # عدد العمال الذين تعتقلهم الشرطة
                kind = next((m.kind for m in MARKS.get(form[:-2], ()) if m.role == "verb" and m.kind), None)
                self.tally = self.tally._replace(kind=kind, at=i) if kind else self.tally
            elif form in CUES["rise"] and (self.tally is None or not self.tally.named):
                self.tally = Tally(self._rising(i), i, True, i)
            return i + 1
        if form in CUES["one_of"] and (count := one_of(i, self.forms, self.end)) is not None and self._take(count):
            return count.end
        for sort in ("dual", "single"):
            count = noun(i, self.forms, self.end, sort) if marks else None
            if count is not None and self._take(count):
                return count.end
        self._govern(i, marks or ())
        return i + 1

    def _hedged_dual(self, i: int) -> Count | None:
        """ما لا يقل عن شخصين، أكثر من جنديين: the hedge belongs to the count."""
        for words in HEDGES:
            first = self.forms[i].removeprefix("و")
            if first == words[0] and tuple(self.forms[i + 1 : i + len(words)]) == words[1:] and i + len(words) < self.end:
                count = noun(i + len(words), self.forms, self.end, "dual") if self.forms[i + len(words)] in MARKS else None
                conj = first != self.forms[i]
                return count._replace(first=i, at=int(conj), high=None, conj=conj) if count and not count.conj else None
        return None

    # governors and tallies

    def _govern(self, i: int, marks: tuple[Mark, ...]) -> None:
        for m in marks:
            if m.kind is None or m.number == "pair":
                continue
            if m.role in ("verb", "done") and self._names_tally(i):
                self.tally = Tally(m.kind, i, True, self.tally.opened if self.tally else i)
                return
            if m.role in ("act", "verb", "deed"):
                if self._is_void(i, m):
                    self.governor = None
                    return
                # غرق is of people and of boats; what is counted decides
                kinds = tuple(dict.fromkeys(n.kind for n in marks if n.role == m.role and n.kind))
                g = self.governor
                if (
                    g is not None
                    and m.conj
                    and g.at == i - 1
                    and (g.act if m.role == "act" else self._opens(g) and m.role == "verb" and m.number == "")
                    and all(f.cue != g.at for f in self.found)
                ):
                    kinds = (*g.kinds, m.kind)
                verb = any(other.role == "verb" for other in marks)
                self.governor = Governor(kinds, i, verb, self.forms[i][m.at :], m.role == "deed", m.role == "act")
                return
            if m.role in ("bearer", "total") and m.number in ("many", "both"):
                opened = self.tally is not None and self.tally.kind is None and i - self.tally.at <= 4
                if m.article or opened:
                    self.tally = Tally(m.kind, i, opened, self.tally.opened if self.tally and opened else i)
                return

    def _opens(self, g: Governor) -> bool:
        """Whether a passive of harm begins its clause (قتل وأصيب 20), its patient not told yet (إن 3 قتلوا وأصيب 20)."""
        return g.word in ("قتل", "اصيب") and (g.at == self.first or not self.form(g.at - 1).isalnum())

    def _rising(self, i: int) -> FigureKind | None:
        """وفيات الحريق ترتفع إلى 13: the kind of what the clause begins with, when it rises."""
        for j in range(i - 1, max(self.first, i - 4) - 1, -1):
            if not self.forms[j].isalpha() or self.forms[j] in CUES["apart"] or self.forms[j] in CUES["breaks"]:
                return None
            for m in MARKS.get(self.forms[j], ()):
                if m.role in ("bearer", "total") and m.kind and m.number in ("many", "both") and not m.prep:
                    return m.kind if j == self.first or self.forms[j - 1] in CUES["breaks"] else None
        return None

    def _names_tally(self, i: int) -> bool:
        """عدد الصحفيين الذين لقوا حتفهم: the relative clause says what is tallied."""
        t = self.tally
        return t is not None and t.named and t.kind is None and i - t.opened <= 7 and "الذين" in self.forms[t.opened : i]

    def _is_void(self, i: int, m: Mark) -> bool:
        """Whether a verb or masdar happened to nobody: denied, tried, feared, meant (لاعتقال 3), a verdict (حكم بإعدام 24)."""
        before, word = self.form(i - 1), self.forms[i][m.at :]
        if before in CUES["negations"] or (m.number == "present" and before in ("قد", "ان")):
            return True
        if m.role != "act":
            return False
        if self._is_denied(i, m):
            return True
        meant = m.prep and self.forms[i][m.at - 1] == "ل" and word not in CUES["results"]
        return meant or (m.kind == "killed" and not CUES["verdict"].isdisjoint((before, self.form(i - 2))))

    def _is_denied(self, i: int, m: Mark) -> bool:
        """Whether a masdar is what somebody says did not happen: نفت السفارة مقتل مواطن، لا صحة لما يقال عن مقتل 3; but not
        نفت مسؤوليتها عن مقتل 3, nor نفى صحة مقتل 3: that was told before, and a ledger has to show who withdraws it."""
        for j in range(i - 1, max(self.first, i - 14) - 1, -1):
            form = self.form(j)
            if form in CUES["breaks"] - {"ما"} or j in self.amounts:
                return False
            if form == "صحه":
                return self.form(j - 1) in ("لا", "ولا", "عدم", "وعدم")
            if form in CUES["denial"]:
                between = self.forms[j + 1 : i]
                told = any(f in CUES["news"] for f in between)
                return not m.prep and i - j <= 8 and (told or not any(f in CUES["apart"] for f in between))
        return False

    def _open_tally(self, i: int) -> None:
        form = self.forms[i]
        elliptic = form.startswith(("ال", "وال", "بال"))
        self.tally = Tally(self.last_kind if elliptic else None, i, True, i)

    # kinds of a count

    def _take(self, count: Count) -> bool:
        kinds = [] if self._idle(count) else self._kinds(count)
        tallied = self.tally is not None and bool(kinds) and kinds[0][1] == self.tally.at
        if tallied:
            count = self._hedged_tally(count)
        if count.sort in ("dual", "single") and tuple(self.forms[count.end : min(self.end, count.end + 2)]) == ("علي", "الاقل"):
            count = count._replace(high=None)
        self._catch_up(count, kinds)
        if len(kinds) > 1 and count.best is not None:
            # a sum over two kinds bounds each of them
            count = count._replace(low=None, best=None, high=count.best)
        for kind, cue in kinds:
            self.found.append(Found(count, kind, cue, tallied))
            self.last_kind = kind
        return bool(kinds)

    def _hedged_tally(self, c: Count) -> Count:
        """تجاوز عدد القتلى 100: the hedge stands before the tally."""
        before = self.form(self.tally.opened - 1) if self.tally else ""
        if c.low is None or not c.low == c.best == c.high:
            return c
        if before in CUES["over"]:
            return c._replace(high=None)
        return c._replace(low=None, high=None) if before in CUES["near"] else c

    def _catch_up(self, c: Count, kinds: Kinds) -> None:
        """خمسة من الحراس و20 من الركاب أصيبوا: the verb after the second count governs the first too."""
        earlier = self.open
        if kinds or c.sort != "single":
            self.open = None if kinds else c
        if earlier is None or not kinds or not c.conj or kinds[0][1] < c.end or c.first - earlier.end > 6:
            return
        if not any(f in CUES["breaks"] or f in CUES["apart"] - {"من"} for f in self.forms[earlier.end : c.first]):
            self.found += [Found(earlier, kind, cue) for kind, cue in kinds[:1] if self._fits(earlier, kind)]
