"""Dates drift only where they left their place both in the calendar and before today."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from lakehouse.checks import run_checks
from lakehouse.profile import Profile
from tests.profile.days import SOURCE, parts_of, records, stats_of

LEARNED = 7
START = date(2026, 1, 1)


def judged(rows: list[dict[str, Any]], captured: date, learned: list[list[dict[str, Any]]]) -> bool:
    """Return whether the drift check passes for rows of a day, after days that were captured in a row from START."""
    days = [START + timedelta(days=n) for n in range(len(learned))]
    profile = Profile.learn(
        [stats_of(parts_of(day), day=when.isoformat()) for when, day in zip(days, learned, strict=True)]
    )
    parts = parts_of(rows)
    stats = stats_of(parts, day=captured.isoformat())
    results = run_checks(stats, parts, profile, SOURCE, day=captured.isoformat())
    return next(result for result in results if result.name == "drift").passed


def news(day: date, seed: int) -> list[dict[str, Any]]:
    """Return records that were all filed in the week before a day."""
    return [{**row, "filed": day - timedelta(days=row["_row"] % 7)} for row in records(seed)]


def test_news_after_years_of_silence_are_still_news() -> None:
    later = START + timedelta(days=1200)
    learned = [news(START + timedelta(days=n), n) for n in range(LEARNED)]
    assert judged(news(later, 99), later, learned)


def test_an_archive_may_be_looked_at_years_later() -> None:
    learned = [[{**row, "filed": date(2016, 5, 1 + row["_row"] % 20)} for row in records(n)] for n in range(LEARNED)]
    archive = [{**row, "filed": date(2016, 5, 1 + row["_row"] % 20)} for row in records(99)]
    assert judged(archive, START + timedelta(days=1200), learned)


def test_dates_that_were_misread_are_neither() -> None:
    learned = [news(START + timedelta(days=n), n) for n in range(LEARNED)]
    wrong = [{**row, "filed": date(2001, 1, 1)} for row in records(99)]
    assert not judged(wrong, START + timedelta(days=LEARNED), learned)
