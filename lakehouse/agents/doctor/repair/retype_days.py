"""How days and times are written now: order of day and month, language of months; never guessed."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from lakehouse.agents.doctor.repair.retype_choice import Decision, decide
from lakehouse.agents.doctor.repair.retype_learned import SHARE, UNDECIDED, Learned
from lakehouse.fetcher.dates import NUMERIC, find_day, plain
from lakehouse.fetcher.months import NAMES, months
from lakehouse.fetcher.values import Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lakehouse.agents.doctor.repair.retype_learned import Reader
    from lakehouse.agents.doctor.repair.retype_values import Values

ORDERS = ("YMD", "MDY", "DMY")
LEARNED = 0.9
LONGEST = 2_000
FIGURES = re.compile(r"\d+")


def learn_days(values: Values, reader: Reader, old: Mapping[str, Any]) -> Learned:
    """Return the order and the language that read the values; the old ones where they do, or where nothing decides."""
    before, spoken = str(old.get("order", "YMD")), str(old.get("locale", "en"))
    texts = [text for value in values.raw if (text := _plain(value)) is not None]
    orders = [order for order in ORDERS if order != "YMD" or not _is_short(texts) or _is_short(values.known)]
    locale = _locale(texts, orders, spoken)
    readings = {order: [_day(text, order, locale) for text in texts] for order in orders}
    pairs = {order: _hits(values.pairs, order, locale) for order in orders}
    decision = decide(before, readings, pairs)
    read = sum(day is not None for day in readings.get(decision.way, ())) / max(1, len(values.raw))
    options = _options(decision.way, locale, old)
    if decision.by != "none":
        return Learned(reader, options, *_surety(decision, read, before))
    if read >= SHARE and _shapes(texts) <= _shapes(values.known):
        return Learned(reader, options, read)
    several = any(sum(day is not None for day in days) >= SHARE * len(texts) > 0 for days in readings.values())
    told = f"nothing tells day from month; the order stays {before}" if several else "no order reads them all"
    return Learned(reader, options, UNDECIDED * read, (f"Days such as {_quoted(texts)}: {told}.",))


def _surety(decision: Decision, read: float, before: str) -> tuple[float, tuple[str, ...]]:
    if decision.by == "same":
        return read, ()
    if decision.by == "known":
        return read, (f"Days are read as {decision.way}, no more as {before}, as known records show.",)
    return LEARNED * read, (f"Days are read as {decision.way}, no more as {before}, which does not fit all values.",)


def _quoted(texts: Sequence[str]) -> str:
    return ascii(texts[0][:40]) if texts else "none"


def _options(order: str, locale: str, old: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: value for name, value in old.items() if name == "tz"}
    if order != "YMD":
        found["order"] = order
    return found | ({"locale": locale} if locale != "en" else {})


def _plain(value: Any) -> str | None:
    try:
        return plain(value)[:LONGEST]
    except Unreadable:
        return None


def _locale(texts: Sequence[str], orders: Sequence[str], spoken: str) -> str:
    """Return the language whose months read the values: the old one if it does, else English, else another."""
    for locale in dict.fromkeys((spoken, "en", *sorted(NAMES))):
        if any(sum(_day(text, order, locale) is not None for text in texts) >= SHARE * len(texts) for order in orders):
            return locale
    return spoken


def _day(text: str, order: str, locale: str) -> dt.date | None:
    try:
        return find_day(text, order, months(locale))
    except Unreadable:
        return None


def _is_short(texts: Sequence[str]) -> bool:
    """Tell whether days are written by three short numbers, which may stand in any order."""
    short = sum((match := NUMERIC.search(text)) is not None and len(match[4]) < 4 for text in texts)
    return 2 * short > len(texts)


def _hits(pairs: Sequence[tuple[Any, Any]], order: str, locale: str) -> list[bool]:
    known = [(_plain(value), typed) for value, typed in pairs if isinstance(typed, dt.date)]
    days = [(text, typed.date() if isinstance(typed, dt.datetime) else typed) for text, typed in known if text]
    return [_day(text, order, locale) == day for text, day in days]


def _shapes(texts: Sequence[str]) -> frozenset[str]:
    """Return the forms of written days: figures and letters as such, marks as they are."""
    return frozenset(re.sub(r"[^\W\d_]+", "a", FIGURES.sub(_size, " ".join(text.split()))) for text in texts)


def _size(figures: re.Match[str]) -> str:
    return "9" if len(figures[0]) < 3 else "0" * len(figures[0])
