"""Words, numbers and days in both languages."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from khabar.lexicon import load
from khabar.record import EVENT_TYPES, FIGURE_KINDS, STATUSES
from khabar.web.language import language, preferred
from khabar.web.wording import words
from tests.web.asking import token_of

AR, EN = language("ar"), language("en")
ROOT = Path(__file__).resolve().parents[2]


def test_every_message_is_translated() -> None:
    done = subprocess.run([sys.executable, "scripts/messages.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_word_of_the_record_is_said_in_arabic() -> None:
    modes = {m for kind in load("glosses").values() for m in kind if m != "*"}
    for word in [*EVENT_TYPES, *FIGURE_KINDS, *STATUSES, *modes]:
        assert not re.search("[A-Za-z]", words(AR)(word)), word
    assert words(EN)("sit-in") == "sit in"
    assert words(EN)("DISASTER") == "disaster"


def test_numbers() -> None:
    assert (AR.number(11470), EN.number(11470)) == ("١١٬٤٧٠", "11,470")


@pytest.mark.parametrize(
    ("claim", "english", "arabic"),
    [
        ((12, 12, 12), "12", "١٢"),
        ((3000, 3000, None), "at least 3,000", "٣٬٠٠٠ على الأقل"),
        ((None, 50, None), "about 50", "نحو ٥٠"),
        ((None, None, 300), "up to 300", "حتى ٣٠٠"),
        ((20, None, 30), "20–30", "٢٠–٣٠"),
        ((18000, 19000, 20000), "18,000–20,000", "١٨٬٠٠٠–٢٠٬٠٠٠"),
        ((0, 0, 0), "0", "٠"),
        ((None, None, None), "?", "?"),
    ],
)
def test_amounts(claim: tuple[int | None, ...], english: str, arabic: str) -> None:
    assert (EN.amount(*claim), AR.amount(*claim)) == (english, arabic)


@pytest.mark.parametrize(
    ("days", "english", "arabic"),
    [
        (("2023-09-26", "2023-09-26"), "26 Sept 2023", "٢٦ سبتمبر ٢٠٢٣"),
        (("2023-09-03", "2023-09-05"), "3–5 Sept 2023", "٣–٥ سبتمبر ٢٠٢٣"),
        (("2023-09-01", "2023-09-30"), "Sept 2023", "سبتمبر ٢٠٢٣"),
        (("2023-01-01", "2023-12-31"), "2023", "٢٠٢٣"),
        (("2023-08-29", "2023-09-02"), "29 Aug – 2 Sept 2023", "٢٩ أغسطس – ٢ سبتمبر ٢٠٢٣"),
        (("2023-09-03", None), "since 3 Sept 2023", "منذ ٣ سبتمبر ٢٠٢٣"),
        ((None, None), "", ""),
    ],
)
def test_periods(days: tuple[str | None, str | None], english: str, arabic: str) -> None:
    assert (EN.period(*days), AR.period(*days)) == (english, arabic)


def test_moments_and_countries() -> None:
    assert EN.moment("2023-09-26T21:15:00+03:00") == "26 Sept 2023 21:15 \u200e+03:00"
    assert AR.moment("2023-09-26T21:15:00+00:00") == "٢٦ سبتمبر ٢٠٢٣ ٢١:١٥ UTC"
    assert (EN.country("LBY"), AR.country("LBY"), EN.country("XYZ")) == ("Libya", "ليبيا", "XYZ")


@pytest.mark.parametrize(("header", "code"), [("ar-EG,en;q=0.5", "ar"), ("fr, en", "en"), ("", "en"), ("de", "en")])
def test_the_language_that_a_browser_asks_for(header: str, code: str) -> None:
    assert preferred(header) == code


def test_the_language_is_switched_anywhere_and_stays(workbench) -> None:  # type: ignore[no-untyped-def]
    client: TestClient = workbench()
    answer = client.post("/language", data={"form": token_of(client), "language": "ar", "next": "/docs"})
    assert answer.headers["location"] == "/docs"
    assert 'lang="ar" dir="rtl"' in client.get("/docs", headers={"Accept-Language": "en"}).text
    client.post("/language", data={"form": token_of(client), "theme": "dark", "next": "/read"})
    assert 'data-theme="dark"' in client.get("/read").text
