"""Reads the values of records as they come over the pipe: `lakehouse.sandbox.inside.encode` is the other direction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any

from lakehouse.fetcher import Money, Unread
from lakehouse.sandbox.asked import is_unicode
from lakehouse.sandbox.bounds import (
    LARGEST_INTEGER,
    MAX_CURRENCY,
    MAX_DIGITS,
    MAX_ITEMS,
    MAX_READER,
    MAX_REASON,
    MAX_TEXT,
)
from lakehouse.sandbox.model import Value


class Malformed(ValueError):
    """The answer is not what a worker of ours sends; the message says in what way."""


def value(sent: Any) -> Value:
    """Return the value of a field; raises `Malformed`."""
    if sent is None or type(sent) is bool:
        return sent
    if type(sent) is str:
        return text(sent)
    if type(sent) is int:
        return integer(sent)
    if type(sent) is float and isfinite(sent):
        return sent
    if type(sent) is list and sent and type(sent[0]) is str and (read := _TAGS.get(sent[0])):
        try:
            return read(*sent[1:])
        except (TypeError, ValueError, OverflowError, InvalidOperation) as error:
            raise Malformed(f"a {sent[0]} is none") from error
    raise Malformed(f"a value is of no known kind: {str(sent)[:80]!r}")


def text(sent: Any, most: int = MAX_TEXT) -> str:
    """Return a text that UTF-8 can hold, of at most so many characters; raises `Malformed`."""
    if type(sent) is not str or len(sent) > most or not is_unicode(sent):
        raise Malformed(f"a text is none, or is longer than {most} characters")
    return sent


def integer(sent: Any, least: int = -LARGEST_INTEGER, most: int = LARGEST_INTEGER) -> int:
    """Return an integer within bounds; raises `Malformed`."""
    if type(sent) is not int or not least <= sent <= most:
        raise Malformed("an integer is none, or out of bounds")
    return sent


def _decimal(digits: Any) -> Decimal:
    number = Decimal(text(digits, MAX_DIGITS))
    if not number.is_finite() or abs(number.adjusted()) > MAX_DIGITS:
        raise Malformed("a decimal is no number, or out of bounds")
    return number


def _date(iso: Any) -> date:
    return date.fromisoformat(text(iso, 10))


def _datetime(iso: Any) -> datetime:
    moment = datetime.fromisoformat(text(iso, 50))
    return moment if moment.tzinfo is None else moment.astimezone(UTC)


def _money(amount: Any, currency: Any) -> Money:
    return Money(_decimal(amount), None if currency is None else text(currency, MAX_CURRENCY))


def _unread(raw: Any, reader: Any, reason: Any) -> Unread:
    return Unread(text(raw), text(reader, MAX_READER), text(reason, MAX_REASON))


def _list(sent: Any) -> list[str]:
    if type(sent) is not list or len(sent) > MAX_ITEMS:
        raise Malformed(f"a list is none, or is longer than {MAX_ITEMS}")
    return [text(item) for item in sent]


_TAGS: dict[str, Callable[..., Value]] = {
    "date": _date,
    "datetime": _datetime,
    "decimal": _decimal,
    "list": _list,
    "money": _money,
    "unread": _unread,
}
