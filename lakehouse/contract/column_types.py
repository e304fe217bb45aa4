"""The columns that hold the types of fields."""

from __future__ import annotations

import polars as pl

from lakehouse.contract.types import AMOUNT_PLACES, FieldType

AMOUNT = pl.Decimal(38, AMOUNT_PLACES)
"""Column type of decimals and of money's amount."""

COLUMN_TYPES: dict[FieldType, pl.DataType] = {
    "text": pl.String(),
    "url": pl.String(),
    "date": pl.Date(),
    "datetime": pl.Datetime("us", "UTC"),
    "integer": pl.Int64(),
    "decimal": AMOUNT,
    "money": pl.Struct({"amount": AMOUNT, "currency": pl.String()}),
    "boolean": pl.Boolean(),
    "list": pl.List(pl.String()),
}
