"""The workbench's words in Arabic: src/khabar/web/locale/ar/messages.po, brought up to what pages and code say.

usage: python scripts/messages.py [--check]

Messages are written in English in templates and code (`_("…")`, `_n("…", "…", n)`). Without --check, new ones are put into the
catalogue, untranslated, and those that nothing says any more are taken out; then translate them there. With --check nothing is
written, and the exit code is 1 where the catalogue would change or a translation is missing.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "src" / "khabar" / "web"
PO = WEB / "locale" / "ar" / "messages.po"
KEYWORDS = {"_": None, "_n": (1, 2), "text": None, "count": (1, 2)}


def said() -> Catalog:
    """What pages and code say."""
    found = Catalog()
    method = [("templates/**.html", "jinja2"), ("**.py", "python")]
    for _, _, message, _, _ in extract_from_dir(WEB, method, keywords=KEYWORDS):
        if message and message != "message":
            found.add(message)
    return found


def main() -> int:
    check = "--check" in sys.argv[1:]
    old = PO.read_bytes() if PO.exists() else b""
    catalogue = read_po(io.BytesIO(old), locale="ar") if old else Catalog(locale="ar")
    catalogue.update(said(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    written = io.BytesIO()
    write_po(written, catalogue, width=120, omit_header=False, sort_output=True, ignore_obsolete=True)
    lines = [line for line in written.getvalue().decode().splitlines() if not line.startswith(HEAD)]
    new = ("\n".join(lines).strip() + "\n").encode()
    missing = [m.id for m in catalogue if m.id and not (m.string if isinstance(m.string, str) else all(m.string or [""]))]
    if not check:
        PO.parent.mkdir(parents=True, exist_ok=True)
        PO.write_bytes(new)
    for message in missing:
        print(f"not translated: {message!r}")
    if check and new != old:
        print(f"{PO.relative_to(ROOT)} is not what pages and code say; bring it up to them: python scripts/messages.py")
    return 1 if missing or (check and new != old) else 0


HEAD = (
    '"Project-Id', '"Report-Msgid', '"POT-', '"PO-', '"Last-Tr', '"Language-Team', '"Generated', "# Arabic", "# Copyright",
    "# This file", "# FIRST",
)  # fmt: skip
"""Lines that change with the day, or say nothing."""

if __name__ == "__main__":
    sys.exit(main())
