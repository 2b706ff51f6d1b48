"""Asking a workbench, as programs and browsers do."""

import re

from fastapi import FastAPI
from starlette.testclient import TestClient

ARTICLE = """مقتل 12 شخصا في انفجار ببغداد

قالت وزارة الداخلية العراقية إن 12 شخصا قتلوا وأصيب 30 آخرون في انفجار وقع في بغداد أمس الثلاثاء.
وأدان الأمين العام للأمم المتحدة الهجوم، وقال إن المنظمة ستقدم مساعدات إلى العراق.
"""

BASE = "http://127.0.0.1:8000"


def client_of(app: FastAPI, base: str = BASE) -> TestClient:
    """A client that does not follow and does not raise: it sees what a browser would."""
    return TestClient(app, base_url=base, follow_redirects=False, raise_server_exceptions=False)


def token_of(client: TestClient, path: str = "/read") -> str:
    """The token of the forms of a page."""
    found = re.search(r'name="form" value="([0-9a-f]{32})"', client.get(path).text)
    assert found
    return found[1]
