"""`khabar read`, run in this process."""

import json
from pathlib import Path

import pytest

from khabar.cli import run

ARTICLE = {"id": "x/1", "title": "وزير الخارجية يصل إلى بغداد", "text": "وصل وزير الخارجية إلى بغداد.", "published": "2024-05-01"}


def test_a_record_a_line(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text("".join(json.dumps({**ARTICLE, "id": f"x/{n}"}) + "\n" for n in range(3)), encoding="utf-8")
    assert run(["read", str(file), "--fast"]) == 0
    records = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert [r["id"] for r in records] == ["x/0", "x/1", "x/2"]
    assert all(r["text"] == f"{ARTICLE['title']}\n{ARTICLE['text']}" for r in records)
