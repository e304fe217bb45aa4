"""The days of a run, as Dagster's tags tell them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import dagster as dg
from dagster._core.storage.tags import (
    ASSET_PARTITION_RANGE_END_TAG,
    ASSET_PARTITION_RANGE_START_TAG,
    PARTITION_NAME_TAG,
)


def days_of(run: dg.DagsterRun) -> tuple[str, ...]:
    """Return the one day of a run, or the first and the last; none where it has no partitions."""
    tags = (PARTITION_NAME_TAG, ASSET_PARTITION_RANGE_START_TAG, ASSET_PARTITION_RANGE_END_TAG)
    return tuple(sorted({run.tags[tag] for tag in tags if tag in run.tags}))


def day_tags(days: Iterable[str]) -> dict[str, str]:
    """Return the tags of one run from the first of the days to the last; of today where none are known."""
    known = sorted(days) or [datetime.now(UTC).date().isoformat()]
    if known[0] == known[-1]:
        return {PARTITION_NAME_TAG: known[0]}
    return {ASSET_PARTITION_RANGE_START_TAG: known[0], ASSET_PARTITION_RANGE_END_TAG: known[-1]}
