"""Reading an article while somebody waits: in a process of its own, which can be stopped.

Pages stay quick while an article is read, and an article that takes too long costs one process, not the workbench.
"""

from __future__ import annotations

import multiprocessing
import signal
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec

from khabar.record import Article, Record
from khabar.web.answers import Refused


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """An article as somebody gave it: the bytes of a file, or text with what is known about it."""

    content: bytes
    name: str | None = None
    """the file's name; the kind is found by content, not by it"""
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    fast: bool = False


class _Failed(msgspec.Struct, frozen=True):
    status: int
    detail: str


class ReadingRoom:
    """Reads articles, one at a time, in a process that is started when it is first needed."""

    def __init__(self, *, longest: int, seconds: float, fast: bool) -> None:
        self.longest, self.seconds, self.fast = longest, seconds, fast
        self._lock = threading.Lock()
        self._process: Any = None
        self._pipe: Connection[Any, Any] | None = None

    def read(self, given: Given) -> Record:
        """The record of an article. Raises `Refused` where it cannot be read, or not in time."""
        if not self._lock.acquire(timeout=self.seconds):
            raise Refused(503, "other articles are being read; try again in a moment")
        try:
            return self._asked(given)
        finally:
            self._lock.release()

    def _asked(self, given: Given) -> Record:
        pipe = self._started()
        try:
            pipe.send((msgspec.structs.replace(given, fast=given.fast or self.fast), self.longest))
            if not pipe.poll(self.seconds):
                self._stop()
                raise Refused(422, f"the article was not read within {self.seconds:.0f} seconds; read it with khabar read")
            result: bytes | _Failed = pipe.recv()
        except (EOFError, OSError):
            self._stop()
            raise Refused(500, "the process that reads articles died; try again, or read it with khabar read") from None
        if isinstance(result, _Failed):
            raise Refused(result.status, result.detail)
        return Record.from_json(result)

    def warm(self) -> None:
        """Start the process before it is needed."""
        with self._lock:
            self._started()

    def close(self) -> None:
        """Stop the process."""
        with self._lock:
            self._stop()

    def _started(self) -> Connection[Any, Any]:
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self._stop()
            context = _context()
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
        return self._pipe

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None


def _context() -> Any:
    # not fork: the workbench has threads, and a lock that is forked while it is held stays held
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["khabar.reader", "khabar.sources"])
    if threading.current_thread() is threading.main_thread():
        before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return context


def _serve(pipe: Connection[Any, Any]) -> None:
    """The process: articles in, records out, until the workbench is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from khabar.reader import Reader

    readers = {fast: Reader(fast=fast) for fast in (True, False)}
    with suppress(EOFError, OSError):
        while True:
            given, longest = pipe.recv()
            pipe.send(_record(given, longest, readers[given.fast].read))


def _record(given: Given, longest: int, read: Callable[[Article], Record]) -> bytes | _Failed:
    try:
        found = article_of(given)
        if len(found.text) > longest:
            more = f"the article has more than {longest:,} characters; read it with khabar read, which does not wait"
            return _Failed(413, more)
        return msgspec.json.encode(read(found))
    except Refused as refused:
        return _Failed(refused.status, refused.detail)
    except Exception as error:  # one article may not end the process
        return _Failed(500, f"the reader failed ({type(error).__name__}: {' '.join(str(error).split())[:200]}); please report it")


def article_of(given: Given) -> Article:
    """The article in what was given. Raises `Refused` where there is none, or more than one."""
    from khabar.sources import Problem, iter_articles

    content = given.content
    if given.title:
        content = f"{given.title}\n".encode() + content
    name = Path(given.name or "").name or "article"
    with tempfile.TemporaryDirectory(prefix="khabar-") as folder:
        path = Path(folder) / "article"
        path.write_bytes(content)
        articles: list[Article] = []
        try:
            for item in iter_articles([str(path)], published=given.published or None):
                if isinstance(item, Article):
                    articles.append(item)
                elif isinstance(item, Problem) and item.fatal and not articles:
                    raise Refused(422, item.message)
                if len(articles) > 1:
                    raise Refused(422, "more than one article is in it; add it to a workspace, or give one article")
        except ValueError as error:
            raise Refused(422, str(error)) from None
    if not articles:
        raise Refused(422, "no article is in it; give the text of an article, or its page")
    return _named(articles[0], given, name)


def _named(article: Article, given: Given, name: str) -> Article:
    """The article under its own name, with what was said about it where it does not say so itself."""
    changes: dict[str, Any] = {"path": None, "line": None}
    if article.path and article.id.startswith(article.path):  # the id is the path of our own file
        changes["id"] = given.url or name
    for field in ("outlet", "url", "author"):
        if not getattr(article, field):
            changes[field] = getattr(given, field)
    if given.title and article.text.startswith(given.title):
        changes |= {"titled": True, "title": given.title}
    return msgspec.structs.replace(article, **changes)
