"""How a counted phrase takes its kind: from its noun, its tally, what follows it, what governs it, the figure before it."""

from collections.abc import Sequence

from khabar.layers.figures.counts import Count
from khabar.layers.figures.found import Found, Kinds
from khabar.layers.figures.governed import Governed
from khabar.layers.figures.words import CUES, MARKS, PARTS, TALLY, Mark


class Ways(Governed):
    """The ways in which a count may take its kind, in the order in which they are tried."""

    def _idle(self, c: Count) -> bool:
        """Whether the count is none: the number of a list, a yearly rate, the second noun of one count (2000 مهاجر ولاجئ)."""
        if (
            c.sort == "number"
            and c.first == self.first
            and self.form(c.amount.tokens[1] if c.amount else c.end) in ("-", ")", ".")
        ):
            return True
        before = MARKS.get(self.form(c.first - 1), ())
        if c.sort == "single" and not c.conj and any(m.role in ("person", "troops") and not m.article for m in before):
            return True
        return any(f in CUES["yearly"] for f in self.forms[c.end : min(self.end, c.end + 6)])

    def _kinds(self, c: Count) -> Kinds:
        own = self._own(c)
        if own and own[0][0] not in ("killed", "injured") and (befell := self._befell(c) or self._died(c)):
            return befell
        if own:
            return [(kind, cue) for kind, cue in own if kind != "injured" or not self._of_disease()]
        if c.sort == "single" and any(m.role == "bearer" for m in c.noun):
            return []
        if self._is_case(c) and not (self.tally and self.tally.kind):
            between = self.forms[self.governor.at + 1 : self._start(c)] if self.governor else ()
            if not all(f in CUES["adverbs"] for f in between):
                return []
            return [(kind, cue) for kind, cue in self._governed(c) if kind == "killed"]  # وفاة 21 حالة
        for way in (
            self._tallied,
            self._closed,
            self._governed,
            self._followed,
            self._tallied_after,
            self._joined,
            self._present,
            self._burnt,
            self._needy,
        ):
            if got := way(c):
                return [(kind, cue) for kind, cue in got if self._fits(c, kind)]
        return []

    def _died(self, c: Count) -> Kinds:
        """What people who bear a kind already came to: لقي 9 لاجئين حتفهم، 4 رهائن قتلوا."""
        return [
            (kind, cue)
            for kind, cue in self._closed(c) or self._followed(c)
            if kind in ("killed", "injured") and self.forms[cue] not in CUES["strict"]
        ]

    def _own(self, c: Count) -> Kinds:
        """The kind that the counted noun bears."""
        if got := self._between(c):
            return got
        kinds = [m.kind for m in c.noun if m.role in ("bearer", "total") and m.kind]
        if self._is_case(c) and c.head is not None:
            g = self.governor
            if g is not None and g.kinds == ("rescued",) and self.form(c.head + 1) == "غرق":
                return [("rescued", g.at)]  # أنقذت الفرق 13 حالة غرق
            return [(m.kind, c.head + 1) for m in MARKS.get(self.form(c.head + 1), ()) if m.role in ("total", "act") and m.kind][
                :1
            ]
        if not kinds and c.noun and c.sort != "single" and c.head is not None:
            return self._described(c, c.head)
        if not kinds or c.head is None or c.sort == "one of":
            return []
        after = self.form(c.head + 1)
        if c.sort == "single" and not self._stands_as_count(c):
            return []
        if c.sort == "dual" and any(m.article for m in c.noun):
            return []
        kind = kinds[0]
        if (
            kind == "killed"
            and self.form(c.head) not in CUES["bodies"]
            and any(f in CUES["rubble"] for f in self.forms[c.end : min(self.end, c.end + 4)])
        ):
            kind = "missing"
        got = [(kind, c.head)]
        # المئات من القتلى والجرحى: of both, as many
        for m in MARKS.get(after, ()):
            if (
                m.role == "bearer"
                and m.conj
                and m.kind
                and m.kind != kind
                and (m.number in ("many", "both") or (c.best or 0) > 10)
            ):
                got.append((m.kind, c.head + 1))
                break
        return got

    def _described(self, c: Count, head: int) -> Kinds:
        """What the people counted are said to be: 5 عمال مفقودين، 4 مواطنين كنديين محتجزون، مليون شخص من اللاجئين."""
        at = head + 1
        many = [m.role == "person" and m.number in ("many", "both") for m in MARKS.get(self.form(at), ())]
        if many and all(many) and not self.form(at).startswith(("و", "ال", "بال", "لل")):
            at += 1
        nexts = [m for m in MARKS.get(self.form(at), ()) if m.role == "bearer" and not m.conj and not m.prep and m.kind]
        ones = any(m.number in ("one", "kin") for m in c.noun)
        got: Kinds = [(m.kind, at) for m in nexts if m.kind and (m.number == "one") == ones and not m.article][:1]
        if not got and self.form(head + 1) == "من" and any(m.role == "person" and m.number != "kin" for m in c.noun):
            nexts = [m for m in MARKS.get(self.form(head + 2), ()) if m.role == "bearer" and m.article and not m.prep]
            got = [(m.kind, head + 2) for m in nexts if m.kind and not m.conj and m.number in ("many", "both")][:1]
        return got

    def _is_case(self, c: Count) -> bool:
        """21 حالة وفاة: the noun after it tells."""
        return c.head is not None and self.form(c.head) in CUES["case"]

    def _between(self, c: Count) -> Kinds:
        """13 ما بين قتيل وجريح: both kinds, of which 13 is the sum."""
        if c.sort != "number":
            return []
        at = c.first + 1 if c.amount is None else c.amount.tokens[1]
        while at < c.end + 6 and self.form(at) not in ("بين", "مابين"):
            if not self.form(at) or self.form(at) in CUES["breaks"] - {"ما"} or at in self.amounts:
                return []
            at += 1
        pair = [m for f in self.forms[at + 1 : at + 3] for m in MARKS.get(f, ()) if m.role == "bearer" and m.number == "one"]
        kinds = list(dict.fromkeys(m.kind for m in pair if m.kind))
        return [(kind, at) for kind in kinds] if len(kinds) == 2 else []

    def _stands_as_count(self, c: Count) -> bool:
        """Whether a single noun that bears its kind is a count (سقوط قتيل) and no description (الشهيد)."""
        if any(m.article for m in c.noun):
            return False
        return self.form(c.first - 1) in CUES["falls"] or self.form(c.end - 1) in ("واحد", "واحده")

    def _tallied(self, c: Count) -> Kinds:
        """ارتفع عدد القتلى إلى 13، والإصابات إلى 20."""
        if self.tally is None or not self.tally.kind or c.sort != "number":
            return []
        before, at = self._before(c)
        if before == "من" and "الي" in self.forms[c.end : min(self.end, c.end + 3)]:
            return []
        near = at == self.tally.at or (before in CUES["links"] and (self.tally.named or at - 1 == self.tally.at))
        near = near or (self.tally.named and (at < self._start(c) - 1 or self._of_tally(at)))
        return [(self.tally.kind, self.tally.at)] if near and at - self.tally.at <= 28 else []

    def _is_count(self, j: int) -> bool:
        """Whether a number at `j` counts something of its own: no age, and no واحدة after its noun."""
        return j in self.amounts and self.amounts[j].unit is None and self.forms[j] not in ("واحد", "واحده")

    def _of_tally(self, at: int) -> bool:
        """Whether what stands after the tally up to the token at `at` describes it: بلغ عدد الجرحى المدنيين 1616، بلغ عدد ضحايا
        الحريق في المصنع 12."""
        if self.tally is None or at - self.tally.at > 8 or self.form(at) in CUES["apart"]:
            return False
        between = self.forms[self.tally.at + 1 : at + 1]
        if all(f.startswith(("ال", "وال")) and f not in ("الي", "الا") for f in between):
            return at - self.tally.at <= 3
        told = self.form(self.tally.opened - 1) in CUES["links"]
        clear = all(f.isalpha() and f not in CUES["breaks"] for f in between)
        return told and clear and not any(m.role in ("act", "verb", "done") for f in between for m in MARKS.get(f, ()))

    def _closed(self, c: Count) -> Kinds:
        """لقي 4 أشخاص مصرعهم."""
        if c.sort == "single" and (self.form(c.first)[c.at :] in CUES["other"] or any(m.article for m in c.noun)):
            return []
        parts = False
        met = self.form(self._start(c) - 1) in CUES["met"]  # لقي 4 أشخاص من عائلة واحدة مصرعهم
        for j in range(c.end, min(self.end, c.end + 9)):
            parts = parts or self.forms[j] in PARTS
            if (not parts and (self._is_count(j) or (j - c.end > 4 and not met))) or self.forms[j] in CUES["breaks"]:
                break
            met = met or self.forms[j] in CUES["met"]
            if self.forms[j].startswith("للاصاب") and not self.form(self._start(c) - 1).endswith(("تعرض", "تعرضت")):
                continue  # عرضة للإصابة
            if self.forms[j] == "قضوا" and self.form(j + 1) not in CUES["died_of"]:
                continue
            if c.sort == "single" and self.forms[j].startswith("ل") and not self.form(c.first - 1).endswith(("تعرض", "تعرضت")):
                continue  # تعرض اللاعب سالم مهاجم الفريق لإصابة
            for m in MARKS.get(self.forms[j], ()):
                if (
                    m.role == "done"
                    and m.kind
                    and self._agrees(c, self.forms[j])
                    and not (m.kind == "injured" and self.governor and self.forms[j][0] == "ب")
                ):
                    return [(m.kind, j)]
        return []

    def _followed(self, c: Count) -> Kinds:
        """1792 شخصا قتلوا، أن جنديا قتل، الأشخاص الذين قتلوا."""
        if c.sort == "single" and (self.form(c.first)[c.at :] in CUES["other"] or any(m.article for m in c.noun)):
            return []
        if c.sort == "single" and (
            any(m.role == "thing" for m in c.noun)
            or (self.form(c.end).startswith("ال") and not self.form(c.first).endswith("ا"))  # زعيم الحركة قتل
            or (c.first > self.first and self.form(c.first - 1) not in CUES["breaks"])
        ):
            return []
        parts = False
        far = c.sort == "number" and self.form(self._start(c) - 1) in ("ان", "بان", "وان")
        for j in range(c.end, min(self.end, c.end + (2 if c.sort == "single" else 18 if far else 9))):
            form = self.forms[j]
            parts = parts or form in PARTS
            if j - c.end >= 9 and (form in CUES["breaks"] or any(m.number != "وا" for m in self._verbs(form))):
                break
            if form == "،" and (parts or self.form(j + 1) in PARTS or (self.form(j + 1) == "من" and self.form(j + 2) in PARTS)):
                continue
            if (j in self.amounts and not parts) or form in ("و", "،", "ان"):
                break
            if form == "القبض" and self.form(j + 1) in CUES["on"]:
                return [("detained", j)]
            if form == "عداد":
                return [(m.kind, j + 1) for m in MARKS.get(self.form(j + 1), ()) if m.role == "bearer" and m.kind][:1]
            marks = MARKS.get(form, ())
            verb = next((m for m in marks if m.role == "verb" and m.kind and not m.conj and self._fits(c, m.kind)), None)
            if verb is not None and verb.kind is not None:
                if j > c.end and self.forms[j - 1] in CUES["apart"]:
                    return []  # على قتل: the masdar, not the verb
                if (
                    form in CUES["tight"]
                    or (form in CUES["strict"] and not any(m.role in ("person", "troops", "bearer") for m in c.noun))
                    or (c.sort == "single" and verb.number == "present")
                    or (not c.noun and (j - c.end > 1 or (self._names_something(c) and verb.number != "وا")))
                    or (verb.number in ("ا", "تا") and c.best != 2)
                ):
                    return []
                after = MARKS.get(self.form(j + 1), ())
                has_object = j + 1 in self.amounts or any(m.role in ("person", "troops") for m in after)
                return [] if has_object or self.form(j + 1) == "او" else [(verb.kind, j)]
            if any(m.role == "act" for m in marks):
                return []
        return []

    def _verbs(self, form: str) -> list[Mark]:
        return [m for m in MARKS.get(form, ()) if m.role == "verb"]

    def _names_something(self, c: Count) -> bool:
        """Whether the count has a noun that is on no list (12 تهمة)."""
        return c.amount is not None and c.end > c.amount.tokens[1]

    def _tallied_after(self, c: Count) -> Kinds:
        """ارتفعت إلى 202 حصيلة القتلى: the tally stands after its number."""
        if c.sort != "number" or self.form(c.end) not in TALLY:
            return []
        for j in range(c.end + 1, min(self.end, c.end + 4)):
            for m in MARKS.get(self.forms[j], ()):
                if m.role in ("bearer", "total") and m.kind and m.number in ("many", "both"):
                    return [(m.kind, j)]
        return []

    def _joined(self, c: Count) -> Kinds:
        """و5 مدنيين after مقتل 3 جنود; بينهم 3 نساء."""
        before, at = self._before(c)
        prior = self.found[-1] if self.found else None
        if before in PARTS and not (c.sort == "single" and any(m.article for m in c.noun)):
            if len(self.found) > 1 and self.found[-2].phrase == self.found[-1].phrase:
                return []
            if self.open is not None and (prior is None or self.open.first > prior.phrase.first) and at - self.open.end <= 3:
                return self._followed(c)  # 17 بحاراً، بينهم ثلاثة ضباط، قتلوا
            kind = prior.kind if prior else self.last_kind if at - self.first <= 2 else None
            return [(kind, at)] if kind else []
        after = self.form(c.end)
        if self.last_kind and not c.noun and (after in CUES["rest"] or (after in PARTS and prior is not None)):
            return [(self.last_kind, c.end)]
        if c.sort == "single":
            return self._one_more(c, prior)
        if prior is None:
            return []
        between = self.forms[prior.phrase.end : self._start(c)]
        added = before in ("الي", "عن", "جانب") and any(f in CUES["added"] for f in between[-3:])
        others = [f for j, f in enumerate(between, prior.phrase.end) if j != prior.cue]
        if added and len(between) <= 14 and not any(m.role in ("act", "verb") for f in others for m in MARKS.get(f, ())):
            return [(prior.kind, prior.cue)]
        if not c.conj:
            return []
        if len(between) > 9 or any(f in CUES["breaks"] or (f in CUES["apart"] and f != "من") for f in between):
            return []
        if any(m.role in ("act", "verb") for f in between for m in MARKS.get(f, ())):
            return []
        return [(prior.kind, prior.cue)]

    def _one_more(self, c: Count, prior: Found | None) -> Kinds:
        """مقتل ضابط ومجند، 3 جنود ومدني; but not 200 طالب وطالبة, where both nouns stand under the number."""
        if prior is None or not c.conj or c.prep or any(m.article for m in c.noun):
            return []
        under = prior.phrase.sort == "number" and not any(m.number in ("many", "both") for m in prior.phrase.noun)
        between = self._without_age(self.forms[prior.phrase.end : c.first])
        if under or len(between) > 2 or any(f in CUES["apart"] or f in CUES["breaks"] or not f.isalpha() for f in between):
            return []
        if any(m.role != "person" or m.number != "one" for f in between for m in MARKS.get(f, ())):
            return []
        return [(prior.kind, prior.cue)]

    def _without_age(self, forms: Sequence[str]) -> Sequence[str]:
        """مقتل امرأة (50 سنة) ورجل: what stands in brackets after the first is left out."""
        if len(forms) > 1 and forms[0] == "(" and ")" in forms[:6]:
            return forms[forms.index(")") + 1 :]
        return forms

    def _present(self, c: Count) -> Kinds:
        """Troops that are somewhere: مئات من عناصر المجموعة ينشطون في الجنوب."""
        if c.sort != "number" or not any(m.role == "troops" for m in c.noun):
            return []
        if not CUES["cells"].isdisjoint(self.forms[self.first : self.end]):
            return []
        start = self._start(c)
        for j in (*range(start - 1, max(self.first, start - 7) - 1, -1), *range(c.end, min(self.end, c.end + 4))):
            if self.forms[j] in CUES["breaks"] or j in self.amounts:
                continue
            if self.forms[j] in CUES["presence"]:
                return [("deployed", j)]
        return []

    def _burnt(self, c: Count) -> Kinds:
        """An area in a sentence that speaks of fire."""
        if c.amount is None or c.amount.kind != "measure":
            return []
        return next(([("damaged", j)] for j in range(self.first, self.end) if self.forms[j] in CUES["fire"]), [])

    def _needy(self, c: Count) -> Kinds:
        """People in want: 2 مليون شخص بحاجة إلى مساعدات."""
        if c.sort != "number" or not any(m.role == "person" for m in c.noun):
            return []
        for j in range(c.end, min(self.end, c.end + 7)):
            if self.forms[j] in CUES["breaks"] or j in self.amounts:
                break
            if self.forms[j] in CUES["need"]:
                return [("affected", j)]
        return []
