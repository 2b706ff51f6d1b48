"""Many articles: the same bytes every time, whatever the number of jobs, and whole or not at all."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.end_to_end import ENVIRONMENT, KHABAR, ROOT, khabar

EXAMPLES = ROOT / "examples"
BODY = [json.loads(line)["text"] for line in (EXAMPLES / "flood.jsonl").read_text(encoding="utf-8").splitlines()]


def batch(count: int) -> bytes:
    """Articles, some of which cannot be read."""
    lines = []
    for n in range(count):
        article = {"id": f"a/{n}", "title": f"خبر رقم {n}", "text": BODY[n % 2], "published": "2023-09-14"}
        lines.append(json.dumps(article, ensure_ascii=False) if n % 17 != 5 else '{"id": "broken"')
    return ("\n".join(lines) + "\n").encode()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What an undisturbed run over the batch writes."""
    folder = tmp_path_factory.mktemp("whole")
    done = khabar("read", "--fast", "-", "-o", "out.jsonl", given=batch(200), folder=folder)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 12
    assert sorted(p.name for p in folder.iterdir()) == ["out.jsonl"]
    return (folder / "out.jsonl").read_bytes()


def test_records_come_in_the_order_of_the_articles(whole: bytes) -> None:
    assert [json.loads(line)["id"] for line in whole.splitlines()] == [f"a/{n}" for n in range(200) if n % 17 != 5]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_the_same_bytes_on_every_run_whatever_the_jobs(whole: bytes, jobs: int) -> None:
    done = khabar("read", "--fast", "-", "--jobs", jobs, given=batch(200))
    assert done.stdout == whole


def test_the_tagger_reads_the_same_whatever_the_jobs(tmp_path: Path) -> None:
    one, two = (khabar("read", EXAMPLES, "--jobs", jobs, "--format", "jsonl") for jobs in (1, 2))
    assert one.returncode == two.returncode == 0
    assert one.stdout == two.stdout
    assert len(one.stdout.splitlines()) == 6


def _start(*arguments: str, folder: Path) -> "subprocess.Popen[bytes]":
    """A run that has noted some progress and waits for more of its input."""
    command = [*KHABAR, "read", "--fast", "-", "-o", "out.jsonl", *arguments]
    running = subprocess.Popen(
        command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder, env=ENVIRONMENT, start_new_session=True
    )
    assert running.stdin
    running.stdin.write(batch(200)[: -(1 << 14)])
    running.stdin.flush()
    end = time.monotonic() + 60
    while not (folder / "out.jsonl.progress").exists():
        assert time.monotonic() < end
        time.sleep(0.02)
    return running


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_that_was_killed_is_gone_on_with(whole: bytes, jobs: str, tmp_path: Path) -> None:
    running = _start("--jobs", jobs, folder=tmp_path)
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()
    assert not (tmp_path / "out.jsonl").exists()
    with (tmp_path / "out.jsonl.partial").open("ab") as partial:  # what was under way when it was killed
        partial.write(b'{"format": "khabar/1", "id": "hal')

    other = khabar("read", "--fast", "-", "-o", "out.jsonl", "--resume", given=batch(9).replace(b"14", b"15"), folder=tmp_path)
    assert other.returncode == 2
    assert b"start again without --resume" in other.stderr

    done = khabar("read", "--fast", "-", "-o", "out.jsonl", "--resume", given=batch(200), folder=tmp_path)
    assert done.returncode == 1
    assert (tmp_path / "out.jsonl").read_bytes() == whole
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.jsonl"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_with_one_line_and_keeps_what_is_done(whole: bytes, jobs: str, tmp_path: Path) -> None:
    running = _start("--jobs", jobs, folder=tmp_path)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=30)
    lines = [line for line in said.decode().splitlines() if "<stdin>" not in line and "khabar: -:" not in line]
    assert len(lines) == 1, lines
    assert "--resume goes on" in lines[0]
    assert running.returncode == 130
    assert not (tmp_path / "out.jsonl").exists()
    done = khabar("read", "--fast", "-", "-o", "out.jsonl", "--resume", given=batch(200), folder=tmp_path)
    assert done.returncode == 1
    assert (tmp_path / "out.jsonl").read_bytes() == whole


def test_a_run_made_otherwise_is_not_gone_on_with(tmp_path: Path) -> None:
    running = _start(folder=tmp_path)
    running.kill()
    running.communicate()
    done = khabar("read", "-", "-o", "out.jsonl", "--resume", given=batch(200), folder=tmp_path)
    assert done.returncode == 2
    assert b"with the tagger" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_file_that_was_there_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text("before")
    running = _start(folder=tmp_path)
    running.kill()
    running.communicate()
    assert (tmp_path / "out.jsonl").read_text() == "before"


def test_a_process_of_the_pool_that_dies_loses_nothing(whole: bytes, tmp_path: Path) -> None:
    running = _start("--jobs", "2", folder=tmp_path)
    workers = [p for p in _descendants(running.pid) if b"forkserver" in _command(p) or b"spawn_main" in _command(p)]
    leaves = [p for p in workers if not _descendants(p) and b"resource_tracker" not in _command(p)]
    assert leaves
    os.kill(leaves[0], signal.SIGKILL)
    assert running.stdin
    running.stdin.write(batch(200)[-(1 << 14) :])
    running.communicate(timeout=60)
    assert running.returncode == 1
    assert (tmp_path / "out.jsonl").read_bytes() == whole


def _command(process: int) -> bytes:
    return Path(f"/proc/{process}/cmdline").read_bytes()


def _descendants(process: int) -> list[int]:
    file = Path(f"/proc/{process}/task/{process}/children")
    if not file.exists():
        pytest.skip("the children of a process cannot be listed here")
    children = [int(c) for c in file.read_text().split()]
    return children + [d for c in children for d in _descendants(c)]


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = " ".join([*KHABAR, "read", "--fast", "-"])
    done = subprocess.run(
        ["bash", "-c", f"{command} | head -n 1 | wc -l"], input=batch(200), capture_output=True, env=ENVIRONMENT, timeout=60
    )
    assert done.stdout.strip() == b"1"
    assert b"Traceback" not in done.stderr
    assert b"Broken" not in done.stderr


def test_many_small_failures_make_no_noise_on_stdout() -> None:
    done = khabar("read", "--fast", "-", given=b'{"id"\n' * 50)
    assert done.returncode == 1
    assert done.stdout == b""
    assert len(done.stderr.splitlines()) == 50
