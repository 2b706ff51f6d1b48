"""Times: temporal expressions, resolved to days.

How it works, one module a step: the tokens become `atoms` (what part a word of the `vocabulary` or a number can play); the rules
(`rules_days`, `rules_periods`, `rules_lengths`), patterns over atoms written with `grammar`, give meanings (`meanings`,
`composed`); `joining` makes intervals of two; `traps` leaves out words that only look like times; and each meaning is resolved
against the day of publication and the `tense` of its clause. The words are in `lexicon/calendar.yaml`, examples with their values
in `corpus.yaml` beside this file.

A time that hangs on another event (بعد 5 أيام من لقائه) is found with its days open; `anchored` says by how much and on which
word it hangs, so that the layer of events can settle it (see `hanging`):

    for hanging in times.anchored(text, found_times):
        if hanging.head and (day := day_of_event_at(hanging.head)) and (when := hanging.day_of_time(day)):
            hanging.settle(when)
"""

from khabar.layers.times.finder import anchored, find, parse_time
from khabar.layers.times.hanging import Hanging

__all__ = ["Hanging", "anchored", "find", "parse_time"]
