"""Frames: rows with names in them, and no pandas where it is not asked for."""

import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

import khabar
from khabar.frames import ARTICLE, COLUMNS, TableName, rows
from khabar.record import Record, Source
from tests.samples import record

EMPTY = Record(id="x", source=Source(), text="")


def test_events_name_who_and_who_says_so() -> None:
    frame = khabar.records_to_frame([record(), record()], "events")
    assert list(frame.columns) == [*ARTICLE, *COLUMNS["events"]]
    assert len(frame) == 6
    visit, flood = frame.iloc[0], frame.iloc[1]
    assert (visit["article"], visit["outlet"], visit["type"], visit["mode"]) == ("sample/1", "المدار", "CONSULT", "visit")
    assert visit["actors"] == ["خالد منصور"]
    assert visit["actors_en"] == ["Khaled Mansour"]
    assert flood["sources"] == flood["sources_en"] == ["السفارة"]
    assert record().text[visit["start"] :].startswith(visit["trigger"])


def test_figures_keep_what_is_unknown_unknown() -> None:
    row = khabar.records_to_frame(record(), "figures").iloc[0]
    import pandas as pd

    assert row["best"] == 50
    assert pd.isna(row["low"])
    assert (row["event_type"], row["event_mode"], row["places_en"], row["as_of"]) == (
        "DISASTER",
        "flood",
        ["Derna"],
        "2023-09-16",
    )


@pytest.mark.parametrize("table", get_args(TableName))
def test_every_table_has_its_columns_with_and_without_rows(table: TableName) -> None:
    full, none = khabar.records_to_frame([record()], table), khabar.records_to_frame([EMPTY], table)
    assert list(full.columns) == list(none.columns)
    assert len(full) > 0
    assert len(none) == (table == "articles")
    assert [set(row) for row in rows(record(), table)] == [set(full.columns)] * len(full)


def test_a_table_that_there_is_not() -> None:
    with pytest.raises(ValueError, match="figures"):
        khabar.records_to_frame([], "verbs")  # type: ignore[arg-type]


def test_without_pandas_the_error_says_what_to_install() -> None:
    code = "import sys, khabar; sys.modules['pandas'] = None; khabar.records_to_frame([], 'events')"
    environment = {**os.environ, "PYTHONPATH": str(Path(khabar.__file__).parent.parent)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert "ImportError: records_to_frame needs pandas: pip install 'khabar[frames]'" in done.stderr
