"""Attributions: who says it."""

from khabar.layers.attributions.drafts import Draft
from khabar.layers.attributions.layout import Layout
from khabar.layers.attributions.links import covering, covering_any
from khabar.layers.attributions.rules import Rules
from khabar.layers.attributions.tagged import Hearing
from khabar.layers.entities import Index
from khabar.record import Attribution, Entity, Quote
from khabar.script import Text
from khabar.tagger import Tags

__all__ = ["covering", "covering_any", "find"]


def find(text: Text, entities: list[Entity], tags: list[Tags] | None) -> list[Attribution]:
    """Attributions of a text, in the order of their contents.

    A speaker whom no entity stands for (مصدر أمني) is not lost: a new entity with a nominal mention is added to `entities`, with
    an id of its own.
    """
    if not len(text):
        return []
    layout = Layout(text, Index(text, entities))
    rules = Rules(layout, entities)
    drafts = rules.read()
    if tags:
        drafts = Hearing(layout, rules.speakers, tags).add(drafts)
    found = [_attribution(text, draft) for draft in drafts]
    found.sort(key=lambda a: (a.content.span, a.cue.span))
    for n, attribution in enumerate(found, 1):
        attribution.id = f"a{n}"
    return found


def _attribution(text: Text, draft: Draft) -> Attribution:
    cue = _span(text, draft.cue.token, draft.cue.end, draft.cue.clitic)
    content = _span(text, draft.start, draft.end, draft.letters)
    via = draft.voice.via
    return Attribution(
        id="",
        sources=list(draft.voice.sources),
        via=via if via not in draft.voice.sources else None,
        channel=draft.voice.channel,
        cue=Quote(cue, text.quote(cue)),
        content=Quote(content, text.quote(content)),
    )


def _span(text: Text, first: int, end: int, letters: int) -> tuple[int, int]:
    start = text.line_start(first) + letters
    last = text.line_start(end - 1) + len(text.tokens[end - 1].form)
    return text.span(start, last)
