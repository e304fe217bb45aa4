"""One day's evidence against a few good days, for tests of single checks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from lakehouse.checks import CheckResult, run_checks
from lakehouse.profile import DayStats, Profile
from lakehouse.source import Source
from tests.profile.days import SOURCE, parts_of, records, stats_of, usual_days

Change = Callable[[dict[str, Any]], dict[str, Any]]


@cache
def learned(days: int, rows: int = 100) -> Profile:
    """Return the profile of some usual days."""
    return Profile.learn(usual_days(days, rows))


def verdicts(
    rows: list[dict[str, Any]],
    days: int = 10,
    *,
    profile: Profile | None = None,
    source: Source = SOURCE,
    pages: int = 2,
    **told: Any,
) -> dict[str, CheckResult]:
    """Return the verdict of each check on a day with these records."""
    parts = parts_of(rows)
    profile = learned(days) if profile is None else profile
    results = run_checks(stats_of(parts, pages), parts, profile, source, day="2026-01-30", **told)
    return {result.name: result for result in results}


def changed(change: Change, share: float = 1.0, count: int = 100) -> list[dict[str, Any]]:
    """Return a usual day, the first `share` of its records changed."""
    rows = records(30, count)
    return [change(row) if number < share * count else row for number, row in enumerate(rows)]


def failed(results: dict[str, CheckResult]) -> set[str]:
    """Return the names of the checks that did not pass."""
    return {name for name, result in results.items() if not result.passed}


def counted(rows: int, rejects: int = 0) -> DayStats:
    """Return a day of which only the counts are known."""
    return DayStats(rows=rows, rejects=rejects, pages=1)
