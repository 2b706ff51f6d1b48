"""Times that hang on another event of the text: بعد 5 أيام من لقائه, غداة الهجوم, قبل يومين من الانتخابات.

The layer of times finds them and leaves their days open (but for those that the text before settles: في اليوم التالي is the day
after the day told last). The layer of events, which knows on which days things happened, settles them: `anchored` gives for each
the distance and the word that names the event, and `Hanging.day_of_time` and `day_of_head` reckon one day from the other.
"""

from collections.abc import Iterable
from datetime import date

import msgspec

from khabar.layers.times import calendars
from khabar.record import Span, Time


class Hanging(msgspec.Struct, frozen=True, kw_only=True):
    """A time that is `count` units (`D` days, `W` weeks, `M` months, `Y` years, `TH` hours …; None: some) after (`direction` 1)
    or before (-1) the event whose word stands at `head` (None: after what was told before)."""

    time: Time
    unit: str
    count: float | None
    direction: int
    head: Span | None

    def day_of_time(self, day_of_head: str) -> str | None:
        """The day that the expression means, from the day of the event it hangs on (both ISO 8601); None where inexact."""
        return self._from(day_of_head, self.direction)

    def day_of_head(self, day_of_time: str) -> str | None:
        """The day of the event that the expression hangs on, from the day that the expression means."""
        return self._from(day_of_time, -self.direction)

    def settle(self, day: str) -> None:
        """Write the day that the expression means into its time."""
        self.time.value = self.time.begin = self.time.end = day

    def _from(self, day: str, direction: int) -> str | None:
        if self.count is None or self.count != int(self.count) or self.time.mod is not None:
            return None
        if self.unit not in ("D", "W"):
            return None
        try:
            moved = calendars.shifted(date.fromisoformat(day), self.unit, direction * int(self.count))
        except ValueError:
            return None
        return moved.isoformat() if moved else None


def open_times(times: Iterable[Time]) -> dict[Span, Time]:
    """The times without days, by their spans."""
    return {t.span: t for t in times if t.begin is None and t.type in ("DATE", "TIME")}
