"""Reader of numbers: `number`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Unpack

from lakehouse.fetcher.cut import Cut
from lakehouse.fetcher.errors import OptionError
from lakehouse.fetcher.node import Node
from lakehouse.fetcher.reading import read, shown
from lakehouse.fetcher.values import Unread, Unreadable

SPACES = "\u0020\u00a0\u2009\u202f'\u2019"
MINUS = "-\u2212\u2010\u2011\u2013"
MAX_DIGITS = 100
"""Digits of a number written out in full, on either side of its mark."""


def number(node: Node, *selectors: str, decimal: str = ".", **cut: Unpack[Cut]) -> Decimal | Unread | None:
    """Return a number; `decimal` is the mark before the fraction, the other marks group thousands."""
    check_mark(decimal)
    return read("number", node, selectors, cut, lambda raw: find_number(raw, decimal))


def check_mark(decimal: str) -> None:
    """Raise `OptionError` where a decimal mark is neither a point nor a comma."""
    if decimal not in {".", ","}:
        raise OptionError(f'the decimal mark {decimal!r} is not known; known are "." and ",".')


def find_number(raw: Any, decimal: str) -> Decimal:
    """Return the one number that stands in a value; raises `Unreadable` where there is none, or several."""
    if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
        return exact(str(raw))
    text = shown(raw)
    found = list(dict.fromkeys(_numbers(text, decimal)))
    if not found:
        raise Unreadable("no number is there")
    if len(found) > 1:
        raise Unreadable("several numbers are there")
    return -found[0] if _in_parentheses(text) and found[0] > 0 else found[0]


def exact(written: str) -> Decimal:
    """Return a number as it is written; raises `Unreadable` where it is not finite or too large for any table."""
    try:
        value = Decimal(written)
    except InvalidOperation as error:
        raise Unreadable(f"the number has more than {MAX_DIGITS} digits") from error
    if not value.is_finite():
        raise Unreadable("the number is not finite")
    if len(value.as_tuple().digits) > MAX_DIGITS or abs(value.adjusted()) > MAX_DIGITS:
        raise Unreadable(f"the number has more than {MAX_DIGITS} digits")
    return value


def _numbers(text: str, decimal: str) -> Iterator[Decimal]:
    for match in _pattern(decimal).finditer(text):
        if match["scale"]:
            raise Unreadable(f"the number is shortened by {match['scale'].strip()!r}")
        whole = re.sub(r"\D", "", match["whole"] or "0")
        value = exact(f"{whole}.{match['fraction'] or match['bare'] or 0}{match['power'] or ''}")
        yield -value if match["minus"] or match["trailing"] else value


@cache
def _pattern(decimal: str) -> re.Pattern[str]:
    mark, other = re.escape(decimal), re.escape("," if decimal == "." else ".")
    return re.compile(
        rf"(?:(?<![\w)])(?P<minus>[{MINUS}])\s?)?(?<!\d)"
        rf"(?:(?P<whole>\d{{1,3}}(?:(?P<group>[{SPACES}{other}])\d{{3}}(?:(?P=group)\d{{3}})*|(?:{other}\d{{2}})+{other}\d{{3}})(?!\d)|\d+)"
        rf"(?:{mark}(?P<fraction>\d+))?|(?<!\w){mark}(?P<bare>\d+))"
        rf"(?P<power>[eE][+-]?\d+)?(?P<trailing>[-\u2212](?=\s|$))?(?P<scale>\s?[kKMB](?![\w²³]))?"
    )


def _in_parentheses(text: str) -> bool:
    return bool(re.fullmatch(r"\W*\([^()]*\)\W*", text)) and "-" not in text
