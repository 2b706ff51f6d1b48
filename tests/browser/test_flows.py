"""What people do with the workbench, done in a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from khabar.workspace import Workspace
from khabar.workspace.rereading import reread

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "visit.txt"
Opens = Callable[..., Any]


READING = 60_000
"""Milliseconds that the first reading of a server may take: it loads the tagger, on a machine that may have other work."""


def test_an_article_is_read_by_paste_and_cells_light_words_and_words_cells(open_page: Opens, base: str) -> None:
    page = open_page(base, "/read", "ar").page
    page.fill("#text", EXAMPLE.read_text(encoding="utf-8"))
    page.click("form.drop .go")
    page.wait_for_selector(".beside", timeout=READING)
    cell = page.locator(".c-event").nth(1)
    id = cell.get_attribute("data-cell")
    cell.hover()
    page.wait_for_selector(f'.w.lit[data-of~="{id}"]')
    assert page.locator(f'.w.lit:not([data-of~="{id}"])').count() == 0
    page.mouse.move(2, 2)
    word = page.locator(".w-event").first
    word.click()
    lit = page.locator(".cell.lit")
    assert word.get_attribute("data-of").split() == [c.get_attribute("data-cell") for c in lit.all()] or lit.count() > 0
    page.keyboard.press("Escape")
    assert page.locator(".lit").count() == 0
    cell.focus()
    page.wait_for_selector(f'.w.lit[data-of~="{id}"]')


@pytest.mark.parametrize("where", ["form.drop", "h1"])
def test_a_file_is_read_that_is_dropped(open_page: Opens, base: str, where: str) -> None:
    page = open_page(base, "/read", "en").page
    box = page.locator(where).bounding_box()
    data = {"items": [], "files": [str(EXAMPLE)], "dragOperationsMask": 1}
    devtools = page.context.new_cdp_session(page)
    for step in ("dragEnter", "dragOver"):
        devtools.send("Input.dispatchDragEvent", {"type": step, "x": box["x"] + 9, "y": box["y"] + 9, "data": data})
    page.wait_for_selector("form.drop.over")
    devtools.send("Input.dispatchDragEvent", {"type": "drop", "x": box["x"] + 9, "y": box["y"] + 9, "data": data})
    page.wait_for_selector(".beside", timeout=READING)
    assert page.url == f"{base}/read"
    first = EXAMPLE.read_text(encoding="utf-8").split()[:5]
    assert page.locator(".text").inner_text().split()[:5] == first
    assert page.locator(".c-event").count() > 0


def test_a_tap_lights_on_a_narrow_screen_and_the_words_are_in_sight(open_page: Opens, base: str) -> None:
    page = open_page(base, "/articles/1", "ar", 390).page
    cell = page.locator(".c-figure").last
    cell.click()
    word = page.locator(".w.lit").first.bounding_box()
    box = page.locator(".text").bounding_box()
    assert box["y"] <= word["y"] <= box["y"] + box["height"]
    assert 0 <= box["y"] < 860


def test_a_figure_leads_to_its_words(open_page: Opens, base: str) -> None:
    page = open_page(base, "/figures?figure=killed").page
    quote = page.locator("#rows .quote").first
    words = quote.inner_text()
    quote.click()
    page.wait_for_selector("#at")
    assert "".join(page.locator(".w.at").all_inner_texts()) == words
    assert page.locator("#at").is_visible()


def test_a_filter_changes_the_table_and_the_address(open_page: Opens, base: str) -> None:
    page = open_page(base, "/events").page
    before = page.locator("#rows tr").count()
    page.select_option("#f-type", "DISASTER")
    page.wait_for_function("n => document.querySelectorAll('#rows tr').length < n", arg=before)
    assert "type=DISASTER" in page.url
    page.reload()
    assert page.locator("#f-type").input_value() == "DISASTER"
    assert page.locator("#rows tr").count() < before


def test_more_goes_on_below(open_page: Opens, base: str) -> None:
    page = open_page(base, "/entities").page
    before = page.locator("#rows tr").count()
    page.click("#more a")
    page.wait_for_function("n => document.querySelectorAll('#rows tr').length > n", arg=before)


def test_the_language_is_switched_on_any_page(open_page: Opens, base: str) -> None:
    page = open_page(base, "/events?type=DISASTER", "en").page
    page.click(".tool[name=language]")
    page.wait_for_selector("html[lang=ar][dir=rtl]")
    assert page.url.endswith("/events?type=DISASTER")
    page.click(".tool[name=language]")
    page.wait_for_selector("html[lang=en][dir=ltr]")


def test_an_event_is_corrected_and_stays_so_after_a_new_reading(open_page: Opens, own_base: tuple[str, Path]) -> None:
    base, path = own_base
    page = open_page(base, "/events?type=DISASTER").page
    page.click("#rows strong >> nth=0")
    page.wait_for_selector(".reports")
    address = page.url
    page.click(".correct summary >> nth=0")
    page.select_option(".correct select[name=set-status] >> nth=0", "denied")
    page.click(".correct .go >> nth=0")
    page.wait_for_selector(".reports .s-denied")
    with Workspace.open(path) as workspace:
        list(reread(workspace, everything=True))
    page.goto(address)
    assert page.locator(".reports .s-denied").count() > 0


def test_a_doubt_is_decided_with_one_key_and_taken_back(open_page: Opens, own_base: tuple[str, Path]) -> None:
    base, _ = own_base
    page = open_page(base, "/review").page
    if page.locator(".doubt").count() == 0:
        page.goto(f"{base}/review?queue=joins")
    first = page.locator(".doubt .quote").first.get_attribute("href")
    page.keyboard.press("y")
    page.wait_for_selector(".decided form")
    assert page.locator(f'.doubt .quote[href="{first}"]').count() == 0
    page.keyboard.press("u")
    page.wait_for_selector(".decided .undone")
    assert page.locator(".doubt .quote").first.get_attribute("href") == first


def test_a_contradicting_figure_is_decided_with_one_key_corrected_and_taken_back(
    open_page: Opens, own_base: tuple[str, Path]
) -> None:
    base, path = own_base
    page = open_page(base, "/review", "ar").page
    page.click('.jump a[href="/review?queue=figures"]')
    page.wait_for_selector(".doubt .against")
    doubts = page.locator(".doubt")
    before, first = doubts.count(), doubts.first.locator(".quote").first.get_attribute("href")

    def asked() -> list[str]:
        return [d.locator(".quote").first.get_attribute("href") for d in doubts.all()]

    page.keyboard.press("y")
    page.wait_for_selector(".decided form")
    assert first not in asked()
    page.keyboard.press("u")
    page.wait_for_selector(".decided .undone")
    assert asked()[0] == first
    assert doubts.count() == before

    page.keyboard.press("c")
    page.fill(".doubt .correct[open] input[name=set-best]", "77")
    page.click(".doubt .correct[open] .go")
    page.wait_for_selector(".decided .change >> text=77")
    assert first not in asked()
    article = re.search(r"/articles/(\d+)\?at=(\d+)", first)
    with Workspace.open(path) as workspace:
        list(reread(workspace, everything=True))
    page.goto(f"{base}/figures?figure=killed")
    row = page.locator("#rows tr", has=page.locator(f'a[href*="/articles/{article[1]}?at={article[2]}-"]'))
    assert "٧٧" in row.locator(".amount").first.inner_text()

    page.goto(f"{base}/review?queue=figures")
    page.keyboard.press("u")
    page.wait_for_selector(".decided .undone >> nth=1")
    page.keyboard.press("n")
    page.wait_for_function("n => document.querySelectorAll('.decided li').length == n", arg=3)
    assert first not in asked()


def test_two_entities_are_merged(open_page: Opens, own_base: tuple[str, Path]) -> None:
    base, _ = own_base
    page = open_page(base, "/entities?kind=organization").page
    rows = [a.get_attribute("href") for a in page.locator("#rows .name").all()]
    page.goto(base + rows[0])
    page.fill("#others", str(re.sub(r"\D", "", rows[1])))
    page.click("button[value=merge] >> nth=-1")
    page.wait_for_load_state()
    page.goto(f"{base}/entities?kind=organization")
    left = [a.get_attribute("href") for a in page.locator("#rows .name").all()]
    assert rows[0] in left
    assert rows[1] not in left


def test_a_file_is_added_and_its_progress_survives_a_reload(open_page: Opens, own_base: tuple[str, Path], tmp_path: Path) -> None:
    base, _ = own_base
    page = open_page(base, "/add").page
    text = EXAMPLE.read_text(encoding="utf-8").replace("أنقرة", "تونس")
    page.set_input_files("#file", {"name": "new.txt", "mimeType": "text/plain", "buffer": text.encode()})
    page.click("form.drop .go")
    page.wait_for_selector(".upload")
    page.reload()
    page.wait_for_selector(".upload .s-happened", timeout=60_000)
    assert "1" in page.locator(".upload p").first.inner_text()


def test_harmful_articles_do_nothing(open_page: Opens, base: str) -> None:
    for path in ("/articles/7", "/figures", "/events", "/entities", "/search?q=بغداد"):
        watched = open_page(base, path)
        watched.page.wait_for_timeout(150)
        assert watched.page.locator("main img, main script").count() == 0
        assert watched.page.locator('a[href^="javascript"]').count() == 0


def test_what_is_on_the_screen_is_downloaded(open_page: Opens, base: str) -> None:
    page = open_page(base, "/figures?figure=killed&type=").page
    with page.expect_download() as waiting:
        page.click(".export a >> nth=0")
    with open(waiting.value.path(), encoding="utf-8") as file:
        items = json.load(file)["items"]
    assert {c["kind"] for c in items} == {"killed"}
    assert len(items) == page.locator("#rows tr").count()
