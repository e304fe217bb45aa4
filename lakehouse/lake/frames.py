"""Fitting a frame to what Delta can hold and to what a table already holds, without losing a value."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from lakehouse.errors import SchemaConflict

Schema = dict[str, pl.DataType]

INTEGERS = (pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64)
UNSTORABLE = (pl.Time, pl.Duration, pl.Object, pl.Int128, pl.UInt128, pl.Null)


def storable(frame: pl.DataFrame, address: str = "") -> pl.DataFrame:
    """Return the frame in the types that Delta keeps: Int64, Float64, String, UTC microseconds, List.

    A column of nothing but nulls and without a type is left out: it says nothing, and would give the table a wrong
    type. Raises `SchemaConflict` for types that Delta has no word for.
    """
    typed = frame.select(name for name, dtype in frame.schema.items() if dtype != pl.Null)
    return typed.select(
        _cast(name, dtype, _storable_type(name, dtype, address), address) for name, dtype in typed.schema.items()
    )


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


def _cast(name: str, dtype: pl.DataType, wanted: pl.DataType, address: str) -> pl.Expr:
    if dtype == wanted:
        return pl.col(name)
    if isinstance(dtype, pl.Datetime) and dtype.time_zone is None:
        return pl.col(name).dt.replace_time_zone("UTC").cast(wanted)
    return pl.col(name).cast(wanted)


def _storable_type(name: str, dtype: pl.DataType, address: str) -> pl.DataType:
    if isinstance(dtype, INTEGERS):
        return pl.Int64()
    if isinstance(dtype, pl.Float32):
        return pl.Float64()
    if isinstance(dtype, pl.Categorical | pl.Enum):
        return pl.String()
    if isinstance(dtype, pl.Datetime):
        return pl.Datetime("us", "UTC")
    if isinstance(dtype, pl.List | pl.Array):
        return pl.List(_storable_type(name, _inner(dtype), address))
    if isinstance(dtype, pl.Struct) and dtype.fields:
        return pl.Struct({part.name: _storable_type(name, _type(part.dtype), address) for part in dtype.fields})
    if isinstance(dtype, UNSTORABLE) or isinstance(dtype, pl.Struct):
        raise SchemaConflict(
            f"the column `{name}` is of type {dtype}, which Delta cannot hold.",
            address=address,
            column=name,
            hint="Cast it to text, a number, a date or a datetime first.",
        )
    return dtype


def _inner(dtype: pl.List | pl.Array) -> pl.DataType:
    return _type(dtype.inner)


def _type(dtype: object) -> pl.DataType:
    return dtype() if isinstance(dtype, type) else dtype  # type: ignore[return-value]


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
