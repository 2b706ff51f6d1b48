"""A pool of processes that keeps the order: the same function over many items, results in the order of the items.

Memory stays bounded whatever the number of items: only a few chunks for each process are under way or wait for those before
them. A process that dies (killed, out of memory) loses one item, not the batch: its chunk is done again one item at a time,
and the item that takes a process down again is given back as lost.

The standard library's executor is not used because it can hang when it is stopped while a chunk is on its way to a process.
Here a process has one pipe and at most one chunk, so that neither side ever waits to write to one that waits to write.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

import msgspec

Item = TypeVar("Item")
Value = TypeVar("Value")
Make = Callable[..., Callable[[Item], Value]]

CHUNK = 8
"""Items sent to a process at a time: enough to hide the cost of sending, few enough to keep all processes at work."""

AHEAD = 3
"""Chunks for each process that may be under way or wait for the ones before them."""


class Failure(msgspec.Struct, frozen=True):
    """Why an item gave no value, in words for the person who gave it."""

    reason: str


class CannotStart(Exception):
    """What `make` was called for cannot be had: nothing can be done. The message is one line."""


LOST = Failure("the process that read it died (killed, or out of memory)")


def ordered_map(
    make: Make[Item, Value], settings: tuple[Any, ...], items: Iterable[Item], jobs: int
) -> Generator[tuple[Item, Value | Failure], None, None]:
    """Pairs of an item and `make(*settings)(item)`, in the order of the items.

    `make` is called once in each process, so that what is slow to load is loaded once; an exception of it is raised as
    `CannotStart`. An exception of the function is a `Failure` of its item alone. With one job everything runs in the calling
    process.
    """
    if jobs <= 1:
        function = _made(make, settings)
        for item in items:
            yield item, _attempt(function, item)
        return
    pool = _Pool(make, settings, jobs)
    try:
        yield from pool.run(items)
    finally:
        pool.stop()


def _made(make: Make[Item, Value], settings: tuple[Any, ...]) -> Callable[[Item], Value]:
    try:
        return make(*settings)
    except Exception as error:
        raise CannotStart(f"the reader cannot start ({type(error).__name__}: {' '.join(str(error).split())[:300]})") from error


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


def _serve(pipe: "Connection[Any, Any]", make: Make[Any, Any], settings: tuple[Any, ...]) -> None:
    """A process of the pool: chunks in, lists of results out, until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    with suppress(EOFError, OSError):
        try:
            function = _made(make, settings)
        except CannotStart as error:
            pipe.send(error)
            return
        while True:
            pipe.send([_attempt(function, item) for item in pipe.recv()])


class _Process(Generic[Item, Value]):
    """A process and its chunk; `chunk` is None where it is idle."""

    def __init__(self, make: Make[Item, Value], settings: tuple[Any, ...]) -> None:
        context = _context(make.__module__)
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, make, settings), daemon=True)
        self._process.start()
        theirs.close()
        self.number = -1
        self.chunk: list[Item] | None = None

    def send(self, number: int, chunk: list[Item]) -> None:
        self.number, self.chunk = number, chunk
        with suppress(OSError):  # it died while it was idle: that shows when its results are asked for
            self.pipe.send(chunk)

    def receive(self) -> list[Value | Failure] | None:
        """The results of its chunk; None where it died."""
        try:
            results: list[Value | Failure] | CannotStart = self.pipe.recv()
        except (EOFError, OSError):
            return None
        if isinstance(results, CannotStart):
            raise results
        self.chunk = None
        return results

    def kill(self) -> None:
        self._process.kill()
        self._process.join()
        self.pipe.close()


def _context(module: str) -> Any:
    # not fork: the calling process may have threads (ONNX Runtime's, a notebook's), and a forked lock stays locked
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([module])
    # Ctrl-C goes to every process of a terminal; who is born under the mask does not hear it
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return context


class _Pool(Generic[Item, Value]):
    def __init__(self, make: Make[Item, Value], settings: tuple[Any, ...], jobs: int) -> None:
        self._make, self._settings, self._jobs = make, settings, jobs
        self._processes: list[_Process[Item, Value]] = []

    def stop(self) -> None:
        """End all processes, at work or idle: nothing of theirs is wanted any more."""
        while self._processes:
            self._processes.pop().kill()

    def run(self, items: Iterable[Item]) -> Iterator[tuple[Item, Value | Failure]]:
        chunks = enumerate(_chunks(items))
        done: dict[int, list[tuple[Item, Value | Failure]]] = {}
        due, given, more = 0, 0, True
        while True:
            while more and given - due < AHEAD * self._jobs and (process := self._idle()):
                number, chunk = next(chunks, (-1, []))
                if more := number >= 0:
                    given = number + 1
                    process.send(number, chunk)
            if due in done:
                yield from done.pop(due)
                due += 1
            elif busy := [p for p in self._processes if p.chunk is not None]:
                ready = wait([p.pipe for p in busy])
                for process in busy:
                    if process.pipe in ready and (chunk := process.chunk or []):
                        results = process.receive()
                        done[process.number] = (
                            self._again(process, chunk) if results is None else list(zip(chunk, results, strict=True))
                        )
            else:
                return

    def _idle(self) -> _Process[Item, Value] | None:
        for process in self._processes:
            if process.chunk is None:
                return process
        if len(self._processes) == self._jobs:
            return None
        self._processes.append(_Process(self._make, self._settings))
        return self._processes[-1]

    def _again(self, dead: _Process[Item, Value], chunk: list[Item]) -> list[tuple[Item, Value | Failure]]:
        """Do a chunk again, an item at a time, so that the item that takes a process down is known."""
        found: list[tuple[Item, Value | Failure]] = []
        self._processes.remove(dead)
        dead.kill()
        process: _Process[Item, Value] | None = None
        for item in chunk:
            process = process or _Process(self._make, self._settings)
            process.send(-1, [item])
            results = process.receive()
            if results is None:
                process.kill()
                process = None
            found.append((item, results[0] if results else LOST))
        if process:
            self._processes.append(process)
        return found


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
