"""How the days and times of a column are written: order of day and month learned, language of months found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lakehouse.agents.scout.formats.readable import SHARE, is_readable
from lakehouse.fetcher.dates import NUMERIC, find_day, locate_day, plain
from lakehouse.fetcher.datetimes import ABBREVIATION, OFFSET, TIME
from lakehouse.fetcher.months import NAMES, months
from lakehouse.fetcher.reading import MAX_VALUE
from lakehouse.fetcher.values import Unreadable

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

LONGEST = 48
MOST_LETTERS = 9
"""Letters that may stand beside a date, as the name of a day of the week; more make it a text that has a date."""
DIGIT = re.compile(r"\d")
PROBE = 5
MIDNIGHT = re.compile(r"0{1,2}[:.]00(?:[:.]00(?:[.,]0+)?)?")


def day_reading(texts: Sequence[str]) -> tuple[str, dict[str, Any]] | None:
    """The reader (`date`, `datetime`) and its options for a column of written days; None where nothing is sure."""
    if any(len(text) > MAX_VALUE for text in texts):
        # No reader would take such a text for a day either.
        return None
    flat = [plain(text) for text in texts]
    if any(len(text) > LONGEST for text in flat) or not is_readable(flat, DIGIT.search):
        return None
    for locale in ("en", *sorted(set(NAMES) - {"en"})):
        orders = [order for order in ("YMD", "MDY", "DMY") if _fits(flat, order, months(locale))]
        if orders:
            return _reading(flat, orders, locale)
    return None


def _fits(texts: Sequence[str], order: str, names: dict[str, int]) -> bool:
    # Nobody writes 24/01/31 without the century, but many write 31/01/24.
    if order == "YMD" and sum(_is_short(text) for text in texts) > (1 - SHARE) * len(texts):
        return False
    # Most columns are no days at all, which a few values show.
    return _read(texts[:PROBE], order, names) > 0 and _read(texts, order, names) >= SHARE * len(texts)


def _read(texts: Sequence[str], order: str, names: dict[str, int]) -> int:
    return sum(_is_day(text, order, names) for text in texts)


def _is_day(text: str, order: str, names: dict[str, int]) -> bool:
    try:
        return _letters_beside(text, order, names) <= MOST_LETTERS
    except Unreadable:
        return False


def _is_short(text: str) -> bool:
    match = NUMERIC.search(text)
    return match is not None and len(match[4]) == 2


def _letters_beside(text: str, order: str, names: dict[str, int]) -> int:
    rest = _rest(text, order, names)
    rest = ABBREVIATION.sub("", OFFSET.sub("", TIME.sub(" ", rest, count=1), count=1), count=1)
    return sum(letter.isalpha() + 2 * MOST_LETTERS * letter.isdigit() for letter in rest)


def _rest(text: str, order: str, names: dict[str, int]) -> str:
    found = locate_day(text, order, names)
    return f"{text[: found.start]} {text[found.end :].removeprefix('t')}"


def _reading(texts: Sequence[str], orders: list[str], locale: str) -> tuple[str, dict[str, Any]] | None:
    order = orders[0] if len(orders) == 1 or not _differ(texts, orders, locale) else _likelier(texts, orders, locale)
    if order is None:
        return None
    options = {"order": order} if order != "YMD" else {}
    if locale != "en":
        options["locale"] = locale
    return "datetime" if _have_times(texts, order, months(locale)) else "date", options


def _have_times(texts: Sequence[str], order: str, names: dict[str, int]) -> bool:
    times = [match[0] for text in texts if (match := TIME.search(_rest_of(text, order, names)))]
    return len(times) > len(texts) / 2 and not all(MIDNIGHT.fullmatch(time.strip()) for time in times)


def _rest_of(text: str, order: str, names: dict[str, int]) -> str:
    try:
        return _rest(text, order, names)
    except Unreadable:
        return ""


def _differ(texts: Sequence[str], orders: Sequence[str], locale: str) -> bool:
    if "YMD" in orders:  # the year can be told, so that the other orders read the same
        return False
    first, second = (_days(texts, order, locale) for order in orders[:2])
    return first != second


def _likelier(texts: Sequence[str], orders: Sequence[str], locale: str) -> str | None:
    """The order by which the days run one way, or else lie much closer together; None where neither tells."""
    columns = {order: _days(texts, order, locale) for order in orders}
    running = [
        order
        for order, days in columns.items()
        if days in (sorted(days), sorted(days, reverse=True)) and len(set(days)) > 2
    ]
    if len(running) == 1:
        return running[0]
    spans = {order: (max(days) - min(days)).days for order, days in columns.items()}
    near, far = sorted(spans, key=lambda order: spans[order])[:2]
    return near if 3 * spans[near] < spans[far] else None


def _days(texts: Sequence[str], order: str, locale: str) -> list[dt.date]:
    found: list[dt.date] = []
    for text in texts:
        try:
            found.append(find_day(text, order, months(locale)))
        except Unreadable:
            continue
    return found
