"""The documentation is whole and current."""

import re
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
import typer.main

import khabar
from khabar import record as record_module
from khabar.cli.app import app
from khabar.frames import TableName

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = (ROOT / "docs" / "command.md").read_text(encoding="utf-8")
COMMANDS: dict[str, Any] = dict(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_is_documented(name: str) -> None:
    found = re.search(rf"^## khabar {name}$(.*?)(?=^## |\Z)", COMMAND, re.MULTILINE | re.DOTALL)
    assert found, f"docs/command.md has no section on khabar {name}"
    for parameter in COMMANDS[name].params:
        for option in parameter.opts:
            if option.startswith("-") and option not in ("-h", "--help"):
                assert f"`{option}" in found[1], f"khabar {name} {option} is not documented"


def test_no_option_is_documented_that_there_is_not() -> None:
    there = {o for c in COMMANDS.values() for p in c.params for o in p.opts} | {"--help", "--version"}
    assert set(re.findall(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*", COMMAND)) <= there


def test_every_field_of_the_record_is_documented() -> None:
    text = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    for struct in (record_module.Record, record_module.Source, record_module.Entity, record_module.Event, record_module.Figure,
                   record_module.Time, record_module.Attribution):  # fmt: skip
        for field in msgspec.structs.fields(struct):
            assert re.search(rf"\b{field.name}\b", text), f"docs/record.md says nothing of {struct.__name__}.{field.name}"
    for kind in ("BlockKind", "EntityType", "EventType", "Status", "FigureKind", "TimexType", "MentionKind"):
        for value in get_args(getattr(record_module, kind)):
            assert value in text, f"docs/record.md says nothing of {kind} {value}"


def test_every_name_of_the_face_is_documented() -> None:
    text = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    for name in [*(set(khabar.__all__) - {"__version__"}), *get_args(TableName)]:
        assert name.strip("_") in text, f"docs/python.md says nothing of {name}"


def test_links_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), ROOT / "examples" / "README.md"]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"
