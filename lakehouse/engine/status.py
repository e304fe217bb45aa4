"""How a source is doing, read off its tables and its registry."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl

from lakehouse.checks import check_freshness
from lakehouse.errors import LakehouseError
from lakehouse.lake import Lake
from lakehouse.registry import Registry


@dataclass(frozen=True)
class DayStatus:
    """One day of a source: pages kept, rows and rejects parsed, names of the checks that failed."""

    day: str
    pages: int
    rows: int
    rejects: int
    release: int | None
    failed: tuple[str, ...]


@dataclass(frozen=True)
class SourceStatus:
    """A source as it stands; `state` is active, degraded, new or broken, `problem` says why in one sentence."""

    name: str
    state: str
    problem: str
    release: int | None
    cadence: str
    days: tuple[DayStatus, ...]


def source_status(
    lake: Lake, registry: Registry, name: str, *, last: int = 7, among: Collection[str] | None = None
) -> SourceStatus:
    """Return the status of one source with its newest days, newest first; `among` shows some days in their place."""
    try:
        source, current = registry.source(name), registry.current(name)
    except LakehouseError as error:
        return SourceStatus(name, "broken", str(error), None, "", ())
    days = _days(lake, name, last)
    state, problem = _state(days)
    if state == "active":
        fresh = check_freshness(source, _fetched_at(lake, name, days[0].day), datetime.now(UTC))
        state, problem = (state, "") if fresh.passed else ("degraded", fresh.message)
    shown = days if among is None else _days(lake, name, among=among)
    return SourceStatus(name, state, problem, current.number if current else None, source.cadence, shown)


def _state(days: tuple[DayStatus, ...]) -> tuple[str, str]:
    if not days:
        return "new", "nothing was fetched yet"
    newest = days[0]
    if newest.release is None:
        return "degraded", f"{newest.day} was fetched but not parsed"
    if newest.failed:
        return "degraded", f"{newest.day}: {', '.join(newest.failed)} failed"
    return "active", ""


def _fetched_at(lake: Lake, name: str, day: str) -> datetime | None:
    table = lake.table(f"bronze/{name}")
    newest = table.read([day], ["fetched_at"])["fetched_at"].max() if table.exists() else None
    return newest if isinstance(newest, datetime) else None


def _days(
    lake: Lake, name: str, last: int | None = None, among: Collection[str] | None = None
) -> tuple[DayStatus, ...]:
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
    )


def _count(lake: Lake, table: str, day: str) -> int:
    found = lake.table(table)
    return found.row_count(day) if found.exists() else 0
