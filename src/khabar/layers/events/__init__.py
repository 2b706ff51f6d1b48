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
from khabar.layers.events.reading import Reading, read
from khabar.layers.events.weights import Weights, load
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
    events = [_event(f"v{n}", group, context, weights) for n, group in enumerate(groups, 1)]
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
    return [_event(f"v{n}", group, context, weights) for n, group in enumerate(groups, 1)]


def _event(name: str, group: list[Reading], context: Context, weights: Weights) -> Event:
    best = max(group, key=lambda r: r.score)
    entry = best.candidate.entry
    spans = [context.span(r.candidate) for r in group]
    least = thresholds(weights, any(r.tagged is not None for r in group))
    actors = _held([r.actors for r in group], least["actor"])
    recipients = _held([r.recipients for r in group], least["recipient"])
    clash = [e for e in actors if e in recipients]
    for e in clash:
        a = max(r.actors.get(e, 0) for r in group)
        b = max(r.recipients.get(e, 0) for r in group)
        (recipients if a >= b else actors).remove(e)
    times = [(r.when_score, r.when) for r in group if r.when is not None]
    when = max(times, key=lambda x: x[0])[1] if times else None
    status = {s: sum(r.statuses[s] for r in group) for s in best.statuses}
    event = Event(
        id=name,
        type=entry.type,
        mode=entry.mode,
        cameo=entry.cameo,
        triggers=[Quote(span, context.text.quote(span)) for span in spans],
        actors=actors,
        recipients=recipients,
        places=_held([r.places for r in group], least["place"]),
        begin=when.begin if when else None,
        end=when.end if when else None,
        status=max(status, key=lambda s: status[s]),  # type: ignore[arg-type]
        attributions=covering_any(context.attributions, spans),
    )
    event.gloss = gloss(event, context.entities, context.attributions)
    return event


def kept(groups: list[list[Reading]], least: float) -> list[list[Reading]]:
    """Events of which one trigger is sure enough, or several together: weaker triggers only join them."""
    return [g for g in groups if max(r.score for r in g) >= least or prod(1 - r.score for r in g) <= 0.8 - least]


def thresholds(weights: Weights, tagged: bool) -> dict[str, float]:
    """Probabilities from which an argument holds, with the tagger or without."""
    if not tagged:
        return weights.thresholds
    return dict(zip(("event", "when", "actor", "recipient", "place", "same", "keep"), weights.blend["threshold"], strict=True))


BESIDE = 0.4
"""Share of the surest one's probability that a further entity needs to stand beside it."""


def _held(scores: list[dict[str, float]], threshold: float) -> list[str]:
    """Entities whose best score over an event's triggers holds, the surest first."""
    best: dict[str, float] = {}
    for table in scores:
        for entity, score in table.items():
            best[entity] = max(score, best.get(entity, 0.0))
    least = max(threshold, BESIDE * max(best.values(), default=0.0))
    return [e for e, p in sorted(best.items(), key=lambda x: (-x[1], x[0])) if p >= least]
