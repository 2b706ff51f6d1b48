"""Fractions that stand alone, negative numbers, and numbers over numbers (واحد من عشرة، سبعة وتسعة من عشرة)."""

from fractions import Fraction

from khabar.layers.amounts.digits import Value, whole
from khabar.layers.amounts.grammar import Grammar, Number

_POWERS_OF_TEN = {10**k for k in range(1, 16)}
PARTS = ("جزء", "جزءا", "اجزاء")


class Reader(Grammar):
    """The grammar with what stands around a cardinal: signs, fractions, and with `alone` ratios."""

    def signed(self, i: int, first: int, end: int) -> Number | None:
        """A cardinal with its sign, or with a decimal point before it (.77)."""
        if self.word(i, "minus", end) is not None:
            number = self.over(i + 1, end) or self.cardinal(i + 1, end) if i + 1 < end else None
            if number is None or number.value is None:
                return None
            return number._replace(first=i, value=-number.value)
        number = (self.over(i, end) if self.alone else None) or self.cardinal(i, end)
        if number is None or number.value is None:
            return number
        before = self.forms[i - 1] if i > first else ""
        if before == "." and self.forms[i].isdecimal() and self.touches(i) and not self.touches(i - 1):
            number = number._replace(first=i - 1, value=whole(Fraction(f"0.{self.forms[i]}")))
            i -= 1
            before = self.forms[i - 1] if i > first else ""
        if self.alone and before == "-" and self.touches(i) and (i - 2 < first or not self.touches(i - 1)):
            number = number._replace(first=i - 1, value=-number.value)  # type: ignore[operator]
        return number

    def fraction(self, i: int, end: int) -> Number | None:
        """نصف، ثلاثة أرباع; خمس and its like where a definite noun, or nothing, follows."""
        if part := self.part(i, end):
            return Number(i, part[1], part[0], "fraction")
        return None

    def fifth(self, i: int, end: int) -> Number | None:
        """خمس, سبع, تسع as fractions: alone, or before a definite noun (خمس السكان)."""
        p = self.word(i, "part", end)
        if not p or not self.word(i, "unit", end):
            return None
        if i + 1 < end:
            if not self.forms[i + 1].startswith("ال") or self.words[i + 1] is not None:
                return None
        elif not self.alone:
            return None
        return Number(i, i + 1, Fraction(1, p), "fraction")

    def over(self, i: int, end: int) -> Number | None:
        """N out of M (من، على): a ratio, or where M is ten, a hundred … and N does not fit under it, decimals said in words."""
        m = i
        while m < end and m - i < 16 and self.forms[m] not in ("من", "علي"):
            if not (self.words[m] or self.forms[m][0].isdecimal() or self.forms[m] == "و" or self.forms[m] in PARTS):
                return self._mixed(i, end)
            m += 1
        if m + 1 >= end or m == i or self.forms[m] not in ("من", "علي"):
            return self._mixed(i, end)
        under = self.cardinal(m + 1, end)
        if under is None or not under.value:
            return None
        value = self._numerator(i, m, under.value, self.forms[m] == "من")
        return None if value is None else Number(i, under.end, value, "fraction")

    def _numerator(self, i: int, m: int, under: Value, out_of: bool) -> Value | None:
        stop = m - 1 if self.forms[m - 1] in PARTS else m
        if stop <= i:
            return Fraction(1) / under
        for k in range(i + 1, stop - 1):
            if self.word(k, "point", stop) is not None:
                return self._sum(i, k, k + 1, stop, under)
        plain = self.cardinal(i, stop)
        over = plain.value if plain is not None and plain.end == stop else None
        if over is not None and (over < under or under not in _POWERS_OF_TEN or not out_of):
            return Fraction(over) / under
        for k in range(stop - 1, i, -1):
            c = self.after_and(k, stop)
            value = None if c is None else self._sum(i, k, c, stop, under)
            if value is not None:
                return value
        return None

    def _sum(self, i: int, k: int, c: int, stop: int, under: Value) -> Value | None:
        a, b = self.cardinal(i, k), self.cardinal(c, stop)
        if a is None or b is None or a.end != k or b.end != stop or a.value is None or b.value is None:
            return None
        return a.value + Fraction(b.value) / under

    def _mixed(self, i: int, end: int) -> Number | None:
        """2 1/4."""
        a, b = self.digits(i, end), self.digits(i + 1, end)
        if a is None or b is None or a.value is None or b.value is None or {a.shape, b.shape} != {"number", "fraction"}:
            return None
        return Number(i, i + 2, whole(a.value + b.value), "fraction")
