"""When a day is over for its fetch."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

GRACE = timedelta(hours=1)
"""What a run that was meant for a day may begin after its end: schedules near midnight wait for their turn, too."""


def is_too_late(day: str, now: datetime) -> bool:
    """Tell whether what the web shows at `now` can no longer be taken for the pages of a day; days end in UTC."""
    return day < (now - GRACE).astimezone(UTC).date().isoformat()
