"""The seed article: every time in it, to the character and to the day."""

import json
import os
import re
from pathlib import Path

import pytest

from khabar.layers import times
from khabar.script import Text

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold" / "dev"


@pytest.mark.skipif(not GOLD.exists() and os.environ.get("CI") != "true", reason=f"the annotated articles are not at {GOLD}")
def test_every_time_of_the_seed_article_is_right() -> None:
    gold = json.loads((GOLD / "seed__haftar-moscow.json").read_text(encoding="utf-8"))
    articles = [json.loads(line) for line in (GOLD / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    article = next(a for a in articles if a["id"] == gold["id"])
    raw = f"{article['title']}\n{article['text']}"
    # the page's own stamps (published, updated) are read with the page, not as times of the article
    readable = [m.span() for m in re.finditer(r".+", raw) if not m[0].startswith("تم ")]
    text = Text(raw, readable)
    found = [(t.quote, t.type, t.begin, t.end) for t in times.find(text, gold["published"])]
    assert found == [(t["quote"], t["type"], t["begin"], t["end"]) for t in gold["times"]]
