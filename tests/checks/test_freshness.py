"""The freshness check warns and then fails as the newest good data grows old."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from lakehouse.checks import check_freshness
from tests.profile.days import SOURCE

NOW = datetime(2026, 1, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "passed", "severity"),
    [(1, True, "warn"), (36, True, "warn"), (37, False, "warn"), (72, False, "warn"), (73, False, "error")],
)
def test_a_daily_source_warns_after_a_day_and_a_half_and_fails_after_three(
    age: int, passed: bool, severity: str
) -> None:
    result = check_freshness(SOURCE, NOW - timedelta(hours=age), NOW)
    assert (result.passed, result.severity) == (passed, severity)
    assert result.expected == "at most 36h old"
    assert result.actual == f"{age}.0 h old"
    assert result.command == ("" if passed else "lakehouse run opinions")


def test_a_source_without_a_good_day_is_stale() -> None:
    result = check_freshness(SOURCE, None, NOW)
    assert (result.passed, result.severity, result.actual) == (False, "error", "no good day yet")
    assert result.message == "opinions has no good day yet."
