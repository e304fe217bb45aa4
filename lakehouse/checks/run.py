"""All checks of one day."""

from __future__ import annotations

import polars as pl

from lakehouse.checks.contract import check_contract
from lakehouse.checks.coverage import check_coverage
from lakehouse.checks.drift import check_drift
from lakehouse.checks.fallback import check_fallback
from lakehouse.checks.result import CheckResult, Evidence
from lakehouse.checks.volume import check_volume
from lakehouse.contract import Split
from lakehouse.profile import DayStats, Profile
from lakehouse.source import Source

DAY_CHECKS = (check_contract, check_volume, check_coverage, check_drift, check_fallback)
"""The checks that look at one day, in the order in which they are told; the first four block what is downstream."""


def run_checks(
    stats: DayStats,
    split: Split,
    profile: Profile,
    source: Source,
    *,
    day: str,
    declared_empty: bool = False,
    row_like_items: int | None = None,
    before: pl.DataFrame | None = None,
) -> list[CheckResult]:
    """Return every check's verdict on a day, passed or not.

    `declared_empty` says that the page itself tells that there is nothing; `row_like_items` is the number of items on
    the pages that look like rows, counted without the fetcher; `before` are the good rows of the last good day.
    """
    evidence = Evidence(source, day, stats, split, profile, declared_empty, row_like_items, before)
    return [check(evidence) for check in DAY_CHECKS]
