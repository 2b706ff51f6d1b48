"""Who wrote it and from where: bylines on lines of their own, and datelines that open a paragraph."""

import re
from typing import Literal

import msgspec

from khabar.layers.blocks import stamps
from khabar.layers.blocks.table import END, any_of, words

Role = Literal["agency", "outlet", "desk", "place", "name", "other"]

_AGENCIES, _OUTLETS, _DESKS, _PLACES = (frozenset(words(n)) for n in ("agencies", "outlets", "desks", "places"))
_NOT_NAMES = frozenset(words("not_names"))
_GIVEN = frozenset(words("given_names"))
_LABELS = frozenset([*words("bylines"), *words("credits_of_others")])
_PLACE = any_of(_PLACES)
_SURE_DESKS = words("sure_desks")
_SIGNED = any_of(_AGENCIES, _DESKS)

_BREAK = re.compile(r"\s*[/|،,:+()]+\s*|\s+_+\s*|\s+-+\s*|-+\s+|(?<=[^\W\d_])-+(?=[^\W\d_])")
_QUOTES = "\"' .*«»"
_PREFIX = re.compile(r"([^:\n]{2,70}?)\s*:\s*(?!\d)(?=\S)")
_DATELINE = re.compile(rf"(?P<place>{_PLACE})(?:\s*[،,]\s*{_PLACE})?(?:\s+-+\s*|-+\s+)(?=[^\W\d_\s])(?!{_PLACE}{END})")
_AGENCY_DATELINE = re.compile(
    rf"(?P<place>[^\W\d_]++(?:\s++[^\W\d_]++){{0,2}}+)"
    r"(?:\s*+[،,]\s*+[^\W\d_]++(?:\s++[^\W\d_]++){0,3}+)?+\s*+[،,]?+\s*+(?P<date>\d[^()\n]{0,40})?+\s*+[-/،,]?+\s*+"
    rf"[(\[]\s*(?P<agency>{any_of(_AGENCIES)})\s*[)\]]\s*(?:[-:،]+\s*)?"
)
_NAME_PLACE = re.compile(
    r"(?P<name>[^\W\d_]+(?:\s+[^\W\d_]+){0,3})(?:\s+-+\s*|-+\s+)"
    rf"(?P<place>{any_of(_PLACES, _OUTLETS, _SURE_DESKS)})\s+(?=[^\W\d_])"
)
_DATED = re.compile(
    rf"(?P<place>[^\W\d_]+(?:\s+[^\W\d_]+){{0,2}}?)(?:\s*\([^()]+\))?\s*[،,]?\s*(?P<date>\d{{1,2}}\s.{{4,60}}?)\s+(?P<agency>{any_of(_AGENCIES)})$"
)
_LABEL = re.compile(rf"(?:{any_of(words('bylines'))})\s*(?P<sign>[:/-]|\s)\s*(?P<rest>\S.*)")
_OTHERS = re.compile(rf"[*(\s-]*(?:{any_of(words('credits_of_others'))})\s*[:/-]\s*(?P<rest>\S.{{0,60}})$")
_CREW = re.compile(rf"\(\s*{any_of(words('crews'))}{END}[^()]*\)\W*$")
_FROM = re.compile(r"من\s+(?P<name>.+)$")
_MAIL = re.compile(r"[\w.+-]+\s*@\s*[\w-]+\.[\w.]+|(?<!\w)@\s*\w{3,}|\w{3,}\s*@$")
_PICTURE = re.compile(r"\(\s*(?:تصوير|عدسه)[^()]*\)\s*$")
_IN_BRACKETS = re.compile(r"\([^()]+\)\W*$")
_LETTER = re.compile(r"[^\W\d_]")


class Byline(msgspec.Struct):
    """What a byline says. `end` is where it ends in the folded line (the whole line, or the opening of a paragraph); author,
    outlet, dateline and the day that stands beside it are spans of the folded line."""

    end: int
    author: tuple[int, int] | None = None
    outlet: tuple[int, int] | None = None
    dateline: tuple[int, int] | None = None
    day: tuple[int, int] | None = None
    published: str | None = None


class _Part(msgspec.Struct):
    start: int
    end: int
    role: Role
    count: int


def _parts(flat: str, end: int, outlet: str | None) -> list[_Part] | None:
    """Parts of `flat[:end]` between dashes, commas and slashes, with what each is; None where one is no part of a byline."""
    found: list[_Part] = []
    at = 0
    for m in [*_BREAK.finditer(flat, 0, end), None]:
        stop = m.start() if m else end
        a, b = at, stop
        at = m.end() if m else end
        while a < b and flat[a] in _QUOTES:
            a += 1
        while b > a and flat[b - 1] in _QUOTES:
            b -= 1
        if a == b:
            continue
        listed = _part(flat, a, b, outlet)
        if listed is None:
            return None
        found += listed
    return found if len(found) <= 5 else None


def _part(flat: str, a: int, b: int, outlet: str | None) -> list[_Part] | None:
    text = flat[a:b]
    tokens = text.split()
    if (role := _role(text, outlet)) != "other":
        return [_Part(a, b, role, len(tokens))]
    if text in _LABELS:
        return []
    if len(tokens) > 5 or any(not t.replace(".", "").isalpha() for t in tokens):
        return None
    signature = ("agency", "outlet")
    last = a + text.rindex(tokens[-1])
    if len(tokens) > 2 and _role(tokens[-1], outlet) in signature and is_name(tokens[:-1]):  # عبدالله البرقاوي سبق
        return [_Part(a, a + len(text[: last - a].rstrip()), "name", len(tokens) - 1), _Part(last, b, "outlet", 1)]
    first = a + len(tokens[0])
    if len(tokens) > 1 and _role(tokens[0], outlet) in signature and _role(" ".join(tokens[1:]), outlet) == "place":  # سبق أبها
        start = b - len(flat[first:b].lstrip())
        return [_Part(a, first, "outlet", 1), _Part(start, b, "place", len(tokens) - 1)]
    if _NOT_NAMES & set(tokens):
        return None
    return [_Part(a, b, "name" if is_name(tokens) else "other", len(tokens))]


def _role(text: str, outlet: str | None) -> Role:
    text = " ".join(text.split())
    if outlet and text == outlet:
        return "outlet"
    if text in _AGENCIES:
        return "agency"
    if text in _PLACES:
        return "place"
    if text in _DESKS:
        return "desk"
    return "outlet" if text in _OUTLETS else "other"


def is_name(tokens: list[str]) -> bool:
    """Whether words (folded) can be a reporter's name: two to five, a given name first."""
    if not 2 <= len(tokens) <= 5 or len(set(tokens)) < len(tokens) or _NOT_NAMES & set(tokens):
        return False
    return tokens[0] in _GIVEN or (tokens[0].startswith("عبد") and len(tokens[0]) > 4)


def _made(parts: list[_Part], end: int) -> Byline | None:
    """The byline that some parts make; None where nothing but their form says that they are one."""
    roles = [p.role for p in parts]
    signed = bool({"agency", "outlet", "desk"} & set(roles))
    if set(roles) <= {"other"} or roles.count("other") > 1 + signed or (len(parts) > 1 and set(roles) == {"place"}):
        return None
    if roles == ["other", "name"]:  # an office and who holds it
        return None
    found = Byline(end)
    for i, part in enumerate(parts):
        span = (part.start, part.end)
        role = part.role
        if role == "other":
            # the part that is not known is the place where a name or an outlet stands before it, else whoever reports from there
            before = set(roles[:i]) & {"name", "outlet", "agency"}
            if before and "place" not in roles and part.count <= 3:
                role = "place"
            elif part.count > 1 and "name" not in roles and not found.author:
                role = "name"
        if role == "name":
            found.author = (found.author[0], part.end) if found.author else span
        elif role == "place":
            found.dateline = found.dateline or span
        elif role in ("outlet", "agency") and not found.outlet:
            found.outlet = span
    return found


def _moved(byline: Byline, by: int) -> Byline:
    for field in ("author", "outlet", "dateline", "day"):
        if span := getattr(byline, field):
            setattr(byline, field, (span[0] + by, span[1] + by))
    return byline


def opening(flat: str, outlet: str | None) -> Byline | None:
    """The byline or dateline that opens a paragraph (its folded beginning); None where it opens with its own words.

    `outlet` is the article's outlet, folded.
    """
    if (m := _AGENCY_DATELINE.match(flat)) and _known_place(m["place"]) and m.end() < len(flat):
        date = stamps.normalised(m["date"].strip(" ،,-/")) if m["date"] else None
        return Byline(m.end(), dateline=m.span("place"), day=m.span("date") if m["date"] else None, published=date)
    if m := _PREFIX.match(flat):
        parts = _parts(flat, m.end(1), outlet)
        if parts and _sure([p.role for p in parts]) and (made := _made(parts, m.end())):
            return made
    if m := _DATELINE.match(flat):
        rest = flat[m.end() :]
        parts = _parts(flat, m.end() + len(sign[0]), outlet) if (sign := re.match(rf"{_SIGNED}{END}\s*[-:/]+\s*", rest)) else None
        if parts and sign and (made := _made(parts, m.end() + sign.end())):
            return made
        return Byline(m.end(), dateline=m.span("place"))
    if (m := _NAME_PLACE.match(flat)) and (parts := _parts(flat, m.end("place"), outlet)) and len(parts) == 2:
        first, second = parts[0].role, parts[1].role
        if (first == "name" and second != "desk") or (first == "outlet" and second in ("place", "desk")):
            return _made(parts, m.end("place"))
    return None


def _sure(roles: list[Role]) -> bool:
    """Whether parts before a colon are a byline: one alone has to be an agency, a desk or a place, and what is on no list has to
    stand beside a signature."""
    if len(roles) == 1:
        return roles[0] in ("agency", "place", "desk")
    return "other" not in roles or bool({"agency", "outlet", "desk", "name"} & set(roles))


def _known_place(text: str) -> bool:
    return " ".join(text.split()) in _PLACES


def dated(flat: str) -> Byline | None:
    """The dateline of an agency with place and day (بغداد 5 رجب 1437 هـ الموافق 12 أبريل 2016 م واس), its own line.

    It stays a paragraph: the day and the place are news.
    """
    m = _DATED.match(flat)
    if m is None or not stamps.read(m["date"]) or _NOT_NAMES & set(m["place"].split()):
        return None
    day = stamps.read(m["date"])[0].value
    return Byline(len(flat), dateline=m.span("place"), published=day)


def contact(flat: str) -> bool:
    """Whether a line (folded) is an address of the author: mail or a name on a network, with few words beside it."""
    return bool(_MAIL.search(flat)) and len(flat.split()) <= 8 and len(_LETTER.findall(_MAIL.sub("", flat))) <= 30


def line(flat: str, outlet: str | None) -> Byline | None:
    """The byline that a whole line (folded) is, at the head or the end of an article; None where it is none."""
    end = len(_PICTURE.sub("", flat).rstrip(" :.-"))
    if m := _OTHERS.match(flat):
        return Byline(len(flat))
    if contact(flat) or _CREW.match(flat):
        return Byline(len(flat))
    if (m := _FROM.match(flat)) and is_name(m["name"].split()):  # من أحمد رشيد
        return Byline(len(flat), author=m.span("name"))
    if m := _LABEL.match(flat):
        rest = m["rest"].rstrip(" :.-")
        start = m.start("rest")
        sure = bool(m["sign"].strip()) or flat.startswith("بقلم")
        parts = _parts(rest, len(rest), outlet)
        if parts and parts[0].role in ("name", "other") and (sure or parts[0].role == "name"):
            made = (_made(parts, len(flat)) if len(parts) > 1 else None) or Byline(len(flat))
            made.author = (parts[0].start, parts[0].end)
            return _moved(made, start)
    parts = _parts(flat, end, outlet)
    if not parts or (len(parts) == 2 and parts[0].role == "other" and _IN_BRACKETS.search(flat) and parts[1].role != "place"):
        return None  # the second is a caption with its credit
    if ":" in flat[:end] and "other" in [p.role for p in parts]:
        return None  # what somebody says
    if len(parts) == 1:
        part = parts[0]
        if part.role in ("agency", "desk"):
            return Byline(len(flat))
        return Byline(len(flat), outlet=(part.start, part.end)) if part.role == "outlet" else None
    return _made(parts, len(flat))
