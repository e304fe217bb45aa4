"""The three views of a source, as SQL over its table of daily snapshots."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from lakehouse.lake.frames import Schema, instance
from lakehouse.lake.table import DAY

DAILY, CHANGES = "_daily", "_changes"
LINEAGE = "_"
"""Columns that begin so tell where a row came from; they are no fields, and their changes mean nothing."""


def daily_view(table: str) -> str:
    """Return the records of each day as they were captured."""
    return f"SELECT * FROM {table}"  # noqa: S608


def latest_view(table: str, key: Sequence[str], schema: Schema) -> str:
    """Return the latest record of every key ever seen, with the first and last day on which it was seen.

    Without a key nothing tells one record from another: then it is the rows of the last day that has any.
    """
    if not key:
        return f"SELECT * FROM {table} WHERE {DAY} = (SELECT max({DAY}) FROM {table})"  # noqa: S608
    columns = _names([name for name in schema if name != DAY])
    return f"""
        SELECT {columns}, first_seen, last_seen FROM (
            SELECT *, min({DAY}) OVER record AS first_seen, max({DAY}) OVER record AS last_seen,
                row_number() OVER (record ORDER BY {_newest_first([DAY, "_row"], schema)}) AS _age
            FROM {table} WINDOW record AS (PARTITION BY {_names(key)})
        ) WHERE _age = 1"""  # noqa: S608


def changes_view(table: str, key: Sequence[str], fields: Sequence[str], schema: Schema) -> str:
    """Return one row for each field of a record that changed between two days on which the record was seen.

    Its columns: the key, `field`, `old` and `new` as text, `from_day`, `to_day`. That a record appeared or went away
    is no change of a field: `first_seen` and `last_seen` of the latest view tell it.
    """
    changing = [name for name in fields if name in schema and name not in key and not name.startswith(LINEAGE)]
    answers = ", ".join(_change(name, schema[name]) for name in changing) or _NO_CHANGE
    names = _names(key)
    return f"""
        WITH snapshots AS (
            SELECT * FROM {table} QUALIFY
            row_number() OVER (PARTITION BY {names}, {DAY} ORDER BY {_newest_first(["_row"], schema)}) = 1
        ), pairs AS (
            SELECT {names}, lag({DAY}) OVER record AS from_day, {DAY} AS to_day, unnest([{answers}]) AS change
            FROM snapshots WINDOW record AS (PARTITION BY {names} ORDER BY {DAY})
        )
        SELECT {names}, change.field AS field, change.old AS old, change.new AS new, from_day, to_day
        FROM pairs WHERE from_day IS NOT NULL AND change.differs"""  # noqa: S608


_NO_CHANGE = "{'field': '', 'old': '', 'new': '', 'differs': false}"


def _change(name: str, dtype: pl.DataType) -> str:
    new, old = quoted(name), f"lag({quoted(name)}) OVER record"
    label = name.replace("'", "''")
    texts = f"'old': {_text(old, dtype)}, 'new': {_text(new, dtype)}"
    return f"{{'field': '{label}', {texts}, 'differs': {new} IS DISTINCT FROM {old}}}"


def _text(value: str, dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.Struct) and [part.name for part in dtype.fields] == ["amount", "currency"]:
        amount = _text(f"struct_extract({value}, 'amount')", instance(dtype.fields[0].dtype))
        return f"CASE WHEN {value} IS NOT NULL THEN concat_ws(' ', {amount}, struct_extract({value}, 'currency')) END"
    if isinstance(dtype, pl.Decimal) and dtype.scale:
        return f"regexp_replace(CAST({value} AS VARCHAR), '\\.?0+$', '')"
    if isinstance(dtype, pl.List | pl.Struct):
        return f"CAST(to_json({value}) AS VARCHAR)"
    return f"CAST({value} AS VARCHAR)"


def _newest_first(columns: Sequence[str], schema: Schema) -> str:
    present = [f"{quoted(name)} DESC" for name in columns if name in schema]
    return ", ".join(present) or "1"


def _names(columns: Sequence[str]) -> str:
    return ", ".join(quoted(name) for name in columns)


def quoted(name: str) -> str:
    """Return a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
