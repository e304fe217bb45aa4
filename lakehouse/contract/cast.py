"""From what a fetcher gave to what a column holds, where nothing is lost by it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from lakehouse.contract.types import AMOUNT_PLACES, LARGEST_AMOUNT, FieldType
from lakehouse.fetcher import Money

_NUMBER = re.compile(r"[+-]?\d{1,40}(?:\.\d{1,40})?")
_SHORT_TEXTS = {"true": True, "false": False}


class Uncastable(Exception):
    """The value cannot become the type without a loss."""


def cast_value(value: Any, kind: FieldType) -> Any:
    """Return `value` as a column of type `kind` holds it, None for what is empty; raises Uncastable."""
    if value is None or value == [] or (isinstance(value, str) and not value.strip()):
        return None
    try:
        return _CASTS[kind](value)
    except (ValueError, OverflowError, InvalidOperation) as error:
        raise Uncastable(kind) from error


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.encode().decode()
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | date):
        raise Uncastable("text")
    return value.isoformat() if isinstance(value, date) else str(value)


def _url(value: Any) -> str:
    if not isinstance(value, str):
        raise Uncastable("url")
    return value.encode().decode()


def _date(value: Any) -> date:
    if isinstance(value, str):
        return date.fromisoformat(value.strip())
    if isinstance(value, datetime) and value.timetz().replace(tzinfo=None) == time():
        return value.date()
    if type(value) is date:
        return value
    raise Uncastable("date")


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value.strip()) if isinstance(value, str) and len(value.strip()) > 10 else value
    if not isinstance(moment, datetime):
        raise Uncastable("datetime")
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _whole(value: Any) -> int:
    if type(value) is int and -(2**63) <= value < 2**63:
        return value
    number = _amount(value)
    if number != number.to_integral_value() or not -(2**63) <= number < 2**63:
        raise Uncastable("integer")
    return int(number)


def _amount(value: Any) -> Decimal:
    """Return a number with at most 28 digits before the point and 10 after it."""
    number = _decimal(value)
    if not number.is_finite() or abs(number) >= LARGEST_AMOUNT:
        raise Uncastable("decimal")
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -AMOUNT_PLACES and number.normalize() != round(number, AMOUNT_PLACES):
        raise Uncastable("decimal")
    return number


def _decimal(value: Any) -> Decimal:
    if type(value) is Decimal:
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Uncastable("decimal")
    if isinstance(value, str) and not _NUMBER.fullmatch(value.strip()):
        raise Uncastable("decimal")
    return Decimal(repr(value) if isinstance(value, float) else value)


def _money(value: Any) -> dict[str, Any]:
    if not isinstance(value, Money):
        return {"amount": _amount(value), "currency": None}
    return {"amount": _amount(value.amount), "currency": None if value.currency is None else _text(value.currency)}


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in _SHORT_TEXTS:
        return _SHORT_TEXTS[value.strip().lower()]
    raise Uncastable("boolean")


def _texts(value: Any) -> list[str]:
    return [_text(item) for item in value] if isinstance(value, list | tuple) else [_text(value)]


_CASTS: dict[FieldType, Callable[[Any], Any]] = {
    "text": _text,
    "url": _url,
    "date": _date,
    "datetime": _moment,
    "integer": _whole,
    "decimal": _amount,
    "money": _money,
    "boolean": _flag,
    "list": _texts,
}
