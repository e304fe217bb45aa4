"""The types that a field can have, and the columns that hold them."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, get_args

import polars as pl

FieldType = Literal["text", "url", "date", "datetime", "integer", "decimal", "money", "boolean", "list"]

FIELD_TYPES: tuple[FieldType, ...] = get_args(FieldType)

AMOUNT_PLACES, LARGEST_AMOUNT = 10, Decimal(10) ** 28

AMOUNT = pl.Decimal(38, AMOUNT_PLACES)
"""Column type of decimals and of money's amount: 28 digits before the point, 10 after it."""

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
