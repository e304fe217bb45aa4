"""Silver: parse the kept pages of one day into a checked table."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import polars as pl

from lakehouse.checks import CheckResult, good_days, run_checks, to_frame
from lakehouse.contract import split
from lakehouse.engine.replay import Replay, captures_of, replay
from lakehouse.engine.worker import worker_of
from lakehouse.errors import FetcherRaised, NothingToParse
from lakehouse.lake import Lake
from lakehouse.profile import FAILED_PAGE, DayStats, Profile, measure
from lakehouse.registry import Registry, Release
from lakehouse.source import Source


@dataclass(frozen=True)
class ParseReport:
    """What one parse of a day gave: counts, and the checks with what they saw."""

    source: str
    day: str
    release: int
    pages: int
    rows: int
    rejects: int
    checks: tuple[CheckResult, ...]

    @property
    def passed(self) -> bool:
        """Return whether nothing is wrong that would block what is downstream."""
        return all(check.passed for check in self.checks if check.severity == "error")


@dataclass(frozen=True)
class Derived:
    """A day as parsed and judged, before anything is written; `good` and `rejects` are frames of the silver tables."""

    source: Source
    release: Release
    day: str
    good: pl.DataFrame
    rejects: pl.DataFrame
    stats: DayStats
    checks: list[CheckResult]
    pages: int

    def report(self) -> ParseReport:
        """Return the counts and checks without the rows."""
        counts = (self.pages, self.good.height, self.rejects.height)
        return ParseReport(self.source.name, self.day, self.release.number, *counts, tuple(self.checks))

    def write(self, lake: Lake) -> None:
        """Replace the day in all three tables; the checks come last, since they vouch for the other two."""
        name = self.source.name
        lake.table(f"silver/{name}__rejects").replace_day(self.day, self.rejects)
        lake.table(f"silver/{name}").replace_day(self.day, self.good)
        vouch = to_frame(
            self.checks, self.stats, day=self.day, release=self.release.number, checked_at=datetime.now(UTC)
        )
        lake.table(f"silver/{name}__checks").replace_day(self.day, vouch)


def parse_day(lake: Lake, registry: Registry, name: str, day: str, *, release: int | None = None) -> ParseReport:
    """Parse one day's pages with the release in force, or another one, and replace the day's rows, rejects and checks.

    Raises `NothingToParse` when the day has no pages, and `SandboxError` when the fetcher cannot be trusted or run.
    """
    derived = derive_day(lake, registry, name, day, release=release)
    derived.write(lake)
    return derived.report()


def derive_day(lake: Lake, registry: Registry, name: str, day: str, *, release: int | None = None) -> Derived:
    """Do all that `parse_day` does but write."""
    source = registry.source(name)
    chosen = registry.read(name, release) if release else registry.in_force(name)
    captures = captures_of(lake, name, day)
    if not captures:
        raise NothingToParse(name, day)
    with worker_of(chosen, source) as worker:
        outcome = replay(worker, captures, lake.bodies, chosen.number)
    parted = split(outcome.rows, source.contract)
    rejects = pl.concat([parted.rejects, _page_rejects(outcome, chosen, parted.rejects)], how="vertical")
    stats = measure(parted.good, rejects, outcome.field_answers(), pages=outcome.pages, contract=source.contract)
    profile = Profile.learn(days_before(lake, name, day))
    checks = run_checks(stats, replace(parted, rejects=rejects), profile, source, day=day)
    return Derived(source, chosen, day, parted.good, rejects, stats, checks, outcome.pages)


def days_before(lake: Lake, name: str, day: str) -> list[DayStats]:
    """Return the good days that a day is judged by: the ones before it, or, for the first, the ones after."""
    table = lake.table(f"silver/{name}__checks")
    if not table.exists():
        return []
    frame = table.read()
    before = good_days(frame.filter(pl.col("day") < day))
    return before or good_days(frame.filter(pl.col("day") > day))


def _page_rejects(outcome: Replay, release: Release, like: pl.DataFrame) -> pl.DataFrame:
    """Return a reject for each page that the fetcher could not read, so that its loss shows and can be undone."""
    rows: list[dict[str, Any]] = [
        {
            "raw": json.dumps({"traceback": error.traceback} if isinstance(error, FetcherRaised) else {}),
            "reasons": [f"page: {error}"],
            "_capture": capture,
            "_release": release.number,
            "_row": FAILED_PAGE,
        }
        for capture, error in outcome.failures.items()
    ]
    return pl.DataFrame(rows, schema=like.schema)
