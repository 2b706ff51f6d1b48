"""What governs a count: the verb or masdar before it, and when it does not."""

from khabar.layers.figures.counts import Count
from khabar.layers.figures.found import Governor, Kinds
from khabar.layers.figures.state import State
from khabar.layers.figures.words import CUES, MARKS, PARTS


class Governed(State):
    """The ways in which a verb or masdar gives a count its kind."""

    def _befell(self, c: Count) -> Kinds:
        """What befell people who bear a kind already: مقتل 3 أسرى، إنقاذ 40 نازحاً."""
        g = self.governor
        if g is None or g.definite or (g.word in CUES["strict"] and not self._falls(c, g)):
            return []
        between = self.forms[g.at + 1 : self._before(c)[1] + 1]
        agent = g.verb and len(between) <= 4 and not any(f in CUES["apart"] for f in between)
        if not (agent or all(f in CUES["adverbs"] for f in between)) or not set(g.kinds) <= {
            "killed",
            "injured",
            "rescued",
            "detained",
        }:
            return []
        return [(kind, g.at) for kind in g.kinds]

    def _falls(self, c: Count, g: Governor) -> bool:
        """سقوط 3 لاجئين: they fell dead; captives may fall into hands only."""
        return "killed" in g.kinds and any(m.kind == "displaced" for m in c.noun)

    def _governed(self, c: Count) -> Kinds:
        g = self.governor
        if g is None:
            return []
        got = [(kind, g.at) for kind in g.kinds]
        before, at = self._before(c)
        gap = at - g.at
        if g.word in ("يصيب", "تصيب") and self.first > 0:
            return []
        if g.word.startswith("ضحيت") and self.form(g.at - 1) not in CUES["fell"]:
            return []
        if g.word in CUES["strict"] and not any(m.role in ("person", "troops") for m in c.noun):
            return []
        if g.kinds == ("missing",) and g.verb and self.form(c.end).endswith(("هم", "ها", "هما")):
            return []
        if g.verb and self._is_subject(c):
            self.governor = g._replace(at=c.end - 1)
            return []
        if g.definite:
            return got if gap <= 1 and self._to(c) and c.sort != "single" else []
        between = self.forms[g.at + 1 : at + 1]
        if "سبيل" in between:
            return []  # إخلاء سبيل 5 متهمين
        if c.sort == "one of" and between and list(between) != ["علي"]:
            return []
        if c.sort == "single":
            if not self._is_single(c, g):
                return []
            if gap and list(between) != ["علي"]:
                return got if self._has_agent(c, g, gap) else []
        if c.prep and (g.verb or self.form(c.first)[0] not in "لو"):
            return []
        if any(self.amounts[j].kind == "cardinal" for j in range(g.at + 1, self._start(c)) if j in self.amounts):
            return []
        if all(f in CUES["adverbs"] for f in between) or (before == "علي" and g.word in CUES["seize"]):
            return got
        if g.word in CUES["tight"] or before in CUES["apart"] or gap > 14 or any(f.phrase.first > g.at for f in self.found):
            return []
        if gap > 3 and not c.noun and self.form(c.end) not in PARTS:
            return []
        return got if g.verb or (gap <= 3 and c.noun) or c.conj else []

    def _is_subject(self, c: Count) -> bool:
        """قتل أربعة انتحاريين بريطانيين 52 شخصاً: another count follows with nothing between them but what describes the first."""
        people = ("person", "troops")
        for j in range(c.end, min(self.end, c.end + 4)):
            form = self.form(j)
            if form.startswith("و") or not form[:1].isalnum() or form in CUES["apart"] or form in CUES["breaks"]:
                return False
            if j in self.amounts:
                return self.amounts[j].kind == "cardinal" and any(m.role in people for m in c.noun)
            marks = MARKS.get(form, ())
            if not any(m.role in people for m in marks):
                return False
        return False

    def _to(self, c: Count) -> bool:
        """Whether the count stands under ل or ب."""
        start = self._start(c)
        return self.form(start)[:1] in ("ل", "ب") or self.form(start - 1) in ("ل", "ب")

    def _has_agent(self, c: Count, g: Governor, gap: int) -> bool:
        """Whether a single noun is the patient after the subject of an active verb: اعتقلت القوات شاباً."""
        return (
            g.verb
            and g.word not in CUES["tight"]
            and gap <= 12
            and self.form(c.first).endswith("ا")
            and g.word.endswith(("ت", "وا"))
            and not any(f.phrase.first > g.at for f in self.found)
        )

    def _agrees(self, c: Count, form: str) -> bool:
        """Whether what follows a count goes with its number, and stands under a preposition where it has to (على النزوح)."""
        if form.endswith("هما"):
            return c.best == 2
        if form in ("النزوح", "الفرار"):
            return any(f in ("علي", "الي") for f in self.forms[c.end : min(self.end, c.end + 5)])
        return True

    def _is_single(self, c: Count, g: Governor) -> bool:
        """Whether a single noun is an indefinite patient: no first word of a construct (مقتل قائد القوات), no thing of a verb."""
        after = self.form(c.end)
        if any(m.article for m in c.noun) or after == "ما" or g.word in CUES["plural"]:
            return False
        present = g.verb and g.word[:1] in ("ي", "ت") and not g.word.startswith("توف")
        if present and self.first > 0:  # headlines tell the past in the present, texts do not
            return False
        if g.verb and (c.end in self.amounts or any(m.role in ("person", "troops") and not m.conj for m in MARKS.get(after, ()))):
            return c.end not in self.amounts and (self.form(c.first)[-1:] == "ا" or self._of_origin(c))
        if self.form(c.first) in CUES["leaders"]:
            return False
        if self.form(c.first) in CUES["other"]:
            return bool(self.found) and c.first == g.at + 1
        if any(m.role == "thing" for m in c.noun) and (g.verb or g.word in CUES["tight"]):
            return False
        return not (after.startswith("ال") and self.form(c.first)[-1] != "ا")

    def _of_origin(self, c: Count) -> bool:
        """قتل مواطن سعودي: the second noun says where the first is from, and no patient follows (قتل جندي إسرائيلي شاباً)."""
        after = self.form(c.end)
        ending = "يه" if self.form(c.first).endswith("ه") else "ي"
        if not after.endswith(ending) or not all(
            m.role == "person" and not (m.article or m.prep or m.conj) for m in MARKS.get(after, ())
        ):
            return False
        rest = range(c.end + 1, min(self.end, c.end + 7))
        people = ("person", "troops", "bearer")
        return c.end + 1 not in self.amounts and not any(
            m.role in people and not m.prep and not m.conj and (j == c.end + 1 or self.form(j).endswith("ا"))
            for j in rest
            for m in MARKS.get(self.form(j), ())
        )
