"""The fallback check warns when a later selector takes over, before the last one fails."""

from __future__ import annotations

import pytest

from lakehouse.checks.fallback import check_fallback
from lakehouse.checks.result import CheckResult, Evidence
from lakehouse.profile import DayStats, Profile, SelectorStats
from tests.profile.days import SOURCE, parts_of

NOTHING = parts_of([])


def day(*counts: int, selectors: tuple[str, ...] = ("h1", "h2")) -> DayStats:
    answer = SelectorStats(field="title", selectors=selectors, counts=counts, missed=0)
    return DayStats(rows=sum(counts), rejects=0, pages=1, answers=(answer,))


def verdict(today: DayStats, before: list[DayStats]) -> CheckResult:
    return check_fallback(Evidence(SOURCE, "2026-01-30", today, NOTHING, Profile.learn(before)))


@pytest.mark.parametrize(
    ("today", "before"),
    [
        (day(10, 0), [day(10, 0)]),
        (day(0, 10), []),
        (day(9, 1), [day(10, 0)]),
        (day(5, 5), [day(5, 5)] * 3),
        (day(0, 10), [day(0, 10)] * 3),
        (day(0, 10, selectors=("h3", "h4")), [day(10, 0)]),
        (day(0, 0), [day(10, 0)]),
    ],
)
def test_usual_answers_pass(today: DayStats, before: list[DayStats]) -> None:
    assert verdict(today, before).passed


@pytest.mark.parametrize(
    ("today", "before"),
    [(day(0, 10), [day(10, 0)]), (day(5, 5), [day(9, 1)] * 3), (day(0, 10), [day(10, 0)] * 2 + [day(0, 10)])],
)
def test_a_later_selector_that_takes_over_is_a_warning(today: DayStats, before: list[DayStats]) -> None:
    result = verdict(today, before)
    assert not result.passed
    assert result.severity == "warn"
    assert "`title`" in result.message
    assert result.examples == ({"field": "title", "selectors": ["h1", "h2"], "answers": list(today.answers[0].counts)},)
