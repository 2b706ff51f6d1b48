"""The grammar of numbers: from the tokens of a sentence to values.

Arabic counts from the hundreds to the units to the tens, joined with و (مئة وخمسة وعشرون), and multiplies by standing side by
side (خمسة آلاف). Digits and words mix freely (11 ألفاً و470). A number ends where the next part does not fit under the last.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from khabar.layers.amounts.digits import Digits, Value, read_digits, whole
from khabar.layers.amounts.words import HAMZATED, LEXICON, Word
from khabar.script import Text


class Number(NamedTuple):
    """A number read from tokens [first, end): its `value`, or `low`–`high` where it has none of its own (عشرات، 10-12); `kind` is
    cardinal, fraction, ordinal, range or vague. `dotted` as in `Digits`; `scale` the last word it was multiplied by."""

    first: int
    end: int
    value: Value | None
    kind: str = "cardinal"
    low: Value | None = None
    high: Value | None = None
    dotted: bool = False
    scale: int = 1


class Grammar:
    """Reads numbers off the folded tokens `forms`. `alone` reads an expression that is nothing but a number, where forms that a
    running text uses for other things (خمس as a fifth, نقطة as a point) are taken for numbers."""

    def __init__(self, forms: Sequence[str], alone: bool = False, text: Text | None = None) -> None:
        self.forms = forms
        self.alone = alone
        self.text = text
        self.words: list[Word | None] = list(map(LEXICON.get, forms))
        if text is not None and not alone:
            for i, w in enumerate(self.words):
                if w is not None and w.stem in HAMZATED and "ئ" not in self.surface(i):
                    self.words[i] = None

    def surface(self, i: int) -> str:
        """A token as the text writes it, for the few forms that folding makes alike."""
        if self.text is None:
            return self.forms[i]
        token = self.text.tokens[i]
        return self.text.raw[token.start : token.end]

    def touches(self, i: int) -> bool:
        """Whether nothing stands between token `i` and the one before it."""
        if self.text is None or not i:
            return False
        return self.text.tokens[i - 1].end == self.text.tokens[i].start

    # what stands at a token

    def word(self, i: int, role: str, end: int) -> int | None:
        """Value of the word at `i` in a role, None where it has not that role."""
        if i >= end or (w := self.words[i]) is None:
            return None
        return w.roles.get(role)

    def digits(self, i: int, end: int) -> Digits | None:
        return read_digits(self.forms[i]) if i < end else None

    def beside(self, i: int, end: int) -> bool:
        """Whether token `i` is a number word without "and" or preposition, so that it may multiply what stands before it."""
        return i < end and (w := self.words[i]) is not None and not w.conj and not w.prep

    def after_and(self, i: int, end: int) -> int | None:
        """Index of what follows "and" at `i`: the token itself where و is a part of it, the next where it stands alone."""
        if i >= end:
            return None
        if self.forms[i] == "و":
            if i + 2 < end and self.forms[i + 1] == "ال":
                return i + 2
            return i + 1 if i + 1 < end and not ((w := self.words[i + 1]) and (w.conj or w.prep)) else None
        if self.forms[i] == "واحد" and self.beside(i + 1, end) and self.word(i + 1, "ten", end):
            return i  # وأحد عشر is folded like واحد عشر
        w = self.words[i]
        return i if w is not None and w.conj and not w.prep and self.forms[i].startswith("و") else None

    # cardinals

    def cardinal(self, i: int, end: int) -> Number | None:
        """The cardinal that begins at `i`, whatever clitics stand before its first word; None where there is none."""
        got = self._group(i, end)
        if got is None:
            return None
        value, n, scale, dotted = got
        last = scale
        while last > 1 and (c := self.after_and(n, end)) is not None:
            more = self._group(c, end)
            if more is None or not more[0] < last or not more[2] < last:
                break
            value, n, last = value + more[0], more[1], more[2]
        value, n, kind = self._tail(value, n, end, scale)
        return Number(i, n, whole(value), kind, dotted=dotted and n == i + 1, scale=scale)

    def _group(self, i: int, end: int) -> tuple[Value, int, int, bool] | None:
        """A number under a thousand with the scales it is multiplied by: value, end, last scale, whether a dot is doubtful."""
        if i >= end:
            return None
        dotted = False
        value: Value
        if (d := self.digits(i, end)) is not None:
            if d.value is None:
                return None
            value, n, dotted = d.value, i + 1, d.dotted
            value, n = self._spaced(value, i, n, end)
            if (h := self.word(n, "hundred", end)) and self.beside(n, end):
                value, n = value * h, n + 1
        elif s := self.word(i, "scale", end):
            return self._scaled(s, i + 1, end, s, dotted)
        elif s := self.word(i, "thousands", end):
            return self._scaled(s, i + 1, end, 1000, dotted)
        elif s := self.word(i, "dual", end):
            return self._scaled(s if self._tanwin(i) else 2 * s, i + 1, end, s, dotted)
        elif part := self.part(i, end):
            value, n = part
            # half a million; a half of anything else is a fraction, no group
            if not (self.beside(n, end) and (self.word(n, "scale", end) or self.word(n, "dozen", end))):
                return None
        elif (z := self.word(i, "zero", end)) is not None:
            return z, i + 1, 1, False
        elif small := self._small(i, end):
            value, n = small
        elif dozen := self.word(i, "dozenpair", end) or self.word(i, "dozen", end):
            return dozen, i + 1, 1, False
        else:
            return None
        if self.beside(n, end) and (dozen := self.word(n, "dozens", end) or self.word(n, "dozen", end)):
            return whole(value * dozen), n + 1, 1, dotted
        return self._scaled(value, n, end, 1, dotted)

    def _tanwin(self, i: int) -> bool:
        """Whether ألفا is written ألفاً, the accusative of the singular, and no dual."""
        return "\u064b" in self.surface(i)

    def _scaled(self, value: Value, n: int, end: int, scale: int, dotted: bool) -> tuple[Value, int, int, bool]:
        while self.beside(n, end):
            s = self.word(n, "scale", end) or self.word(n, "many", end)
            if not s and self.forms[n].endswith("ا"):  # 11 ألفاً: the form is the dual's too
                s = self.word(n, "dual", end)
            if not s:
                break
            value, n, scale = value * s, n + 1, s if scale == 1 else scale * s
        return whole(value), n, scale, dotted and scale == 1

    def _spaced(self, value: Value, i: int, n: int, end: int) -> tuple[Value, int]:
        """Digits grouped with spaces: 1 234 567."""
        if not (self.forms[i].isdecimal() and len(self.forms[i]) <= 3 and self.forms[i][0] != "0"):
            return value, n
        text = self.forms[i]
        while n < end and self.forms[n][:3].isdecimal() and len(self.forms[n]) == 3:
            text, n = text + self.forms[n], n + 1
        if n < end and len(f := self.forms[n]) > 4 and f[:3].isdecimal() and f[3] in ".," and f[4:].isdecimal():
            return whole(Fraction(f"{text}{f[:3]}.{f[4:]}")), n + 1
        return int(text), n

    def _small(self, i: int, end: int) -> tuple[int, int] | None:
        """A number of words from 1 to 999."""
        if h := self.word(i, "hundred", end) or self.word(i, "hundreds", end):
            return self._hundreds(h, i + 1, end)
        if u := self.word(i, "unit", end):
            n = i + 1
            if self.beside(n, end):
                if (t := self.word(n, "ten", end)) and not (self.words[n].article):  # type: ignore[union-attr]
                    return u + t, n + 1
                if (h := self.word(n, "hundred", end)) and u > 2:
                    return self._hundreds(u * h, n + 1, end)
            return self._with_tens(u, n, end)
        for role in ("ten", "teen", "tens"):
            if v := self.word(i, role, end):
                return v, i + 1
        return None

    def _with_tens(self, unit: int, n: int, end: int) -> tuple[int, int]:
        c = self.after_and(n, end)
        if c is not None and (t := self.word(c, "tens", end)):
            return unit + t, c + 1
        return unit, n

    def _hundreds(self, value: int, n: int, end: int) -> tuple[int, int]:
        """What follows hundreds: with و, or in speech without (متين واحد وعشرين)."""
        c = self.after_and(n, end)
        if c is None and self.beside(n, end) and self.word(n, "unit", end) and not self.words[n].article:  # type: ignore[union-attr]
            tens = self._with_tens(0, n + 1, end)
            c = n if tens[0] else None
        if c is None or self.word(c, "hundred", end) or self.word(c, "hundreds", end):
            return value, n
        rest = self._small(c, end)
        if rest is None or rest[0] >= 100:
            return value, n
        return value + rest[0], rest[1]

    # fractions

    def part(self, i: int, end: int) -> tuple[Fraction, int] | None:
        """نصف، ثلثان، ثلاثة أرباع: value and end."""
        if p := self.word(i, "part", end):
            # خمس and سبع are five and seven in a running text unless a definite noun follows
            if self.word(i, "unit", end) or self.word(i, "ten", end):
                return None
            if p == 8 and not self.alone:  # ثمن is a price
                return None
            return Fraction(1, p), i + 1
        if p := self.word(i, "pair", end):
            return Fraction(2, p), i + 1
        return self._parts(i, end)

    def _parts(self, i: int, end: int) -> tuple[Fraction, int] | None:
        d = self.digits(i, end)
        head = (d.value, i + 1) if d is not None and isinstance(d.value, int) else self._small(i, end)
        if head and self.beside(head[1], end) and (p := self.word(head[1], "parts", end)):
            return Fraction(head[0], p), head[1] + 1
        return None

    def _tail(self, value: Value, n: int, end: int, scale: int) -> tuple[Value, int, str]:
        """A fraction or decimals after a whole number: مليون ونصف، واحد فاصلة خمسة، خمسة أثمان."""
        kind = "cardinal"
        if self.beside(n, end) and (p := self.word(n, "parts", end)):
            return value * Fraction(1, p), n + 1, "fraction"
        if self.alone and self.beside(n, end) and (p := self.word(n, "part", end)):
            return value * Fraction(1, p), n + 1, "fraction"
        if (c := self.after_and(n, end)) is not None and (part := self.part(c, end)):
            amount, n = part
            over = scale
            if self.beside(n, end) and (s := self.word(n, "scale", end)):
                over, n = s, n + 1
            value, kind = value + amount * over, "cardinal" if over > 1 else "fraction"
        elif c is not None and (dozens := self.word(c, "dozenpair", end) or self.word(c, "dozen", end)):
            value, n = value + dozens, c + 1
        elif n < end and self.word(n, "point", end) is not None and (self.forms[n] != "نقطه" or self.alone):
            zeros, k = "", n + 1
            while self.word(k, "zero", end) is not None and k + 1 < end:
                zeros, k = zeros + "0", k + 1
            if (more := self._group(k, end)) and isinstance(more[0], int):
                value, n = Fraction(f"{whole(value)}.{zeros}{more[0]}") if isinstance(whole(value), int) else value, more[1]
        return value, n, kind

    # numbers without a value of their own

    def vague(self, i: int, end: int) -> Number | None:
        """عشرات، مئات الآلاف، آلاف، بضعة: a lower bound."""
        if i >= end or self.words[i] is None:
            return None
        few = self.word(i, "few", end)
        n = i + 1 if few else i
        if few:
            if (t := self.word(n, "ten", end)) and self.beside(n, end):
                return Number(i, n + 1, None, "vague", t + 3, t + 9)
            if not self.beside(n, end):
                return Number(i, n, None, "vague", few, 9)
        v = self.word(n, "vague", end)
        if v:
            n += 1
        m = self.word(n, "many", end) if n == i or self.beside(n, end) else None
        while m:
            v, n = (v or 1) * m, n + 1
            m = self.word(n, "many", end) if self.beside(n, end) else None
        if v:
            return Number(i, n, None, "vague", v, None)
        return Number(i, i + 1, None, "vague", few, 9) if few else None

    # ordinals

    def ordinal(self, i: int, end: int) -> Number | None:
        """الأول، الحادي عشر، الخامس والعشرين; and cardinals with the article that have no other ordinal (العشرون)."""
        if i >= end or (w := self.words[i]) is None:
            return None
        o = w.roles.get("ordinal")
        u = o or (w.roles.get("unit") if w.article else None)
        if u:
            n = i + 1
            if self.beside(n, end) and (t := self.word(n, "ten", end)) and u < 10:
                return Number(i, n + 1, u + t, "ordinal")
            c = self.after_and(n, end)
            if c is not None and (t := self.word(c, "tens", end)) and u < 10:
                return Number(i, c + 1, u + t, "ordinal")
            if o and not (o == 1 and w.stem.startswith("حا")):
                return Number(i, n, o, "ordinal")
        if w.article:
            for role in ("teen", "tens"):
                if v := w.roles.get(role):
                    return Number(i, i + 1, v, "ordinal")
        return None
