"""How often a source is fetched: a word, or the five fields of cron."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise

WORDS = {"hourly": "0 * * * *", "daily": "0 4 * * *", "weekly": "0 4 * * 1", "monthly": "0 4 1 * *"}
"""The expression that stands behind each word; times are UTC."""

_RANGES = {
    "minute": (0, 59),
    "hour": (0, 23),
    "day of the month": (1, 31),
    "month": (1, 12),
    "day of the week": (0, 7),
}
_PART = re.compile(r"(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:/(\d{1,2}))?")
_NINE_YEARS = [datetime(2023, 1, 1, tzinfo=UTC) + timedelta(days=n) for n in range(9 * 366)]


def cron_of(cadence: str) -> str:
    """Return the cron expression of a cadence, its blanks made single; raises ValueError saying what is allowed."""
    expression = WORDS.get(cadence, " ".join(cadence.split()))
    if len(expression.split()) != len(_RANGES):
        raise ValueError(f"a cadence is {', '.join(WORDS)} or the five fields of cron, such as 30 6 * * 1-5")
    longest_pause(expression)
    return expression


@cache
def longest_pause(cron: str) -> timedelta:
    """Return the longest time between two ticks, in whole days if over one; raises ValueError for bad or idle cron."""
    minutes, hours, month_days, months, week_days = (
        _values(name, part) for name, part in zip(_RANGES, cron.split(), strict=True)
    )
    either = not (cron.split()[2].startswith("*") or cron.split()[4].startswith("*"))
    days = [n for n, day in enumerate(_NINE_YEARS) if _is_on(day, month_days, months, week_days, either=either)]
    if len(days) < 2:
        raise ValueError("this cron expression names a day that never comes")
    gap = max(after - before for before, after in pairwise(days))
    if gap > 1:
        return timedelta(days=gap)
    ticks = sorted(60 * hour + minute for hour in hours for minute in minutes)
    return timedelta(
        minutes=max(after - before for before, after in zip(ticks, [*ticks[1:], ticks[0] + 1440], strict=True))
    )


@cache
def runs_a_day(cron: str) -> float:
    """Return how often a cron expression ticks in a day, on average; raises ValueError for bad or idle cron."""
    longest_pause(cron)
    minutes, hours, month_days, months, week_days = (
        _values(name, part) for name, part in zip(_RANGES, cron.split(), strict=True)
    )
    either = not (cron.split()[2].startswith("*") or cron.split()[4].startswith("*"))
    days = sum(_is_on(day, month_days, months, week_days, either=either) for day in _NINE_YEARS)
    return len(minutes) * len(hours) * days / len(_NINE_YEARS)


def _is_on(day: datetime, month_days: set[int], months: set[int], week_days: set[int], *, either: bool) -> bool:
    """Cron joins day of month and day of week by "or" when both are given, else by "and"."""
    by_date = day.day in month_days
    by_week_day = day.isoweekday() % 7 in {n % 7 for n in week_days}
    return day.month in months and ((by_date or by_week_day) if either else (by_date and by_week_day))


def _values(name: str, field: str) -> set[int]:
    least, greatest = _RANGES[name]
    values: set[int] = set()
    for part in field.split(","):
        match = _PART.fullmatch(part)
        if not match:
            raise ValueError(f"{part!r} is no {name} of a cron expression; numbers with * , - and / are allowed")
        first = int(match[1]) if match[1] else least
        last = int(match[2]) if match[2] else (greatest if match[3] or not match[1] else first)
        step = int(match[3] or 1)
        if not (least <= first <= last <= greatest and step):
            raise ValueError(f"the {name} {part!r} of a cron expression lies outside {least} to {greatest}")
        values.update(range(first, last + 1, step))
    return values
