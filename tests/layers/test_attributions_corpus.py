"""The corpus of attributions: every sentence is read as it says."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from khabar.layers import attributions
from khabar.record import Entity, Mention
from khabar.script import Text

CORPUS = yaml.safe_load((Path(attributions.__file__).parent / "corpus.yaml").read_text(encoding="utf-8"))
CASES = [(group, case) for group, cases in CORPUS.items() for case in cases]


def named(case: dict[str, Any]) -> list[Entity]:
    """The entities of a case, each with every place of its name as a word; a longer name goes before one inside it."""
    found: list[Entity] = []
    for type_, names in (case.get("named") or {}).items():
        for name in names:
            spans = [m.span(1) for m in re.finditer(rf"(?<!\w)(?:[وف]?(?:لل|[بلك])?)({re.escape(name)})(?!\w)", case["text"])]
            longer = [m.span for e in found for m in e.mentions]
            spans = [s for s in spans if not any(a <= s[0] and s[1] <= b for a, b in longer)]
            mentions = [Mention(s, name, "name") for s in spans]
            found.append(Entity(id=f"e{len(found) + 1}", type=type_, name=name, mentions=mentions))
    return found


def test_the_corpus_is_large_enough_and_has_negatives():
    assert len(CASES) >= 80
    assert sum(not case["said"] for _, case in CASES) >= 15


@pytest.mark.parametrize(("group", "case"), CASES, ids=[f"{g}: {c['text'][:40]}" for g, c in CASES])
def test_corpus(group, case):
    entities = named(case)
    found = attributions.find(Text(case["text"]), entities, None)
    names = {e.id: e.name for e in entities}
    read = []
    for a, said in zip(sorted(found, key=lambda a: a.content.span), case["said"], strict=False):
        one: dict[str, Any] = {"cue": a.cue.quote, "content": a.content.quote}
        if "source" in said:
            one["source"] = [names[s] for s in a.sources] if isinstance(said["source"], list) else names[a.sources[0]]
        around = {"via": a.via and names[a.via], "channel": a.channel}
        one.update({field: value for field, value in around.items() if value is not None or field in said})
        read.append(one)
    assert read == [dict(s) for s in case["said"]], found
    assert len(found) == len(case["said"]), [(a.cue.quote, a.content.quote) for a in found]
