"""The day's checks on printed records, without a lake: the same profile and thresholds as every day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lakehouse.agents.doctor.case import Record
from lakehouse.checks import CheckResult, run_checks
from lakehouse.contract import Contract, Split, split
from lakehouse.profile import DayStats, Profile, measure
from lakehouse.source import Source

EPOCH = "1970-01-01"
"""The day that is told where none is known; as printed, no value is compared with it."""


def stats_of(contract: Contract, records: Sequence[Record | dict[str, Any]], pages: int) -> tuple[DayStats, Split]:
    """Return what records look like as a day of the source."""
    stamp = {"_capture": "", "_release": 1, "_round": 0}
    rows = [{**record, **stamp, "_row": number} for number, record in enumerate(records)]
    parted = split(rows, contract)
    return measure(parted.good, parted.rejects, contract=contract, pages=pages), parted


def failed_checks(
    contract: Contract,
    records: Sequence[Record],
    pages: int,
    good: Sequence[DayStats],
    *,
    declared_empty: bool = False,
    row_like_items: int | None = None,
    before: Sequence[Record] | None = None,
) -> list[CheckResult]:
    """Return the blocking checks that fail on the records of some pages, judged by good days.

    `before` are the records that the same fetcher gave on the last of them.
    """
    stats, parted = stats_of(contract, records, pages)
    known = None if before is None else stats_of(contract, before, pages)[1].good
    source = Source.model_validate({"name": "case", "start": "https://case.example/", "contract": contract})
    told = run_checks(
        stats,
        parted,
        Profile.learn(good),
        source,
        day=EPOCH,
        declared_empty=declared_empty,
        row_like_items=row_like_items,
        before=known,
    )
    return [check for check in told if not check.passed and check.severity == "error"]
