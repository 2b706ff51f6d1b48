"""Adding files through the page: each upload is a folder with its file and a note of how far it is.

The note outlives a reload and a restart of the workbench: what was cut off is begun again, which costs little, since what is
in the workspace already is left alone.
"""

from __future__ import annotations

import re
import secrets
import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from khabar.pool import CannotStart
from khabar.sources import iter_articles
from khabar.web.answers import Refused
from khabar.workspace import Workspace, WorkspaceError
from khabar.workspace.adding import add

MOST = 50
"""Problems that are kept of an upload, and uploads that are listed."""


class Upload(msgspec.Struct, kw_only=True):
    """A file that is added: how many of its articles were added, changed, known before, or failed."""

    id: str
    name: str
    begun: str
    who: str
    state: Literal["waiting", "reading", "done", "failed"] = "waiting"
    fast: bool = False
    added: int = 0
    changed: int = 0
    known: int = 0
    failed: int = 0
    problems: list[str] = []
    ended: str | None = None

    @property
    def articles(self) -> int:
        """How many articles were seen so far."""
        return self.added + self.changed + self.known + self.failed

    @property
    def under_way(self) -> bool:
        """Whether it is not at its end."""
        return self.state in ("waiting", "reading")


class Uploads:
    """The uploads of a workspace, one after another in a thread."""

    def __init__(self, workspace: Workspace, folder: Path | None) -> None:
        self._workspace = workspace
        self._temporary = tempfile.TemporaryDirectory(prefix="khabar-uploads-") if folder is None else None
        self._folder = folder or Path(self._temporary.name if self._temporary else ".")
        self._wake = threading.Event()
        self._ending = False
        self._thread: threading.Thread | None = None
        if any(u.under_way for u in self.listed()):
            self._start()

    def put(self, name: str, content: bytes, who: str, fast: bool) -> Upload:
        """Keep a file and begin to add it."""
        if not content:
            raise Refused(422, "the file is empty; choose another")
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        shown = Path(name.replace("\\", "/")).name[:200] or "file"
        upload = Upload(id=f"{now[:19].replace(':', '')}-{secrets.token_hex(4)}", name=shown, begun=now[:19], who=who, fast=fast)
        place = self._folder / upload.id
        place.mkdir(parents=True)
        (place / "content").write_bytes(content)
        self._note(upload)
        self._start()
        return upload

    def get(self, id: str) -> Upload | None:
        """An upload; None where there is none with this id."""
        if not re.fullmatch(r"[0-9T-]{17}-[0-9a-f]{8}", id):
            return None
        try:
            return msgspec.json.decode((self._folder / id / "note.json").read_bytes(), type=Upload)
        except (OSError, msgspec.MsgspecError):
            return None

    def listed(self) -> list[Upload]:
        """The latest uploads, the newest first."""
        names = sorted((p.name for p in self._folder.glob("*-*")), reverse=True)[:MOST] if self._folder.is_dir() else []
        return [upload for upload in map(self.get, names) if upload is not None]

    def close(self) -> None:
        """Stop; what is under way goes on when the workbench is opened again."""
        self._ending = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=10)
        if self._temporary is not None:
            self._temporary.cleanup()

    def _note(self, upload: Upload) -> None:
        path = self._folder / upload.id / "note.json"
        fresh = path.with_suffix(".new")
        fresh.write_bytes(msgspec.json.encode(upload))
        fresh.replace(path)

    def _start(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._work, daemon=True)
            self._thread.start()
        self._wake.set()

    def _work(self) -> None:
        while not self._ending:
            waiting = [u for u in reversed(self.listed()) if u.under_way]
            if not waiting:
                self._wake.clear()
                if not any(u.under_way for u in self.listed()):
                    self._wake.wait()
                continue
            self._add(waiting[0])

    def _add(self, upload: Upload) -> None:
        path = self._folder / upload.id / "content"
        upload.state, upload.added, upload.changed, upload.known, upload.failed, upload.problems = "reading", 0, 0, 0, 0, []
        self._note(upload)
        try:
            # two processes read, and this one is left to answer
            for n, outcome in enumerate(add(self._workspace, iter_articles([str(path)]), fast=upload.fast, jobs=2)):
                setattr(upload, outcome.what, getattr(upload, outcome.what) + 1)
                if outcome.problem and len(upload.problems) < MOST:
                    upload.problems.append(outcome.problem.replace(str(path), upload.name))
                if self._ending:
                    return
                if n % 8 == 0:
                    self._note(upload)
            upload.state = "done"
        except (WorkspaceError, CannotStart, OSError) as error:
            upload.state = "failed"
            upload.problems.append(str(error).replace(str(path), upload.name))
        upload.ended = datetime.now(UTC).isoformat(timespec="seconds")
        path.unlink(missing_ok=True)
        self._note(upload)
