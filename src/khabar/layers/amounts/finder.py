"""Finding amounts in a text, and reading an expression that is nothing but a number."""

import re

import msgspec

from khabar.layers.amounts.bounds import AFTER, BEFORE, RISE
from khabar.layers.amounts.digits import Value, whole
from khabar.layers.amounts.fragments import plain
from khabar.layers.amounts.grammar import Number
from khabar.layers.amounts.powers import POWER, power
from khabar.layers.amounts.ratios import PARTS, Reader
from khabar.layers.amounts.units import Kind, Unit, unit_after, unit_before
from khabar.layers.amounts.words import LEXICON
from khabar.record import Span
from khabar.script import Text, fold
from khabar.script.fold import INVISIBLE


class Amount(msgspec.Struct, kw_only=True):
    """A number as written.

    `span` covers it with the hedge before it (أكثر من 20) and its unit, `number` the digits or words alone, `tokens`
    their tokens [first, end); clitics stay outside. Exact: low = best = high. A lower bound (أكثر من 20, 20 على الأقل)
    has low and best, an upper bound best and high, an estimate (نحو 20) best alone, a vague number (عشرات) low alone, a
    range (بين 3 و5 آلاف) low and high. `value` is the number itself whatever its hedge, None for ranges and vague
    numbers. `kind` says what it counts: a percentage, money (`unit` an ISO 4217 code, or the plain name of a currency
    that several countries have), a measure, a span of time or an age, a code (phone, model, article of a law), else it
    is a cardinal, an ordinal or a fraction. `doubtful` has the other reading of a full stop before three digits
    (12.500: `value` 12.5 or 12500).
    """

    span: Span
    number: Span
    tokens: tuple[int, int]
    value: int | float | None = None
    low: int | float | None = None
    best: int | float | None = None
    high: int | float | None = None
    kind: Kind = "cardinal"
    unit: str | None = None
    doubtful: int | None = None


def find(text: Text, wide: bool = False) -> list[Amount]:
    """Amounts of a text, in order. `wide` also reads what news has no use for: negative numbers, ratios (واحد من عشرة)."""
    forms = [t.form for t in text.tokens]
    grammar = Reader(forms, wide, text)
    numbers: list[tuple[Number, Unit | None, int, int]] = []
    for first, end in text.sentences:
        i = first
        while i < end:
            form = forms[i]
            if (
                not ("0" <= form[0] <= "9" or form in LEXICON or (wide and form in PARTS))
                or (number := _number(grammar, i, first, end)) is None
            ):
                i += 1
                continue
            number = _range(grammar, number, first, end) or number
            unit = unit_after(forms, number.end, end) if number.kind != "ordinal" else None
            if unit and number.value is not None and forms[number.end].startswith("ال"):
                unit = None  # أصيب عشرة الأسبوع الماضي: ten, last week
            if unit and forms[number.end] == "م" and number.value is not None and 1000 < number.value < 2200:
                unit = None  # 2009م is a year
            numbers.append((number, unit, first, end))
            i = unit[2] if unit else number.end
    found = []
    for k, (number, unit, first, end) in enumerate(numbers):
        until = min(end, numbers[k + 1][0].first) if k + 1 < len(numbers) else end
        found.append(_amount(text, grammar, number, unit, first, until))
    return found


def _number(g: Reader, i: int, first: int, end: int) -> Number | None:
    """The number that begins at a token, whichever sort it is."""
    if g.words[i] is None:
        digits = g.digits(i, end)
        if digits is not None and digits.shape == "range":
            return Number(i, i + 1, None, "range", digits.low, digits.high)
        return g.over(i, end) if g.forms[i] in PARTS else g.signed(i, first, end)
    word = g.words[i]
    number = g.ordinal(i, end) or g.fifth(i, end) or g.signed(i, first, end) or g.vague(i, end) or g.fraction(i, end)
    if number is None or word is None or number.end > i + 1:
        return number
    # Monday, one of, a second: words that are a number only in company
    if word.article and word.roles.get("unit") == 2:
        return None
    return None if not g.alone and word.stem in ("احد", "احدي", "احدا", "ثانيه") else number


def _range(g: Reader, a: Number, first: int, end: int) -> Number | None:
    """The range that a number begins: بين 3 و5 آلاف، من 20 إلى 30، 10 - 12، ثلاثة أو أربعة."""
    if a.value is None or a.kind == "ordinal":
        return None
    before = g.forms[a.first - 1] if a.first > first else ""
    at: int | None = None
    if before.endswith("بين") and len(before) <= 5:
        at = g.after_and(a.end, end)
        if at is None and a.end < end and g.forms[a.end] == "الي":
            at = a.end + 1
    elif a.end < end and g.forms[a.end] in ("الي", "ل", "حتي") and (before in ("من", "ومن") or g.alone or a.end == a.first + 1):
        at = None if RISE.search(" ".join(g.forms[max(first, a.first - 14) : a.first])) else a.end + 1
    elif a.end < end and g.forms[a.end] in ("-", "او"):
        at = a.end + 1
    if at is None or (b := g.cardinal(at, end)) is None or b.value is None:
        return None
    low, high = a.value, b.value
    if a.scale == 1 and b.scale > 1 and low < high / b.scale:
        low = low * b.scale
    return Number(a.first, b.end, None, "range", low, high) if low < high else None


def _amount(text: Text, g: Reader, n: Number, unit: Unit | None, first: int, until: int) -> Amount:
    """An amount from its number and unit; its sentence begins at token `first`, the next number at `until`."""
    word = g.words[n.first]
    start = text.line_start(n.first) + (word.at if word else 0)
    stop = text.line_start(n.end - 1) + len(g.forms[n.end - 1])
    number = text.span(start, stop)
    kind: Kind = "ordinal" if n.kind == "ordinal" else "fraction" if n.kind == "fraction" else "cardinal"
    amount = Amount(span=number, number=number, tokens=(n.first, n.end), kind=kind)
    if n.value is None:
        amount.low, amount.high = _plain(n.low), _plain(n.high)
    else:
        amount.value = amount.low = amount.best = amount.high = plain(n.value)
        if n.dotted:
            amount.doubtful = int(n.value * 1000)
    start = _between(text, g, n, first, start) if n.kind == "range" else _hedge(text, amount, n, until, start, stop)
    if amount.kind == "ordinal":
        # over the twentieth is over twenty, where twenty has no other ordinal
        if amount.low == amount.best == amount.high or not (word and "tens" in word.roles):
            amount.low = amount.best = amount.high = amount.value
            amount.span = number
            return amount
        amount.kind = "cardinal"
    elif unit:
        amount.kind, amount.unit, last = unit
        stop = text.line_start(last - 1) + len(g.forms[last - 1])
    elif before := unit_before(g, n.first, first, n.end):
        amount.kind, amount.unit = before[0], before[1] or None
        start = min(start, text.line_start(before[2]))
    elif n.end == n.first + 1 and len(g.forms[n.first]) >= 9 and g.forms[n.first].isdecimal():
        amount.kind = "code"
    amount.span = text.span(start, stop)
    return amount


def _plain(value: Value | None) -> int | float | None:
    return None if value is None else plain(whole(value))


def _between(text: Text, g: Reader, n: Number, first: int, start: int) -> int:
    """Start, in the line, of the words that a range begins with: ما بين، من."""
    i = n.first - 1
    if i < first or not (g.forms[i].endswith("بين") or g.forms[i] in ("من", "ومن")):
        return start
    if g.forms[i] == "بين" and i > first and g.forms[i - 1] in ("ما", "وما"):
        i -= 1
    at = text.line_start(i)
    return at + (g.forms[i][0] == "و")


def _hedge(text: Text, amount: Amount, n: Number, until: int, start: int, stop: int) -> int:
    """Set the bounds from the words before and after the number; gives the start of the hedge, in the line."""
    token = text.line_start(n.first)
    began = max(0, token - 48)
    before = BEFORE.search(text.line[began:token])
    after = None
    if n.end < until:
        limit = text.line_start(until - 1) + len(text.tokens[until - 1].form)
        after = AFTER.match(text.line, stop, limit)
    for match in (before, after):
        if match is None or (match is before and match["about"] and after):
            continue
        if match is before:
            start = began + match.end("clitics")
        if amount.value is None:
            break
        if match["lower"]:
            amount.high = None
        elif match["upper"]:
            amount.low = None
        else:
            amount.low = amount.high = None
        break
    return start


def parse_number(text: str) -> int | float | Amount | None:
    """The number that an expression is, None where it is no number or more than one.

    A plain int or float where it is exact; an `Amount` where it is hedged, vague or a range (see its low, best and high value) or
    counts a unit (money, a percentage, a measure).

    >>> parse_number("11 ألفاً و470")
    11470
    """
    # direction marks stand between digits and separators (26،013\u202a,94)
    text = _UNSEEN.sub("", text)
    folded = fold(text).strip()
    if POWER.fullmatch(folded):
        return power(folded)
    t = Text(text)
    found = find(t, wide=True)
    if len(found) != 1:
        return None
    amount = found[0]
    covered = t.tokens_in(amount.span)
    outside = [t.tokens[i].form for i in range(len(t)) if i not in covered]
    if any(f not in _IDLE for f in outside) or amount.kind == "code":
        return None
    exact = amount.unit is None and amount.low is not None and amount.low == amount.best == amount.high
    return amount.value if exact else amount


_UNSEEN = re.compile(f"[{INVISIBLE}]")
_IDLE = frozenset(
    """. ! ؟ ? " ال بين ما من علي الاقل الاكثر تقريبا او اكثر اقل فاكثر فاقل كحد بحد اقصي ادني يزيد ازيد تقدير ابعد ادني وجه
    التقريب فما وما فوق دون ونيف نيف""".split()  # noqa: SIM905
)
"""Words of hedges, and marks, that may stand beside the number that an expression is."""
