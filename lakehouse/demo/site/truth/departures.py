"""Bus and ferry departures of a day from the Harbor Interchange, by time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from lakehouse.demo.site.chance import chance, is_workday

LOCAL = ZoneInfo("America/Los_Angeles")
LINES = {
    "1": ("Beacon Hill Loop", 5 * 60 + 40, 75),
    "4": ("University via Fern Lane", 6 * 60 + 5, 105),
    "7X": ("Airport Express", 5 * 60 + 15, 180),
    "12": ("Ironworks & East Quay", 6 * 60 + 30, 150),
    "F": ("Gull Island Ferry", 7 * 60, 200),
}
LAST_MINUTE = 21 * 60


@dataclass(frozen=True)
class Departure:
    """One trip; `departs` is in UTC, `delay` is in minutes, `bay` is a letter."""

    trip: str
    line: str
    destination: str
    bay: str
    departs: datetime
    delay: int
    status: str
    step_free: bool


def departures(day: date) -> list[Departure]:
    """Return the trips of `day`; fewer run on weekends, and some only now and then."""
    trips = [
        _departure(line, minute, day)
        for line, (_, first, headway) in LINES.items()
        for minute in range(first, LAST_MINUTE, headway if is_workday(day) else 2 * headway)
        if chance("runs", line, minute, day).random() > 0.08
    ]
    return sorted(trips, key=lambda trip: (trip.departs, trip.line))


def _departure(line: str, minute: int, day: date) -> Departure:
    dice = chance("trip", line, minute, day)
    delay = dice.choice((0, 0, 0, 0, 2, 4, 7, 15))
    status = "Cancelled" if dice.random() < 0.04 else "Delayed" if delay else "On time"
    departs = datetime(day.year, day.month, day.day, tzinfo=LOCAL) + timedelta(minutes=minute)
    bay = chance("bay", line).choice("ABCDEF")
    return Departure(
        f"{line}-{departs:%H%M}",
        line,
        LINES[line][0],
        bay,
        departs.astimezone(UTC),
        delay,
        status,
        step_free=dice.random() < 0.8,
    )
