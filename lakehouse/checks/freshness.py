"""Freshness: the newest good day is not too old."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from lakehouse.checks.result import CheckResult
from lakehouse.source import Source
from lakehouse.source.amounts import show_duration


def check_freshness(source: Source, newest: datetime | None, now: datetime) -> CheckResult:
    """Warn, later fail, as the newest good data grows old; `newest` is when it was fetched, None where there is none.

    The worse error is silence: data that stopped coming raises no other check.
    """
    age = now - newest if newest else None
    fresh = age is not None and age <= source.warn_after
    stale = age is None or age > source.fail_after
    return CheckResult(
        name="freshness",
        severity="error" if stale else "warn",
        passed=fresh,
        expected=f"at most {show_duration(source.warn_after)} old",
        actual="no good day yet" if age is None else f"{_hours(age)} old",
        message=_message(source, newest),
        command="" if fresh else f"lakehouse run {source.name}",
    )


def _hours(age: timedelta) -> str:
    return f"{age / timedelta(hours=1):.1f} h"


def _message(source: Source, newest: datetime | None) -> str:
    if newest is None:
        return f"{source.name} has no good day yet."
    return f"The newest good data of {source.name} is of {newest.astimezone(UTC):%Y-%m-%d %H:%M} UTC."
