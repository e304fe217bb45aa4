"""The volume check: losses fail, a site that really has fewer does not."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.checks.result import CheckResult, Evidence
from lakehouse.checks.volume import band, check_volume
from lakehouse.contract import Contract
from lakehouse.profile import Profile
from lakehouse.source import Source
from tests.checks.evidence import counted
from tests.profile.days import parts_of

NOTHING = parts_of([])
STEADY = [98, 100, 102, 99, 101, 100, 97, 103, 100, 100]
WEEK = [100, 104, 96, 101, 99, 12, 8]


def verdict(rows: int, before: list[int], *, min_rows: int = 1, allow_empty: bool = False, **told: Any) -> CheckResult:
    contract = Contract.model_validate({"fields": {"a": "text"}, "min_rows": min_rows, "allow_empty": allow_empty})
    source = Source(name="a", start="https://a.org", contract=contract)
    profile = Profile.learn([counted(count) for count in before])
    return check_volume(Evidence(source, "2026-01-30", counted(rows), NOTHING, profile, **told))


@pytest.mark.parametrize(
    ("rows", "before"),
    [
        (1, []),
        (100_000, []),
        (80, STEADY),
        (150, STEADY),
        (13, [100]),
        (700, [100]),
        (8, WEEK + WEEK),
        (12, WEEK * 2 + WEEK[:5]),
        (5, [5, 300, 40, 120, 7, 250, 90, 20, 180, 60]),
        (300, [5, 300, 40, 120, 7, 250, 90, 20, 180, 60]),
        (1, [2, 1, 3, 2, 1, 2, 4, 1, 2]),
    ],
)
def test_a_usual_count_passes(rows: int, before: list[int]) -> None:
    assert verdict(rows, before).passed


@pytest.mark.parametrize(
    ("rows", "before", "said"),
    [
        (0, [], "No rows came"),
        (0, [100], "No rows came"),
        (0, [0, 0, 100], "No rows came"),
        (50, STEADY, "fewer than such a day has had"),
        (1_000, STEADY, "more than such a day has had"),
        (10, [100], "fewer"),
        (3, [100, 100, 100], "fewer"),
        (1, [5_000] * 14, "fewer"),
    ],
)
def test_an_unusual_count_fails(rows: int, before: list[int], said: str) -> None:
    result = verdict(rows, before)
    assert not result.passed
    assert said in result.message
    assert result.command == "lakehouse diff a"


def test_fewer_rows_than_the_contract_wants_fail_whatever_was_usual() -> None:
    assert not verdict(9, [9] * 10, min_rows=10).passed
    assert verdict(10, [], min_rows=10).passed


def test_a_page_that_says_there_is_nothing_is_believed_where_the_contract_allows_it() -> None:
    assert verdict(0, STEADY, allow_empty=True, declared_empty=True).passed
    assert not verdict(0, STEADY, allow_empty=True).passed
    assert not verdict(0, STEADY, declared_empty=True).passed


def test_a_source_that_may_have_no_rows_and_often_had_none_passes_without_any() -> None:
    assert verdict(0, [0, 1, 0, 2], min_rows=0).passed
    assert not verdict(0, [5, 6, 7], min_rows=0).passed
    assert verdict(0, [], min_rows=0).passed


def test_a_site_that_really_has_fewer_passes() -> None:
    assert verdict(20, STEADY, row_like_items=20).passed
    assert verdict(20, STEADY, row_like_items=21).passed
    assert not verdict(20, STEADY, row_like_items=100).passed


def test_no_items_on_the_page_do_not_excuse_a_day_without_rows() -> None:
    assert not verdict(0, STEADY, row_like_items=0).passed


def test_the_expected_band_is_shown() -> None:
    result = verdict(50, STEADY)
    assert result.expected == "58 to 256 rows"
    assert result.actual == "50 rows from 1 pages"
    assert verdict(3, []).expected == "at least 1 rows"


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=14))
def test_every_count_that_was_good_is_in_the_band(counts: list[int]) -> None:
    low, high = band(Profile.learn([counted(count) for count in counts]), 1)
    assert all(low <= count <= high for count in counts)
    assert low >= 1
    assert math.isfinite(high)


@given(st.integers(40, 10**6), st.integers(1, 14))
def test_a_steady_count_that_falls_to_a_tenth_is_always_seen(count: int, days: int) -> None:
    assert not verdict(count // 10, [count] * days).passed


def test_false_alarms_are_rare_on_counts_that_only_chance_moves() -> None:
    chance, alarms = random.Random(1), 0
    for _ in range(200):
        days = [max(1, round(chance.gauss(200, 20))) for _ in range(15)]
        alarms += not verdict(days[-1], days[:-1]).passed
    assert alarms == 0
