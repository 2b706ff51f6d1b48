"""The two languages of the workbench: words, direction, numerals and dates."""

from __future__ import annotations

import gettext
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LOCALES = Path(__file__).with_name("locale")
CODES = ("ar", "en")
NAMES = {"ar": "العربية", "en": "English"}

_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


class Language:
    """One language: `text` and `count` give its words for those of English, the others numbers and days as it writes them."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.right_to_left = code == "ar"
        self.direction = "rtl" if self.right_to_left else "ltr"
        self.start = "right" if self.right_to_left else "left"
        self.locale = Locale.parse("ar_EG" if code == "ar" else "en_GB")
        self._words, self._plurals, self._plural = _catalogue(code)

    @property
    def other(self) -> str:
        """The code of the other language."""
        return "en" if self.code == "ar" else "ar"

    def text(self, message: str, **values: object) -> str:
        """A message in this language, with its values in their places (`%(name)s`)."""
        words = self._words.get(message, message)
        return words % values if values else words

    def count(self, one: str, many: str, n: int, **values: object) -> str:
        """A message that depends on a number, which stands in it as `%(n)s`."""
        forms = self._plurals.get(one)
        words = forms[self._plural(n)] if forms else one if n == 1 else many
        return words % {"n": self.number(n), **values}

    def digits(self, words: str) -> str:
        """Words with the digits that this language writes."""
        return words.translate(_ARABIC_DIGITS) if self.right_to_left else words

    def number(self, value: float) -> str:
        """A number: 11,470 or ١١٬٤٧٠."""
        return self.digits(format_decimal(value, locale=self.locale, numbering_system="default"))

    def day(self, iso: str | None) -> str:
        """A day: 26 Sept 2023 or ٢٦ سبتمبر ٢٠٢٣; what is no day as it is."""
        found = _date(iso)
        return self.digits(format_date(found, "d MMM y", locale=self.locale)) if found else iso or ""

    def short_day(self, iso: str | None) -> str:
        """A day without its year."""
        found = _date(iso)
        return self.digits(format_date(found, "d MMM", locale=self.locale)) if found else iso or ""

    def moment(self, iso: str | None) -> str:
        """A day with its time of day and zone where they are given."""
        if not iso or len(iso) <= 10:
            return self.day(iso)
        try:
            found = datetime.fromisoformat(iso)
        except ValueError:
            return iso
        clock = self.digits(format_time(found.time(), "HH:mm", locale=self.locale))
        offset = found.utcoffset()
        zone = "" if offset is None else " UTC" if not offset else f" \u200e{found.isoformat()[-6:]}"
        return f"{self.day(iso[:10])} {clock}{zone}"

    def period(self, begin: str | None, end: str | None) -> str:
        """The days from `begin` to `end`, as short as they can be said."""
        if not begin or not end:
            if begin:
                return self.text("since %(day)s", day=self.day(begin))
            return self.text("until %(day)s", day=self.day(end)) if end else ""
        first, last = _date(begin), _date(end)
        if begin == end or first is None or last is None:
            return self.day(begin) if begin == end else f"{begin} – {end}"
        if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:  # whole months
            if first.month == 1 and last.month == 12:
                years = [str(first.year)] if first.year == last.year else [str(first.year), str(last.year)]
                return self.digits("–".join(years))
            if (first.year, first.month) == (last.year, last.month):
                return self._month(first)
            return f"{self._month(first)} – {self._month(last)}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{self.digits(str(first.day))}–{self.day(end)}"
        return f"{self.short_day(begin) if first.year == last.year else self.day(begin)} – {self.day(end)}"

    def _month(self, day: date) -> str:
        return self.digits(format_skeleton("yMMM", day, locale=self.locale))

    def amount(self, low: int | None, best: int | None, high: int | None) -> str:
        """A claimed amount: 1,200 · about 50 · at least 20 · up to 300 · 20–30."""
        if low is not None and high is not None and low != high:
            return f"{self.number(low)}–{self.number(high)}"
        if best is not None:
            if low == best and high is None:
                return self.text("at least %(n)s", n=self.number(best))
            if low is None and high is None:
                return self.text("about %(n)s", n=self.number(best))
            return self.number(best)
        if low is not None:
            return self.number(low) if low == high else self.text("at least %(n)s", n=self.number(low))
        return self.text("up to %(n)s", n=self.number(high)) if high is not None else "?"

    def country(self, code: str | None) -> str:
        """The name of a country by its ISO 3166-1 alpha-3 code; the code itself where there is no name."""
        if not code:
            return ""
        return str(self.locale.territories.get(_alpha2().get(code, ""), code))


def _date(iso: str | None) -> date | None:
    try:
        return date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None


@cache
def _alpha2() -> dict[str, str]:
    """ISO 3166-1 alpha-3 → alpha-2, from CLDR's aliases of territories."""
    from babel.core import get_global

    return {long: short[0] for long, short in get_global("territory_aliases").items() if len(long) == 3 and long.isalpha()}


def _catalogue(code: str) -> tuple[dict[str, str], dict[str, tuple[str, ...]], Callable[[int], int]]:
    """Words of English → words of a language, those that depend on a number, and which form a number takes."""
    path = LOCALES / code / "messages.po"
    if not path.exists():
        return {}, {}, lambda n: int(n != 1)
    with path.open("rb") as file:
        catalogue = read_po(file, locale=code)
    words: dict[str, str] = {}
    plurals: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        if not message.id or message.fuzzy or not message.string:
            continue
        if isinstance(message.id, str) and isinstance(message.string, str):
            words[message.id] = message.string
        elif not isinstance(message.id, str) and all(message.string):
            plurals[message.id[0]] = tuple(message.string)
    return words, plurals, gettext.c2py(catalogue.plural_expr)


@cache
def language(code: str) -> Language:
    """The language of that code."""
    return Language(code if code in CODES else "en")


def preferred(header: str) -> str:
    """The language that an Accept-Language header asks for first, of the two that there are."""
    for part in header.split(","):
        code = part.partition(";")[0].strip().lower()[:2]
        if code in CODES:
            return code
    return "en"
