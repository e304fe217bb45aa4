"""Records and requests as plain JSON: `lakehouse.sandbox.decode` is the other direction.

`str`, `int`, `float`, `bool` and `None` go as they are, everything else as a list that begins with its kind. Records
with the same fields share one list of names: a row is the number of its names and then its values.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from lakehouse.fetcher import Money, Request, Unread
from lakehouse.sandbox.asked import is_unicode, request_fault
from lakehouse.sandbox.bounds import (
    LARGEST_INTEGER,
    MAX_CURRENCY,
    MAX_DIGITS,
    MAX_FIELDS,
    MAX_ITEMS,
    MAX_NAME,
    MAX_READER,
    MAX_REASON,
    MAX_TEXT,
)

PLAIN = frozenset({bool, type(None)})
HOLDS = "records hold str, int, float, bool, Decimal, date, datetime, Money, lists of str, Unread and None"


class NoRecord(TypeError):
    """The fetcher gave something that cannot leave the sandbox; the message says which record and field."""


class Rows:
    """The records of a page as they go over the pipe."""

    def __init__(self) -> None:
        self.shapes: dict[tuple[str, ...], int] = {}
        self.rows: list[list[Any]] = []

    def add(self, record: Any) -> None:
        """Take the next record; raises `NoRecord`."""
        if type(record) is not dict or not record:
            raise NoRecord(
                f"record {len(self.rows) + 1} is {_kind(record)}; a record is a dict with at least one field"
            )
        names = tuple(record)
        shape = self.shapes.get(names)
        if shape is None:
            shape = self._new_shape(names)
        try:
            self.rows.append([shape, *map(tagged, record.values())])
        except NoRecord as error:
            raise self._located(record, error) from None

    def _new_shape(self, names: tuple[Any, ...]) -> int:
        number = len(self.rows) + 1
        if len(names) > MAX_FIELDS:
            raise NoRecord(f"record {number} has more than {MAX_FIELDS} fields")
        for name in names:
            if not is_field_name(name):
                raise NoRecord(
                    f"record {number} has {name!r:.80} for a name; names are text of at most {MAX_NAME} characters, "
                    "and begin without _"
                )
        return self.shapes.setdefault(names, len(self.shapes))

    def _located(self, record: dict[str, Any], error: NoRecord) -> NoRecord:
        for name, value in record.items():
            try:
                tagged(value)
            except NoRecord:
                return NoRecord(f"record {len(self.rows) + 1}, field {name!r:.80}: {error}")
        return error


def is_field_name(name: Any) -> bool:
    """Tell whether a record may have this field; names with _ in front are the engine's, to say where a row is from."""
    return type(name) is str and 0 < len(name) <= MAX_NAME and not name.startswith("_") and is_unicode(name)


def tagged(value: Any) -> Any:
    """Return a value as JSON; raises `NoRecord` for what records do not hold."""
    kind = type(value)
    if kind in PLAIN:
        return value
    encoder = _ENCODERS.get(kind)
    if encoder is None:
        raise NoRecord(f"{_kind(value)} cannot leave the sandbox; {HOLDS}")
    return encoder(value)


def request(asked: Any, number: int) -> list[Any]:
    """Return a request as JSON; raises `NoRecord` where it is none."""
    if type(asked) is not Request:
        raise NoRecord(f"request {number} is {_kind(asked)}; ask for pages with Request(url)")
    parts = [asked.url, asked.method, asked.headers, asked.body, plain(asked.meta)]
    if fault := request_fault(*parts):
        raise NoRecord(f"request {number} cannot be made: {fault}")
    return parts


def plain(value: Any) -> Any:
    """Return JSON as it came from a page with its decimals as numbers that JSON has."""
    if type(value) is dict:
        return {key: plain(item) for key, item in value.items()}
    if type(value) is list:
        return [plain(item) for item in value]
    if type(value) is Decimal:
        return int(value) if value == value.to_integral_value() and value.adjusted() < 18 else float(value)
    return value


def _text(value: Any, most: int = MAX_TEXT) -> str:
    if type(value) is not str:
        raise NoRecord(f"{_kind(value)} where text belongs")
    if len(value) > most:
        raise NoRecord(f"a text of more than {most} characters")
    return value


def _integer(value: int) -> int:
    if not -LARGEST_INTEGER <= value <= LARGEST_INTEGER:
        raise NoRecord("an integer of more than 64 bits")
    return value


def _float(value: float) -> float:
    if not isfinite(value):
        raise NoRecord(f"the float {value} is no number")
    return value


def _decimal(value: Decimal) -> str:
    if type(value) is not Decimal or not value.is_finite():
        raise NoRecord(f"{_kind(value)} {value!r:.80} is no number")
    written = str(value)
    if len(written) > MAX_DIGITS or abs(value.adjusted()) > MAX_DIGITS:
        raise NoRecord(f"a number of more than {MAX_DIGITS} digits")
    return written


def _datetime(value: datetime) -> list[Any]:
    try:
        moment = value if value.tzinfo is None else value.astimezone(UTC)
    except OverflowError as error:
        raise NoRecord(f"{value.isoformat()} lies outside the calendar of UTC") from error
    return ["datetime", moment.isoformat()]


def _list(value: list[Any]) -> list[Any]:
    if len(value) > MAX_ITEMS:
        raise NoRecord(f"a list of more than {MAX_ITEMS}")
    return ["list", [_text(item) for item in value]]


def _money(value: Money) -> list[Any]:
    currency = None if value.currency is None else _text(value.currency, MAX_CURRENCY)
    return ["money", _decimal(value.amount), currency]


def _unread(value: Unread) -> list[Any]:
    return ["unread", _text(value.raw), _text(value.reader, MAX_READER), _text(value.reason, MAX_REASON)]


def _kind(value: Any) -> str:
    return f"a {type(value).__name__}"


_ENCODERS: dict[type, Callable[[Any], Any]] = {
    str: _text,
    int: _integer,
    float: _float,
    Decimal: lambda value: ["decimal", _decimal(value)],
    date: lambda value: ["date", value.isoformat()],
    datetime: _datetime,
    Money: _money,
    list: _list,
    Unread: _unread,
}
