"""The last step of a reading: entities that do not count go, the others get their final ids."""

from collections.abc import Callable

from khabar.record import Attribution, Entity, Event, Figure


def settle(
    entities: list[Entity],
    attributions: list[Attribution],
    events: list[Event],
    figures: list[Figure],
    weigh: Callable[[Entity], float | None],
) -> list[Entity]:
    """Entities to which `weigh` gives a confidence, ids e1, e2, … in the order of first mention; ids in the other layers follow,
    in place, and what is not kept takes part in nothing."""
    for e in entities:
        e.confidence = weigh(e)
    kept = [e for e in entities if e.confidence is not None]
    kept.sort(key=lambda e: min(m.span for m in e.mentions))
    new = {e.id: f"e{n}" for n, e in enumerate(kept, 1)}
    for e in kept:
        e.id = new[e.id]
    for a in attributions:
        a.sources = [new[i] for i in a.sources if i in new]
        a.via = new.get(a.via) if a.via else None
    for v in events:
        v.actors = [new[i] for i in v.actors if i in new]
        v.recipients = [new[i] for i in v.recipients if i in new]
        v.places = [new[i] for i in v.places if i in new]
    for f in figures:
        f.places = [new[i] for i in f.places if i in new]
    return kept
