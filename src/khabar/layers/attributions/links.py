"""Which attributions vouch for what: how events and figures find who says so."""

from collections.abc import Iterable, Sequence

from khabar.record import Attribution, Span


def covering(attributions: Sequence[Attribution], span: Span) -> list[str]:
    """Ids of the attributions in whose content a span of the text lies, innermost first; empty where the article speaks itself.

    Nested speech gives the whole chain: what a minister said according to a statement is vouched for by both. A span on the
    words of the cue itself lies in no content of that cue, so an act of speech that is an event of its own (accuses, demands)
    has no attribution unless somebody else vouches for it. An event has the attributions of all its triggers:
    see `covering_any`.
    """
    found = [
        a
        for a in attributions
        if a.content.span[0] <= span[0] and span[1] <= a.content.span[1] and not _overlap(a.cue.span, span)
    ]
    found.sort(key=lambda a: a.content.span[1] - a.content.span[0])
    return [a.id for a in found]


def covering_any(attributions: Sequence[Attribution], spans: Iterable[Span]) -> list[str]:
    """Ids of the attributions that cover any of several spans (the triggers of one event), in the order of the spans."""
    return list(dict.fromkeys(i for span in spans for i in covering(attributions, span)))


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
