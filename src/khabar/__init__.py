"""Khabar reads Arabic news and keeps the record: who did what to whom, where and when, how many, and who says so.

Importing this module is cheap: each name is loaded when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from khabar.face import read
    from khabar.frames import records_to_frame
    from khabar.layers.amounts import Amount, parse_number
    from khabar.layers.times import parse_time
    from khabar.reader import Reader, ReadError
    from khabar.record import Article, Record, Time, schema

__version__ = "0.1.0"

_HOMES = {
    "read": "khabar.face",
    "Reader": "khabar.reader",
    "ReadError": "khabar.reader",
    "Article": "khabar.record",
    "Record": "khabar.record",
    "schema": "khabar.record",
    "records_to_frame": "khabar.frames",
    "Amount": "khabar.layers.amounts",
    "parse_number": "khabar.layers.amounts",
    "Time": "khabar.record",
    "parse_time": "khabar.layers.times",
}

__all__ = [
    "Amount",
    "Article",
    "ReadError",
    "Reader",
    "Record",
    "Time",
    "__version__",
    "parse_number",
    "parse_time",
    "read",
    "records_to_frame",
    "schema",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'khabar' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
