"""Conditions that a column is one of many values, sent as one parameter.

A statement with a parameter for each value is another statement for every length: put together, sent to the database and planned
anew each time. With one parameter, a list in JSON, it is made once and stays what it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Integer, Text, bindparam, tuple_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class _Numbers(FunctionElement[int]):
    """The numbers of a list in JSON."""

    inherit_cache = True
    type = Integer()


class _Pairs(FunctionElement[Any]):
    """The pairs, of a number and a text, of a list in JSON."""

    inherit_cache = True


@compiles(_Numbers, "sqlite")
def _(each: _Numbers, compiler: SQLCompiler, **kw: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(each.clauses, **kw)}))"


@compiles(_Numbers, "postgresql")
def _(each: _Numbers, compiler: SQLCompiler, **kw: Any) -> str:
    return f"(SELECT value::integer FROM json_array_elements_text(CAST({compiler.process(each.clauses, **kw)} AS JSON)))"


@compiles(_Pairs, "sqlite")
def _(each: _Pairs, compiler: SQLCompiler, **kw: Any) -> str:
    pair = "json_extract(value, '$[0]'), json_extract(value, '$[1]')"
    return f"(SELECT {pair} FROM json_each({compiler.process(each.clauses, **kw)}))"


@compiles(_Pairs, "postgresql")
def _(each: _Pairs, compiler: SQLCompiler, **kw: Any) -> str:
    return (
        f"(SELECT (value->>0)::integer, value->>1 FROM json_array_elements(CAST({compiler.process(each.clauses, **kw)} AS JSON)))"
    )


def among(column: ColumnElement[int], name: str) -> ColumnElement[bool]:
    """The condition that a column is one of the numbers that are given as the parameter `name`, as `listed` writes them."""
    return column.bool_op("IN")(_Numbers(bindparam(name, type_=Text())))


def one_of(column: ColumnElement[int], ids: Iterable[int]) -> ColumnElement[bool]:
    """The condition that a column is one of these numbers."""
    return column.bool_op("IN")(_Numbers(bindparam(None, listed(ids), type_=Text(), unique=True)))


def those(article: ColumnElement[int], local: ColumnElement[str], name: str) -> ColumnElement[bool]:
    """The condition that a row is one of the pairs of article and local id that are given as the parameter `name`."""
    return tuple_(article, local).bool_op("IN")(_Pairs(bindparam(name, type_=Text())))


def listed(values: Iterable[int] | Iterable[tuple[int, str]]) -> str:
    """Values as a parameter of `among` or `those`."""
    return msgspec.json.encode(sorted(set(values))).decode()
