"""Events: the corpus of sentences, joining, status, and that any text is read."""

import re
from importlib.resources import files
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.layers import blocks, events
from khabar.layers.blocks import Page
from khabar.record import Article, Entity, Event, Mention, Time
from khabar.script import Text

_MARK = re.compile(r"\{([^{}:]+):(\w+)\}")
CORPUS: list[dict[str, Any]] = yaml.safe_load(files("khabar.layers.events").joinpath("corpus.yaml").read_text(encoding="utf-8"))


def marked(raw: str, title: str | None = None) -> tuple[Text, Page, list[Entity]]:
    """A text without its marks, its page and the entities that the marks name."""
    plain, entities, at = "", {}, 0
    for m in _MARK.finditer(raw):
        plain += raw[at : m.start()]
        form, kind = m.groups()
        e = entities.setdefault(form, Entity(id=form, type=kind, name=form, mentions=[]))
        e.mentions.append(Mention((len(plain), len(plain) + len(form)), form, "name"))
        plain += form
        at = m.end()
    plain += raw[at:]
    text = plain if title is None else title + "\n" + plain
    article = Article(id="x", text=text, titled=title is not None, title=title)
    page = blocks.find(article)
    return Text(text, page.readable), page, list(entities.values())


def read(raw: str) -> list[Event]:
    text, page, entities = marked(raw)
    return events.find(text, page, entities, [], [], None)


@pytest.mark.parametrize("case", CORPUS, ids=[c["text"][:40] for c in CORPUS])
def test_corpus(case: dict[str, Any]) -> None:
    found = read(case["text"])
    told = [(v.type, [t.quote for t in v.triggers], v.actors, v.recipients, v.status) for v in found]
    if not case["reads"]:
        assert told == []
    for line in case["reads"]:
        head, who, *status = [p.strip() for p in line.split("|")]
        kind, _, trigger = head.partition(" ")
        v = next((v for v in found if v.type == kind and any(trigger in t.quote or t.quote in trigger for t in v.triggers)), None)
        assert v, told
        actors, recipients = ({n for n in side.strip().split(" + ") if n != "-"} for side in who.split("->"))
        assert (set(v.actors), set(v.recipients), v.status) == (actors, recipients, status[0] if status else "happened")
    assert len(found) == len(case["reads"])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "قتل",
                "زار",
                "وزير",
                "هجوم",
                "على",
                "في",
                "،",
                ".",
                "\n",
                "أعلنت",
                "اعتقال",
                "لن",
                "الذي",
                "“",
                "٣",
                "غارة",
                "والتقى",
            ]
        ),
        max_size=40,
    ),
    st.data(),
)
def test_any_text_is_read(words: list[str], data: st.DataObject) -> None:
    raw = " ".join(words)
    text = Text(raw)
    entities = []
    if len(text):
        for n in range(data.draw(st.integers(0, 3))):
            i = data.draw(st.integers(0, len(text) - 1))
            span = text.token_span(i, i + 1)
            kind = data.draw(st.sampled_from(["person", "place", "country", "group", "hazard"]))
            entities.append(Entity(id=f"e{n}", type=kind, name="x", mentions=[Mention(span, text.quote(span), "name")]))
    times = (
        [Time(id="t1", span=text.token_span(0, 1), quote="", type="DATE", begin="2020-01-01", end="2020-01-01")]
        if len(text)
        else []
    )
    ids = {e.id for e in entities}
    for v in events.find(text, Page(blocks=[]), entities, times, [], None):
        for t in v.triggers:
            assert 0 <= t.span[0] < t.span[1] <= len(raw)
            assert raw[t.span[0] : t.span[1]] == t.quote
        assert {*v.actors, *v.recipients, *v.places} <= ids
        assert v.gloss


def test_an_event_is_explained() -> None:
    text, page, entities = marked(
        "قصفت {الطائرات الحربية:group} {مخيم النصر:place} فجراً. ثم ألقت {الشرطة:group} القبض على {لص:person}."
    )
    found = events.explain(text, page, entities, [], [], None)
    assert [r.event.id for r in found] == ["v1", "v2"]
    shelling = found[0].triggers[0]
    assert (shelling.entry, shelling.trigger.quote, shelling.form) == ("ASSAULT قصف", "قصفت", "Pa3fs")
    assert shelling.frame["subj"] == "actor"
    assert [(a.name, a.slot) for a in shelling.arguments if a.role == "actor" and a.taken] == [
        ("الطائرات الحربية", "subj -> actor")
    ]
    assert shelling.weighed
    (arrest,) = events.explain(text, page, entities, [], [], None, event="v2")
    assert [a.name for t in arrest.triggers for a in t.arguments if a.role == "recipient" and a.taken] == ["لص"]
