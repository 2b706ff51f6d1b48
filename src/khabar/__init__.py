"""Khabar reads Arabic news and keeps the record."""

from khabar.record import Record, schema

__all__ = ["Record", "schema"]
