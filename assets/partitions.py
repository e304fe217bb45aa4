"""The days of all sources."""

from __future__ import annotations

import dagster as dg

from lakehouse.source import Source

FIRST_DAY = "2026-01-01"


def days_of(sources: list[Source]) -> dg.DailyPartitionsDefinition:
    """Return the daily partitions that every source shares, today's among them.

    One definition for all, since Dagster wants the assets of a job to agree on their partitions.
    """
    first = min((str(source.first_day) for source in sources if source.first_day), default=FIRST_DAY)
    return dg.DailyPartitionsDefinition(start_date=min(first, FIRST_DAY), end_offset=1)
