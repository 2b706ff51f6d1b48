"""How a new article finds its place among the others: the steps, in order.

Each step is a module with `add(connection, batch)`, which joins new articles to what is there, and `remove(connection,
articles)`, which takes articles out again before a new reading of them is put in their place. Both run in the transaction
that stores the articles; both cost the same however many articles there are.
"""

from collections.abc import Sequence
from typing import Protocol

import msgspec
from sqlalchemy import Connection

from khabar.record import Record
from khabar.workspace import duplicates, entities, events, indexing, joined, parties, stories
from khabar.workspace.preparing import Prepared


class Added(msgspec.Struct, frozen=True):
    """An article that was just stored: its id, what was prepared, its record."""

    article: int
    prepared: Prepared
    record: Record


class Step(Protocol):
    """A module that joins articles."""

    def add(self, connection: Connection, batch: Sequence[Added]) -> None: ...

    def remove(self, connection: Connection, articles: Sequence[int]) -> None: ...


STEPS: tuple[Step, ...] = (duplicates, entities, stories, events, joined, parties, indexing)
"""Duplicates first, since a copy counts for nothing; then entities, stories and events, each of which asks those before it;
then what people joined and parted, and who by all that takes part in what; at last the words that all of it is found by."""


def link(connection: Connection, batch: Sequence[Added]) -> None:
    """Join new articles to what is there."""
    for step in STEPS:
        step.add(connection, batch)


def unlink(connection: Connection, articles: Sequence[int]) -> None:
    """Take articles out of what is joined."""
    for step in reversed(STEPS):
        step.remove(connection, articles)
