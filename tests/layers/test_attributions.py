"""Attributions: who says it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.layers import attributions
from khabar.record import Entity, Mention
from khabar.script import Text
from tests.layers import gold

PIECES = st.sampled_from(
    [
        "قال",
        "وأضاف",
        "أكد",
        "مشيرا",
        "إلى",
        "أن",
        "إن",
        "أنه",
        ":",
        '"',
        "«",
        "»",
        "“",
        "”",
        "،",
        ".",
        "\n",
        "وفق",
        "بحسب",
        "ما",
        "نقلا",
        "عن",
        "ل",
        "مصدر",
        "أمني",
        "الوزير",
        "البيان",
        "كما",
        "أعلن",
        "في",
        "بيان",
        "رويترز",
        "الذي",
        "(",
        ")",
        "؟",
        "قوله",
        "12",
        "دعا",
        "بـ",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40), st.data())
def test_any_text_gives_spans_inside_it_and_sources_that_exist(pieces, data):
    raw = " ".join(pieces)
    text = Text(raw)
    entities = []
    if len(text):
        at = data.draw(st.integers(0, len(text) - 1))
        span = text.token_span(at, min(len(text), at + 2))
        entities = [Entity(id="e1", type="person", name=raw[slice(*span)], mentions=[Mention(span, raw[slice(*span)], "name")])]
    found = attributions.find(text, entities, None)
    ids = {e.id for e in entities}
    assert len(ids) == len(entities)
    for a in found:
        for part in (a.cue, a.content):
            assert 0 <= part.span[0] < part.span[1] <= len(raw)
            assert raw[slice(*part.span)] == part.quote
        assert set(a.sources) <= ids
        assert a.via is None or (a.via in ids and a.via not in a.sources)
    for e in entities:
        assert all(raw[slice(*m.span)] == m.quote for m in e.mentions)
        assert e.mentions


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all(raw):
    attributions.find(Text(raw), [], None)


@pytest.mark.skipif(not gold.GOLD.exists(), reason="the gold annotations are not beside the repository")
def test_gold_speakers_can_be_found():
    """The helper places nearly every gold speaker in the text, so that measuring with gold entities means something."""
    placed = wanted = 0
    for annotation, body in gold.articles("train"):
        ids = {e.id for e in gold.entities(annotation, body)}
        sources = [s for a in annotation["attributions"] for s in a["sources"]]
        wanted += len(sources)
        placed += sum(s in ids for s in sources)
    assert placed > 0.98 * wanted


def test_the_committee_that_spoke_is_meant_and_not_another_named_in_its_sentence():
    text = "أشادت لجنة الإنقاذ الأهلية في بيان بجهود رئيس لجنة السدود. وعبرت اللجنة عن شكرها للمتطوعين."
    at = text.index("اللجنة")
    other = text.index("لجنة السدود")
    entities = [
        Entity(id="e1", type="organization", name="لجنة الإنقاذ الأهلية", mentions=[Mention((6, 26), text[6:26], "name")]),
        Entity(
            id="e2",
            type="organization",
            name="لجنة السدود",
            mentions=[Mention((other, other + 11), "لجنة السدود", "name"), Mention((at, at + 6), "اللجنة", "nominal")],
        ),
    ]
    found = attributions.find(Text(text), entities, None)
    assert [(a.sources, a.channel) for a in found] == [(["e1"], "بيان"), (["e1"], None)]
