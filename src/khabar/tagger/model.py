"""The tagger at run time: pieces, windows, one pass of the encoder a window, spans."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import nullcontext
from functools import lru_cache
from importlib.resources import as_file, files
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from khabar.tagger.decode import log_softmax, spans
from khabar.tagger.labels import ARGUMENT_WIDTH, NAMES, STATUSES, TRIGGERS, slices
from khabar.tagger.links import Links
from khabar.tagger.pieces import Pieces
from khabar.tagger.tags import Tagged, Tags, Trigger
from khabar.tagger.windows import windows

Floats = npt.NDArray[np.float32]

_PLAIN = ("names", "roles", "cues", "sources")
_WHERE = slices()
_NAMES, _STATUS = _WHERE["names"], _WHERE["status"]


class Tagger:
    """An encoder with its heads. Threads may share one; a process that unpickles one loads it afresh."""

    def __init__(self, threads: int = 1, folder: Path | None = None) -> None:
        """Load the weights that ship with Khabar, or those of a folder; `threads` work on one window (1 is fastest where several
        articles are read at once)."""
        from onnxruntime import InferenceSession, SessionOptions

        self._threads, self._folder = threads, folder
        options = SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        weights = files("khabar.tagger") / "weights"
        with as_file(weights) if folder is None else nullcontext(folder) as folder:
            self._session, self._reader = (
                InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
                for name in ("tagger.onnx", "reader.onnx")
            )
            self._pieces = Pieces(folder / "tokenizer.json")
            tables = json.loads((folder / "heads.json").read_text("utf-8"))
        self._bias: dict[str, float] = tables["bias"]
        self._thresholds: dict[str, float] = tables["thresholds"]

    @classmethod
    def load(cls, threads: int = 1) -> Tagger:
        """The tagger that ships with Khabar, loaded once a process."""
        return _loaded(threads)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_loaded, (self._threads,)) if self._folder is None else (Tagger, (self._threads, self._folder))

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[Tags]:
        """What the model says of each sentence of one article.

        A sentence is the words of `script.Text` as written, clitics attached. The sentences are those of one article in
        order: they are read together, in windows of some 400 word pieces, so that who is meant can be known from the sentence
        before. Give one article a call.
        """
        starts = [0, *accumulate(map(len, sentences))]
        total = starts.pop()
        narrow, marked = (np.zeros((total, ARGUMENT_WIDTH), dtype=np.float16) for _ in range(2))
        links = Links(narrow, marked, self._read_again, starts, self._thresholds)
        named = np.zeros((total, _NAMES.stop - _NAMES.start))
        kinds = np.zeros((total, len(TRIGGERS)), dtype=np.float32)
        statuses = np.zeros((total, len(STATUSES)), dtype=np.float32)
        out = [
            Tags(sentence=n, links=links, kinds=kinds[a : a + len(words)], statuses=statuses[a : a + len(words)])
            for n, (a, words) in enumerate(zip(starts, sentences, strict=True))
        ]
        for first, after, ids, firsts in windows([self._pieces.all_of(words) for words in sentences]):
            labels, narrow[first:after], marked[first:after] = self._run(ids, firsts)
            marks = np.exp(log_softmax(labels[:, _WHERE["triggers"]]))[:, 1:]
            kinds[first:after] = np.round(marks.reshape(len(labels), -1, 2).sum(axis=2), 4)
            statuses[first:after] = np.round(np.exp(log_softmax(labels[:, _STATUS])), 4)
            named[first:after] = log_softmax(labels[:, _NAMES])
            self._read(out, links, first, labels)
        _add_takers(out, links, named)
        return out

    def _run(self, ids: list[int], firsts: list[int]) -> tuple[Floats, Floats, Floats]:
        feed = {"ids": np.asarray(ids, dtype=np.int64), "firsts": np.asarray(firsts, dtype=np.int64)}
        labels, narrow, marked = self._session.run(["labels", "narrow", "marked"], feed)
        return labels, narrow, marked

    def _read_again(self, narrow: Floats, marked: Floats, distances: npt.NDArray[np.int64], at: int) -> tuple[Floats, Floats]:
        feed = {"narrow": narrow, "marked": marked[None], "distances": distances, "at": np.array([at], dtype=np.int64)}
        to, none = self._reader.run(["to", "none"], feed)
        return to, none[0]

    def _read(self, out: list[Tags], links: Links, first: int, labels: Floats) -> None:
        """Put the spans of a window, whose first word is `first`, where they belong. No span but a content crosses sentences."""
        for begin, after, _, score in spans("contents", labels[:, _WHERE["contents"]], self._bias.get("contents", 0.0)):
            at, label = begin, "CONTENT"
            while at < after:
                place = links.place(first + at, first + at + 1)
                end = min(after, at + links.length(place.sentence) - place.start)
                out[place.sentence].contents.append(Tagged(place.start, place.start + end - at, label, score))
                at, label = end, "CONTINUED"
        at = 0
        while at < len(labels):
            place = links.place(first + at, first + at + 1)
            end = min(len(labels), at + links.length(place.sentence) - place.start)
            tags, part = out[place.sentence], labels[at:end]
            for layer in _PLAIN:
                found = spans(layer, part[:, _WHERE[layer]], self._bias.get(layer, 0.0))
                getattr(tags, layer).extend(Tagged(place.start + a, place.start + b, kind, score) for a, b, kind, score in found)
            for a, b, kind, score in spans("triggers", part[:, _WHERE["triggers"]], self._bias.get("triggers", 0.0)):
                tags.triggers.append(_trigger(part[a], place.start + a, place.start + b, kind, score))
            at = end


def _trigger(outputs: Floats, start: int, end: int, kind: str, score: float) -> Trigger:
    """A trigger with its status and its likeliest types, from the outputs of its first word."""
    status = np.exp(log_softmax(outputs[_STATUS]))
    best = int(status.argmax())
    types = np.exp(log_softmax(outputs[_WHERE["triggers"]]))[1:].reshape(-1, 2).sum(axis=1)
    likely = {TRIGGERS[i]: round(float(types[i]), 4) for i in np.argsort(-types)[:3]}
    return Trigger(start, end, kind, score, STATUSES[best], round(float(status[best]), 4), likely)


def _add_takers(article: list[Tags], links: Links, named: npt.NDArray[np.float64]) -> None:
    """Give each sentence the runs of words that take part in any event of the article; `named` are the log-probabilities of the
    names' labels."""
    runs: dict[tuple[int, int], float] = {}
    for tags in article:
        for trigger in tags.triggers:
            for role in ("actor", "recipient"):
                for first, after, score in links.runs(role, tags.place(trigger.start, trigger.end)):
                    runs[first, after] = max(score, runs.get((first, after), 0.0))
    for (first, after), score in sorted(runs.items()):
        place = links.place(first, after)
        if place.end <= links.length(place.sentence):
            fits = [named[first, 1 + 2 * k] + named[first + 1 : after, 2 + 2 * k].sum() for k in range(len(NAMES))]
            article[place.sentence].takers.append(Tagged(place.start, place.end, NAMES[int(np.argmax(fits))], score))


@lru_cache(maxsize=2)
def _loaded(threads: int) -> Tagger:
    return Tagger(threads)
