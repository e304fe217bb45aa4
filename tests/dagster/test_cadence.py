"""What we take a cadence to mean is what Dagster makes of it: ticks come as often as the freshness expects."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise

import pytest
from dagster._utils.schedules import cron_string_iterator, is_valid_cron_schedule

from lakehouse.source.cadence import WORDS, cron_of, longest_pause

START = datetime(2026, 1, 1, tzinfo=UTC)

CRONS = [
    *WORDS.values(),
    "*/7 * * * *",
    "5/15 * * * *",
    "30 6 * * 1-5",
    "0 0 * * 0-7",
    "0 4 * * 7",
    "15,45 8-18/2 * * *",
    "0 4 1 * 1",
    "0 4 31 * *",
    "59 23 * 12 5",
    "0 0 */10 * *",
]


@pytest.mark.parametrize("cron", CRONS)
def test_dagster_ticks_at_least_as_often_as_the_longest_pause(cron: str) -> None:
    assert is_valid_cron_schedule(cron_of(cron))
    ticks = islice(cron_string_iterator(START.timestamp(), cron, "UTC"), 400)
    pauses = [after - before for before, after in pairwise(ticks)]
    most = longest_pause(cron)
    # Beyond a day the pause counts whole days between dates, whatever the hour of the tick.
    slack = timedelta(days=1) if most >= timedelta(days=1) else timedelta()
    assert max(pauses) <= most + slack
