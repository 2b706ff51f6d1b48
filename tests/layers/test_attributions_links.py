"""Which attributions vouch for a span."""

from khabar.layers.attributions import covering, covering_any
from khabar.record import Attribution, Quote


def said(id: str, cue: tuple[int, int], content: tuple[int, int]) -> Attribution:
    return Attribution(id=id, sources=[], cue=Quote(cue, ""), content=Quote(content, ""))


def test_nested_speech_gives_the_chain_innermost_first():
    outer, inner = said("a1", (0, 4), (10, 90)), said("a2", (20, 24), (30, 60))
    assert covering([outer, inner], (40, 45)) == ["a2", "a1"]
    assert covering([outer, inner], (70, 75)) == ["a1"]


def test_the_articles_own_voice_has_nobody():
    assert covering([said("a1", (0, 4), (10, 20))], (18, 25)) == []


def test_an_act_of_speech_is_vouched_for_by_others_only():
    outer, inner = said("a1", (0, 4), (10, 90)), said("a2", (20, 24), (15, 60))
    assert covering([outer, inner], (20, 24)) == ["a1"]
    assert covering([inner], (20, 24)) == []


def test_an_event_has_the_attributions_of_all_its_triggers():
    first, second = said("a1", (0, 4), (10, 20)), said("a2", (30, 34), (40, 60))
    assert covering_any([first, second], [(41, 45), (12, 14), (50, 52)]) == ["a2", "a1"]
