"""The last step of a reading: entities that nothing speaks of go, the others get their final ids."""

from khabar.record import Attribution, Entity, Event, Figure


def settle(entities: list[Entity], attributions: list[Attribution], events: list[Event], figures: list[Figure]) -> list[Entity]:
    """Entities that the record keeps, ids e1, e2, … in the order of first mention; ids in the other layers follow, in place.

    Names always stay. A group, and a person known by no name (شاهد عيان), is an entity only as somebody who takes part in an
    event, an attribution or a figure.
    """
    wanted: set[str] = set()
    for a in attributions:
        wanted.update(a.sources)
        if a.via:
            wanted.add(a.via)
    for v in events:
        wanted.update(v.actors, v.recipients, v.places)
    for f in figures:
        wanted.update(f.places)
    kept = [e for e in entities if e.id in wanted or not is_candidate(e)]
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


def is_candidate(entity: Entity) -> bool:
    """Whether an entity counts only where another layer refers to it: groups, and whoever is known by no name."""
    return entity.type == "group" or all(m.kind != "name" for m in entity.mentions)
