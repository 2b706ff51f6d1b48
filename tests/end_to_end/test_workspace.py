"""A workspace through the command: killed and run again, wrong files, a full disk, an upgrade."""

import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from tests.end_to_end import ENVIRONMENT, KHABAR, ROOT, khabar
from tests.end_to_end.test_batches import BODY

EXAMPLES = str(ROOT / "examples")
KILLS = 20


def news(path: Path, count: int) -> Path:
    """A file of articles, all different."""
    with path.open("w", encoding="utf-8") as file:
        for n in range(count):
            text = f"الخبر ذو الرقم {n} من سلسلة الأخبار. {BODY[n % 2]}"
            line = {"id": f"a/{n}", "title": f"خبر رقم {n}", "text": text, "published": "2023-09-14", "outlet": f"صحيفة {n % 3}"}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return path


def held(workspace: Path) -> list[str]:
    with sqlite3.connect(workspace) as connection:
        return [key for (key,) in connection.execute("SELECT key FROM articles ORDER BY id")]


def test_the_examples_are_added_once_and_counted(tmp_path: Path) -> None:
    first = khabar("add", EXAMPLES, "--fast", "-w", "w.db", "--json", folder=tmp_path)
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout) == {"workspace": "w.db", "added": 6, "changed": 0, "known": 0, "failed": 0}
    again = khabar("add", EXAMPLES, "--fast", "-w", "w.db", folder=tmp_path)
    assert again.stdout.decode().strip() == "w.db: 0 added, 6 already there"
    status = json.loads(khabar("status", "-w", "w.db", "--json", folder=tmp_path).stdout)
    assert (status["articles"], status["revisions"], status["fast"], status["outdated"]) == (6, 6, 6, 0)
    assert status["claims"] > 10
    page = khabar("status", "-w", "w.db", folder=tmp_path).stdout.decode()
    assert "6 articles of 3 outlets" in page


def test_killed_at_random_moments_and_run_again_no_article_is_lost_and_none_is_twice(tmp_path: Path) -> None:
    count = 500
    file, workspace = news(tmp_path / "news.jsonl", count), tmp_path / "w.db"
    chance = random.Random(7)
    killed, before = 0, 0
    for _ in range(KILLS):
        command = [*KHABAR, "add", str(file), "--fast", "-w", str(workspace)]
        process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=chance.uniform(0.3, 1.6))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.wait()
        if workspace.exists():
            try:
                now = held(workspace)
            except sqlite3.OperationalError:  # killed before its tables were made
                continue
            assert len(now) == len(set(now)) >= before, "what was stored stays, once"
            before = len(now)
    done = khabar("add", str(file), "--fast", "-w", str(workspace), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert killed > KILLS // 2
    assert sorted(held(workspace)) == sorted(f"a/{n}" for n in range(count))
    with sqlite3.connect(workspace) as connection:
        assert connection.execute("SELECT count(*) FROM revisions").fetchone() == (count,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_two_programs_add_at_once(tmp_path: Path) -> None:
    file, workspace = news(tmp_path / "news.jsonl", 150), tmp_path / "w.db"
    command = [*KHABAR, "add", str(file), "--fast", "-w", str(workspace)]
    both = [subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(2)]
    for process in both:
        _, errors = process.communicate(timeout=120)
        assert (process.returncode, errors) == (0, b"")
    assert sorted(held(workspace)) == sorted(f"a/{n}" for n in range(150))


def test_a_file_that_is_no_workspace_is_one_line_and_stays(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database, but somebody's notes " * 50, encoding="utf-8")
    for command in (["add", EXAMPLES], ["status"], ["reread"]):
        done = khabar(*command, "-w", "notes.txt", folder=tmp_path)
        assert done.returncode == 2
        assert done.stderr.decode().strip() == "khabar: notes.txt: this file is no workspace; name another"
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8").startswith("not a database")


@pytest.mark.parametrize("command", ["status", "reread"])
def test_a_workspace_that_is_not_there_is_one_line(command: str, tmp_path: Path) -> None:
    done = khabar(command, "-w", "none.db", folder=tmp_path)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert done.stderr.decode().strip() == (
        "khabar: none.db: there is no such workspace; make it with khabar add PATHS --workspace none.db"
    )


def test_a_disk_without_room_is_one_line_and_what_was_stored_stays(tmp_path: Path) -> None:
    file, workspace = news(tmp_path / "news.jsonl", 200), tmp_path / "w.db"
    few = news(tmp_path / "few.jsonl", 40)
    assert khabar("add", str(few), "--fast", "-w", "w.db", folder=tmp_path).returncode == 0
    room = workspace.stat().st_size + 64 * 1024
    done = subprocess.run(
        [*KHABAR, "add", str(file), "--fast", "-w", str(workspace)],
        env=ENVIRONMENT,
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
        check=False,
    )
    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1, done.stderr.decode()
    assert "w.db: the disk" in done.stderr.decode()
    assert set(held(workspace)) >= {f"a/{n}" for n in range(40)}


def test_stopped_by_ctrl_c_it_says_what_is_kept(tmp_path: Path) -> None:
    file, workspace = news(tmp_path / "news.jsonl", 3000), tmp_path / "w.db"
    command = [*KHABAR, "add", str(file), "--fast", "-w", str(workspace)]
    process = subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    for _ in range(200):
        time.sleep(0.1)
        if workspace.exists() and workspace.stat().st_size + _size(tmp_path / "w.db-wal") > 400_000:
            break
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.decode().startswith("khabar: stopped; ")
    assert f"stopped; {len(held(workspace))} articles are kept" in errors.decode()


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def test_reread_renews_what_another_version_read_and_says_what_changed(tmp_path: Path) -> None:
    assert khabar("add", EXAMPLES, "--fast", "-w", "w.db", folder=tmp_path).returncode == 0
    assert khabar("reread", "-w", "w.db", folder=tmp_path).stdout.decode().strip() == "w.db: 0 read again, 0 changed"
    with sqlite3.connect(tmp_path / "w.db") as connection:
        connection.execute("UPDATE revisions SET version = '0.0.1'")
    assert json.loads(khabar("status", "-w", "w.db", "--json", folder=tmp_path).stdout)["outdated"] == 6
    done = khabar("reread", "-w", "w.db", "--json", folder=tmp_path)
    changes = [json.loads(line) for line in done.stdout.splitlines()]
    assert [c["layers"] for c in changes] == [{}] * 6, "the same reader reads the same"
    tagged = khabar("reread", "--tagger", "-w", "w.db", folder=tmp_path).stdout.decode()
    assert "6 read again" in tagged
    assert "new" in tagged
    status = json.loads(khabar("status", "-w", "w.db", "--json", folder=tmp_path).stdout)
    assert (status["fast"], status["outdated"], status["revisions"]) == (0, 0, 6)


def test_the_environment_names_the_workspace(tmp_path: Path) -> None:
    environment = {**ENVIRONMENT, "KHABAR_WORKSPACE": str(tmp_path / "mine.db")}
    done = subprocess.run([*KHABAR, "add", EXAMPLES, "--fast"], env=environment, capture_output=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [p for p in os.listdir(tmp_path) if p.endswith(".db")] == ["mine.db"]
