"""What a workbench refuses before it looks at a request, and what it tells browsers."""

import asyncio
import re
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from khabar.cli import run
from khabar.web import Settings, create_app, pages
from khabar.web.answers import problem
from khabar.web.guard import Guard
from khabar.web.pages.front import ours
from khabar.web.rendering import STATIC, harmless_url, isolated
from khabar.web.tokens import TokenError, load
from tests.web.asking import ARTICLE, client_of, token_of

READ, EDIT = "r" * 20, "e" * 20


@pytest.fixture
def tokens(tmp_path: Path) -> Path:
    path = tmp_path / "tokens"
    path.write_text(f"# who may\nread Amal {READ}\nedit Basma {EDIT}\n")
    return path


def test_every_page_forbids_scripts_of_others_and_inside_itself(reader: TestClient) -> None:
    for path in ("/read", "/docs", "/sign-in", "/nothing", "/api/openapi.json"):
        answer = reader.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=|javascript:", answer.text), path
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', answer.text), path


def test_no_file_of_the_package_asks_for_anything_elsewhere() -> None:
    for path in [*STATIC.glob("*.css"), *STATIC.glob("*.js"), *STATIC.glob("vendor/*.css")]:
        assert not re.search(r"""url\(\s*['"]?(?:https?:)?//|@import|fetch\(\s*['"]http|import\(""", path.read_text()), path


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.2", "", "localhost.evil", "[::2]:8000"])
def test_a_name_that_is_not_ours_is_refused(reader: TestClient, host: str) -> None:
    answer = reader.get("/read", headers={"Host": host})
    assert answer.status_code == 421
    assert "127.0.0.1" in answer.json()["detail"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8000", "[::1]:9", "LOCALHOST"])
def test_names_of_loopback_are_ours(reader: TestClient, host: str) -> None:
    assert reader.get("/read", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_page_of_another_site_may_send_nothing(reader: TestClient, headers: dict[str, str]) -> None:
    sent = {"form": token_of(reader), "text": ARTICLE}
    assert reader.post("/read", data=sent, headers=headers).status_code == 403
    assert reader.post("/api/read", json={"text": ARTICLE}, headers=headers).status_code == 403


def test_a_form_without_its_token_is_refused(reader: TestClient) -> None:
    token = token_of(reader)
    assert reader.post("/language", data={"language": "ar"}).status_code == 403
    assert reader.post("/language", data={"language": "ar", "form": "0" * 32}).status_code == 403
    assert reader.post("/language", data={"language": "ar", "form": token, "next": "/read"}).status_code == 303


def test_every_form_is_checked(reader: TestClient) -> None:
    posts = [r for part in pages.ALWAYS for r in part.router.routes if "POST" in r.methods]
    assert posts
    for route in posts:
        path = re.sub(r"{[^}]*}", "1", route.path)
        assert reader.post(path, data={"form": "x"}).status_code == 403, path


@pytest.mark.parametrize(
    "path", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", None, "/a\nb"]
)
def test_nobody_is_sent_elsewhere(path: str | None) -> None:
    assert ours(path) == "/"
    assert ours("/stories?type=ASSAULT&page=2") == "/stories?type=ASSAULT&page=2"


def test_a_body_that_is_too_large_is_refused_whether_it_says_so_or_not(workbench: Callable[..., TestClient]) -> None:
    client = workbench(largest=10_000)
    said = client.post("/api/read", content=b"x" * 20_000, headers={"Content-Type": "text/plain"})
    unsaid = client.post("/api/read", content=iter([b"x" * 1000] * 20), headers={"Content-Type": "text/plain"})
    assert [said.status_code, unsaid.status_code] == [413, 413]
    assert "khabar add" in said.json()["detail"]


def alone(running: Coroutine[Any, Any, None]) -> None:
    """Run something in a thread of its own: the browser's tests leave a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, running).result()


def test_a_body_that_comes_too_slowly_is_refused() -> None:
    async def application(scope, receive, send):  # type: ignore[no-untyped-def]
        while (await receive()).get("more_body"):
            pass
        await problem(200, "whole")(scope, receive, send)

    async def drip():  # type: ignore[no-untyped-def]
        await asyncio.sleep(0.03)
        return {"type": "http.request", "body": b"x", "more_body": True}

    sent: list[dict[str, object]] = []

    async def send(message):  # type: ignore[no-untyped-def]
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/api/read", "scheme": "http", "headers": [(b"host", b"localhost")]}
    alone(Guard(application, Settings(body_seconds=0.1))(scope, drip, send))
    assert sent[0]["status"] == 408


def test_an_answer_that_takes_too_long_is_cut_off() -> None:
    async def application(scope, receive, send):  # type: ignore[no-untyped-def]
        await asyncio.sleep(5)

    sent: list[dict[str, object]] = []

    async def send(message):  # type: ignore[no-untyped-def]
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "scheme": "http", "headers": [(b"host", b"localhost")]}
    alone(Guard(application, Settings(answer_seconds=0.05))(scope, lambda: None, send))  # type: ignore[arg-type]
    assert sent[0]["status"] == 503


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2f..%2fapp.py", "/static/....//app.py", "/static//etc/passwd"],
)
def test_files_of_others_are_not_given(reader: TestClient, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 404
    assert "import" not in answer.text


def test_files_of_the_package_are_kept_by_browsers(reader: TestClient) -> None:
    page = reader.get("/read").text
    for address in re.findall(r'"(/static/[^"]+)"', page):
        answer = reader.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]


def test_without_a_token_nothing_is_told(workbench: Callable[..., TestClient], tokens: Path) -> None:
    client = workbench(host="0.0.0.0", tokens=load(tokens))
    assert client.get("/read").headers["location"] == "/sign-in"
    assert client.get("/api/openapi.json").status_code == 401
    assert client.post("/api/read", json={"text": ARTICLE}).headers["www-authenticate"] == "Bearer"
    assert client.get("/read", headers={"Authorization": "Bearer wrong"}).status_code == 303
    read = {"Authorization": f"Bearer {READ}"}
    assert client.get("/api/openapi.json", headers=read).status_code == 200
    assert client.post("/api/read", json={"text": ARTICLE}, headers=read).status_code == 200
    assert client.post("/api/anything", headers=read).status_code == 403
    assert client.post("/api/anything", headers={"Authorization": f"Bearer {EDIT}"}).status_code == 404


def test_signing_in_keeps_a_seal_and_not_the_token(workbench: Callable[..., TestClient], tokens: Path) -> None:
    client = workbench(host="0.0.0.0", tokens=load(tokens))
    form = token_of(client, "/sign-in")
    assert client.post("/sign-in", data={"form": form, "token": "wrong"}).status_code == 403
    answer = client.post("/sign-in", data={"form": form, "token": EDIT})
    cookie = answer.headers["set-cookie"]
    assert EDIT not in cookie
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert "Basma" in client.get("/read").text
    client.post("/sign-out", data={"form": form})
    assert client.get("/read").status_code == 303


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "no token"), ("write A " + "x" * 20, "RIGHT NAME TOKEN"), ("read A short", "guessed"), ("read A", "RIGHT NAME TOKEN")],
)
def test_a_file_of_tokens_that_is_wrong_is_refused(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "tokens"
    path.write_text(text)
    with pytest.raises(TokenError, match=says):
        load(path)
    with pytest.raises(TokenError, match="cannot be read"):
        load(tmp_path / "none")


def test_other_machines_are_not_served_without_tokens(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--host", "0.0.0.0"]) == 2
    assert "--tokens" in capsys.readouterr().err
    assert Settings(host="::1").refusal() is None
    assert Settings(host="example.org").refusal()


def test_serving_a_workspace_that_is_not_there_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["serve", "--workspace", str(tmp_path / "none.db")]) == 2
    assert "there is no such workspace" in capsys.readouterr().err


def test_only_addresses_of_the_web_become_links() -> None:
    assert harmless_url("https://example.org/a?b=1") == "https://example.org/a?b=1"
    for url in (
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "/x",
        " https://example.org",
        "https://",
        "java\nscript:x",
        None,
    ):
        assert harmless_url(url) is None


def test_words_stand_in_a_direction_of_their_own() -> None:
    assert isolated("درنة") == '<bdi dir="rtl" lang="ar">درنة</bdi>'
    assert isolated("Derna") == '<bdi dir="ltr" lang="en">Derna</bdi>'
    assert isolated("\u202e<b>\u2066درنة\x00") == '<bdi dir="ltr" lang="en">&lt;b&gt;درنة\ufffd</bdi>'


def test_the_application_starts_without_a_workspace() -> None:
    with client_of(create_app(Settings())) as client:
        assert client.get("/").headers["location"] == "/read"
        assert client.get("/stories").status_code == 404
