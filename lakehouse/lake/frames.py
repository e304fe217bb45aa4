"""Fitting a frame to what Delta can hold and to what a table already holds, without losing a value."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from polars.datatypes import DataTypeClass

from lakehouse.errors import SchemaConflict

Schema = dict[str, pl.DataType]

KEPT_AS: dict[type[pl.DataType], pl.DataType] = {
    **dict.fromkeys((pl.Int8, pl.Int16, pl.Int32, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64), pl.Int64()),
    pl.Float32: pl.Float64(),
    pl.Categorical: pl.String(),
    pl.Enum: pl.String(),
    pl.Datetime: pl.Datetime("us", "UTC"),
}
"""Types that Delta keeps as another; its integers are signed, its instants UTC microseconds."""

KEPT = (pl.Int64, pl.Float64, pl.String, pl.Boolean, pl.Date, pl.Decimal, pl.Binary)


def storable(frame: pl.DataFrame, address: str = "") -> pl.DataFrame:
    """Return the frame in the types that Delta keeps: Int64, Float64, String, UTC microseconds, List.

    A column of nothing but nulls and without a type is left out: it says nothing, and would give the table a wrong
    type. Raises `SchemaConflict` for types that Delta has no word for.
    """
    casts = []
    for name, dtype in frame.schema.items():
        if dtype == pl.Null:
            continue
        kept = _kept_type(dtype)
        if kept is None:
            raise _unstorable(name, dtype, address)
        casts.append(_cast(name, dtype, kept))
    return frame.select(casts)


def fit(frame: pl.DataFrame, schema: Schema, address: str = "") -> pl.DataFrame:
    """Return a storable frame in a table's types; columns that are new to the table stay as they are.

    Numbers are cast where each value survives the way there and back. Raises `SchemaConflict` otherwise.
    """
    return frame.with_columns(
        _fit_column(frame[name], schema[name], address)
        for name in frame.columns
        if name in schema and frame.schema[name] != schema[name]
    )


def stacked(frames: Sequence[pl.DataFrame], address: str = "") -> pl.DataFrame:
    """Return storable frames as one; the first frame that has a column gives its type."""
    schema: Schema = {}
    for frame in frames:
        schema = dict(frame.schema) | schema
    return pl.concat([fit(frame, schema, address) for frame in frames], how="diagonal")


def _cast(name: str, dtype: pl.DataType, wanted: pl.DataType) -> pl.Expr:
    if dtype == wanted:
        return pl.col(name)
    if isinstance(dtype, pl.Datetime) and dtype.time_zone is None:
        return pl.col(name).dt.replace_time_zone("UTC").cast(wanted)
    return pl.col(name).cast(wanted)


def _kept_type(dtype: pl.DataType) -> pl.DataType | None:
    if isinstance(dtype, KEPT):
        return dtype
    if isinstance(dtype, pl.List | pl.Array):
        inner = _kept_type(instance(dtype.inner))
        return pl.List(inner) if inner else None
    if isinstance(dtype, pl.Struct):
        parts = {part.name: _kept_type(instance(part.dtype)) for part in dtype.fields}
        return (
            pl.Struct({name: kept for name, kept in parts.items() if kept}) if all(parts.values()) and parts else None
        )
    return KEPT_AS.get(type(dtype))


def instance(dtype: pl.DataType | DataTypeClass) -> pl.DataType:
    """Return the type itself where polars gives its class."""
    return dtype if isinstance(dtype, pl.DataType) else dtype()


def _unstorable(name: str, dtype: pl.DataType, address: str) -> SchemaConflict:
    return SchemaConflict(
        f"the column `{name}` is of type {dtype}, which Delta cannot hold.",
        address=address,
        column=name,
        hint="Cast it to text, a number, a date or a datetime first.",
    )


def _fit_column(column: pl.Series, wanted: pl.DataType, address: str) -> pl.Series:
    if column.dtype.is_numeric() and wanted.is_numeric():
        cast = column.cast(wanted, strict=False)
        if cast.cast(column.dtype, strict=False).equals(column, null_equal=True):
            return cast
    raise SchemaConflict(
        f"the column `{column.name}` holds {wanted} in the table and {column.dtype} in the new rows.",
        address=address,
        column=column.name,
        hint="Derive every day again (`Table.replace_all`); that gives the table its new types.",
    )
