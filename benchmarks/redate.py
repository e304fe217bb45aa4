"""Dates printed as other dates are printed."""

from __future__ import annotations

import re
from datetime import date
from itertools import product

DAYS = ("%d", "%-d")
PATTERNS = (
    "{m}/{d}/{y}", "{m}-{d}-{y}", "{m}.{d}.{y}", "{d}/{m}/{y}", "{d}.{m}.{y}", "{d}-{m}-{y}", "{y}-{m}-{d}",
    "{y}/{m}/{d}", "{y}{m}{d}", "{b} {d}, {y}", "{b} {d} {y}", "{d} {b} {y}", "{d}-{b}-{y}", "{w}, {b} {d}, {y}",
    "{w} {b} {d}, {y}",
)  # fmt: skip
NUMBERED = ("%m", "%-m")
NAMED = ("%B", "%b", "%b.")
YEARS = ("%Y", "%y")
WEEKDAYS = ("%A", "%a", "%a.")
FORMATS = tuple(
    dict.fromkeys(
        pattern.format(d=d, m=m, y=y, b=b, w=w)
        for pattern in PATTERNS
        for d, m, y, b, w in product(DAYS, NUMBERED, YEARS, NAMED, WEEKDAYS)
    )
)


def format_of(printed: str, day: date) -> str | None:
    """Return the format in which a day is printed, or None where none is known."""
    bare = " ".join(printed.split())
    return next((made for made in FORMATS if day.strftime(made).casefold() == bare.casefold()), None)


def prints_of(day: date) -> dict[str, str]:
    """Return every way of printing a day in full, with its format, the longest first."""
    found = {day.strftime(made): made for made in FORMATS if "%Y" in made}
    return dict(sorted(found.items(), key=lambda each: -len(each[0])))


def reprinted(printed: str, like: str, like_day: date, day: date) -> str:
    """Return a day printed as another one is, or as it was where that one's format is not known."""
    found = format_of(like, like_day)
    return day.strftime(found) if found else printed


def day_of(printed: str, iso: str | None = None) -> date | None:
    """Return the day that is printed, by its ISO form where that is known; None where it is no day of a known form."""
    if iso and re.fullmatch(r"\d{4}-\d\d-\d\d", iso[:10]):
        return date.fromisoformat(iso[:10])
    found = re.fullmatch(r"\s*(\d{4})-(\d\d)-(\d\d)\s*", printed)
    return date(*map(int, found.groups())) if found else None
