"""One plain English line for an event, made from its fields, names in Latin script."""

from collections.abc import Sequence
from datetime import date
from functools import cache

import msgspec

from khabar.lexicon import load
from khabar.record import Attribution, Entity, Event

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
CHANNELS = {
    "فيسبوك": "on Facebook",
    "إكس": "on X",
    "تويتر": "on Twitter",
    "تغريدة": "on Twitter",
    "تلغرام": "on Telegram",
    "مؤتمر صحفي": "at a press conference",
    "مؤتمر صحافي": "at a press conference",
    "بيان": "in a statement",
    "تصريح": "in a statement",
}
_SHOWN = 3


class Phrase(msgspec.Struct, frozen=True):
    """English of a mode: the verb's four forms, the words that lead to the recipient, and the noun."""

    base: str
    past: str
    participle: str
    ing: str
    link: str
    noun: str


@cache
def phrase(kind: str, mode: str | None) -> Phrase:
    """The English of a type and mode."""
    table = load("glosses")[kind]
    verb, link, noun = (p.strip() for p in table.get(mode, table["*"]).split("|"))
    base, past, participle, ing = verb.split()
    return Phrase(base, past, participle, ing, link, noun)


def gloss(event: Event, entities: Sequence[Entity], attributions: Sequence[Attribution]) -> str:
    """An event in a line: "Khalifa Haftar visited Russia, 26 September 2023 (eastern Libyan forces, on Facebook)".

    Names without a Latin form are left out, and where no name of a part has one, the part reads as unknown ("somebody").
    """
    by_id = {e.id: e for e in entities}
    words = phrase(event.type, event.mode)
    actors, recipients = _names(event.actors, by_id), _names(event.recipients, by_id)
    line = _told(words, actors, recipients, event.status, event.type == "DISASTER")
    places = _names([p for p in event.places if p not in event.recipients and p not in event.actors][:2], by_id)
    if places:
        line += f" in {places.replace(' and ', ', ')}"
    if when := _when(event.begin, event.end):
        line += f", {when}"
    if said := _said(event, by_id, attributions):
        line += f" ({said})"
    return line[:1].upper() + line[1:]


def _told(words: Phrase, actors: str, recipients: str, status: str, hazard: bool) -> str:
    if hazard or (not actors and not recipients):
        name = f"{words.noun} {actors}".strip()
        how = {"planned": " planned", "possible": " feared", "denied": " denied", "ongoing": " going on"}.get(status, "")
        return name + how + (f" affecting {recipients}" if recipients else "")
    if not actors:
        be = "were" if " and " in recipients else "was"
        tense = {
            "happened": f"{be} {words.participle}",
            "ongoing": f"{'are' if be == 'were' else 'is'} being {words.participle}",
            "planned": f"{'are' if be == 'were' else 'is'} to be {words.participle}",
            "possible": f"may be {words.participle}",
            "denied": f"{be} not {words.participle}",
        }[status]
        if words.link:
            return f"somebody {_active(words, status, False)} {words.link} {recipients}"
        return f"{recipients} {tense}"
    tail = f" {words.link} {recipients}" if recipients else f" {_without(words.link)}"
    return f"{actors} {_active(words, status, ' and ' in actors)}{tail.replace('  ', ' ')}".rstrip()


def _active(words: Phrase, status: str, several: bool) -> str:
    return {
        "happened": words.past,
        "ongoing": f"{'are' if several else 'is'} {words.ing}",
        "planned": f"{'are' if several else 'is'} to {words.base}",
        "possible": f"may {words.base}",
        "denied": f"did not {words.base}",
    }[status]


def _without(link: str) -> str:
    """The words after the verb where nobody follows: "talks with" becomes "talks", "with" nothing."""
    words = link.split()
    while words and words[-1] in ("with", "to", "on", "against", "at", "from", "of", "over", "for", "toward", "into", "by"):
        words.pop()
    return " ".join(words)


def _names(ids: Sequence[str], by_id: dict[str, Entity]) -> str:
    found = [e.name_en for i in ids if (e := by_id.get(i)) is not None and e.name_en]
    if len(found) > _SHOWN:
        found = [*found[:_SHOWN], "others"]
    return found[0] if len(found) == 1 else ", ".join(found[:-1]) + " and " + found[-1] if found else ""


def _when(begin: str | None, end: str | None) -> str:
    if not begin or not end:
        return _day(end or begin) and ("until " if end else "from ") + _day(end or begin)
    if begin == end:
        return _day(begin)
    a, b = _date(begin), _date(end)
    if a is None or b is None:
        return ""
    if (a.month, a.day, b.month, b.day) == (1, 1, 12, 31):
        return str(a.year) if a.year == b.year else f"{a.year} to {b.year}"
    if (
        a.day == 1
        and (a.year, a.month) == (b.year, b.month)
        and (b.month == 12 or date(b.year, b.month + 1, 1).toordinal() == b.toordinal() + 1)
    ):
        return f"{MONTHS[a.month - 1]} {a.year}"
    return f"{_day(begin)} to {_day(end)}"


def _date(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def _day(day: str | None) -> str:
    found = _date(day or "")
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}" if found else ""


def _said(event: Event, by_id: dict[str, Entity], attributions: Sequence[Attribution]) -> str:
    found: list[str] = []
    for a in attributions:
        if a.id in event.attributions and (name := _names(a.sources[:2], by_id)):
            channel = next((v for k, v in CHANNELS.items() if a.channel and k in a.channel), "")
            told = f"{name}, {channel}" if channel else name
            if told not in found:
                found.append(told)
    return "; ".join(found[:2])
