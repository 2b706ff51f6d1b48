"""The labels of the heads: what training writes and run time reads in one order."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

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
"""How words stand to a trigger or cue. actor, recipient, place: trigger → mention; time: trigger → time expression; source,
via: cue → mention; vouched: trigger → cue of the attribution that says it; same: trigger → another trigger of the same event."""

ARGUMENT_WIDTH, ARGUMENT_HEADS = 192, 6
"""Width and attention heads of the layers that read a text again with a trigger or cue marked."""

REACH = 120
"""Words to either side of a trigger or cue that are read again with it."""


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

FAR = (0, 1, 2, 3, 4, 6, 9, 13, 21, 34, 55, 90)
"""Lower ends of the distance classes, in words."""

DISTANCES = 4 * len(FAR)
"""Number of distance classes: before or after, near to far, within a sentence or not."""


def distance_classes(head: int, end: int, sentences: npt.NDArray[np.int64], first: int) -> npt.NDArray[np.int64]:
    """The distance class of each of some words from a head [head, end): `sentences` of the words, of which `first` is the
    first."""
    places = np.arange(first, first + len(sentences))
    away = np.where(places < head, head - places, np.maximum(places - end + 1, 0))
    far = np.searchsorted(FAR, away, side="right") - 1
    return np.asarray(far + len(FAR) * (places < head) + 2 * len(FAR) * (sentences != sentences[head - first]))
