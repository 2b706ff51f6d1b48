"""Where what is said ends: the clause's end, the next cue, the closing quotation mark."""

from collections.abc import Container

from khabar.layers.attributions.layout import Layout

_TRIM = frozenset("،,.:؛;-") | {"...", ".."}


def quotation(layout: Layout, start: int) -> tuple[int, int] | None:
    """The quotation that opens at `start` as [opening, closing] tokens."""
    close = layout.quotes.get(start)
    return None if close is None else (start, close)


def end_of(layout: Layout, start: int, stop: int, breaks: Container[int], paragraph_end: int) -> int:
    """The token after the last one of a content that begins at `start`.

    `stop` is the end of its sentence, `breaks` the tokens at which somebody else's words or the next thing said begins,
    `paragraph_end` how far a quotation that is still open may lead.
    """
    i = start
    while i < stop:
        if i > start and i in breaks:
            return i
        if i + 2 < stop and layout.forms[i] in "،," and layout.forms[i + 1] in ("جاء", "وجاء") and layout.forms[i + 2] == "ذلك":
            return i
        close = layout.quotes.get(i)
        if close is not None:
            if close >= stop:
                return min(close + 1, paragraph_end)
            i = close
            name = layout.index.at(start + 1)
            if name and name.first <= start + 1 and name.end >= close:  # أن "إسرائيل"، التي …: the subject of what is said
                i += 1
                continue
            if i + 1 < stop and start == layout.closers[close] and layout.forms[i + 1] in ("،", ",", "؛", "."):
                return i + 1
        i += 1
    return stop


def trimmed(layout: Layout, start: int, end: int) -> tuple[int, int]:
    """[start, end) without punctuation at its edges, and without quotation marks that enclose the whole of it."""
    forms = layout.forms
    while start < end:
        if forms[end - 1] in _TRIM:
            end -= 1
        elif forms[start] in _TRIM:
            start += 1
        elif forms[start] == '"' and layout.quotes.get(start) == end - 1:
            start, end = start + 1, end - 1
        elif forms[start] == '"' and layout.quotes.get(start, end) >= end and not _inside(layout, start, end):
            start += 1
        elif forms[end - 1] == '"' and layout.closers.get(end - 1, -1) < start:
            end -= 1
        else:
            break
    return start, end


def _inside(layout: Layout, start: int, end: int) -> bool:
    return layout.quotes.get(start, end) < end
