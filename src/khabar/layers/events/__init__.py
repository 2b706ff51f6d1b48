"""Events: who did what to whom, where and when.

Candidates come from the lexicon of event words; linear models over features of clause order, frame and context, learned from
annotated articles, say which of them are events, who takes part, when and with what status; triggers of one happening are joined.
"""

from math import prod

from khabar.layers.attributions import covering_any
from khabar.layers.blocks import Page
from khabar.layers.events import anchors
from khabar.layers.events.context import Context
from khabar.layers.events.gloss import gloss
from khabar.layers.events.joining import join
from khabar.layers.events.neural import Neural
from khabar.layers.events.parties import Settled, settled
from khabar.layers.events.reading import Reading, logit, read
from khabar.layers.events.weights import Weights, load, probability
from khabar.layers.events.why import Reason, reasons
from khabar.record import Attribution, Entity, Event, Quote, Time
from khabar.script import Text
from khabar.tagger import Tags

__all__ = ["Reason", "assemble", "explain", "find", "retell"]


def find(
    text: Text,
    page: Page,
    entities: list[Entity],
    times: list[Time],
    attributions: list[Attribution],
    tags: list[Tags] | None,
) -> list[Event]:
    """Events of a text, in the order of their first trigger; open days of `times` that hang on an event are settled."""
    context = Context(text, page, entities, times, attributions)
    events = assemble(context, load(), Neural(text, tags) if tags is not None else None)
    _settle(events, context, times)
    return events


def explain(
    text: Text,
    page: Page,
    entities: list[Entity],
    times: list[Time],
    attributions: list[Attribution],
    tags: list[Tags] | None,
    event: str | None = None,
) -> list[Reason]:
    """Why each event (or the one with that id) was read: takes what `find` takes, before the reader settles the entities' ids."""
    context, weights = Context(text, page, entities, times, attributions), load()
    neural = Neural(text, tags) if tags is not None else None
    groups = kept(join(read(context, weights, neural), weights, neural), thresholds(weights, neural is not None)["keep"])
    events = _events(groups, context, weights, neural is not None)
    _settle(events, context, times)
    return [r for r in reasons(events, groups, context, weights) if event in (None, r.event.id)]


def retell(events: list[Event], entities: list[Entity], attributions: list[Attribution]) -> None:
    """Glosses of events anew, once entities are settled: who is no longer told of stands in none."""
    for event in events:
        event.gloss = gloss(event, entities, attributions)


def _settle(events: list[Event], context: Context, times: list[Time]) -> None:
    for event in anchors.settle(context.text, times, events, context.page.published):
        event.gloss = gloss(event, context.entities, context.attributions)


def assemble(context: Context, weights: Weights, neural: Neural | None = None) -> list[Event]:
    """Events of an article whose context is known."""
    groups = kept(join(read(context, weights, neural), weights, neural), thresholds(weights, neural is not None)["keep"])
    return _events(groups, context, weights, neural is not None)


def _events(groups: list[list[Reading]], context: Context, weights: Weights, tagged: bool) -> list[Event]:
    who = settled(groups, context, weights.tagged if tagged else weights.parties, thresholds(weights, tagged))
    sure = weights.sure.get("tagger" if tagged else "fast", (1.0, 0.0))
    return [_event(f"v{n}", group, context, parties, sure) for n, (group, parties) in enumerate(zip(groups, who, strict=True), 1)]


def odds(group: list[Reading]) -> float:
    """Log-odds that any trigger of a group names its event."""
    return logit(1 - prod(1 - r.score for r in group))


def _event(name: str, group: list[Reading], context: Context, parties: Settled, sure: tuple[float, float]) -> Event:
    best = max(group, key=lambda r: r.score)
    entry = best.candidate.entry
    spans = [context.span(r.candidate) for r in group]
    event = Event(
        id=name,
        type=entry.type,
        mode=entry.mode,
        cameo=entry.cameo,
        triggers=[Quote(span, context.text.quote(span)) for span in spans],
        actors=parties.actors,
        recipients=parties.recipients,
        places=parties.places,
        begin=parties.when.begin if parties.when else None,
        end=parties.when.end if parties.when else None,
        status=parties.status,  # type: ignore[arg-type]
        attributions=covering_any(context.attributions, spans),
        confidence=round(probability(sure[0] * odds(group) + sure[1]), 2),
    )
    event.gloss = gloss(event, context.entities, context.attributions)
    return event


def kept(groups: list[list[Reading]], least: float) -> list[list[Reading]]:
    """Events of which one trigger is sure enough, or several together: weaker triggers only join them."""
    return [g for g in groups if max(r.score for r in g) >= least or prod(1 - r.score for r in g) <= 0.8 - least]


def thresholds(weights: Weights, tagged: bool) -> dict[str, float]:
    """Probabilities from which triggers, events, times and participants hold, with the tagger or without."""
    if not tagged:
        return weights.thresholds
    return dict(zip(("event", "when", "actor", "recipient", "place", "same", "keep"), weights.blend["threshold"], strict=True))
