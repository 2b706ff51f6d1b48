"""The labels of the heads: what training writes and run time reads in one order."""

from __future__ import annotations

NAMES = ("PER", "ORG", "GRP", "CTY", "PLC", "HAZ", "NOM")
"""Person, organisation, group that acts, country, other place, named hazard; NOM is an unnamed person (مصدر أمني، شاهد عيان)."""

TRIGGERS = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
    "DISASTER",
)

STATUSES = ("happened", "ongoing", "planned", "possible", "denied")

RELATIONS = ("actor", "recipient", "place", "time", "source", "via", "vouched", "same")
"""What a pair of spans can be. actor, recipient, place: trigger → mention; time: trigger → time expression; source, via: cue
→ mention; vouched: trigger → cue of the attribution that says it; same: trigger → another trigger of the same event."""

WIDTH = 48
"""Width of one relation's query and key vectors."""


def bio(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """O, then B and I of each kind."""
    return ("O", *(f"{mark}-{kind}" for kind in kinds for mark in "BI"))


LAYERS: dict[str, tuple[str, ...]] = {
    "names": bio(NAMES),
    "roles": bio(("ROLE",)),
    "triggers": bio(TRIGGERS),
    "status": STATUSES,
    "cues": bio(("CUE",)),
    "sources": bio(("SOURCE",)),
    "contents": bio(("CONTENT",)),
}
"""The heads that label words, with their labels; their outputs lie side by side in this order."""


def slices() -> dict[str, slice]:
    """Where each head's outputs lie."""
    out, at = {}, 0
    for layer, labels in LAYERS.items():
        out[layer] = slice(at, at + len(labels))
        at += len(labels)
    return out


WIDE = sum(map(len, LAYERS.values()))
"""Number of outputs of all labelling heads together."""

FAR = (0, 1, 3, 6, 11, 21, 41)
"""Lower ends of the distance classes, in words."""

DISTANCES = 4 * len(FAR)
"""Number of distance classes: before or after, near to far, within a sentence or not."""


def distance_class(words: int, same_sentence: bool) -> int:
    """The class of a distance, from a pair's head to its tail in words (negative where the tail comes first)."""
    far = sum(abs(words) >= low for low in FAR) - 1
    return far + len(FAR) * (words < 0) + 2 * len(FAR) * (not same_sentence)
