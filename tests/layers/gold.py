"""Gold annotations as record types, so that one layer can be measured with perfect layers before it."""

import json
import re
from pathlib import Path
from typing import Any

from khabar.record import Entity, Mention

GOLD = Path(__file__).parents[3] / "shared" / "gold"
_LETTER = r"[^\W\d_]"


def entities(gold: dict[str, Any], body: str) -> list[Entity]:
    """The entities of a gold article with every place where one of their forms stands as a word, proclitics left out."""
    found = []
    for e in gold["entities"]:
        mentions: dict[tuple[int, int], Mention] = {}
        for form in sorted(e["forms"], key=len, reverse=True):
            pattern = rf"(?<!{_LETTER})(?:[وف]?(?:لل|[بلك])?)({re.escape(form)})(?!{_LETTER})"
            for m in re.finditer(pattern, body):
                span = m.span(1)
                if not any(a <= span[0] and span[1] <= b for a, b in mentions):
                    mentions[span] = Mention(span, m.group(1), "name")
        if mentions:
            found.append(
                Entity(
                    id=e["id"],
                    type=e["type"],
                    name=e["forms"][0],
                    roles=e.get("roles", []),
                    mentions=[mentions[k] for k in sorted(mentions)],
                )
            )
    return found


def articles(part: str) -> list[tuple[dict[str, Any], str]]:
    """[(gold annotation, text)] of one part of the gold."""
    held = {}
    with (GOLD / part / "articles.jsonl").open(encoding="utf-8") as lines:
        for a in map(json.loads, lines):
            held[a["id"]] = a["title"] + "\n" + a["text"]
    golds = [json.loads(p.read_text(encoding="utf-8")) for p in sorted((GOLD / part).glob("*.json"))]
    return [(g, held[g["id"]]) for g in golds]
