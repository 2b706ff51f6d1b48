"""`khabar read`, run in this process."""

import json
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from khabar.cli import bar as bar_module
from khabar.cli import output as output_module
from khabar.cli import reading, run
from khabar.cli.bar import bar
from khabar.record import Article

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
ARTICLE = {"id": "x/1", "title": "وزير الخارجية يصل إلى بغداد", "text": "وصل وزير الخارجية إلى بغداد.", "published": "2024-05-01"}


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of three articles and a broken line, in the folder where the command runs."""
    monkeypatch.chdir(tmp_path)
    lines = [json.dumps({**ARTICLE, "id": f"x/{n}"}) for n in range(3)]
    lines.insert(2, '{"id": "broken"')
    Path("a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Path("a.jsonl")


def ids(text: bytes | str) -> list[str]:
    return [json.loads(line)["id"] for line in text.splitlines()]


def test_a_record_a_line(three: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["read", "a.jsonl", "--fast"]) == 1
    out, err = capfdbinary.readouterr()
    assert ids(out) == ["x/0", "x/1", "x/2"]
    assert all(json.loads(line)["text"] == f"{ARTICLE['title']}\n{ARTICLE['text']}" for line in out.splitlines())
    assert err.startswith(b"khabar: a.jsonl:3: ")
    assert err.count(b"\n") == 1


def test_fields_by_other_names_and_a_date_for_those_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("b.jsonl").write_text(json.dumps({"body": ARTICLE["text"], "head": "عنوان"}) + "\n", encoding="utf-8")
    given = ["--field", "text=body", "--field", "title=head", "--published", "2024-05-31"]
    assert run(["read", "b.jsonl", "--fast", *given]) == 0
    record = json.loads(capfdbinary.readouterr().out)
    assert (record["title"], record["published"]) == ("عنوان", "2024-05-31")


def test_pages_of_several_articles(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["read", str(EXAMPLES / "flood.jsonl"), "--fast", "--format", "pretty", "--evidence"]) == 0
    text = capfd.readouterr().out
    assert text.count("published ") == 2
    assert "\n\nالهلال الأحمر الليبي: 11300 قتيل" in text


def test_a_file_is_whole_or_not_there(three: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped_at(which: str, how: type[BaseException]) -> Callable[[bool], Callable[[object], object]]:
        def make(fast: bool) -> Callable[[object], object]:
            read = real(fast)

            def until(item: object) -> object:
                if isinstance(item, Article) and item.id == which:
                    raise how
                return read(item)  # type: ignore[arg-type]

            return until

        return make

    real = reading.reading
    command = ["read", "a.jsonl", "--fast", "-o", "out.jsonl"]
    assert run([*command, "--resume"]) == 2
    assert "no stopped run" in capfd.readouterr().err

    monkeypatch.setattr(reading, "reading", stopped_at("x/2", KeyboardInterrupt))
    assert run(command) == 130
    assert "khabar: stopped; 3 articles are done and kept in out.jsonl.partial; the same" in capfd.readouterr().err
    assert not Path("out.jsonl").exists()
    assert ids(Path("out.jsonl.partial").read_bytes()) == ["x/0", "x/1"]

    assert run(["read", "a.jsonl", "-o", "out.jsonl", "--resume"]) == 2
    assert "was made with" in capfd.readouterr().err

    monkeypatch.setattr(reading, "reading", real)
    assert run([*command, "--resume"]) == 1
    assert ids(Path("out.jsonl").read_bytes()) == ["x/0", "x/1", "x/2"]
    assert sorted(p.name for p in Path().iterdir()) == ["a.jsonl", "out.jsonl"]
    capfd.readouterr()
    assert run([*command, "--resume"]) == 2
    assert "out.jsonl is there, whole" in capfd.readouterr().err


def test_notes_of_a_stopped_run_that_do_not_hold(three: Path, capfd: pytest.CaptureFixture[str]) -> None:
    command = ["read", "a.jsonl", "--fast", "-o", "out.jsonl", "--resume"]
    made = output_module.Progress("khabar", inputs=9, bytes=999)
    Path("out.jsonl.partial").write_bytes(b"x")
    for notes, says in ((b"{", "cannot be read"), (output_module.msgspec.json.encode(made), "shorter than it was")):
        Path("out.jsonl.progress").write_bytes(notes)
        assert run(command) == 2
        assert says in capfd.readouterr().err
    assert run(command[:-1]) == 1
    assert "is written anew" in capfd.readouterr().err


def test_fewer_articles_than_before(three: Path, capfd: pytest.CaptureFixture[str]) -> None:
    from khabar.cli.outcome import Stop

    whole = output_module.WholeFile(Path("out.jsonl"), "a way", resume=False)
    whole.put(Article(id="1", text="x"), b"{}\n")
    whole.put(Article(id="2", text="x"), b"{}\n")
    assert "2 articles are done" in whole.stop()
    whole.close()
    again = output_module.WholeFile(Path("out.jsonl"), "a way", resume=True)
    again.skipped(Article(id="1", text="x"))
    assert again.stop() == "out.jsonl.partial is kept as it was"
    with pytest.raises(Stop, match="fewer articles"):
        again.finish()
    with pytest.raises(Stop, match="not those"):
        again.skipped(Article(id="3", text="x"))
    again.close()


def test_a_crash_of_the_reader_is_a_line_and_the_rest_is_read(
    three: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import khabar.reader

    real = khabar.reader.read_article

    def read(article: Article, tagger: object) -> object:
        if article.id == "x/1":
            raise ValueError("no such layer")
        return real(article, tagger)  # type: ignore[arg-type]

    monkeypatch.setattr(khabar.reader, "read_article", read)
    assert run(["read", "a.jsonl", "--fast"]) == 1
    out, err = capfd.readouterr()
    assert ids(out) == ["x/0", "x/2"]
    assert "khabar: a.jsonl:2: the reader failed (ValueError: no such layer at " in err


def test_a_reader_that_cannot_start(three: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(fast: bool) -> object:
        raise OSError("weights are missing")

    monkeypatch.setattr(reading, "reading", broken)
    assert run(["read", "a.jsonl", "-o", "out.jsonl"]) == 2
    assert "khabar: the reader cannot start (OSError: weights are missing)" in capfd.readouterr().err


def test_what_nobody_foresaw_is_one_line_too(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> object:
        raise RuntimeError("a\nb\x1b[31m")

    monkeypatch.setattr(reading, "iter_articles", broken)
    assert run(["read", "a.jsonl"]) == 2
    assert capfd.readouterr().err == "khabar: internal error, please report it (RuntimeError: a b\\x1b[31m)\n"


def test_version_schema_and_usage(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capfd.readouterr().out.startswith("khabar 0.")
    assert run(["schema"]) == 0
    assert json.loads(capfd.readouterr().out)["$defs"]["Record"]["properties"]["figures"]
    assert run(["read", "a", "--nonsense"]) == 2
    assert capfd.readouterr().err.count("\n") == 1


def test_the_bar_counts(three: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    import gzip
    import sys

    Path("more").mkdir()
    Path("more/b.jsonl.gz").write_bytes(gzip.compress(b"{}\n{}\n"))
    Path("more/c.txt").write_text("x")
    Path("more/d.jsonl.gz").write_bytes(b"\x1f\x8bbroken")
    assert bar_module._total(["a.jsonl", "more"]) == 4 + 2 + 1 + 1
    assert bar_module._total(["*.jsonl"]) is None
    monkeypatch.setattr(bar_module, "COUNTED", 10)
    assert bar_module._total(["a.jsonl"]) is None
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with bar(["a.jsonl", "more"], wanted=True) as step:
        step(1, 0)
        step(2, 1)
    with bar(["more/c.txt"], wanted=True) as step:
        step(1, 0)
    with bar(["a.jsonl"], wanted=False) as step:
        step(1, 0)
