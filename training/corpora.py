"""The training texts as examples: words with what each head should say of them, and what it is not asked.

Label differences of the corpora, settled here:

- ANERcorp PERS, LOC, ORG → PER; CTY or PLC (a list of countries decides); ORG, or GRP where the name begins with a word for
  forces. MISC is asked nothing. Its O says "no person, organisation or place", so a group, a hazard or an unnamed person may
  stand there.
- Wojood PERS, GPE/LOC, ORG likewise; FAC is a place; an ORG or GPE that is a country's name is the country; NORP may be a
  group or nothing (gold marks groups only where they act); EVENT may be a hazard or nothing; OCC is a role; of nested names
  the outermost counts.
- What a corpus cannot tell is marginalised: the loss is minus the logarithm of the summed probability of all labels it
  allows.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from khabar.script import Text
from khabar.tagger.labels import LAYERS, NAMES, RELATIONS, STATUSES
from khabar.tagger.pieces import folded
from training.countries import is_country

UNASKED = -100
_NAME = {label: i for i, label in enumerate(LAYERS["names"])}
_TRIGGER = {label: i for i, label in enumerate(LAYERS["triggers"])}
_COMMON = re.compile(r"(?<![\w'-])[a-z]{4,}(?![\w'-])")
"""A word of a Latin form that is no name: the person is described, not named (Al Mayadeen correspondent)."""
_FORCES = re.compile("(?:[وف]?[بكل]?(?:ال)?|[وف]?لل)(?:قوات|شرطة|ميليشيات|مليشيات|مسلحون|مسلحين|متمردون|متمردين)")
"""Words with which a name begins that is an organisation in ANERcorp and Wojood and a group in the guidelines."""
_CLITICS = re.compile("[وف]?(?:[بكل]|لل|س)?")

Run = tuple[int, int]
"""Words [first, after last)."""


@dataclass
class Head:
    """A trigger or cue, and what stands in each relation to it."""

    run: Run
    labels: npt.NDArray[np.int64]
    """[words, relations]: whether a word is a part of what stands in the relation, or `UNASKED`."""
    none: npt.NDArray[np.int64]
    """[relations]: whether nothing stands in the relation, or `UNASKED`."""

    @staticmethod
    def unasked(run: Run, words: int) -> Head:
        """A head of which nothing is asked yet."""
        return Head(run, *(np.full(size, UNASKED, dtype=np.int64) for size in ((words, len(RELATIONS)), len(RELATIONS))))

    def ask(self, relation: str, right: Sequence[Sequence[Run]], sentence: Sequence[int]) -> None:
        """Say what stands in a relation: the runs of words of each of some things. Of a thing's runs the true ones are those in
        the head's sentence, else the last before it, else the first after it; its others are asked nothing."""
        r = RELATIONS.index(relation)
        self.labels[:, r] = 0
        self.none[r] = int(not right)
        chosen: list[Run] = []
        for runs in right:
            for first, after in runs:
                self.labels[first:after, r] = UNASKED
            here = [m for m in runs if sentence[m[0]] == sentence[self.run[0]]]
            chosen += here or [m for m in runs if m[0] < self.run[0]][-1:] or list(runs[:1])
        for first, after in chosen:
            self.labels[first:after, r] = 1


@dataclass
class Example:
    """One text. `allowed` [words, name labels] says which name labels a word may have; the other layers have a label a word,
    or `UNASKED`."""

    key: str
    words: list[str]
    sentence: list[int]
    """Index of each word's sentence."""
    allowed: npt.NDArray[np.bool_]
    labels: dict[str, npt.NDArray[np.int64]] = field(default_factory=dict)
    heads: list[Head] = field(default_factory=list)


def _any_of(*labels: str) -> npt.NDArray[np.bool_]:
    row = np.zeros(len(_NAME), dtype=bool)
    row[[_NAME[label] for label in labels]] = True
    return row


def _kinds(mark: str, kinds: Sequence[str]) -> npt.NDArray[np.bool_]:
    """The labels of one position in a span of one of some kinds; kind O is "not in a span"."""
    return _any_of(*(kind if kind == "O" else f"{mark}-{kind}" for kind in kinds))


_NOT_NAMED = _any_of("O", *(f"{m}-{k}" for m in "BI" for k in ("GRP", "HAZ", "NOM")))


def _unasked(n: int) -> dict[str, npt.NDArray[np.int64]]:
    return {layer: np.full(n, UNASKED, dtype=np.int64) for layer in LAYERS if layer != "names"}


# ANERcorp and Wojood


def read_columns(path: Path) -> Iterator[list[tuple[str, list[str]]]]:
    """Sentences of a file of one token a line with its tags (B-X, I-X, O), blank lines between them."""
    sentence: list[tuple[str, list[str]]] = []
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        cells = line.split()
        if len(cells) >= 2:
            if cells[0] != "$#$":  # Wojood's end of a text
                sentence.append((cells[0], cells[1:]))
        elif sentence:
            yield sentence
            sentence = []


def spans_of(sentence: list[tuple[str, list[str]]]) -> list[tuple[int, int, str]]:
    """Spans (first, after last, kind) of a sentence, of all nesting levels."""
    out: list[tuple[int, int, str]] = []
    opened: dict[str, int] = {}
    for i, (_, tags) in enumerate([*sentence, ("", [])]):
        now = {t[2:]: t[0] for t in tags if t != "O"}
        for kind in [k for k in opened if now.get(k) != "I"]:
            out += [(opened.pop(kind), i, kind)]
        for kind in now:
            opened.setdefault(kind, i)
    return sorted(out, key=lambda s: (s[0], -s[1]))


def _kinds_meant(corpus: str, kind: str, words: list[str], loose: bool) -> list[str] | None:
    """Our kinds that a span of a corpus may be; None where it says nothing of names."""
    if kind in ("PERS", "PER"):
        return ["PER"]
    if kind in ("LOC", "GPE", "FAC"):
        return ["CTY"] if is_country(words) else ["PLC"]
    if kind == "ORG":
        if corpus == "wojood" and is_country(words):
            return ["CTY"]
        if loose:
            return ["ORG", "GRP"]
        return ["GRP"] if _FORCES.fullmatch(folded(words[0])) else ["ORG"]
    if kind == "NORP":
        return ["GRP", "O"]
    if kind == "EVENT":
        return ["HAZ", "O"]
    if kind in ("WEBSITE", "PRODUCT"):
        return ["ORG", "O"]
    if kind == "MISC":
        return [*NAMES, "O"]
    return None


def retokenised(tokens: list[str]) -> tuple[list[str], list[int]]:
    """Tokens of a corpus as run time has them, each with the index of the corpus token that it is of."""
    words: list[str] = []
    origin: list[int] = []
    for i, token in enumerate(tokens):
        for t in Text(token).tokens:
            words.append(token[t.start : t.end])
            origin.append(i)
    return words, origin


def column_examples(path: Path, corpus: str, loose: bool = False) -> list[Example]:
    """A corpus file as examples of one sentence; `loose` leaves open whether its organisations are groups."""
    out = []
    for n, sentence in enumerate(read_columns(path)):
        words, origin = retokenised([token for token, _ in sentence])
        if not words:
            continue
        allowed = np.tile(_NOT_NAMED, (len(words), 1))
        labels = _unasked(len(words))
        taken = [False] * len(words)
        if corpus == "wojood":
            labels["roles"][:] = 0
        for first, after, kind in spans_of(sentence):
            run = [i for i, o in enumerate(origin) if first <= o < after]
            while run and not any(map(str.isalnum, words[run[0]])):
                run = run[1:]
            while run and not any(map(str.isalnum, words[run[-1]])):
                run = run[:-1]
            if not run:
                continue
            if corpus == "wojood" and kind == "OCC":
                labels["roles"][run[0]] = 1
                labels["roles"][run[1:]] = 2
                continue
            meant = _kinds_meant(corpus, kind, [words[i] for i in run], loose)
            if meant is None or any(taken[i] for i in run):
                continue
            for i in run:
                taken[i] = True
                allowed[i] = _kinds("B" if i == run[0] else "I", meant)
                if kind in ("MISC", "NORP"):
                    allowed[i] = _any_of("O", *(f"{m}-{k}" for k in meant if k != "O" for m in "BI"))
        out.append(Example(f"{corpus}/{n}", words, [0] * len(words), allowed, labels))
    return out


def packed(examples: list[Example], at: int, most: int) -> Example:
    """Consecutive sentences from `at` on as one text of at most `most` words (one sentence at least)."""
    last, total = at + 1, len(examples[at].words)
    while last < len(examples) and total + len(examples[last].words) <= most:
        total += len(examples[last].words)
        last += 1
    part = examples[at:last]
    return Example(
        part[0].key,
        list(itertools.chain.from_iterable(e.words for e in part)),
        [i for i, e in enumerate(part) for _ in e.words],
        np.concatenate([e.allowed for e in part]),
        {layer: np.concatenate([e.labels[layer] for e in part]) for layer in part[0].labels},
    )


# gold


def located(body: str, quote: dict[str, Any]) -> tuple[int, int]:
    """Where a gold quote stands: its nth occurrence."""
    at = -1
    for _ in range(quote.get("nth", 1)):
        at = body.index(quote["quote"], at + 1)
    return at, at + len(quote["quote"])


def occurrences(form: str, words: list[str]) -> Iterator[Run]:
    """Where a form stands in (folded) words, as whole words, its first one with or without proclitics."""
    wanted = [folded(form[t.start : t.end]) for t in Text(form).tokens]
    if not wanted:
        return
    head = wanted[0]
    for i in range(len(words) - len(wanted) + 1):
        if words[i + 1 : i + len(wanted)] != wanted[1:]:
            continue
        word = words[i]
        fits = word.endswith(head) and _CLITICS.fullmatch(word[: len(word) - len(head)])
        if not fits and head.startswith("ال") and word.endswith(head[2:]):
            fits = re.fullmatch("[وف]?لل", word[: len(word) - len(head) + 2])
        if fits:
            yield i, i + len(wanted)


def mark(row: npt.NDArray[np.int64], run: Run, begin: int) -> bool:
    """Label a run B, I, I, … unless a part of it is labelled; the id of I follows that of B, which is `begin`."""
    if (row[run[0] : run[1]] > 0).any():
        return False
    row[run[0] : run[1]] = begin + 1
    row[run[0]] = begin
    return True


def gold_example(gold: dict[str, Any], body: str) -> Example:
    """An annotated article with the labels of all heads, and pairs."""
    text = Text(body)
    words = [body[t.start : t.end] for t in text.tokens]
    forms = [folded(w) for w in words]
    sentence = [n for n, (a, b) in enumerate(text.sentences) for _ in range(a, b)]
    labels = {layer: np.zeros(len(words), dtype=np.int64) for layer in LAYERS}
    labels["status"][:] = UNASKED

    def run(span: tuple[int, int]) -> Run | None:
        tokens = text.tokens_in(span)
        while tokens and not any(map(str.isalnum, words[tokens[0]])):
            tokens = tokens[1:]
        while tokens and not any(map(str.isalnum, words[tokens[-1]])):
            tokens = tokens[:-1]
        return (tokens[0], tokens[-1] + 1) if tokens else None

    mentions = _names(gold, forms, labels["names"])
    for role in sorted({r for e in gold["entities"] for r in e.get("roles") or []}, key=len, reverse=True):
        for found in occurrences(role, forms):
            mark(labels["roles"], found, 1)

    triggers: dict[str, list[Run]] = {}
    for event in gold["events"]:
        for quote in event["triggers"]:
            found_run = run(located(body, quote))
            if found_run is None:
                continue
            triggers.setdefault(event["id"], []).append(found_run)
            if mark(labels["triggers"], found_run, _TRIGGER["B-" + event["type"]]):
                labels["status"][found_run[0]] = STATUSES.index(event["status"])

    cues: dict[str, Run] = {}
    contents = []
    for said in gold["attributions"]:
        cue, content = run(located(body, said["cue"])), run(located(body, said["content"]))
        if cue:
            cues[said["id"]] = cue
            mark(labels["cues"], cue, 1)
            for source in said["sources"]:
                near = [m for m in mentions[source] if sentence[m[0]] == sentence[cue[0]]]
                if near:
                    mark(labels["sources"], min(near, key=lambda m: abs(m[0] - cue[0])), 1)
        if content:
            contents.append(content)
    for content in sorted(contents, key=lambda c: c[0] - c[1]):
        mark(labels["contents"], content, 1)

    times = [(r, t) for t in gold["times"] if t["type"] in ("DATE", "TIME") and (r := run(located(body, t)))]
    allowed = np.zeros((len(words), len(_NAME)), dtype=bool)
    allowed[np.arange(len(words)), labels.pop("names")] = True
    return Example(gold["id"], words, sentence, allowed, labels, list(_heads(gold, mentions, triggers, cues, times, sentence)))


def _names(gold: dict[str, Any], forms: list[str], row: npt.NDArray[np.int64]) -> dict[str, list[Run]]:
    """Mark the names of an article, longest first, and give each entity's mentions."""
    kinds = {"person": "PER", "organization": "ORG", "group": "GRP", "country": "CTY", "place": "PLC", "hazard": "HAZ"}
    mentions: dict[str, list[Run]] = {e["id"]: [] for e in gold["entities"]}
    for form, entity in sorted(((f, e) for e in gold["entities"] for f in e["forms"]), key=lambda x: -len(x[0])):
        kind = kinds[entity["type"]]
        if kind == "PER" and _COMMON.search(entity.get("name_en") or "someone"):
            kind = "NOM"
        for found in occurrences(form, forms):
            if mark(row, found, _NAME["B-" + kind]):
                mentions[entity["id"]].append(found)
    return {k: sorted(v) for k, v in mentions.items()}


def _heads(
    gold: dict[str, Any],
    mentions: dict[str, list[Run]],
    triggers: dict[str, list[Run]],
    cues: dict[str, Run],
    times: list[tuple[Run, dict[str, Any]]],
    sentence: list[int],
) -> Iterator[Head]:
    """The triggers and cues to learn from."""
    for event in gold["events"]:
        for run in triggers.get(event["id"], []):
            head = Head.unasked(run, len(sentence))
            for role in ("actor", "recipient", "place"):
                head.ask(role, [mentions[e] for e in event[role + "s"]], sentence)
            head.ask("vouched", [[cues[a]] for a in event["attributions"] if a in cues], sentence)
            right = [r for r, t in times if event["begin"] and (t["begin"], t["end"]) == (event["begin"], event["end"])]
            if right or not event["begin"]:
                right.sort(key=lambda r: abs(r[0] - run[0]))
                head.ask("time", [right[:1]] if right else [], sentence)
                for first, after in right[1:]:
                    head.labels[first:after, RELATIONS.index("time")] = UNASKED
            head.ask("same", [[r] for r in triggers[event["id"]] if r != run], sentence)
            yield head
    for said in gold["attributions"]:
        if said["id"] in cues:
            head = Head.unasked(cues[said["id"]], len(sentence))
            head.ask("source", [mentions[e] for e in said["sources"]], sentence)
            head.ask("via", [mentions[said["via"]]] if said.get("via") else [], sentence)
            yield head


def gold_examples(folder: Path) -> list[Example]:
    """All annotated articles of a gold folder, by file name."""
    articles = {a["id"]: a for a in map(json.loads, (folder / "articles.jsonl").read_text("utf-8").splitlines())}
    golds = [json.loads(p.read_text("utf-8")) for p in sorted(folder.glob("*.json"))]
    return [gold_example(g, articles[g["id"]]["title"] + "\n" + articles[g["id"]]["text"]) for g in golds]
