"""A pool of processes that keeps the order: the same function over many items, results in the order of the items.

Memory stays bounded whatever the number of items: only a few chunks for each process are under way at a time. A process that
dies (killed, out of memory) loses one item, not the batch: what was under way is done again one item at a time, and the item
that takes its process down a second time is given back as lost.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain
from multiprocessing import forkserver
from multiprocessing.connection import wait
from typing import Any, Generic, TypeVar

import msgspec

Item = TypeVar("Item")
Value = TypeVar("Value")

CHUNK = 8
"""Items sent to a process at a time: enough to hide the cost of sending, few enough to keep all processes at work."""

AHEAD = 3
"""Chunks under way for each process."""


class Failure(msgspec.Struct, frozen=True):
    """Why an item gave no value, in words for the person who gave it."""

    reason: str


LOST = Failure("the process that read it died (killed, or out of memory)")


def ordered_map(
    make: Callable[..., Callable[[Item], Value]], settings: tuple[Any, ...], items: Iterable[Item], jobs: int
) -> Generator[tuple[Item, Value | Failure], None, None]:
    """Pairs of an item and `make(*settings)(item)`, in the order of the items.

    `make` is called once in each process, so that what is slow to load is loaded once. An exception is a `Failure` of its item
    alone. With one job everything runs in the calling process.
    """
    if jobs <= 1:
        function = make(*settings)
        for item in items:
            yield item, _attempt(function, item)
        return
    pool = _Pool(make, settings, jobs)
    try:
        yield from pool.run(items)
    finally:
        pool.stop()


def _attempt(function: Callable[[Item], Value], item: Item) -> Value | Failure:
    try:
        return function(item)
    except Exception as error:  # whatever goes wrong in one item, the others are still to be done
        where = error.__traceback__
        while where and where.tb_next:
            where = where.tb_next
        at = f" at {os.path.basename(where.tb_frame.f_code.co_filename)}:{where.tb_lineno}" if where else ""
        message = " ".join(str(error).split())
        return Failure(
            f"the reader failed ({type(error).__name__}{': ' if message else ''}{message[:200]}{at}); please report it"
        )


_function: Callable[[Any], Any]


def _begin(make: Callable[..., Callable[[Any], Any]], settings: tuple[Any, ...]) -> None:
    global _function
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent:  # an orphan would wait for work for ever
        threading.Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()
    _function = make(*settings)


def _work(chunk: list[Any]) -> list[Any]:
    return [_attempt(_function, item) for item in chunk]


class _Pool(Generic[Item, Value]):
    def __init__(self, make: Callable[..., Callable[[Item], Value]], settings: tuple[Any, ...], jobs: int) -> None:
        self.make, self.settings, self.jobs = make, settings, jobs
        self.executor = self._fresh(jobs)

    def _fresh(self, jobs: int) -> ProcessPoolExecutor:
        # not fork: the calling process may have threads (ONNX Runtime's, a notebook's), and a forked lock stays locked
        methods = multiprocessing.get_all_start_methods()
        if "forkserver" not in methods:
            return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _begin, (self.make, self.settings))
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([self.make.__module__])
        # Ctrl-C goes to every process of the terminal and is the parent's to handle; who is born under the mask keeps it
        before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return ProcessPoolExecutor(jobs, context, _begin, (self.make, self.settings))

    def stop(self) -> None:
        processes = list((self.executor._processes or {}).values())
        self.executor.shutdown(wait=False, cancel_futures=True)
        for process in processes:  # whether they are at work or idle, nothing of theirs is wanted any more
            process.kill()

    def run(self, items: Iterable[Item]) -> Iterator[tuple[Item, Value | Failure]]:
        chunks = _chunks(items)
        under_way: deque[tuple[list[Item], Future[list[Value | Failure]]]] = deque()
        for chunk in chain(chunks, iter(lambda: None, 0)):
            if chunk is not None:
                try:
                    under_way.append((chunk, self.executor.submit(_work, chunk)))
                except BrokenProcessPool:
                    broken: Future[list[Value | Failure]] = Future()
                    broken.set_exception(BrokenProcessPool())
                    under_way.append((chunk, broken))
                if len(under_way) < AHEAD * self.jobs:
                    continue
            if not under_way:
                return
            first, future = under_way.popleft()
            try:
                yield from zip(first, future.result(), strict=True)
            except BrokenProcessPool:
                yield from self._again([first, *(c for c, _ in under_way)])
                under_way.clear()
                self.executor = self._fresh(self.jobs)

    def _again(self, chunks: list[list[Item]]) -> Iterator[tuple[Item, Value | Failure]]:
        """Do chunks again in one process, an item at a time, so that the item that takes a process down is known."""
        self.stop()
        self.executor = self._fresh(1)
        for item in chain.from_iterable(chunks):
            try:
                value = self.executor.submit(_work, [item]).result()[0]
            except BrokenProcessPool:
                value = LOST
                self.stop()
                self.executor = self._fresh(1)
            yield item, value
        self.stop()


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
