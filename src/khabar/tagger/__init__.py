"""The neural tagger: what a trained encoder says of each sentence, and of pairs of spans."""

from khabar.tagger.labels import NAMES, RELATIONS, STATUSES, TRIGGERS
from khabar.tagger.links import Links, Place
from khabar.tagger.model import Tagger
from khabar.tagger.tags import Tagged, Tags, Trigger

__all__ = ["NAMES", "RELATIONS", "STATUSES", "TRIGGERS", "Links", "Place", "Tagged", "Tagger", "Tags", "Trigger"]
