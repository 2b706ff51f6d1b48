"""What the tagger adds to the rules: cues that stand on no list, with the speaker whom it links to them."""

from typing import Any

import numpy as np
import pytest

from khabar.layers import attributions
from khabar.record import Entity, Mention
from khabar.script import Text
from khabar.tagger import Tagged, Tags


class Linked:
    """Stands for the tagger's links: every pair has the score of the tail's first word, in the order of the text."""

    thresholds = {"source": 0.4}  # noqa: RUF012

    def __init__(self, scores: dict[int, float]) -> None:
        self.by_word = scores

    def scores(self, relation: str, heads: list[Any], tails: list[Any]) -> Any:
        assert relation == "source"
        return np.array([[self.by_word.get(t.start, 0.0) for t in tails] for _ in heads])


def tagged(raw: str, cue: tuple[int, int], content: tuple[int, int], score: float, source: dict[int, float]) -> list[Tags]:
    text = Text(raw)
    tags = Tags(
        cues=[Tagged(*cue, "CUE", score)],
        contents=[Tagged(*content, "CONTENT", 0.9)],
        links=Linked(source),
        sentence=0,  # type: ignore[arg-type]
    )
    return [tags, *(Tags() for _ in text.sentences[1:])]


RAW = "وهمهم الخطيب رشاد بأن السقف سيقع ثم خرج"


def named() -> list[Entity]:
    at = RAW.index("رشاد")
    return [Entity(id="e1", type="person", name="رشاد", mentions=[Mention((at, at + 4), "رشاد", "name")])]


def test_a_cue_of_no_list_is_heard():
    assert attributions.find(Text(RAW), named(), None) == []
    [heard] = attributions.find(Text(RAW), named(), tagged(RAW, (0, 1), (4, 6), 0.97, {2: 0.9}))
    assert (heard.sources, heard.content.quote, heard.cue.quote) == (["e1"], "السقف سيقع", "وهمهم")


def test_a_faint_cue_or_one_without_a_speaker_is_not():
    assert attributions.find(Text(RAW), named(), tagged(RAW, (0, 1), (4, 6), 0.6, {2: 0.9})) == []
    assert attributions.find(Text(RAW), named(), tagged(RAW, (0, 1), (4, 6), 0.97, {2: 0.1})) == []


def test_what_the_rules_read_is_not_read_twice():
    raw = "وقال رشاد إن السقف سيقع غدا"
    entities = [Entity(id="e1", type="person", name="رشاد", mentions=[Mention((5, 9), "رشاد", "name")])]
    [said] = attributions.find(Text(raw), entities, tagged(raw, (0, 1), (3, 6), 0.9, {1: 0.9}))
    assert (said.sources, said.content.quote) == (["e1"], "السقف سيقع غدا")


TWO = "وقال رشاد نائب سعيد إن السقف سيقع غدا"


@pytest.mark.parametrize(
    ("scores", "speaker"),
    [({1: 0.1, 3: 0.9}, "سعيد"), ({1: 0.3, 3: 0.9}, "رشاد"), ({1: 0.1, 3: 0.7}, "رشاد"), ({1: 0.9, 3: 0.1}, "رشاد")],
)
def test_somebody_else_speaks_only_where_the_tagger_is_sure_of_both(scores: dict[int, float], speaker: str):
    people = {name: Entity(id=name, type="person", name=name, mentions=[]) for name in ("رشاد", "سعيد")}
    for name, entity in people.items():
        at = TWO.index(name)
        entity.mentions.append(Mention((at, at + len(name)), name, "name"))
    [said] = attributions.find(Text(TWO), list(people.values()), tagged(TWO, (0, 1), (5, 8), 0.97, scores))
    assert said.sources == [speaker]
