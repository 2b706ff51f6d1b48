"""Times that hang on events and events that hang on times: بعد 5 أيام من لقائه tells the day of one from the day of the other."""

from collections.abc import Sequence

from khabar.layers import times as timexes
from khabar.layers.times import Hanging
from khabar.record import Event, Span, Time
from khabar.script import Text


def settle(text: Text, times: Sequence[Time], events: Sequence[Event], published: str | None) -> list[Event]:
    """Reckon the open days of times and events that hang on one another; the events that were given a day.

    Of "A after n days from B", the time is the day of A, n days after the day of B. What is told as past cannot lie after the
    day of publication: then B is another event than it seems, and the days stay open.
    """
    changed: list[Event] = []
    for hanging in timexes.anchored(text, list(times)):
        named = _named(hanging, events)
        if named is None:
            continue
        when = hanging.time
        told = _told(hanging, text, events, named)
        if when.begin is None and (day := _day(named)) and (reckoned := hanging.day_of_time(day)):
            past = told is None or told.status in ("happened", "ongoing")
            if published and past and reckoned > published[:10]:
                continue
            hanging.settle(reckoned)
        if when.begin is None and told is not None and (day := _day(told)) and hanging.day_of_head(day):
            hanging.settle(day)  # "months after" (بعد أشهر) reckons no day and stays open
        day = when.begin if when.begin == when.end else None
        if day is None:
            continue
        # what is told to be days apart from an event cannot be of that event's day: it had only taken the day nearest to it
        if told is not None and told.begin != day and (told.begin is None or _day(told) == _day(named)):
            changed.append(_dated(told, day))
        if named.begin is None and (reckoned := hanging.day_of_head(day)):
            changed.append(_dated(named, reckoned))
    return changed


def _named(hanging: Hanging, events: Sequence[Event]) -> Event | None:
    """The event that the word after the time names."""
    head = hanging.head
    if head is None:
        return None
    return next((e for e in events for t in e.triggers if t.span[0] < head[1] and head[0] < t.span[1]), None)


def _told(hanging: Hanging, text: Text, events: Sequence[Event], named: Event) -> Event | None:
    """The event whose time it is: that of the nearest trigger before it in the sentence."""
    start = hanging.time.span[0]
    begin, _ = text.sentence_span(text.sentence_of(text.token_from(start)))
    before: list[tuple[Span, Event]] = [
        (t.span, e) for e in events for t in e.triggers if begin <= t.span[0] < start and e is not named
    ]
    return max(before, key=lambda x: x[0])[1] if before else None


def _day(event: Event) -> str | None:
    return event.begin if event.begin == event.end else None


def _dated(event: Event, day: str) -> Event:
    event.begin = event.end = day
    return event
