"""Statuses that grammar settles by itself: لن يزور is denied, سيزور planned, قد يزور possible, whatever the weights say."""

from functools import cache

from khabar.layers.events.clauses import bare
from khabar.layers.events.triggers import Candidate
from khabar.lexicon import load

_DENYING = frozenset(["لم", "لن", "لا"])
_LACKING = frozenset(["عدم", "دون", "بدون", "بلا", "لعدم", "بعدم"])
_EXPECTED = frozenset(["المقرر", "المنتظر", "المزمع", "المرتقب"])
_FEARED = frozenset(["الممكن", "المحتمل", "يمكن", "يحتمل", "ربما"])


@cache
def _denials() -> frozenset[str]:
    return frozenset(load("grammar")["denials"])


def status(c: Candidate) -> str | None:
    """The status that the words right before a trigger, or before its support verb, settle; None where they settle none."""
    s = c.sentence
    verb = c.first if c.verbal else c.light_token if c.light is not None else -1
    if verb >= 0:
        form, before = s.form(verb), bare(s.form(verb - 1))
        code = c.hit.code if c.verbal else c.light.code if c.light is not None else ""
        present = code[:1] in ("I", "J")
        if before in _DENYING:
            return "denied"
        if before == "سوف" or (present and form.lstrip("وف")[:1] == "س"):
            return "planned"
        if before == "قد" and present:
            return "possible"
        if before == "ان":
            earlier = {s.form(verb - 2), s.form(verb - 3)}
            if earlier & _EXPECTED:
                return "planned"
            if earlier & _FEARED:
                return "possible"
    if not c.verbal:
        if bare(s.form(c.first - 1)) in _LACKING:
            return "denied"
        for t in range(c.first - 1, max(s.first, c.first - 4) - 1, -1):
            if s.kind(t) in ("stop", "pause"):
                break
            if bare(s.form(t)) in _denials():
                return "denied"
    return None
