"""Verdicts as rows of `silver/<source>__checks`, and the good days read back from them."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime

import polars as pl

from lakehouse.checks.result import CheckResult
from lakehouse.profile import DayStats

CHECK_SCHEMA: dict[str, pl.DataType] = {
    "day": pl.String(),
    "check": pl.String(),
    "severity": pl.String(),
    "passed": pl.Boolean(),
    "expected": pl.String(),
    "actual": pl.String(),
    "message": pl.String(),
    "examples": pl.String(),
    "command": pl.String(),
    "release": pl.Int64(),
    "checked_at": pl.Datetime("us", "UTC"),
    "stats": pl.String(),
}
"""Columns of the table; `examples` and `stats` are JSON, `stats` the same on each row of a day."""


def to_frame(
    checks: Sequence[CheckResult], stats: DayStats, *, day: str, release: int, checked_at: datetime
) -> pl.DataFrame:
    """Return a day's verdicts as rows of `CHECK_SCHEMA`; the day's statistics stand beside each."""
    stored = stats.model_dump_json()
    rows = [
        {
            "day": day,
            "check": check.name,
            "severity": check.severity,
            "passed": check.passed,
            "expected": check.expected,
            "actual": check.actual,
            "message": check.message,
            "examples": json.dumps(check.examples, ensure_ascii=False),
            "command": check.command,
            "release": release,
            "checked_at": checked_at,
            "stats": stored,
        }
        for check in checks
    ]
    return pl.DataFrame(rows, schema=CHECK_SCHEMA)


def good_days(frame: pl.DataFrame, anew: Collection[str] = (), since: int = 0) -> list[DayStats]:
    """Return the statistics of the days whose error checks all passed, oldest first.

    Of the fields `anew`, days of releases before `since` say nothing: a repair was proved although they look different.
    """
    days = _good(frame, pl.col("stats").first(), pl.col("release").first())
    return [
        _without(DayStats.model_validate_json(stored), anew if release < since else ())
        for stored, release in days.select("stats", "release").iter_rows()
    ]


def good_day_beside(frame: pl.DataFrame, day: str) -> str | None:
    """Return the last good day before `day`; for the first days of a source, the first one after."""
    days = _good(frame)["day"].to_list()
    return max((other for other in days if other < day), default=min((o for o in days if o > day), default=None))


def _good(frame: pl.DataFrame, *columns: pl.Expr) -> pl.DataFrame:
    is_good = (pl.col("passed") | (pl.col("severity") != "error")).all()
    return frame.group_by("day").agg(is_good.alias("good"), *columns).filter("good").sort("day")


def _without(day: DayStats, names: Collection[str]) -> DayStats:
    if not names:
        return day
    return day.model_copy(update={"fields": {name: each for name, each in day.fields.items() if name not in names}})
