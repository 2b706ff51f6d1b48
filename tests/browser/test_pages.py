"""Every page, in both languages and both widths: calm, within its width, and without serious findings of axe-core."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = {
    "stories": "/stories",
    "story": "/stories/2",
    "events": "/events",
    "event": "/events/3",
    "figures": "/figures",
    "entities": "/entities",
    "entity": "/entities/18",
    "places": "/places",
    "search": "/search?q=درنة",
    "article": "/articles/1?at=10-15#at",
    "review": "/review",
    "figures queue": "/review?queue=figures",
    "add": "/add",
    "read": "/read",
    "docs": "/docs",
}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_calm_fits_and_can_be_used_by_everybody(
    open_page: Callable[..., Any], base: str, name: str, language: str, width: int
) -> None:
    page = open_page(base, PAGES[name], language, width).page
    assert page.evaluate("document.documentElement.lang + document.documentElement.dir") == (
        "arrtl" if language == "ar" else "enltr"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    serious = [(v["id"], v["nodes"][0]["html"][:200]) for v in found if v["impact"] in ("serious", "critical")]
    assert not serious


@pytest.mark.parametrize("name", ["story", "article", "review"])
def test_dark_pages_have_contrast_too(open_page: Callable[..., Any], base: str, name: str) -> None:
    page = open_page(base, PAGES[name]).page
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(300)  # colours pass over into others
    found = Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
    assert not [(v["id"], n["html"][:200]) for v in found for n in v["nodes"]]


PAPER = 718
"""Pixels of a sheet of A4 between its margins."""

CUT = """() => [...document.querySelectorAll("main, main *")].filter(e => {
  const s = getComputedStyle(e);
  if (!e.checkVisibility() || e.closest("details:not([open]) > :not(summary)")) return false;
  if (e.closest(".map, .sr, svg, textarea, select")) return false;
  const hides = /auto|scroll|hidden|clip/;
  return (hides.test(s.overflowX) && e.scrollWidth > e.clientWidth + 1)
    || (hides.test(s.overflowY) && e.scrollHeight > e.clientHeight + 1)
    || e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1;
}).map(e => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_printed(open_page: Callable[..., Any], base: str, name: str, language: str) -> None:
    page = open_page(base, PAGES[name], language, PAPER).page
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER
    assert page.evaluate(CUT) == []
    assert page.locator("main").inner_text().strip()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    for gone in (".sections", ".tools", "main button", ".filters", "kbd"):
        assert not any(e.is_visible() for e in page.locator(gone).all()), gone
    assert page.pdf(format="A4").startswith(b"%PDF-")
