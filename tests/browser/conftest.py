"""Pages in a real browser. Each page is watched: whatever it says on its console, or asks of anybody else, is a failure."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from tests.browser.chromium import ARGUMENTS, CHROMIUM, missing
from tests.browser.serving import serving
from tests.web.examples import fill


@pytest.fixture(scope="session")
def player() -> Iterator[Playwright]:
    if missing():
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed, and in CI these tests may not be skipped")
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as made:
        yield made


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("example") / "w.db"
    fill(str(path))
    return path


@pytest.fixture(scope="session")
def base(example: Path) -> Iterator[str]:
    with serving(str(example)) as address:
        yield address


@pytest.fixture
def own_base(example: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A workbench of one's own workspace, and the workspace."""
    path = tmp_path / "w.db"
    with sqlite3.connect(example) as source, sqlite3.connect(path) as target:
        source.backup(target)
    with serving(str(path)) as address:
        yield address, path


class Watched:
    """A page, and what it did that it should not."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.wrong = page, []  # type: tuple[Page, list[str]]
        page.on("console", lambda m: self.wrong.append(f"console: {m.text}") if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: self.wrong.append(f"error: {e}"))
        page.on("dialog", lambda d: (self.wrong.append(f"dialog: {d.message}"), d.dismiss()))
        page.on("request", lambda r: None if r.url.startswith((base, "data:")) else self.wrong.append(f"request: {r.url}"))

    def calm(self) -> None:
        """Fails where it did something."""
        assert not self.wrong, self.wrong


@pytest.fixture(scope="session")
def contexts(player: Playwright) -> Iterator[Callable[[str, int], BrowserContext]]:
    made: dict[tuple[str, int], tuple[BrowserContext, Any]] = {}

    def context(language: str, width: int) -> BrowserContext:
        if (language, width) not in made:
            profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
            opened = player.chromium.launch_persistent_context(
                profile.name, executable_path=CHROMIUM, args=ARGUMENTS, locale=language, viewport={"width": width, "height": 860}
            )
            opened.set_default_timeout(15_000)
            made[language, width] = opened, profile
        return made[language, width][0]

    yield context
    for opened, profile in made.values():
        opened.close()
        profile.cleanup()


@pytest.fixture
def open_page(contexts: Callable[[str, int], BrowserContext]) -> Iterator[Callable[..., Watched]]:
    """Opens watched pages; at the end of the test all must have been calm."""
    opened: list[Watched] = []

    def opener(base: str, path: str, language: str = "en", width: int = 1280) -> Watched:
        watched = Watched(contexts(language, width).new_page(), base)
        opened.append(watched)
        watched.page.goto(base + path, wait_until="load")
        return watched

    yield opener
    for watched in opened:
        watched.page.close()
    for watched in opened:
        watched.calm()
