"""The days of a source as its tables hold them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from lakehouse.engine.rounds import lost_round
from lakehouse.lake import Lake


@dataclass(frozen=True)
class DayStatus:
    """One day of a source: pages kept, rows and rejects parsed, names of the checks that failed.

    `lost` says what failed in the newest fetch of the day, where that fetch failed; rows of an earlier one stay.
    """

    day: str
    pages: int
    rows: int
    rejects: int
    release: int | None
    failed: tuple[str, ...]
    lost: str = ""


@dataclass(frozen=True)
class ParsedDay:
    """A day as it was last parsed: by which release, when, and whether every check that blocks passed."""

    day: str
    release: int
    checked_at: datetime
    is_good: bool


def parsed_days(lake: Lake, name: str) -> list[ParsedDay]:
    """Return all days that were parsed, oldest first."""
    table = lake.table(f"silver/{name}__checks")
    if not table.exists():
        return []
    columns = ["day", "release", "checked_at", "passed", "severity"]
    is_good = (pl.col("passed") | (pl.col("severity") != "error")).all().alias("is_good")
    told = table.read(columns=columns).group_by("day").agg(pl.col("release", "checked_at").first(), is_good)
    return [ParsedDay(**row) for row in told.sort("day").iter_rows(named=True)]


def failing_days(lake: Lake, name: str) -> list[str]:
    """Return the days of which pages are kept and no good parse is, oldest first."""
    good = {parsed.day for parsed in parsed_days(lake, name) if parsed.is_good}
    return sorted({*lake.table(f"bronze/{name}").days()} - good)


def is_good_since_fetch(lake: Lake, name: str, day: str) -> bool:
    """Tell whether a day was parsed well after the newest of its pages came."""
    fetched = fetched_at(lake, name, day)
    mine = (each for each in parsed_days(lake, name) if each.day == day and each.is_good)
    return fetched is not None and any(each.checked_at >= fetched for each in mine)


def fetched_at(lake: Lake, name: str, day: str) -> datetime | None:
    """Return when the newest page of a day was fetched."""
    table = lake.table(f"bronze/{name}")
    newest = table.read([day], ["fetched_at"])["fetched_at"].max() if table.exists() else None
    return newest if isinstance(newest, datetime) else None


def kept_days(
    lake: Lake, name: str, last: int | None = None, among: Collection[str] | None = None
) -> tuple[DayStatus, ...]:
    """Return the `last` days of a source, or those of them that are `among` some, newest first."""
    pages = lake.table(f"bronze/{name}")
    checks = lake.table(f"silver/{name}__checks")
    fetched = set(pages.days()) if pages.exists() else set()
    checked = set(checks.days()) if checks.exists() else set()
    there = fetched | checked
    newest = sorted(there if among is None else there & set(among), reverse=True)[:last]
    verdicts = checks.read(newest) if newest and checks.exists() else pl.DataFrame()
    return tuple(_day(lake, name, day, verdicts) for day in newest)


def _day(lake: Lake, name: str, day: str, verdicts: pl.DataFrame) -> DayStatus:
    mine = verdicts.filter(pl.col("day") == day) if verdicts.height else verdicts
    failed = mine.filter(~pl.col("passed") & (pl.col("severity") == "error")) if mine.height else mine
    return DayStatus(
        day=day,
        pages=_count(lake, f"bronze/{name}", day),
        rows=_count(lake, f"silver/{name}", day),
        rejects=_count(lake, f"silver/{name}__rejects", day),
        release=mine["release"][0] if mine.height else None,
        failed=tuple(failed["check"].unique(maintain_order=True)) if failed.height else (),
        lost=lost_round(lake, name, day),
    )


def _count(lake: Lake, table: str, day: str) -> int:
    found = lake.table(table)
    return found.row_count(day) if found.exists() else 0
