"""Records and requests as plain JSON: `lakehouse.sandbox.decode` is the other direction.

`str`, `int`, `float`, `bool` and `None` go as they are, everything else as a list that begins with its kind. Records
with the same fields share one list of names: a row is the number of its names and then its values.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from lakehouse.fetcher import Money, Request, Unread
from lakehouse.sandbox.asked import request_fault

PLAIN = frozenset({str, bool, type(None)})
LARGEST_INTEGER = (1 << 63) - 1
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
            self.rows.append([shape, *[v if type(v) in PLAIN else tagged(v) for v in record.values()]])
        except NoRecord as error:
            raise self._located(record, error) from None

    def _new_shape(self, names: tuple[Any, ...]) -> int:
        for name in names:
            if not is_field_name(name):
                raise NoRecord(
                    f"record {len(self.rows) + 1} has {name!r:.80} for a name; names are text and begin without _"
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
    return type(name) is str and name != "" and not name.startswith("_")


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
    return str(value)


def _list(value: list[Any]) -> list[Any]:
    if any(type(item) is not str for item in value):
        raise NoRecord("a list of something else than text")
    return ["list", value]


def _money(value: Money) -> list[Any]:
    if value.currency is not None and type(value.currency) is not str:
        raise NoRecord(f"{_kind(value.currency)} is no currency")
    return ["money", _decimal(value.amount), value.currency]


def _unread(value: Unread) -> list[Any]:
    parts = [value.raw, value.reader, value.reason]
    if any(type(part) is not str for part in parts):
        raise NoRecord("an Unread of something else than text")
    return ["unread", *parts]


def _kind(value: Any) -> str:
    return f"a {type(value).__name__}"


_ENCODERS: dict[type, Callable[[Any], Any]] = {
    int: _integer,
    float: _float,
    Decimal: lambda value: ["decimal", _decimal(value)],
    date: lambda value: ["date", value.isoformat()],
    datetime: lambda value: ["datetime", value.isoformat()],
    Money: _money,
    list: _list,
    Unread: _unread,
}
