"""The types that a field can have."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, get_args

FieldType = Literal["text", "url", "date", "datetime", "integer", "decimal", "money", "boolean", "list"]

FIELD_TYPES: tuple[FieldType, ...] = get_args(FieldType)

AMOUNT_PLACES, LARGEST_AMOUNT = 10, Decimal(10) ** 28
"""What decimals and money's amount can be: 28 digits before the point, 10 after it."""
