"""Records as typed columns, with a note of each value that fits its column in no way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from lakehouse.contract.cast import Uncastable, cast_value
from lakehouse.contract.column_types import COLUMN_TYPES
from lakehouse.contract.model import Contract
from lakehouse.contract.types import FieldType
from lakehouse.fetcher import Unread

Row = Mapping[str, Any]
"""A record as the sandbox gave it, stamped with `_capture`, `_release`, `_row` and perhaps `_round`."""

PROVENANCE: dict[str, pl.DataType] = {"_capture": pl.String(), "_release": pl.Int64(), "_row": pl.Int64()}
"""Where a row comes from: its page, the release that parsed it, its number among the page's records."""

QUOTED = 200
"""Characters of a value that a reason quotes; the whole of it is in the raw values."""

_TAKEN_AS_THEY_ARE: dict[FieldType, frozenset[type]] = {
    "text": frozenset({str, type(None)}),
    "url": frozenset({str, type(None)}),
    "boolean": frozenset({bool, type(None)}),
    "integer": frozenset({int, type(None)}),
    "date": frozenset({date, type(None)}),
}
_TEXTS: frozenset[FieldType] = frozenset[FieldType]({"text", "url"})

_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001))))
"""What Python strips; polars of itself leaves the separators of information (0x1c to 0x1f)."""


@dataclass(frozen=True)
class Columns:
    """`frame` holds the fields, the provenance, `_round`, and the row's number as `_index`.

    `unread` holds, by row number and field, the reasons of the values that did not fit; in the frame they are null.
    """

    frame: pl.DataFrame
    unread: dict[int, dict[str, str]] = field(default_factory=dict)


def polars_schema(contract: Contract) -> dict[str, pl.DataType]:
    """Return the column of each field, without the provenance."""
    return {name: COLUMN_TYPES[field.type] for name, field in contract.fields.items()}


def to_columns(rows: Sequence[Row], contract: Contract) -> Columns:
    """Return `rows` as the contract's columns; what cannot be cast without a loss is noted, never altered."""
    unread: dict[int, dict[str, str]] = {}
    columns = [_column(rows, name, field.type, unread) for name, field in contract.fields.items()]
    columns += [pl.Series(name, [row.get(name) for row in rows], dtype=kind) for name, kind in PROVENANCE.items()]
    columns.append(pl.Series("_round", [row.get("_round", 0) for row in rows], dtype=pl.Int64))
    return Columns(pl.DataFrame(columns).with_row_index("_index"), unread)


def _column(rows: Sequence[Row], name: str, kind: FieldType, unread: dict[int, dict[str, str]]) -> pl.Series:
    values = [row.get(name) for row in rows]
    column = _at_once(name, values, kind)
    if column is not None:
        return column
    cast = [_cast(number, name, value, kind, unread) for number, value in enumerate(values)]
    return pl.Series(name, cast, dtype=COLUMN_TYPES[kind])


def _at_once(name: str, values: list[Any], kind: FieldType) -> pl.Series | None:
    """Return the column if every value already is what it holds, or None: then the way through single values tells."""
    if not set(map(type, values)) <= _TAKEN_AS_THEY_ARE.get(kind, frozenset()):
        return None
    try:
        return _emptied(pl.Series(name, values, dtype=COLUMN_TYPES[kind]), kind)
    except (UnicodeEncodeError, TypeError):  # a lone surrogate, or an integer of more than 64 bits
        return None


def _emptied(column: pl.Series, kind: FieldType) -> pl.Series:
    """Make texts of nothing but blanks null, as `cast_value` does."""
    if kind not in _TEXTS or not column.str.strip_chars(_BLANKS).eq("").any():
        return column
    return column.set(column.str.strip_chars(_BLANKS).eq("").fill_null(value=False), None)


def _cast(number: int, name: str, value: Any, kind: FieldType, unread: dict[int, dict[str, str]]) -> Any:
    if isinstance(value, Unread):
        reason = f"{name}: cannot read {quoted(value.raw)} as {value.reader} ({value.reason})"
        unread.setdefault(number, {})[name] = reason
        return None
    try:
        return cast_value(value, kind)
    except Uncastable:
        unread.setdefault(number, {})[name] = f"{name}: cannot read {quoted(value)} as {kind}"
        return None


def quoted(value: Any) -> str:
    """Return a value in double quotes for a reason, a long one cut, a broken character shown by its code."""
    text = str(value).encode("utf-8", "backslashreplace").decode()
    return f'"{text[: QUOTED - 1]}…"' if len(text) > QUOTED else f'"{text}"'
