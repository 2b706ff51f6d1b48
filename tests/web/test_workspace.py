"""A workspace over the API and on its pages."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from khabar.workspace import Workspace
from khabar.workspace.rereading import reread
from tests.web.asking import ARTICLE, token_of

LISTS = ("stories", "articles", "events", "figures", "entities", "attributions")
PAGES = (
    "/stories",
    "/events",
    "/figures",
    "/entities",
    "/places",
    "/search?q=درنة",
    "/review",
    "/review?queue=joins",
    "/review?queue=figures",
    "/add",
)


@pytest.mark.parametrize("what", LISTS)
def test_a_listing_comes_in_parts_that_make_the_whole(desk: TestClient, what: str) -> None:
    whole = desk.get(f"/api/{what}?limit=200").json()
    parts, cursor = [], None
    while True:
        part = desk.get(f"/api/{what}", params={"limit": 3, **({"cursor": cursor} if cursor else {})}).json()
        parts += part["items"]
        cursor = part["next"]
        if cursor is None:
            break
    assert parts == whole["items"]
    assert len(parts) > 3


@pytest.mark.parametrize("what", LISTS)
def test_what_has_not_changed_is_not_sent_again(desk: TestClient, what: str) -> None:
    tag = desk.get(f"/api/{what}").headers["etag"]
    assert desk.get(f"/api/{what}", headers={"If-None-Match": tag}).status_code == 304
    assert desk.get(f"/api/{what}", headers={"If-None-Match": f'W/{tag}, "other"'}).status_code == 304
    assert desk.get(f"/api/{what}", headers={"If-None-Match": '"other"'}).status_code == 200


def flood(desk: TestClient) -> int:
    stories = desk.get("/api/stories?order=largest").json()["items"]
    return next(s["id"] for s in stories if s["articles"] == 2)


def test_filters_narrow(desk: TestClient) -> None:
    killed = desk.get("/api/figures?figure=killed&place=Derna").json()["items"]
    assert killed
    assert {c["kind"] for c in killed} == {"killed"}
    assert {c["story"] for c in killed} == {flood(desk)}
    assert desk.get("/api/events?begin=2024-09-01&type=CONSULT").json()["items"]
    near = desk.get("/api/events?near=32.8,22.6,50").json()["items"]
    assert any(p["name_en"] == "Derna" for e in near for p in e["places"])


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("events?type=PARTY", "type"),
        ("events?begin=yesterday", "2024-09-03"),
        ("events?near=1,2", "KILOMETRES"),
        ("events?near=nan,0,1", "KILOMETRES"),
        ("events?cursor=zz", "cursor"),
        ("events?limit=0", "limit"),
        ("stories/99999999999", "id"),
        ("figures?figure=rich", "figure"),
        ("events?actor=%00", "actor"),
    ],
)
def test_a_wrong_question_is_told_what_is_wrong(desk: TestClient, query: str, says: str) -> None:
    answer = desk.get(f"/api/{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert says in answer.text


@pytest.mark.parametrize("what", ["stories", "articles", "events", "entities", "judgements"])
def test_what_is_not_there_is_not_found(desk: TestClient, what: str) -> None:
    assert desk.get(f"/api/{what}/2000000000").status_code == 404


SQL = [
    "' OR 1=1 --",
    "x'; DROP TABLE articles; --",
    '" OR ""="',
    "%' AND 1=(SELECT count(*) FROM articles) --",
    "*",
    "NEAR(",
    '"',
    "(",
    "a AND",
]


@pytest.mark.parametrize("words", SQL)
def test_sql_in_filters_is_words(desk: TestClient, filled: str, words: str) -> None:
    for field in ("text", "actor", "place", "source", "outlet"):
        answer = desk.get("/api/events", params={field: words})
        assert answer.status_code == 200, answer.text
    assert desk.get("/api/search", params={"q": words}).status_code == 200
    assert desk.get("/search", params={"q": words}).status_code == 200
    assert desk.get("/api/events", params={"actor": "' OR 1=1 --"}).json()["items"] == []
    with Workspace.open(filled) as workspace, workspace.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM articles")).scalar() == 7


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_there_in_both_languages(desk: TestClient, page: str, language: str) -> None:
    answer = desk.get(page, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.text
    assert answer.text.count("<h1") == 1


def test_a_story_shows_its_ledger_with_its_conflict_and_update(desk: TestClient) -> None:
    page = desk.get(f"/stories/{flood(desk)}", headers={"Accept-Language": "en"}).text
    assert 'class="conflict"' in page
    assert "contradicts" in page
    assert 'class="range"' in page  # between 18,000 and 20,000
    account = desk.get(f"/api/stories/{flood(desk)}/ledger").json()
    killed = next(made for made in account["ledgers"] if made["kind"] == "killed")
    assert {"conflict", "update"} <= {r["kind"] for r in killed["relations"]}
    least = desk.get(f"/api/stories/{flood(desk)}/ledger?policy=min").json()["current"]
    assert {c["policy"] for c in least} == {"min"}
    assert desk.get(f"/stories/{flood(desk)}?policy=guess").status_code == 422


def test_every_quote_of_a_page_leads_to_its_words(desk: TestClient) -> None:
    page = desk.get("/figures", headers={"Accept-Language": "en"}).text
    links = re.findall(r'href="(/articles/\d+\?at=(\d+)-(\d+))#at"', page)
    assert len(links) > 5
    for address, start, stop in links[:6]:
        record = desk.get(f"/api{address.partition('?')[0]}").json()["record"]
        article = desk.get(address).text
        marked = "".join(re.findall(r'<span class="w[^"]* at"[^>]*>([^<]*)</span>', article))
        assert marked == record["text"][int(start) : int(stop)]
        assert article.count('id="at"') == 1


def test_harmful_articles_do_no_harm_on_any_page(desk: TestClient) -> None:
    article = next(a["id"] for a in desk.get("/api/articles").json()["items"] if "script" in a["key"])
    story = desk.get(f"/api/articles/{article}").json()["article"]["story"]
    events = [e["id"] for e in desk.get(f"/api/events?story={story}").json()["items"]]
    entities = [e["id"] for e in desk.get("/api/entities?limit=200").json()["items"]]
    addresses = [*PAGES, f"/articles/{article}", f"/stories/{story}", *(f"/events/{n}" for n in events)]
    for address in [*addresses, *(f"/entities/{n}" for n in entities[:40])]:
        page = desk.get(address).text
        assert not re.search(r"<img|<script(?! src=)|<[a-z][^>]*\son[a-z]+=|(?:href|src|action)=\"\s*javascript:", page), address
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", page), address


def test_no_address_leads_out_of_the_workspace(desk: TestClient) -> None:
    for path in ("/articles/..%2f..%2fetc%2fpasswd", "/api/uploads/..%2f..%2fw.db", "/api/uploads/%2e%2e", "/api/articles/1%00"):
        assert desk.get(path).status_code in (404, 422), path


def judged(client: TestClient, **fields: object) -> object:
    form = {"form": token_of(client), "next": "/review", **fields}
    return client.post("/review/judge", data=form)


def test_a_corrected_event_stays_corrected_when_it_is_read_again(workbench: Callable[..., TestClient], own: str) -> None:
    client = workbench(workspace=own)
    event = client.get("/api/events?type=DISASTER").json()["items"][0]
    report = event["reports"][0]
    change = {"layer": "event", "verdict": "correct", "article": report["article"]["id"], "local": report["local"]}
    answer = judged(
        client, **change, **{"set-status": "denied", "was-status": "happened", "why": "seen otherwise", "who": "Amal"}
    )
    assert answer.status_code == 303  # type: ignore[attr-defined]

    def status() -> str:
        tellings = client.get(f"/api/articles/{report['article']['id']}").json()["article"]["id"]
        found = [r for e in client.get(f"/api/events?story={event['story']}&limit=200").json()["items"] for r in e["reports"]]
        return next(r["status"] for r in found if r["article"]["id"] == tellings and r["evidence"] == report["evidence"])

    assert status() == "denied"
    with Workspace.open(own) as workspace:
        list(reread(workspace, everything=True))
    assert status() == "denied"
    (made,) = client.get("/api/judgements").json()
    assert (made["who"], made["why"], made["change"]) == ("Amal", "seen otherwise", {"status": "denied"})
    assert client.post("/review/undo", data={"form": token_of(client), "next": "/review"}).status_code == 303
    assert status() == "happened"


def test_entities_are_merged_and_parted_again(workbench: Callable[..., TestClient], own: str) -> None:
    client = workbench(workspace=own)
    one, two = [e["id"] for e in client.get("/api/entities?kind=person").json()["items"]][:2]
    assert judged(client, layer="entity", verdict="merge", node=one, others=two).status_code == 303  # type: ignore[attr-defined]
    ids = {e["id"] for e in client.get("/api/entities?kind=person&limit=200").json()["items"]}
    assert (one in ids, two in ids) == (True, False)
    made = client.get("/api/judgements").json()[0]["id"]
    assert client.post(f"/api/judgements/{made}/undo").status_code == 200
    assert two in {e["id"] for e in client.get("/api/entities?kind=person&limit=200").json()["items"]}
    assert client.post(f"/api/judgements/{made}/undo").status_code == 422


@pytest.mark.parametrize(("layer", "what"), [("entity", "entities"), ("event", "events"), ("story", "stories")])
def test_what_was_merged_leads_to_what_it_was_merged_into(
    workbench: Callable[..., TestClient], own: str, layer: str, what: str
) -> None:
    client = workbench(workspace=own)
    one, two, three = [item["id"] for item in client.get(f"/api/{what}").json()["items"]][:3]
    for node, other in ((two, three), (one, two)):
        assert judged(client, layer=layer, verdict="merge", node=node, others=other).status_code == 303  # type: ignore[attr-defined]
    gone = client.get(f"/{what}/{three}?policy=min")
    assert (gone.status_code, gone.headers["location"]) == (307, f"/{what}/{one}?policy=min")
    there = client.get(f"/api/{what}/{three}").json()
    assert (there["story"] if layer == "story" else there)["id"] == one
    rest = {"entity": "namings", "event": "ledger", "story": "ledger"}[layer]
    assert client.get(f"/api/{what}/{three}/{rest}").json() == client.get(f"/api/{what}/{one}/{rest}").json()
    name = {"entity": "source", "event": "", "story": "story"}[layer]
    if name:
        assert client.get(f"/api/articles?{name}={three}").json() == client.get(f"/api/articles?{name}={one}").json()
    for made in client.get("/api/judgements").json():
        assert client.post(f"/api/judgements/{made['id']}/undo").status_code == 200
    assert client.get(f"/{what}/{three}").status_code == 200


def test_a_contradicting_figure_is_confirmed_corrected_rejected_and_taken_back(
    workbench: Callable[..., TestClient], own: str
) -> None:
    client = workbench(workspace=own)

    def asked() -> list[tuple[str, str, str]]:
        """Article, id and words of the figures that are asked about."""
        page = client.get("/review?queue=figures", headers={"Accept-Language": "en"}).text
        found = []
        for item in page.split('<li class="doubt"')[1:]:
            words = re.search(r'<a class="quote"[^>]*><bdi[^>]*>([^<]*)', item)
            ids = re.search(r'name="article" value="(\d+)"><input type="hidden" name="local" value="(\w+)"', item)
            assert words
            assert ids
            assert "contradicted by" in item
            found.append((ids[1], ids[2], words[1]))
        return found

    def decide(verdict: str, article: str, local: str, **fields: str) -> None:
        answer = judged(client, layer="figure", verdict=verdict, article=article, local=local, **fields)
        assert answer.status_code == 303, answer.text  # type: ignore[attr-defined]

    def undo() -> None:
        assert client.post("/review/undo", data={"form": token_of(client), "next": "/review"}).status_code == 303

    def claim(article: str, local: str) -> dict[str, int] | None:
        items = client.get("/api/figures?limit=200").json()["items"]
        return next((c for c in items if (c["article"]["id"], c["local"]) == (int(article), local)), None)

    before = asked()
    assert len(before) >= 2
    (article, local, _), *rest = before
    account = client.get(f"/api/stories/{flood(client)}/ledger").json()
    held = [(e["claims"][0]["article"]["id"], e["claims"][0]["local"]) for made in account["ledgers"] for e in made["entries"]]
    assert (int(article), local) in held

    decide("confirm", article, local)
    assert asked() == rest
    undo()
    assert asked() == before

    was = claim(article, local)
    assert was is not None
    values = {f"{how}-{name}": str(was[name]) for how in ("was", "set") for name in ("low", "best", "high")}
    decide("correct", article, local, **{**values, "set-best": "77"})
    now = claim(article, local)
    assert now is not None
    assert [now[name] for name in ("low", "best", "high")] == [77, 77, 77]
    assert (article, local) not in [(a, f) for a, f, _ in asked()]
    undo()
    assert claim(article, local) == was
    wrong = judged(client, layer="figure", verdict="correct", article=article, local=local, **{**values, "set-low": "many"})
    assert wrong.status_code == 422  # type: ignore[attr-defined]

    decide("reject", article, local)
    assert claim(article, local) is None
    assert (article, local) not in [(a, f) for a, f, _ in asked()]
    undo()
    assert asked() == before
    with Workspace.open(own) as workspace:
        decide("confirm", article, local)
        list(reread(workspace, everything=True))
    assert asked() == rest


def test_a_judgement_over_the_api(workbench: Callable[..., TestClient], own: str) -> None:
    client = workbench(workspace=own)
    event = client.get("/api/events").json()["items"][0]["id"]
    made = client.post("/api/judgements", json={"layer": "event", "verdict": "confirm", "node": event})
    assert made.status_code == 201
    for wrong in (
        {},
        {"layer": "event", "verdict": "confirm"},
        {"layer": "event", "verdict": "confirm", "node": 2_000_000_000},
        [1],
    ):
        assert client.post("/api/judgements", json=wrong).status_code == 422


def test_a_file_is_added_and_its_progress_outlives_the_workbench(
    workbench: Callable[..., TestClient], own: str, tmp_path: Path
) -> None:
    spool = tmp_path / "spool" if "://" in own else None  # beside a file, where the workspace is one
    client = workbench(workspace=own, spool=spool)
    sent = client.post(
        "/add", data={"form": token_of(client), "fast": "1"}, files={"file": ("../../بغداد.txt", ARTICLE.encode())}
    )
    assert sent.headers["location"] == "/add"
    until = time.monotonic() + 60
    while client.get("/api/uploads").json()[0]["state"] != "done" and time.monotonic() < until:
        time.sleep(0.2)
    (upload,) = client.get("/api/uploads").json()
    assert (upload["state"], upload["added"], upload["name"]) == ("done", 1, "بغداد.txt")
    assert client.get("/api/search?q=انفجار").json()["items"]
    again = workbench(workspace=own, spool=spool)
    assert again.get("/api/uploads").json() == [upload]
    assert again.get(f"/api/uploads/{upload['id']}").json() == upload
    assert again.post("/api/uploads", files={"file": ("a.txt", b"")}).status_code == 422


def test_an_export_is_a_file_of_what_the_filter_leaves(desk: TestClient) -> None:
    (first, *_) = desk.get("/api/exports").json()
    answer = desk.get(f"/api/exports/{first['name']}?figure=killed")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    assert len(answer.content) > 100
    assert desk.get("/api/exports/nothing").status_code == 404
    assert f"/api/exports/{first['name']}?figure=killed" in desk.get("/figures?figure=killed&type=").text


def test_the_queue_of_figures_goes_on_with_earlier_stories(
    workbench: Callable[..., TestClient], own: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = workbench(workspace=own)
    whole = client.get("/review?queue=figures").text.count('class="doubt"')
    monkeypatch.setattr("khabar.workspace.disputes.LOOKED", 1)
    address, found, parts = "/review?queue=figures", 0, 0
    while address:
        page = client.get(address).text
        found, parts = found + page.count('class="doubt"'), parts + 1
        further = re.search(r'<a class="small" href="(/review\?queue=figures&amp;after=[^"]+)"', page)
        address = further[1].replace("&amp;", "&") if further else ""
        assert parts < 20
    assert found == whole
    for wrong in ("x", "2024-01-01.x", "2024-01-01-and-more.1"):
        assert client.get(f"/review?queue=figures&after={wrong}").status_code == 422
