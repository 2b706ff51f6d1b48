"""What a line is by its own words: furniture of the site, a caption, a heading."""

import re

from khabar.layers.blocks.table import END, any_of, words

_BUTTON = any_of(words("buttons"), [w.lower() for w in words("buttons")])
_WHOLE = frozenset(w.lower() for w in words("furniture")) | frozenset(w.lower() for w in words("link_lists"))
_LONGEST_WHOLE = max(map(len, _WHOLE)) + 20
_WORD = re.compile(r"[^\W_]")
_OPENING = re.compile(any_of(w.lower() for w in words("furniture_openings")) + END)
_LIST = re.compile(any_of(words("link_lists")) + rf"{END}\s*[:.…]*\s*$")
_TAG_WORDS = words("tags")
_TAGS = any_of(_TAG_WORDS)
_TAG_LINE = re.compile(rf"{_TAGS}\s*[:|]|{_TAGS}\s*$")
_TAG_TAIL = re.compile(rf"(?:[.!؟\"”»)]|\.\.\.)\s+(?P<tags>{_TAGS}\s*:?(?:\s+[^\s.:؟!]+){{1,25}})\s*$")
_BUTTONS = re.compile(rf"(?:[|•·\s]*{_BUTTON}(?!\w))+[|•·\s]*")
_NOTHING = re.compile(r"[^\w]+|[\W_]+")
_NUMBERS = re.compile(r"[\W\d_]+")
_OPERATOR = re.compile(r"\b(?:stc|mobily|zain|sms)\b|موبايلي", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"\d{5}")
_BY_MESSAGE = re.compile(r"زين تبدا|^(?:\d+ مسافه )?ثم الرساله")
_SELF = re.compile(any_of(words("self_descriptions")))
_SELF_WORD = re.compile(any_of(words("self_description_words")) + END)

# outlets that are called as a place, a section or a thing is (الرياض, اليوم) are no sure credit
_SURE = (
    set(words("outlets"))
    - set(words("places"))
    - set(words("sections"))
    - set(words("not_names"))
    - set(words("doubtful_credits"))
)
_CREDITS = any_of(words("credits"), words("agencies"), _SURE)
_ANY_CREDIT = re.compile(_CREDITS)
_BRACKETED = any_of(words("credits"), words("agencies"), words("outlets"))
_MORE = rf"(?:\s*[-/|،,+]\s*{_CREDITS})*"
_CREDIT = re.compile(
    rf"(?:[-/|]\s*|\s:\s*)(?:تصوير\s*:?\s*)?{_CREDITS}{_MORE}\s*\)?$|[(\[]\s*(?:(?:تصوير|صوره|المصدر|عن)\s*:?\s*)?{_BRACKETED}{_MORE}\s*[)\]]\s*\.?$"
    rf"|(?:تصوير|عدسه|الصوره من|المصدر|صوره)\s*[:/]\s*{_CREDITS}\s*$"
)
_CREDIT_SIGN = re.compile(r"[-/|:)\]]")
_BARE_CREDIT = re.compile(rf"(?:^|\s){_CREDITS}\s*$")
_CAPTION = re.compile(any_of(words("caption_openings")) + END)
_CAPTION_WORD = re.compile(r"(?<!\w)" + any_of(words("caption_words")) + END)
_EMBEDDED = re.compile(r"https?:|www\.|pic\.twitter|#|@")
_BULLETS = ("-", "*", "•", "_", "●", "(", '"')
_SECTIONS = frozenset(words("sections"))
_CRUMB = re.compile(r"\s*[>»›/|]\s*|\s*\\\s*")
_OUTLET_WORD = re.compile(r"(?<!\w)" + any_of(words("outlet_words")) + END)


def furniture(flat: str) -> bool:
    """Whether a folded line is furniture whatever stands around it: a button, a heading of links, a copyright line."""
    low = flat.lower()
    bare = _NUMBERS.sub(" ", low).strip()
    if not bare:
        return not any(c.isdigit() for c in flat)
    if bare in _WHOLE or _OPENING.match(low.lstrip(' -*•(["/')) or _TAG_LINE.match(flat):
        return True
    return _BUTTONS.fullmatch(flat) is not None


def link_list(flat: str) -> bool:
    """Whether it is the heading of a list of links."""
    return _LIST.match(flat.lstrip(" -*•")) is not None


def contact(flat: str) -> bool:
    """Whether it is a columnist's number for messages; asked at the end of an article only."""
    if len(flat) >= 90:
        return False
    return bool(_BY_MESSAGE.search(flat) or (_LONG_NUMBER.search(flat) and _OPERATOR.search(flat)))


def self_description(flat: str) -> bool:
    """Whether it is an outlet's word about itself; asked of the last lines of an article only."""
    return _SELF.search(flat[:80]) is not None and _SELF_WORD.search(flat) is not None


def tags_at(flat: str) -> int | None:
    """Where the keywords begin that a site hangs on the end of the last paragraph (its folded end); None without."""
    m = _TAG_TAIL.search(flat) if any(word in flat for word in _TAG_WORDS) else None
    return flat.index(m[0].lstrip('.!؟"”») ')[:4], m.start()) if m else None


def buttons_end(flat: str) -> int:
    """Where the buttons end that open a folded text; 0 without. One word alone may be the text's own."""
    m = _BUTTONS.match(flat)
    if m is None or m.end() == len(flat):
        return 0
    return m.end() if len(re.findall(_BUTTON + r"(?!\w)", m[0])) >= 2 and not _NOTHING.fullmatch(m[0]) else 0


def section(flat: str) -> bool:
    """Whether it is a section of the site or a path of sections, as stands above the title."""
    crumbs = [c for c in _CRUMB.split(flat.strip(" >»›/|")) if c]
    return bool(crumbs) and all(c in _SECTIONS or c.lower() in _WHOLE for c in crumbs)


def credited(flat: str) -> bool:
    """Whether it ends with a picture's credit, set off by a sign."""
    if not _CREDIT_SIGN.search(flat, max(0, len(flat) - 70)):
        return False
    m = _CREDIT.search(flat, max(0, len(flat) - 90))
    return m is not None and (flat[: m.start()] + flat[m.end() :]).strip(" -/|:()") != ""


def caption(flat: str, stopped: bool) -> bool:
    """Whether it is a caption by its own words."""
    if _EMBEDDED.search(flat):
        return False
    return credited(flat) or (not stopped and len(flat) <= 150 and _CAPTION.match(flat) is not None)


def ends_with_credit(flat: str) -> bool:
    """Whether its last words are ones that pictures are credited to."""
    return _BARE_CREDIT.search(flat) is not None


def caption_word(flat: str) -> bool:
    """Whether it has a word that captions have and headings have not."""
    return _CAPTION_WORD.search(flat) is not None


def heading(flat: str) -> bool:
    """Whether it can be a heading over what follows: short, with letters, no sign of a sentence, a list or an embedded post."""
    if (
        len(flat) > 90
        or flat.startswith(_BULLETS)
        or flat.endswith((".", "،", ",", ";", "؛", ":", "...", '"', "-"))
        or _EMBEDDED.search(flat)
    ):
        return False
    return sum(c.isalpha() for c in flat) >= 3 and flat.count(" ") < 14


def outlet_line(flat: str) -> bool:
    """Whether a short line is an outlet's name by one of its words."""
    return len(flat.split()) <= 4 and _OUTLET_WORD.search(flat) is not None
