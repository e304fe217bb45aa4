"""Chance that always falls the same way: the same words give the same draw on every machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random


def chance(*words: object) -> Random:
    """Return the dice that belong to these words."""
    return Random(":".join(map(str, words)))  # noqa: S311 - invented content, no secret


def days_back(day: date, count: int) -> Iterator[date]:
    """Yield `day` and the days before it, `count` in all."""
    return (day - timedelta(days=back) for back in range(count))


def is_workday(day: date) -> bool:
    """Tell Monday to Friday from the weekend."""
    return day.weekday() < 5
