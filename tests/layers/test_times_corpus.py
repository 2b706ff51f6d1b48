"""The corpus of times: every sentence is read as it says."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from khabar.layers import times
from khabar.record import Time
from khabar.script import Text

CORPUS: dict[str, Any] = yaml.safe_load((Path(times.__file__).parent / "corpus.yaml").read_text(encoding="utf-8"))


def _says(time: Time) -> str:
    days = None if time.begin is None else time.begin if time.begin == time.end else f"{time.begin}..{time.end}"
    parts = [time.type, time.value or "-", None if days == time.value else days, time.mod]
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize("sentence", CORPUS["sentences"], ids=lambda s: s["text"])
def test_a_sentence_of_the_corpus_is_read_as_it_says(sentence: dict[str, Any]) -> None:
    marked = re.findall(r"\[(.*?)\]", sentence["text"])
    found = times.find(Text(re.sub(r"[\[\]]", "", sentence["text"])), CORPUS["published"])
    assert [(t.quote, _says(t)) for t in found] == list(zip(marked, sentence.get("is", []), strict=True))


def test_the_corpus_is_large_and_has_negatives() -> None:
    sentences = CORPUS["sentences"]
    assert len(sentences) >= 250
    assert sum("[" not in s["text"] for s in sentences) >= 40
    assert len({s["text"] for s in sentences}) == len(sentences)
