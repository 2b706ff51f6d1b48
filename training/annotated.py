"""The annotations kept by offset (`training/annotations`), and the guard against training on what is measured with.

News is printed more than once: an article of the training texts can be the same report as one of gold/dev, under another id.
Whatever shares more than a tenth of its five-word runs with a text that is measured with is left out of training.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from khabar.layers import times
from khabar.script import Text
from khabar.tagger.labels import LAYERS, RELATIONS, STATUSES
from training.corpora import UNASKED, Example, Head, Run, mark

SHARED = 0.1
"""Share of five-word runs (of the shorter text) above which two texts count as one report."""

ROLES = ("actor", "recipient", "place")
SPEECH = ("cues", "sources", "contents")
_TRIGGER = {label: i for i, label in enumerate(LAYERS["triggers"])}


def runs_of_five(words: list[str]) -> set[tuple[str, ...]]:
    """All runs of five words of a text; punctuation counts as a word."""
    return set(zip(*(words[i:] for i in range(5)), strict=False))


def same_report(a: set[tuple[str, ...]], b: set[tuple[str, ...]]) -> bool:
    """Whether two texts are one report."""
    return len(a & b) > SHARED * max(1, min(len(a), len(b)))


def apart_from(examples: list[Example], measured: Iterable[Example]) -> list[Example]:
    """The examples that are not the report of any text that is measured with."""
    others = [runs_of_five(e.words) for e in measured]
    kept = []
    for e in examples:
        mine = runs_of_five(e.words)
        if not any(same_report(mine, other) for other in others):
            kept.append(e)
    return kept


KINDS = {
    "person": ("PER", "NOM"),  # the annotations do not say whether a person is named
    "organization": ("ORG",),
    "group": ("GRP",),
    "country": ("CTY",),
    "place": ("PLC",),
    "hazard": ("HAZ",),
}


def annotated_examples(annotations: Iterable[Path], news: Path) -> list[Example]:
    """Articles whose events are annotated: triggers, status, and participants, and where entities and times are annotated too,
    names, roles and the times of events, and cues, sources and contents where attributions are; the other heads are asked
    nothing."""
    wanted = {a["id"]: a for path in annotations for a in map(json.loads, path.read_text("utf-8").splitlines())}
    out = []
    with gzip.open(news, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            annotation = wanted.pop(article["id"], None)
            if annotation is not None:
                out.append(annotated_example(annotation, article["title"] + "\n" + article["text"], article.get("published")))
    return sorted(out, key=lambda e: e.key)


def annotated_example(annotation: dict[str, Any], body: str, published: str | None = None) -> Example:
    """One article; `annotation` as `annotations/README.md` says."""
    text = Text(body)
    words = [body[t.start : t.end] for t in text.tokens]
    sentence = [n for n, (a, b) in enumerate(text.sentences) for _ in range(a, b)]
    labels = {layer: np.full(len(words), UNASKED, dtype=np.int64) for layer in LAYERS if layer != "names"}
    labels["triggers"][:] = 0

    def runs(spans: list[list[int]]) -> list[Run]:
        tokens = [text.tokens_in((a, b)) for a, b in spans]
        return [(t[0], t[-1] + 1) for t in tokens if t]

    events = [
        {k: runs(event.get(k, [])) for k in ("triggers", "actors", "recipients", "places")} for event in annotation["events"]
    ]
    for event, found in zip(annotation["events"], events, strict=True):
        for run in found["triggers"]:
            if mark(labels["triggers"], run, _TRIGGER["B-" + event["type"]]):
                labels["status"][run[0]] = STATUSES.index(event["status"])
    if "entities" not in annotation:
        allowed = np.ones((len(words), len(LAYERS["names"])), dtype=bool)
        return Example(annotation["id"], words, sentence, allowed, labels, list(_heads(events, words, sentence)))
    entities = [(e["type"], runs(e["mentions"])) for e in annotation["entities"]]
    labels["roles"][:] = 0
    for run in sorted((r for e in annotation["entities"] for r in runs(e["roles"])), key=lambda r: r[0] - r[1]):
        mark(labels["roles"], run, 1)
    heads = list(_heads_of_entities(events, [m for _, m in entities], sentence))
    _ask_times(annotation, heads, text, published, sentence)
    if "attributions" in annotation:
        said = [{k: runs(spans) for k, spans in a.items()} for a in annotation["attributions"]]
        heads.append(list(_cues(said, [m for _, m in entities], labels, sentence)))
    return Example(annotation["id"], words, sentence, _allowed(entities, len(words)), labels, [h for some in heads for h in some])


def _cues(
    attributions: list[dict[str, list[Run]]],
    entities: list[list[Run]],
    labels: dict[str, npt.NDArray[np.int64]],
    sentence: list[int],
) -> Iterator[Head]:
    """Label cues, sources and contents, and give the cues, each with who speaks and who carries it."""
    for layer in SPEECH:
        labels[layer][:] = 0
    for said in attributions:
        if not said["cue"] or not mark(labels["cues"], said["cue"][0], 1):
            continue
        cue = said["cue"][0]
        head = Head.unasked(cue, len(sentence))
        for relation, voices in (("source", said["sources"]), ("via", said["via"])):
            named = [mentions for mentions in entities if any(_overlap(r, m) for r in voices for m in mentions)]
            if named or not voices:
                head.ask(relation, named, sentence)
            if relation == "source":
                for mentions in named:
                    near = [m for m in mentions if sentence[m[0]] == sentence[cue[0]]]
                    if near:
                        mark(labels["sources"], min(near, key=lambda m: abs(m[0] - cue[0])), 1)
        yield head
    for content in sorted((c for said in attributions for c in said["content"]), key=lambda c: c[0] - c[1]):
        mark(labels["contents"], content, 1)


def _allowed(entities: list[tuple[str, list[Run]]], words: int) -> npt.NDArray[np.bool_]:
    """The name labels of each word: those of the longest mention that covers it."""
    allowed = np.zeros((words, len(LAYERS["names"])), dtype=bool)
    allowed[:, 0] = True
    for run, kind in sorted(((r, k) for k, mentions in entities for r in mentions), key=lambda x: x[0][0] - x[0][1]):
        if allowed[run[0] : run[1], 0].all():
            for at in range(*run):
                begins = "B" if at == run[0] else "I"
                allowed[at] = [label in {f"{begins}-{k}" for k in KINDS[kind]} for label in LAYERS["names"]]
    return allowed


def _heads_of_entities(
    events: list[dict[str, list[Run]]], entities: list[list[Run]], sentence: list[int]
) -> Iterator[list[Head]]:
    """The triggers of each event. What takes part and is no annotated entity is one by itself."""
    loose = {r for event in events for role in ROLES for r in event[role + "s"]}
    entities = [*entities, *([r] for r in sorted(loose) if not any(_overlap(r, m) for mentions in entities for m in mentions))]
    for event in events:
        taking = {
            role: [mentions for mentions in entities if any(_overlap(r, m) for r in event[role + "s"] for m in mentions)]
            for role in ROLES
        }
        yield [_head(run, event, taking, sentence) for run in event["triggers"]]


def _heads(events: list[dict[str, list[Run]]], words: list[str], sentence: list[int]) -> Iterator[Head]:
    """As for gold, but that an event's participants are known by their spans alone: what is written alike is the same one."""
    for event in events:
        taking = {}
        for role in ROLES:
            alike: dict[str, list[Run]] = {}
            for first, after in event[role + "s"]:
                alike.setdefault(" ".join(words[first:after]), []).append((first, after))
            taking[role] = [_alike(runs, words) for runs in alike.values()]
        for run in event["triggers"]:
            yield _head(run, event, taking, sentence)


def _alike(runs: list[Run], words: list[str]) -> list[Run]:
    """Where the words of a run stand, anywhere in the text."""
    wanted = words[runs[0][0] : runs[0][1]]
    return [(i, i + len(wanted)) for i in range(len(words)) if words[i : i + len(wanted)] == wanted]


def _head(run: Run, event: dict[str, list[Run]], taking: dict[str, list[list[Run]]], sentence: list[int]) -> Head:
    head = Head.unasked(run, len(sentence))
    for role, things in taking.items():
        head.ask(role, things, sentence)
    head.ask("same", [[r] for r in event["triggers"] if r != run], sentence)
    return head


def _ask_times(
    annotation: dict[str, Any], heads: list[list[Head]], text: Text, published: str | None, sentence: list[int]
) -> None:
    """The time expressions that Khabar finds: those that the annotation gives an event hold, those of another day do not."""
    found = []
    for t in times.find(text, published):
        tokens = text.tokens_in(t.span)
        if t.type in ("DATE", "TIME") and tokens:
            found.append(((tokens[0], tokens[-1] + 1), t))
    for event, of in zip(annotation["events"], heads, strict=True):
        right = [(r, t) for r, t in found if any(a < t.span[1] and t.span[0] < b for a, b in event["times"])]
        if event["times"] and not right:
            continue
        days = {(t.begin, t.end) for _, t in right}
        for head in of:
            head.ask("time", [[r] for r, _ in right], sentence)
            for run, t in found:
                if (t.begin, t.end) in days and not any(run == r for r, _ in right):
                    head.labels[run[0] : run[1], RELATIONS.index("time")] = UNASKED


def _overlap(a: Run, b: Run) -> bool:
    return a[0] < b[1] and b[0] < a[1]
