"""Why rows are rejects, and the table that keeps them with their raw values."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from lakehouse.contract.columns import PROVENANCE, Columns, Row
from lakehouse.contract.model import Contract
from lakehouse.contract.rules import broken, schema_of
from lakehouse.fetcher import Money, Unread

REJECT_SCHEMA: dict[str, pl.DataType] = {"raw": pl.String(), "reasons": pl.List(pl.String()), **PROVENANCE}
"""Columns of a table of rejects: `raw` is the record as JSON text, `reasons` begin with the field at fault."""


def find_reasons(columns: Columns, contract: Contract) -> dict[int, list[str]]:
    """Return the reasons of every row that breaks the contract, by row number, in the order of the fields."""
    by_row = {row: dict(fields) for row, fields in columns.unread.items()}
    failure = schema_of(contract).filter(columns.frame).failure
    details = failure.details() if failure.counts() else pl.DataFrame()
    for rule in failure.counts():
        name, _, kind = rule.partition("|")
        failed = details.filter(pl.col(rule) == "invalid").select("_index", name)
        for row, value in failed.iter_rows():
            said = broken(kind, name, contract.fields[name], value)
            reasons = by_row.setdefault(row, {})
            reasons.setdefault(name, said)
    return {row: [by_row[row][name] for name in contract.fields if name in by_row[row]] for row in sorted(by_row)}


def conflict_reason(contract: Contract) -> str:
    """Return the reason of a row that had another row's key but other values."""
    return f"key: the same {', '.join(contract.key)} twice with different values"


def reject_table(rows: Sequence[Row], reasons: dict[int, list[str]]) -> pl.DataFrame:
    """Return the rejects in order of their rows, as in `REJECT_SCHEMA`."""
    records = [
        {
            "raw": raw_text(rows[number]),
            "reasons": reasons[number],
            **{name: rows[number].get(name) for name in PROVENANCE},
        }
        for number in sorted(reasons)
    ]
    return pl.DataFrame(records, schema=REJECT_SCHEMA)


def raw_text(row: Row) -> str:
    """Return a record as JSON text without its provenance; what could not be read stands there as it was printed."""
    record = {name: _plain(value) for name, value in row.items() if name not in PROVENANCE and name != "_round"}
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()


def _plain(value: Any) -> Any:
    match value:
        case Unread():
            plain = value.raw
        case Money():
            plain = {"amount": str(value.amount), "currency": value.currency}
        case date():
            plain = value.isoformat()
        case list() | tuple():
            plain = [_plain(item) for item in value]
        case dict():
            plain = {str(name): _plain(item) for name, item in value.items()}
        case None | str() | int():
            plain = value
        case float() if math.isfinite(value):
            plain = value
        case _:
            plain = str(value)
    return plain
