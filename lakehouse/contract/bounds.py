"""Minimum and maximum of a field, in the field's own type."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from decimal import Decimal

from lakehouse.contract.types import AMOUNT_PLACES, LARGEST_AMOUNT, FieldType

Bound = int | Decimal | date | datetime
"""The form in which a field's values are compared: money by its amount, datetimes in UTC."""

NUMERIC: frozenset[FieldType] = frozenset[FieldType]({"integer", "decimal", "money"})
BOUNDED: frozenset[FieldType] = NUMERIC | frozenset[FieldType]({"date", "datetime"})


def bound_for(kind: FieldType, written: object) -> Bound:
    """Return `written` as a bound of a field of type `kind`; raises ValueError saying what is wanted."""
    if kind not in BOUNDED:
        raise ValueError(f"a {kind} field has no minimum or maximum; {', '.join(sorted(BOUNDED))} fields have")
    if kind == "integer":
        return _whole(written)
    if kind in NUMERIC:
        return _amount(written)
    return _date(written) if kind == "date" else _moment(written)


def _whole(written: object) -> int:
    number = _decimal(written)
    if number != number.to_integral_value():
        raise ValueError("a bound of an integer field is a whole number")
    return within_64_bits(int(number))


def within_64_bits(number: int) -> int:
    """Return `number` if a column of integers can hold it; raises ValueError."""
    if not -(2**63) <= number < 2**63:
        raise ValueError("an integer field holds whole numbers of 64 bits")
    return number


def _amount(written: object) -> Decimal:
    number = _decimal(written)
    exponent = number.as_tuple().exponent
    if abs(number) >= LARGEST_AMOUNT or (isinstance(exponent, int) and exponent < -AMOUNT_PLACES):
        raise ValueError("an amount has at most 28 digits before the point and 10 after it")
    return number


def _decimal(written: object) -> Decimal:
    if isinstance(written, bool) or not isinstance(written, int | float | Decimal) or not math.isfinite(written):
        raise ValueError("a bound of a number is a number")
    return written if isinstance(written, Decimal) else Decimal(str(written))


def _date(written: object) -> date:
    if type(written) is date:
        return written
    raise ValueError("a bound of a date field is a date such as 2026-11-20")


def _moment(written: object) -> datetime:
    if type(written) is date:
        return datetime(written.year, written.month, written.day, tzinfo=UTC)
    if type(written) is datetime:
        return written.astimezone(UTC) if written.tzinfo else written.replace(tzinfo=UTC)
    raise ValueError("a bound of a datetime field is a date or a time such as 2026-11-20 08:00:00")
