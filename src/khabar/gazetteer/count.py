"""Counts how news uses its words, into `data/usage.tsv`: `python -m khabar.gazetteer count SHARED`.

A form's row: how often it stands in two thirds of the news file, how often right after a word for a place (مدينة X), how often
after في or under بـ, and its kind: g where it begins a person's name, n where it is part of one, c where it is a common word.
Kinds come from where words stand (after a title or a first name; inside names of ANERcorp and Wojood) and from two lists of
names (Google's transliteration pairs, Wikidata's name tokens). Only counts are kept, no text.
"""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from khabar.gazetteer.build import DATA, rows
from khabar.script import Text, fold


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_HEADS = _words(
    "مدينه بلده قريه محافظه ولايه منطقه ناحيه قضاء حي مخيم اقليم مديريه بمدينه ببلده بقريه بمحافظه بولايه بمنطقه بحي بمخيم باقليم"
)
_TITLES = _words(
    "السيد الدكتور العميد اللواء العقيد المهندس النقيب الاستاذ الشيخ الجنرال الفريق الرايد المقدم السفير المحامي "
    "المحلل الناشط الصحفي الكاتب الباحث النايب"
)
_NEVER = frozenset(fold(word) for row in rows("never_names.tsv") for word in row)
_LEAST = 8


def count(shared: Path) -> None:
    """Write the table from the data beside the project."""
    total: Counter[str] = Counter()
    place: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    titled: Counter[str] = Counter()
    for text in news(shared / "news" / "dev.jsonl.gz"):
        before = ""
        for _, _, form in text.tokens:
            total[form] += 1
            if before in _HEADS:
                place[form] += 1
            elif before == "في":
                inside[form] += 1
            elif before in _TITLES:
                titled[form] += 1
            before = form
    for form in [f for f in total if f.startswith("ب") and f[1:] in total]:
        inside[form[1:]] += total[form]
    first, later, seen = corpora(shared / "ner")
    lists = name_lists(shared / "names")
    forms = sorted({f for f, n in total.items() if n >= _LEAST} | set(lists) | set(first) | set(later))
    given = {
        f
        for f in forms
        if kind_of(f, total[f], titled[f], first[f], later[f], seen[f], lists[f]) == "g" and not f.startswith(("و", "ل", "ب"))
    }
    following: Counter[str] = Counter()
    for text in news(shared / "news" / "dev.jsonl.gz"):
        before = ""
        for _, _, form in text.tokens:
            if before in given or (before == "بن" and len(form) > 2):
                following[form] += 1
            before = form
    lines = []
    for form in forms:
        kind = kind_of(form, total[form], titled[form], first[form], later[form], seen[form], lists[form])
        if (
            kind in ("c", "")
            and total[form] >= 4
            and following[form] >= 0.3 * total[form]
            and form.isalpha()
            and form not in _NEVER
        ):
            kind = "n"
        if total[form] >= _LEAST or (kind and kind in "gn"):
            lines.append(f"{form}\t{total[form]}\t{place[form]}\t{inside[form]}\t{kind}\n")
    head = "# form, in news, after a word for a place, after في or under بـ, kind (see count.py)\n"
    (DATA / "usage.tsv").write_text(head + "".join(lines), encoding="utf-8")


def kind_of(form: str, total: int, titled: int, first: int, later: int, seen: int, listed: int) -> str:
    """g, n, c or nothing."""
    if form in _NEVER:
        return "c"
    if not form.isalpha() or len(form) < 2:
        return "c" if total >= 25 else ""
    share = (first + later) / seen if seen >= 3 else -1.0
    personal = titled / total if total else 0.0
    begins = (titled >= 2 and personal >= 0.02) or (first >= 1 and share >= 0.4) or (total < 20 and listed >= 5 and share < 0)
    if (listed >= 3 or first >= 2) and begins and not form.startswith("ال") and len(form) > 2:
        return "g"
    part = share >= 0.35 or (personal >= 0.1 and titled >= 3) or (total < 40 and share < 0 and form[0] not in "ولفبي")
    if (listed or later >= 2 or titled >= 3) and part:
        return "n"
    return "c" if total >= 10 else ""


def news(path: Path) -> Iterator[Text]:
    """Two thirds of the articles."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for n, line in enumerate(lines):
            if n % 3 != 1:
                article = json.loads(line)
                yield Text(article["title"] + "\n" + article["text"])


def corpora(folder: Path) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """How often a form begins a person's name, goes on with one, and stands at all in the two corpora."""
    first: Counter[str] = Counter()
    later: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for name in ("anercorp_train.txt", "wojood_train.txt"):
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            word, _, label = line.rpartition(" ")
            form = fold(word)
            seen[form] += 1
            first[form] += label.startswith("B-PER")
            later[form] += label.startswith("I-PER")
    return first, later, seen


def name_lists(folder: Path) -> Counter[str]:
    """How often a form is a name in the lists."""
    listed: Counter[str] = Counter()
    for line in (folder / "google_ar2en_train.txt").read_text(encoding="utf-8").splitlines():
        listed[fold(line.split("\t")[0])] += 2
    for line in (folder / "netrans_wd_arabic.tsv").read_text(encoding="utf-8").splitlines():
        _, arabic, times = line.split("\t")
        listed[fold(arabic.replace(" ", ""))] += int(times)
    return listed
