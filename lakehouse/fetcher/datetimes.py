"""Reader of points in time: `datetime`."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any, Unpack

from lakehouse.fetcher.cut import Cut
from lakehouse.fetcher.dates import check_order, epoch, locate_day, plain
from lakehouse.fetcher.months import months
from lakehouse.fetcher.node import Node
from lakehouse.fetcher.reading import read
from lakehouse.fetcher.values import Unread, Unreadable
from lakehouse.fetcher.zones import ABBREVIATIONS, zone

TIME = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})(?::|[.h](?=\d\d(?!\d)))(?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"(?:\s*(?P<half>[ap])\.?\s?m\b\.?)?|(?<![\d:])(?P<hour_only>\d{1,2})\s*(?P<half_only>[ap])\.?\s?m\b\.?",
    re.IGNORECASE,
)
OFFSET = re.compile(
    r"\s*(?:(?:utc|gmt)\s*)?(?P<sign>[+\u2212-])(?P<hours>\d{2}):?(?P<minutes>\d{2})?(?!\d)", re.IGNORECASE
)
ABBREVIATION = re.compile(r"\s*\(?(?P<name>z|[a-z]{2,5})(?![a-z])", re.IGNORECASE)


def datetime(
    node: Node, *selectors: str, order: str = "YMD", locale: str = "en", tz: str = "UTC", **cut: Unpack[Cut]
) -> dt.datetime | Unread | None:
    """Return a time in UTC; `tz` is the zone of times that name none; a day without a time is its midnight."""
    check_order(order)
    names, home = months(locale), zone(tz)
    return read("datetime", node, selectors, cut, lambda raw: find_moment(raw, order, names, home))


def find_moment(raw: Any, order: str, names: dict[str, int], home: dt.tzinfo) -> dt.datetime:
    """Return the one time that stands in a value; numbers are epochs; raises `Unreadable`."""
    if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool) and not 10_000_101 <= raw <= 99_991_231:
        return epoch(raw)
    text = plain(raw)
    found = locate_day(text, order, names)
    rest = " " * found.start + text[found.end :] if found.end < len(text) else ""
    clock, tzinfo = _clock(rest, home) if TIME.search(rest) else _clock(text[: found.start], home)
    try:
        return dt.datetime.combine(found.day, clock, tzinfo).astimezone(dt.UTC)
    except (OverflowError, ValueError) as error:
        raise Unreadable("the time lies outside the calendar") from error


def _clock(text: str, home: dt.tzinfo) -> tuple[dt.time, dt.tzinfo]:
    match = TIME.search(text)
    if not match:
        return dt.time(), home
    tzinfo, end = _zone(text, match.end())
    if TIME.search(text, end):
        raise Unreadable("several times are there")
    return _time(match), tzinfo or home


def _time(match: re.Match[str]) -> dt.time:
    hour = int(match["hour"] or match["hour_only"])
    half = (match["half"] or match["half_only"] or "").lower()
    if half and not 1 <= hour <= 12:
        raise Unreadable(f"there is no hour {hour} {half}m")
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    micro = int((match["fraction"] or "0").ljust(6, "0")[:6])
    try:
        return dt.time(hour, int(match["minute"] or 0), int(match["second"] or 0), micro)
    except ValueError as error:
        raise Unreadable(f"there is no time {match[0].strip()}") from error


def _zone(text: str, start: int) -> tuple[dt.tzinfo | None, int]:
    if offset := OFFSET.match(text, start):
        minutes = int(offset["hours"]) * 60 + int(offset["minutes"] or 0)
        if minutes >= 24 * 60:
            raise Unreadable(f"there is no offset {offset[0].strip()}")
        return dt.timezone(dt.timedelta(minutes=minutes if offset["sign"] == "+" else -minutes)), offset.end()
    named = ABBREVIATION.match(text, start)
    if named and (hours := ABBREVIATIONS.get(named["name"].lower())) is not None:
        return dt.timezone(dt.timedelta(hours=hours)), named.end()
    if named and named["name"].isupper() and len(named["name"]) > 2:
        raise Unreadable(f"the zone {named['name']} is not known")
    return None, start
