"""Pictures of every page for the documentation, in both languages and both widths.

usage: python scripts/screenshots.py [--workspace FILE] [--into FOLDER]

Without a workspace one of the examples is made, in a folder that is thrown away. Needs Chromium (Debian:
apt-get install chromium) and what `make test` sets up.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from playwright.sync_api import Page, sync_playwright  # noqa: E402
from tests.browser.chromium import ARGUMENTS, CHROMIUM  # noqa: E402
from tests.browser.serving import serving  # noqa: E402

PAGES = {
    "stories": "/stories",
    "events": "/events",
    "figures": "/figures",
    "entities": "/entities",
    "places": "/places",
    "search": "/search?q=",
    "review": "/review",
    "disputes": "/review?queue=figures",
    "add": "/add",
    "api": "/docs",
}
WORD = "درنة"


def pictures(page: Page, base: str) -> Iterator[str]:
    """Open each page; gives its name when it is there."""
    for name, path in PAGES.items():
        page.goto(base + path + (WORD if name == "search" else ""), wait_until="networkidle")
        yield name
    page.goto(base + f"/stories?order=largest&text={WORD}", wait_until="networkidle")
    if page.locator(".story h2 a").count() == 0:
        page.goto(base + "/stories?order=largest", wait_until="networkidle")
    page.click(".story h2 a >> nth=0")
    page.wait_for_load_state("networkidle")
    yield "story"
    page.click("#ledger .quote >> nth=0") if page.locator("#ledger .quote").count() else page.click("#articles a >> nth=0")
    page.wait_for_load_state("networkidle")
    yield "article"
    page.goto(base + "/events", wait_until="networkidle")
    page.click("#rows strong >> nth=0")
    yield "event"
    page.goto(base + "/entities?kind=place", wait_until="networkidle")
    page.click("#rows a >> nth=0")
    page.wait_for_load_state("networkidle")
    yield "entity"
    page.goto(base + "/read")
    yield "read"
    page.fill("#text", (ROOT / "examples" / "visit.txt").read_text(encoding="utf-8"))
    page.click("form.drop .go")
    page.wait_for_selector(".beside")
    page.hover(".c-event >> nth=1")
    page.wait_for_timeout(200)
    yield "record"


@contextmanager
def example() -> Iterator[str]:
    """A workspace of the examples."""
    from khabar.cli import run

    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "example.db")
        run(["add", str(ROOT / "examples"), "--workspace", path, "--fast"])
        yield path


def take(workspace: str, into: Path) -> None:
    """Take all pictures."""
    into.mkdir(parents=True, exist_ok=True)
    with serving(workspace) as base, sync_playwright() as player:
        for language in ("ar", "en"):
            for width in (1280, 390):
                with tempfile.TemporaryDirectory() as profile:
                    context = player.chromium.launch_persistent_context(
                        profile,
                        executable_path=CHROMIUM,
                        args=ARGUMENTS,
                        locale=language,
                        viewport={"width": width, "height": 860},
                    )
                    page = context.new_page()
                    for name in pictures(page, base):
                        page.screenshot(
                            path=into / f"{name}-{language}-{width}.jpg", type="jpeg", quality=68, full_page=name == "story"
                        )
                    context.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--workspace")
    parser.add_argument("--into", type=Path, default=ROOT / "docs" / "images")
    given = parser.parse_args()
    if given.workspace:
        take(given.workspace, given.into)
    else:
        with example() as path:
            take(path, given.into)


if __name__ == "__main__":
    main()
