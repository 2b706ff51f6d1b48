"""The tagger at run time: pieces, windows, one pass of the encoder a window, spans."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import nullcontext
from functools import lru_cache
from importlib.resources import as_file, files
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from khabar.tagger.decode import log_softmax, spans
from khabar.tagger.labels import RELATIONS, STATUSES, TRIGGERS, WIDTH, slices
from khabar.tagger.links import Links
from khabar.tagger.pieces import Pieces
from khabar.tagger.tags import Tagged, Tags, Trigger
from khabar.tagger.windows import windows

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Floats = npt.NDArray[np.float32]

_PLAIN = ("names", "roles", "cues", "sources")
_WHERE = slices()
_STATUS = _WHERE["status"]


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
            self._session: InferenceSession = InferenceSession(
                str(folder / "tagger.onnx"), options, providers=["CPUExecutionProvider"]
            )
            self._pieces = Pieces(folder / "tokenizer.json")
            tables = json.loads((folder / "heads.json").read_text("utf-8"))
        self._distances: Floats = np.asarray(tables["distances"], dtype=np.float32)
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
        width = len(RELATIONS) * WIDTH
        queries, keys = np.zeros((total, width), dtype=np.float16), np.zeros((total, width), dtype=np.float16)
        links = Links(queries, keys, self._distances, starts, self._thresholds)
        out = [Tags(sentence=n, links=links) for n in range(len(sentences))]
        for first, after, ids, firsts in windows([self._pieces.all_of(words) for words in sentences]):
            labels, queries[first:after], keys[first:after] = self._run(ids, firsts)
            self._read(out, links, first, labels)
        return out

    def _run(self, ids: list[int], firsts: list[int]) -> tuple[Floats, Floats, Floats]:
        feed = {"ids": np.asarray(ids, dtype=np.int64), "firsts": np.asarray(firsts, dtype=np.int64)}
        labels, queries, keys = self._session.run(["labels", "queries", "keys"], feed)
        return labels, queries, keys

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


@lru_cache(maxsize=2)
def _loaded(threads: int) -> Tagger:
    return Tagger(threads)
