"""The coverage check: a field that turned empty fails, one that comes and goes does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.checks.coverage import lost_fields
from lakehouse.checks.result import Evidence
from lakehouse.profile import DayStats, FieldStats, Profile
from tests.checks.evidence import changed, verdicts
from tests.profile.days import SOURCE, parts_of

NOTHING = parts_of([])


def day(rows: int, fill: float) -> DayStats:
    return DayStats(rows=rows, rejects=0, pages=1, fields={"note": FieldStats(fill=fill, distinct=1.0)})


def is_lost(today: DayStats, before: list[DayStats]) -> bool:
    return lost_fields(Evidence(SOURCE, "2026-01-30", today, NOTHING, Profile.learn(before))) == ["note"]


@pytest.mark.parametrize(
    ("today", "before"),
    [
        (day(100, 0.0), [day(100, 1.0)]),
        (day(100, 0.0), [day(100, 0.5)] * 3),
        (day(30, 0.0), [day(30, 1.0)]),
        (day(5, 0.0), [day(5, 1.0)] * 2),
        (day(1, 0.0), [day(1, 1.0)] * 14 + [day(20, 1.0)] * 3),
        (day(100, 0.5), [day(100, 1.0)] * 10),
        (day(1_000, 0.0), [day(1_000, 0.1)] * 3),
    ],
)
def test_a_field_that_turned_empty_is_found(today: DayStats, before: list[DayStats]) -> None:
    assert is_lost(today, before)


@pytest.mark.parametrize(
    ("today", "before"),
    [
        (day(100, 0.0), []),
        (day(100, 0.0), [day(100, 0.0)] * 3),
        (day(100, 0.0), [day(100, 0.5), day(100, 0.0)]),
        (day(1, 0.0), [day(1, 1.0)] * 3),
        (day(3, 0.0), [day(3, 0.6)] * 3),
        (day(100, 0.45), [day(100, 0.6)] * 10),
        (day(100, 0.85), [day(100, 1.0)] * 10),
        (day(10, 0.0), [day(10, 0.1)] * 10),
        (day(0, 0.0), [day(100, 1.0)] * 3),
    ],
)
def test_a_field_that_comes_and_goes_is_left_alone(today: DayStats, before: list[DayStats]) -> None:
    assert not is_lost(today, before)


@given(st.integers(1, 500), st.floats(0, 1), st.integers(1, 14))
def test_the_same_fill_as_ever_is_never_a_loss(rows: int, fill: float, days: int) -> None:
    assert not is_lost(day(rows, fill), [day(rows, fill)] * days)


def test_the_loss_is_told_with_rows_that_show_it() -> None:
    result = verdicts(changed(lambda row: {**row, "title": None}, 0.8))["coverage"]
    assert not result.passed
    assert result.message == "`title` turned empty or nearly so."
    assert result.actual == "title filled in 20 %"
    assert len(result.examples) == 5
    assert all(row["title"] is None for row in result.examples)
    assert "where day = '2026-01-30' and title is null" in result.command
