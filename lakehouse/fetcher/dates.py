"""Reader of calendar days: `date`."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple, Unpack

from lakehouse.fetcher.cut import Cut
from lakehouse.fetcher.errors import OptionError
from lakehouse.fetcher.months import months
from lakehouse.fetcher.node import Node
from lakehouse.fetcher.reading import read, shown
from lakehouse.fetcher.values import Unread, Unreadable

ORDERS = {"YMD", "MDY", "DMY"}
PIVOT = 50
"""Two-digit years under it are of this century, the others of the last."""

CJK = re.compile(r"(?<!\d)(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日号일]?")
YEAR_FIRST = re.compile(r"(?<![\d.,/-])(\d{4})\s?([-/.\u2010-\u2014_ ])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?![\d]|[-/][\d])")
NUMERIC = re.compile(r"(?<![\d.,/-])(\d{1,2})\s?([-/.\u2010-\u2014_ ])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{1,2})(?!\d|[-/]\d)")
COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
DAY = r"(?P<{0}>\d{{1,2}})(?:\s?(?:st|nd|rd|th|er|re|ème|[eoaº°ª])\b|[.º°ª])?"
LINK = r"(?:\s*[-/,.]\s*|\s+(?:de|del|d[\u2019']|of|den|der|the)\s+|\s+|\s*,\s*)"
YEAR = r"['\u2019]?(?P<{0}>\d{{4}}|\d{{2}})(?!\d|:\d|[.]\d)"
RANGE = re.compile(
    r"(?<!\d)\d{1,2}(?:st|nd|rd|th|\.)?\s*(?:[-\u2010-\u2014/+&]|\bto\b|\band\b|\bbis\b|\bund\b|\bau\b|\bal\b)\s*$",
    re.IGNORECASE,
)

LARGEST_EPOCH = 20
"""Digits before the point, less one, of the last nanosecond of the calendar."""


class Found(NamedTuple):
    """A day that stands in a text, and where."""

    day: dt.date
    start: int
    end: int


def date(
    node: Node, *selectors: str, order: str = "YMD", locale: str = "en", **cut: Unpack[Cut]
) -> dt.date | Unread | None:
    """Return a day; `order` reads 01/02/03, `locale` the names of months; a day that does not exist is `Unread`."""
    check_order(order)
    names = months(locale)
    return read("date", node, selectors, cut, lambda raw: find_day(plain(raw), order, names))


def check_order(order: str) -> None:
    """Raise `OptionError` where an order is none of the known ones."""
    if order not in ORDERS:
        raise OptionError(f"the order {order!r} is not known; known are {', '.join(sorted(ORDERS))}.")


def plain(raw: Any) -> str:
    """Return a raw value as text with digits, letters and white space in their usual form; numbers are epochs."""
    if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
        return str(raw) if 10_000_101 <= raw <= 99_991_231 else epoch(raw).isoformat()
    return " ".join(unicodedata.normalize("NFKC", shown(raw)).split())


def epoch(seconds: float | Decimal) -> dt.datetime:
    """Return the UTC time of an epoch in seconds, milliseconds, microseconds or nanoseconds."""
    count = Decimal(str(seconds))
    if not count.is_finite() or count.adjusted() > LARGEST_EPOCH:
        raise Unreadable("the number is no time")
    for _ in range(3):
        count = count / 1000 if abs(count) >= 100_000_000_000 else count
    try:
        return dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=int(count * 1_000_000))
    except (OverflowError, ValueError, ArithmeticError) as error:
        raise Unreadable("the number is no time") from error


def find_day(text: str, order: str, names: dict[str, int]) -> dt.date:
    """Return the one day that stands in a text; raises `Unreadable` where there is none, or several."""
    return locate_day(text, order, names).day


def locate_day(text: str, order: str, names: dict[str, int]) -> Found:
    """Return the one day in a text with its place; raises `Unreadable`."""
    found = list(_found(text, order, names))
    if not found:
        raise Unreadable("no date is there")
    if len({hit.day for hit in found}) > 1:
        raise Unreadable("several dates are there")
    if RANGE.search(text, 0, found[0].start):
        raise Unreadable("a range of dates is there")
    return found[0]


def _found(text: str, order: str, names: dict[str, int]) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    for match, parts in _matches(text, order, names):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            taken.append(match.span())
            yield Found(_day(*parts), *match.span())


def _matches(
    text: str, order: str, names: dict[str, int]
) -> Iterator[tuple[re.Match[str], tuple[str, int | str, str]]]:
    for pattern in (CJK, COMPACT):
        yield from ((m, (m[1], m[2], m[3])) for m in pattern.finditer(text))
    yield from ((m, (m[1], m[3], m[4])) for m in YEAR_FIRST.finditer(text))
    yield from ((m, _ordered(m[1], m[3], m[4], order)) for m in NUMERIC.finditer(text) if _is_dated(m, order))
    if any(letter.isalpha() for letter in text):
        yield from ((m, _named(m, names)) for m in _pattern(tuple(names)).finditer(text.casefold()))


def _is_dated(match: re.Match[str], order: str) -> bool:
    """Tell whether three short numbers are a date at all, and not 1.2.3 or 12 10 24."""
    year = match[1] if order == "YMD" else match[4]
    return len(match[4]) == 4 or (len(year) == 2 and match[2] != " ")


def _ordered(first: str, second: str, third: str, order: str) -> tuple[str, str, str]:
    if order == "YMD":
        if len(third) == 4:
            raise Unreadable("the year stands last, and `order` tells neither MDY nor DMY")
        return first, second, third
    return (third, first, second) if order == "MDY" else (third, second, first)


def _named(match: re.Match[str], names: dict[str, int]) -> tuple[str, int, str]:
    groups = {key[0]: value for key, value in match.groupdict().items() if value}
    return groups["y"], names[groups["m"]], groups["d"]


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    month = "(?P<{0}>" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")(?![^\W\d_])\.?"
    forms = (
        DAY.format("d1") + LINK + "?" + month.format("m1") + LINK + "?" + YEAR.format("y1"),
        month.format("m2") + LINK + "?" + DAY.format("d2") + LINK + YEAR.format("y2"),
        r"(?P<y3>\d{4})" + LINK + "?" + month.format("m3") + LINK + "?" + DAY.format("d3") + r"(?!\d|:)",
    )
    return re.compile(r"(?<![^\W_])(?:" + "|".join(forms) + ")")


def _day(year: str, month: int | str, day: str) -> dt.date:
    full = int(year) if len(year) > 2 else int(year) + (2000 if int(year) < PIVOT else 1900)
    try:
        return dt.date(full, int(month), int(day))
    except ValueError as error:
        raise Unreadable(f"there is no day {day} of month {month} in {full}") from error
