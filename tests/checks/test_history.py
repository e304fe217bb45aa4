"""Weeks of a source in a row: quiet while it only lives, loud on the day it breaks, quiet again when it is mended."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from lakehouse.checks import run_checks
from lakehouse.fetcher import Unread
from lakehouse.profile import DayStats, Profile
from tests.checks.evidence import Change
from tests.profile.days import SOURCE, parts_of, records, stats_of

COUNTS = {
    "steady": lambda chance, _: chance.randint(95, 105),
    "growing": lambda _, day: 100 + 3 * day,
    "small": lambda chance, _: chance.randint(2, 6),
    "weekdays": lambda chance, day: chance.randint(90, 110) if day % 7 < 5 else chance.randint(20, 30),
}


def play(counts: list[int], broken: dict[int, Change], seed: int) -> Iterator[set[str]]:
    """Give the names of the checks that fail on each day, learning from the good ones on the way."""
    good: list[DayStats] = []
    for day, count in enumerate(counts):
        change = broken.get(day, lambda row: row)
        parts = parts_of([change(row) for row in records(day, count, seed)])
        stats = stats_of(parts)
        results = run_checks(stats, parts, Profile.learn(good), SOURCE, day=f"2026-01-{day + 1:02}")
        failed = {result.name for result in results if not result.passed}
        if not failed:
            good.append(stats)
        yield failed


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("kind", COUNTS)
def test_three_weeks_of_ordinary_life_raise_no_alarm(kind: str, seed: int) -> None:
    chance = random.Random(seed)
    counts = [COUNTS[kind](chance, day) for day in range(21)]
    assert list(play(counts, {}, seed)) == [set()] * 21


@pytest.mark.parametrize("day", [1, 5, 12])
@pytest.mark.parametrize(
    ("change", "check"),
    [
        (lambda row: {**row, "note": None, "link": None}, "coverage"),
        (lambda row: {**row, "docket": Unread("?", "text", "no reason")}, "contract"),
        (lambda row: {**row, "court": f"{row['court']} ({row['docket']})"}, "drift"),
        (lambda row: {**row, "docket": "24-cv-1", "title": "same", "note": None}, "volume"),
    ],
    ids=["fields emptied", "key unreadable", "texts joined", "rows collapsed"],
)
def test_a_break_is_seen_on_its_day_and_no_day_after_the_repair(day: int, change: Change, check: str) -> None:
    days = list(play([100] * 14, {day: change}, seed=3))
    assert check in days[day]
    assert [failed for number, failed in enumerate(days) if number != day] == [set()] * 13


def test_a_break_that_lasts_stays_an_alarm_since_bad_days_teach_nothing() -> None:
    broken: dict[int, Change] = {day: lambda row: {**row, "title": None} for day in range(4, 12)}
    days = list(play([100] * 12, broken, seed=4))
    assert all("coverage" in failed for failed in days[4:])
