"""Reading an article over the API and on its page."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from khabar.record import Record
from tests.web.asking import ARTICLE, token_of

HEADLINE, BODY = ARTICLE.splitlines()[0], ARTICLE.splitlines()[2]
HTML = f"<html lang=ar><head><title>خبر</title></head><body><article><h1>{HEADLINE}</h1><p>{BODY}</p></article></body></html>"


def test_json_gives_the_record(reader: TestClient) -> None:
    answer = reader.post("/api/read", json={"text": ARTICLE, "published": "2024-05-08", "outlet": "المدار"})
    assert answer.status_code == 200
    record = Record.from_json(answer.content)
    assert record.source.outlet == "المدار"
    assert [(f.kind, f.best) for f in record.figures][:2] == [("killed", 12), ("killed", 12)]
    assert {t.begin for t in record.times} == {"2024-05-07"}
    assert all(record.text[a:b] == f.quote for f in record.figures for a, b in [f.span])


def test_text_html_and_a_file_give_the_same_figures(reader: TestClient) -> None:
    text = reader.post("/api/read?published=2024-05-08", content=ARTICLE.encode(), headers={"Content-Type": "text/plain"})
    page = reader.post("/api/read", content=HTML.encode(), headers={"Content-Type": "text/html"})
    file = reader.post("/api/read", files={"file": ("بغداد.txt", ARTICLE.encode(), "text/plain")})
    amounts = [[f.best for f in Record.from_json(a.content).figures][-2:] for a in (text, page, file)]
    assert amounts == [[12, 30]] * 3
    assert Record.from_json(file.content).id == "بغداد.txt"


def test_the_same_article_has_the_same_etag_and_title_and_body_are_one_text(reader: TestClient) -> None:
    first, rest = ARTICLE.split("\n", 1)
    one = reader.post("/api/read", json={"text": rest, "title": first})
    two = reader.post("/api/read", json={"text": rest, "title": first})
    assert one.headers["etag"] == two.headers["etag"]
    record = Record.from_json(one.content)
    assert record.title == first
    assert record.text.startswith(f"{first}\n")


@pytest.mark.parametrize(
    ("sent", "status", "says"),
    [
        ({"json": {"text": ""}}, 422, "empty"),
        ({"json": {"text": "This is plain English text about nothing in particular, for all who read it."}}, 422, "English"),
        ({"json": {"txt": ARTICLE}}, 422, "text"),
        ({"json": {"text": ARTICLE, "published": "tomorrow"}}, 422, "no date"),
        ({"json": [1]}, 422, "JSON"),
        ({"content": b"\xff\xfe{", "headers": {"Content-Type": "application/json"}}, 422, "JSON"),
        ({"content": b"x", "headers": {"Content-Type": "application/pdf"}}, 415, "text/html"),
        ({"files": {"file": ("a.pdf", b"%PDF-1.7", "application/pdf")}}, 422, "PDF"),
        ({"files": {"other": ("a.txt", b"x", "text/plain")}}, 422, "field file"),
        ({"json": {"text": ARTICLE * 1000}}, 413, "200,000"),
        (
            {"content": f'{{"text":"{ARTICLE[:40].strip()}"}}\n'.encode() * 2, "headers": {"Content-Type": "text/plain"}},
            422,
            "more than one",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    reader: TestClient, sent: dict[str, object], status: int, says: str
) -> None:
    answer = reader.post("/api/read", **sent)  # type: ignore[arg-type]
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert says in answer.text
    assert answer.json()["status"] == status


def test_an_article_that_takes_too_long_costs_a_process_and_not_the_workbench(workbench) -> None:  # type: ignore[no-untyped-def]
    client = workbench(answer_seconds=0.02)
    slow = client.post("/api/read", json={"text": ARTICLE * 50})
    assert slow.status_code in (422, 503), slow.text
    assert client.get("/health").status_code == 200


def test_the_page_shows_the_record_beside_the_text(reader: TestClient) -> None:
    sent = {"form": token_of(reader), "text": ARTICLE, "published": "2024-05-08"}
    page = reader.post("/read", data=sent, headers={"Accept-Language": "ar"}).text
    assert '<html lang="ar" dir="rtl">' in page
    record = Record.from_json(reader.post("/api/read", json={"text": ARTICLE, "published": "2024-05-08"}).content)
    for value in [*record.figures, *record.events, *record.entities, *record.times, *record.attributions]:
        assert f'data-cell="{value.id}"' in page
        assert re.search(rf'data-of="(?:[^"]* )?{value.id}[ "]', page), value
    assert "١٢" in page  # the amount, in Arabic numerals


def test_the_page_gives_the_form_back_with_the_reason(reader: TestClient) -> None:
    page = reader.post("/read", data={"form": token_of(reader), "text": "nothing but a few words of English, and no more"})
    assert page.status_code == 422
    assert "English" in page.text
    assert "nothing but a few words" in page.text


HOSTILE = """<script>alert(1)</script> مقتل 12 شخصا في بغداد

قال الوزير <img src=x onerror=alert(1)> أحمد العلي إن 12 شخصا قتلوا في بغداد \u202eأمس\u202c. "&lt;b&gt; </article></main>
"""


@pytest.mark.parametrize("language", ["ar", "en"])
def test_markup_in_an_article_is_shown_and_not_obeyed(reader: TestClient, language: str) -> None:
    page = reader.post(
        "/read",
        data={"form": token_of(reader), "text": HOSTILE, "published": "2024-05-08"},
        headers={"Accept-Language": language},
    ).text
    assert "<img" not in page
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    shown = re.sub("<textarea.*?</textarea>", "", page, flags=re.DOTALL)  # there it is what was pasted, and stays so
    assert "\u202e" not in shown
    assert page.count("</article>") == 1


def test_examples_are_read(reader: TestClient) -> None:
    for path in sorted((Path(__file__).parents[2] / "examples").glob("*.html")):
        answer = reader.post("/api/read", files={"file": (path.name, path.read_bytes())})
        assert Record.from_json(answer.content).events
