"""Timestamps as pages write them: label, weekday, date in digits or words, clock and zone, in any order on one line."""

import re
from functools import lru_cache

import msgspec

from khabar.layers.blocks.lines import folded
from khabar.layers.blocks.table import END, any_of, numbered, words
from khabar.script.stamps import parse_stamp, stamp, zone_minutes

_MONTHS = {name.lower(): n for name, n in numbered("months").items()}
_HIJRI = numbered("hijri_months")
_ZONES = {name.lower(): n for name, n in numbered("zones").items()}
_NOON, _NIGHT, _MORNING, _EVENING = (frozenset(w.lower() for w in words(n)) for n in ("noon", "night", "morning", "evening"))

_MONTH = any_of(_MONTHS)
_HALF = any_of(_NOON, _NIGHT, _MORNING, _EVENING)
_NUMBER = r"\d{1,2}"
_YEAR = r"\d{4,6}(?!\d)"
_OTHER_MONTH = rf"(?:(?:\s*[/(-]\s*|\s+){_MONTH}{END}\s*\)?)?"
_UNIT = "(?:دقيقه|دقيقتين|دقايق|ساعه|ساعتين|ساعات|يوم|يومين|ايام|اسبوع|اسبوعين|اسابيع|شهر|شهرين|اشهر|ثانيه|ثواني|ثوان|لحظات)"
_IN = r"(?:ب?حسب\s+)?(?:ال)?ب?(?:ال)?توقيت"
_ELEMENTS = {
    "iso": r"\d{4}-\d{2}-\d{2}t\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:z|[+-]\d{2}:?\d{2})?",
    "numeric": r"(?:\d{4}(?P<s1>[-/.])\d{1,2}(?P=s1)\d{1,2}|\d{1,2}(?P<s2>[-/.])\d{1,2}(?P=s2)\d{4,6})(?![\d/])"
    + rf"(?:\s*[مه]{END})?",
    "spaced": r"(?P<sd>\d{1,2})\s+/\s+(?P<sm>\d{1,2})\s+/\s+(?P<sy>\d{4})(?!\d)",
    "worded": rf"(?P<wd>{_NUMBER})(?:\s+من|\s+شهر|\s*,)?\s*[-/]?\s*(?P<wm>{_MONTH}){END}{_OTHER_MONTH}"
    rf"(?:\s*[,،/-]?\s*(?:عام\s+|سنه\s+)?(?P<wy>{_YEAR})(?:\s*م{END})?)?",
    "english": rf"(?P<em>{_MONTH})\.?\s+(?P<ed>{_NUMBER})(?:st|nd|rd|th)?\s*[,،]?\s+(?P<ey>{_YEAR})",
    "hijri": rf"(?P<hd>{_NUMBER})(?:\s+من|\s+شهر)?\s*[-/]?\s*(?P<hm>{any_of(_HIJRI)}){END}"
    rf"\s*[,،/-]?\s*(?P<hy>1[34]\d\d)(?:\s*ه(?:جري[اه]?)?(?:{END}|(?=الموافق)))?",
    "clock": rf"(?:الساعه\s+)?(?P<ch>\d{{1,2}})\s?[:.]\s?(?P<cm>\d{{2}})(?::(?P<cs>\d{{2}}))?(?!\d)"
    rf"(?:\s*(?P<half>{_HALF}){END})?",
    "hour": rf"الساعه\s+(?P<oh>\d{{1,2}})\s*(?P<ohalf>{_HALF}){END}",
    "zone": rf"{_IN}\s+(?P<place>{any_of(_ZONES)}){END}|(?:{_IN}|ت)\s*م{END}"
    rf"|(?P<gmt>(?:gmt|utc)(?:\s*[+-]\s*\d{{1,2}}(?::?\d{{2}})?)?){END}|غرينتش{END}|جرينتش{END}|(?P<short>gst|ast|ksa){END}",
    "updated": any_of(w.lower() for w in words("updated")) + END,
    "published": any_of(w.lower() for w in words("published")) + END,
    "weekday": r"(?:يوم\s+)?" + any_of(w.lower() for w in words("weekdays")) + END,
    "ago": rf"(?:منذ|قبل)\s+(?:\d+\s+)?{_UNIT}(?:\s+واحده?)?{END}",
    "filler": rf"(?:الموافق|بتاريخ|يوم|في|الساعه|عند|علي|عام|at|on){END}|[\s,،|/\\\-•·:؛()\[\]*]+",
}  # fmt: skip
_ELEMENT = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _ELEMENTS.items()))
_START = re.compile(
    r"(?<!\w)(?:" + "|".join([*(words("published")), *words("updated"), *words("weekdays")]) + rf"){END}|(?<![\w/.-])\d"
)


class Stamp(msgspec.Struct):
    """A timestamp: which it is (published, updated or "" where no label says), and its ISO 8601 value, None where it has none."""

    label: str = ""
    value: str | None = None
    zoned: bool = False


class _Parts:
    """What has been read of one timestamp."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.day: tuple[int, int, int] | None = None
        self.hijri: tuple[int, int, int] | None = None
        self.clock: tuple[int, int, int] | None = None
        self.zone: int | None = None
        self.iso: str | None = None
        self.saw_zone = self.ago = self.partial = False

    @property
    def counts(self) -> bool:
        """Whether it is a timestamp at all, and not some date or number."""
        dated = self.day or self.hijri or self.iso
        return bool(
            dated
            or (self.label and (self.clock or self.ago or self.partial))
            or (self.partial and self.clock)
            or (self.clock and self.saw_zone)
            or self.ago
        )

    def stamp(self) -> Stamp:
        if self.iso:
            return Stamp(self.label, parse_stamp(self.iso), True)
        day = self.day or (self.hijri and _gregorian(*self.hijri))
        value = stamp(*day, self.clock, self.zone if self.clock else None) if day else None
        if day and value is None and self.clock:
            value = stamp(*day)
        return Stamp(self.label, value, self.zone is not None)


def read(flat: str) -> list[Stamp]:
    """Timestamps of a folded line that holds nothing else; an empty list where it holds something else."""
    flat = flat.lower()
    at, parts = 0, [_Parts("")]
    while at < len(flat):
        m = _ELEMENT.match(flat, at)
        if m is None or m.end() == at:
            return []
        at = m.end()
        name = m.lastgroup or ""
        if name in ("published", "updated") or m["published"] or m["updated"]:
            label = "updated" if m["updated"] else "published"
            if parts[-1].counts:
                parts.append(_Parts(label))
            else:
                parts[-1].label = label
            continue
        _take(m, parts[-1])
    return [p.stamp() for p in parts if p.counts] if all(p.counts for p in parts) else []


def _take(m: re.Match[str], parts: _Parts) -> None:
    if m["iso"]:
        parts.iso = parts.iso or m["iso"]
    elif m["numeric"]:
        _numeric([int(n) for n in re.findall(r"\d+", m["numeric"])], parts)
    elif m["spaced"]:
        _numeric([int(m["sd"]), int(m["sm"]), int(m["sy"])], parts)
    elif m["worded"]:
        month = _MONTHS[_one_space(m["wm"])]
        if m["wy"]:
            parts.day = parts.day or (int(m["wy"]), month or 0, int(m["wd"]))
        else:
            parts.partial = True
    elif m["english"]:
        parts.day = parts.day or (int(m["ey"]), _MONTHS[_one_space(m["em"])] or 0, int(m["ed"]))
    elif m["hijri"]:
        parts.hijri = parts.hijri or (int(m["hy"]), _HIJRI[_one_space(m["hm"])] or 0, int(m["hd"]))
    elif m["clock"]:
        parts.clock = parts.clock or _clock(int(m["ch"]), int(m["cm"]), int(m["cs"] or 0), m["half"])
    elif m["hour"]:
        parts.clock = parts.clock or _clock(int(m["oh"]), 0, 0, m["ohalf"])
    elif m["zone"]:
        parts.saw_zone = True
        if m["gmt"]:
            parts.zone = zone_minutes(m["gmt"])
        else:
            named = m["place"] or m["short"]
            parts.zone = _ZONES[_one_space(named)] if named else 0 if "ينتش" in m["zone"] else 180
    elif m["ago"]:
        parts.ago = True


def _one_space(name: str) -> str:
    return " ".join(name.split())


def _numeric(numbers: list[int], parts: _Parts) -> None:
    first, second, third = numbers
    year, month, day = (first, second, third) if first > 31 else (third, second, first)
    if month > 12 >= day:
        month, day = day, month
    if 1300 <= year < 1500:
        parts.hijri = parts.hijri or (year, month, day)
    else:
        parts.day = parts.day or (year, month, day)


def _clock(hour: int, minute: int, second: int, half: str | None) -> tuple[int, int, int] | None:
    if half and hour <= 12:
        half = _one_space(half)
        if half in _MORNING or (half in _NIGHT and (hour == 12 or hour < 6)):
            hour %= 12
        elif not (half in _NOON and hour in (10, 11)):
            hour = hour % 12 + 12
    return (hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _gregorian(year: int, month: int, day: int) -> tuple[int, int, int] | None:
    from hijridate import Hijri

    try:
        return tuple(Hijri(year, month, day).to_gregorian().datetuple())  # type: ignore[return-value]
    except (ValueError, OverflowError):
        return None


def split(flat: str) -> tuple[int, list[Stamp]] | None:
    """Where the timestamps begin that end a folded line after other words, and what they are."""
    for tried, m in enumerate(_START.finditer(flat)):
        if tried == 4:
            break
        if m.start() and (found := read(flat[m.start() :])):
            return m.start(), found
    return None


@lru_cache(maxsize=4096)
def normalised(given: str) -> str | None:
    """ISO 8601 of a date that a source gave, in digits or in words; None where it is no date."""
    if value := parse_stamp(given):
        return value
    found = read(folded(given).strip()) if len(given) < 200 else []
    return found[0].value if found else None
