"""Linear models over named features: the table that ships, and scoring with it."""

from collections.abc import Iterable
from functools import cache
from math import exp
from pathlib import Path

import msgspec

PATH = Path(__file__).parent / "weights.json"

Table = dict[str, float]


class Weights(msgspec.Struct, kw_only=True):
    """Weights by feature.

    Of a candidate being an event (`event`), of a mention being its actor, recipient and place (`argument`), of a time being
    its time (`when`), of two triggers naming one event (`same`), of each status, and of the answers to who takes part in an event
    and when (`parties`, by role; `tagged` where the tagger is heard). `thresholds` are the probabilities from which each of them
    holds. `sure` are the slope and constant by which an event's log-odds become its confidence, by mode (`tagger`, `fast`).
    `blend` weighs the lexicon's log-odds and the tagger's: (lexicon, tagger, constant) of event, actor,
    recipient, place, when and same; (tagger, constant) of what the tagger alone names; the tagger's share in a status; and the
    thresholds of event, when, actor, recipient, place, same and keep where both are heard.
    """

    event: Table
    argument: dict[str, tuple[float, float, float]]
    when: Table
    same: Table
    status: dict[str, Table]
    parties: dict[str, Table] = {}
    tagged: dict[str, Table] = {}
    blend: dict[str, tuple[float, ...]] = {}
    sure: dict[str, tuple[float, float]] = {}
    thresholds: Table


@cache
def load() -> Weights:
    """The weights that ship with Khabar."""
    return msgspec.json.decode(PATH.read_bytes(), type=Weights)


def total(table: Table, features: Iterable[str]) -> float:
    """Sum of the weights of features: the log-odds."""
    get = table.get
    return sum(get(f, 0.0) for f in features)


def probability(score: float) -> float:
    """Log-odds as a probability."""
    return 1 / (1 + exp(-score)) if score > -500 else 0.0


def totals(table: dict[str, tuple[float, float, float]], features: Iterable[str]) -> tuple[float, float, float]:
    """Log-odds of the three roles."""
    actor = recipient = place = 0.0
    for feature in features:
        found = table.get(feature)
        if found is not None:
            actor += found[0]
            recipient += found[1]
            place += found[2]
    return actor, recipient, place
