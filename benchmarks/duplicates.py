"""How well copies are told from reports of their own, on copies made by editing news articles.

usage: python benchmarks/duplicates.py [--articles N] [--others N] [--workspace W.db] [--json]

Takes N (300) articles of the news file of at least 80 words, makes an edited article of each for every kind of edit below, adds
all of them with `--others` (1,000) articles beside them to a workspace of its own, and counts which edited articles are folded
into the article that they were made from. What must be folded gives recall by kind; what must not (`differs …`, and pairs of
different articles) gives the false alarms, and both together precision. Edits are drawn with a fixed seed.

With --workspace, made of the whole news file, says instead how many of the pairs of `copies.tsv`, which were read by eye, are
folded in it, by verdict.
"""

import argparse
import json
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

import msgspec
from sqlalchemy import select

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
NEWS = ROOT.parent / "shared" / "news" / "dev.jsonl.gz"

from khabar.record import Article  # noqa: E402
from khabar.sources import iter_articles  # noqa: E402
from khabar.workspace import Workspace  # noqa: E402
from khabar.workspace.adding import add  # noqa: E402
from khabar.workspace.tables import articles as table  # noqa: E402

MARKS = Path(__file__).with_name("copies.tsv")
NUMBER = re.compile(r"(?<![\d.,])\d+(?![\d.,])")
SYNONYMS = {
    "قال": "ذكر", "أكد": "شدد", "أوضح": "بيّن", "أضاف": "تابع", "خلال": "أثناء", "الذي": "والذي", "التي": "والتي", "كما": "أيضا",
    "حيث": "إذ", "وقال": "وذكر", "وأكد": "وشدد", "وأضاف": "وتابع", "وأوضح": "وبيّن", "جميع": "كل", "أن": "بأن", "كافة": "جميع",
    "بعد": "عقب", "عدد": "مجموعة", "مشيرا": "لافتا", "اليوم": "أمس", "بهدف": "بغية", "لدى": "عند", "فيما": "بينما",
}  # fmt: skip

Edit = Callable[[str, str, random.Random], tuple[str, str] | None]


def headline(title: str, body: str, draw: random.Random) -> tuple[str, str] | None:
    """Another headline, made of words of the text."""
    words = [w for w in body.split()[:40] if not any(c.isdigit() for c in w)]
    return " ".join(words[2:9]), body


def agency(title: str, body: str, draw: random.Random) -> tuple[str, str] | None:
    """The line of the agency cut, or one put before the text."""
    head, dash, rest = body.partition(" - ")
    return (title, rest) if dash and len(head) < 40 else (title, f"وكالات - {body}")


def dropped(title: str, body: str, draw: random.Random) -> tuple[str, str] | None:
    """The last third to half of the paragraphs, or of the sentences, cut."""
    parts = [p for p in body.split("\n") if p.strip()]
    joint = "\n"
    if len(parts) < 3:
        parts, joint = re.split(r"(?<=[.؟!])\s+", body), " "
    if len(parts) < 3:
        return None
    kept = parts[: max(1, round(len(parts) * draw.uniform(0.5, 0.7)))]
    return title, joint.join(kept)


def middle(title: str, body: str, draw: random.Random) -> tuple[str, str] | None:
    """A sentence or paragraph of the middle cut."""
    parts = re.split(r"(?<=[.؟!\n])\s+", body)
    if len(parts) < 4:
        return None
    del parts[draw.randrange(1, len(parts) - 1)]
    return title, " ".join(parts)


def replaced(title: str, body: str, draw: random.Random) -> tuple[str, str] | None:
    """Words put for others that mean the same, wherever the table has one."""
    words = [SYNONYMS.get(w, w) for w in re.split(r"( |\n)", body)]
    return None if "".join(words) == body else (title, "".join(words))


def light(title: str, body: str, draw: random.Random) -> tuple[str, str] | None:
    """One word in fifteen, that is no number and no name of the title, left out."""
    words = body.split(" ")
    return title, " ".join(w for w in words if any(c.isdigit() for c in w) or draw.random() > 1 / 15)


def exact(title: str, body: str, draw: random.Random) -> tuple[str, str] | None:
    """Word for word, with other spaces and quotation marks."""
    return title, body.replace('"', "”").replace("\n", "\n\n")


def figure(title: str, body: str, draw: random.Random) -> tuple[str, str] | None:
    """One figure of the first half changed everywhere, as a report that is brought up to date."""
    found = [m[0] for m in NUMBER.finditer(body[: len(body) // 2]) if m[0] not in ("1436", "2015", "2017")]
    if not found:
        return None
    old = draw.choice(found)
    new = str(int(old) + draw.randint(1, 9))
    swap = re.compile(rf"(?<![\d.,]){old}(?![\d.,])")
    return swap.sub(new, title), swap.sub(new, body)


def template(title: str, body: str, draw: random.Random) -> tuple[str, str] | None:
    """All figures changed: prices, prayer times and results that come in the same words every day."""
    if len(NUMBER.findall(body[: len(body) // 2])) < 3:
        return None
    return title, NUMBER.sub(lambda m: str(int(m[0]) + draw.randint(1, 30)), body)


def words(title: str, body: str, draw: random.Random) -> tuple[str, str] | None:
    """A figure in words changed."""
    pairs = {"ثلاثة": "خمسة", "أربعة": "ستة", "ثلاث": "سبع", "خمسة": "تسعة", "عشرة": "عشرين", "ستة": "ثمانية"}
    old = next((w for w in pairs if f" {w} " in body), None)
    return (title, body.replace(f" {old} ", f" {pairs[old]} ")) if old else None


COPIES: dict[str, Edit] = {
    "exact": exact,
    "other headline": headline,
    "agency line": agency,
    "last paragraphs cut": dropped,
    "a sentence cut": middle,
    "words replaced": replaced,
    "words left out": light,
}
OTHERS: dict[str, Edit] = {"differs in a figure": figure, "differs in all figures": template, "differs in a number word": words}


def planted(bases: list[Article], seed: int) -> list[tuple[str, str, Article]]:
    """Edited articles: the kind of edit, the key of the article that it was made from, and itself, some hours later."""
    draw = random.Random(seed)
    made = []
    for base in bases:
        title, body = base.title or "", base.text.partition("\n")[2]
        for kind, edit in {**COPIES, **OTHERS}.items():
            edited = edit(title, body, draw)
            if edited:
                later = (datetime.fromisoformat(base.published or "") + timedelta(hours=draw.randint(1, 20))).isoformat()
                key = f"{base.id}/{kind}"
                new = {"title": edited[0], "text": "\n".join(edited), "published": later, "outlet": "planted", "url": None}
                made.append((kind, base.id, msgspec.structs.replace(base, id=key, **new)))
    return made


def read_by_eye(place: str) -> dict[str, str]:
    """Of each verdict of `copies.tsv`, how many pairs a workspace folds into one."""
    lines = [line.split("\t") for line in MARKS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    with Workspace.open(place) as workspace, workspace.reading() as connection:
        keys = sorted({key for original, copy, *_ in lines for key in (original, copy)})
        rows = connection.execute(select(table.c.key, table.c.id, table.c.original).where(table.c.key.in_(keys)))
        root = {key: original or id for key, id, original in rows}
    found: dict[str, list[bool]] = {}
    for original, copy, verdict, *_ in lines:
        found.setdefault(verdict, []).append(original in root and root[original] == root.get(copy))
    return {verdict: f"{sum(folded)} of {len(folded)} folded" for verdict, folded in sorted(found.items())}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--articles", type=int, default=300, metavar="N")
    ask.add_argument("--others", type=int, default=1000, metavar="N")
    ask.add_argument("--jobs", type=int, default=1)
    ask.add_argument("--workspace", metavar="W.db", help="see which of the pairs of copies.tsv are folded in it")
    ask.add_argument("--json", action="store_true", help="one JSON object")
    given = ask.parse_args()
    if given.workspace:
        found = read_by_eye(given.workspace)
        print(json.dumps(found) if given.json else "\n".join(f"{verdict:6} {folded}" for verdict, folded in found.items()))
        return
    draw = random.Random(5)
    dated = [a for a in iter_articles([NEWS]) if isinstance(a, Article) and a.published and a.published[:2] == "20" and a.title]
    draw.shuffle(dated)
    bases, seen = [], set()
    for a in dated:
        text = " ".join(a.text.split()[:30])
        if len(a.text.split()) >= 80 and text not in seen and "T" in (a.published or "").replace(" ", "T"):
            bases.append(a)
            seen.add(text)
    others = list(islice(bases, given.articles, given.articles + given.others))
    bases = bases[: given.articles]
    made = planted(bases, 7)
    # each kind in a workspace of its own: else the edits of one article are copies of one another
    counts: Counter[tuple[str, str]] = Counter()
    for kind in (*COPIES, *OTHERS):
        mine = {new.id: (base, new) for k, base, new in made if k == kind}
        used = {base for base, _ in mine.values()}
        with tempfile.TemporaryDirectory() as folder, Workspace.open(f"{folder}/w.db", create=True) as workspace:
            items = [*others[: given.others // 10], *(b for b in bases if b.id in used), *(new for _, new in mine.values())]
            for _ in add(workspace, items, fast=True, jobs=given.jobs):
                pass
            with workspace.reading() as connection:
                other = table.alias()
                query = select(table.c.key, other.c.key).join(other, other.c.id == table.c.original)
                found = dict(iter(connection.execute(query)))
        for key, (base, _) in mine.items():
            counts[kind, "all"] += 1
            counts[kind, "folded"] += found.get(key) == base
            counts[kind, "elsewhere"] += key in found and found[key] != base
        counts[kind, "strangers"] = sum(key not in mine for key in found)
    right = sum(counts[k, "folded"] for k in COPIES)
    wrong = sum(counts[k, "folded"] for k in OTHERS) + sum(counts[k, "elsewhere"] for k in (*COPIES, *OTHERS))
    result = {
        "recall": {k: round(counts[k, "folded"] / counts[k, "all"], 3) for k in COPIES},
        "false alarms": {k: round(counts[k, "folded"] / counts[k, "all"], 3) for k in OTHERS},
        "pairs": {k: counts[k, "all"] for k in (*COPIES, *OTHERS)},
        "precision": round(right / (right + wrong), 4),
        "recall of all": round(right / sum(counts[k, "all"] for k in COPIES), 4),
    }
    if given.json:
        print(json.dumps(result, ensure_ascii=False))
        return
    for kind in COPIES:
        print(f"{kind:26} recall {result['recall'][kind]:.3f}  of {counts[kind, 'all']}")
    for kind in OTHERS:
        print(f"{kind:26} folded {result['false alarms'][kind]:.3f}  of {counts[kind, 'all']}")
    print(f"precision {result['precision']:.3f}, recall {result['recall of all']:.3f}")


if __name__ == "__main__":
    main()
