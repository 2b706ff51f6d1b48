"""A workspace of the examples, and one with articles that mean harm."""

import json
import tempfile
from pathlib import Path

from khabar.sources import iter_articles
from khabar.workspace import Workspace
from khabar.workspace.adding import add

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

HOSTILE = {
    "id": "x/<script>alert(1)</script>",
    "outlet": '"><script>alert(2)</script>',
    "url": "javascript:alert(3)",
    "author": "<img src=x onerror=alert(4)>",
    "title": "<img src=x onerror=alert(5)> مقتل 12 شخصا في بغداد",
    "published": "2024-05-08",
    "text": "قال الوزير أحمد <script>alert(6)</script> العلي إن 12 شخصا قتلوا في بغداد \u202eأمس\u202c الثلاثاء.\n"
    "وأدان الأمين العام للأمم المتحدة أنطونيو غوتيريش الهجوم في العراق. ' onmouseover='alert(7)",
}


def fill(where: str) -> None:
    """Make the workspace in a file or a database."""
    with tempfile.TemporaryDirectory() as folder, Workspace.open(where, create=True) as workspace:
        lines = Path(folder) / "w.jsonl"
        lines.write_text(json.dumps(HOSTILE, ensure_ascii=False), encoding="utf-8")
        outcomes = list(add(workspace, iter_articles([str(EXAMPLES), str(lines)]), fast=True))
    assert [o.what for o in outcomes] == ["added"] * 7, outcomes
