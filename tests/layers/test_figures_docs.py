"""The examples of docs/figures.md give what the page shows."""

import doctest
from pathlib import Path


def test_the_page_of_figures_shows_what_is_read() -> None:
    page = Path(__file__).parents[2] / "docs" / "figures.md"
    failed, tried = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert tried >= 5
    assert failed == 0
