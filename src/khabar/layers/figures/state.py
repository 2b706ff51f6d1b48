"""What is known of a sentence while it is read."""

from collections.abc import Mapping, Sequence

from khabar.layers.amounts import Amount
from khabar.layers.figures.counts import Count
from khabar.layers.figures.found import Found, Governor, Tally
from khabar.layers.figures.words import CUES
from khabar.record import FigureKind

HUMAN = frozenset(("killed", "injured", "missing", "displaced", "detained", "kidnapped", "rescued"))


class State:
    """A sentence, tokens [first, end), what governs in it and what was found so far.

    `amounts` are by the first token of their span, `hedged` leads there from the first token of their number.
    `last_kind` is the kind of the last figure of the text before the sentence.
    """

    def __init__(
        self,
        forms: Sequence[str],
        first: int,
        end: int,
        amounts: Mapping[int, Amount],
        hedged: Mapping[int, int],
        last_kind: FigureKind | None,
    ) -> None:
        self.forms = forms
        self.first, self.end = first, end
        self.amounts, self.hedged = amounts, hedged
        self.last_kind = last_kind
        self.governor: Governor | None = None
        self.tally: Tally | None = None
        self.found: list[Found] = []
        self.open: Count | None = None
        """The last count that took no kind."""

    def form(self, i: int) -> str:
        """The token at `i`, "" outside the sentence."""
        return self.forms[i] if self.first <= i < self.end else ""

    def _start(self, c: Count) -> int:
        """First token of the count's span, hedge included."""
        return self.hedged[c.first] if c.amount is not None else c.first

    def _before(self, c: Count) -> tuple[str, int]:
        """The token before the count, and its index; the article that stands alone (الـ900) is passed over."""
        start = self._start(c)
        at = start - 1
        while self.form(at) in ("ال", "بال", "(", '"'):
            at -= 1
        return self.form(at), at

    def _of_disease(self) -> bool:
        """Whether the sentence speaks of a disease, whose cases are no injuries."""
        return any(f in CUES["disease"] for f in self.forms[self.first : self.end])

    def _fits(self, c: Count, kind: FigureKind) -> bool:
        """Whether a kind can befall what is counted: people are killed, things are damaged; a case of a disease is no injury."""
        if kind == "injured" and self._of_disease():
            return False
        roles = {m.role for m in c.noun}
        if kind in HUMAN:
            return (not roles and (c.amount is None or c.amount.kind != "measure")) or bool(
                roles & {"person", "troops", "bearer", "total"}
            )
        if kind == "damaged" and self.form(c.end) in CUES["rigged"]:
            return False
        if kind == "damaged":
            other = self.form(c.first)[c.at :] in CUES["other"]  # تدمير سيارة وأخرى
            return "thing" in roles or other or (c.amount is not None and c.amount.kind == "measure")
        if kind == "deployed":
            return "troops" in roles or (c.head is not None and self.form(c.head + 1) in CUES["organs"])
        return True
