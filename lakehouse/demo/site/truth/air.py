"""Air quality: three-hourly readings of yesterday and today at five stations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from lakehouse.demo.site.chance import chance

STATIONS = ("Beacon Hill", "Cannery Row", "East Quay", "Ironworks", "University")
HOURS = range(0, 24, 3)


@dataclass(frozen=True)
class Reading:
    """One reading, time in UTC, concentrations in µg/m³; None where the instrument was out."""

    station: str
    measured_at: datetime
    pm25: Decimal | None
    no2: Decimal | None
    index: int
    provisional: bool


def air(day: date) -> list[Reading]:
    """Return yesterday's verified and today's provisional readings, by station and time."""
    return [
        reading
        for station in STATIONS
        for measured in (day - timedelta(days=1), day)
        for hour in HOURS
        if (reading := _reading(station, measured, hour, seen=day))
    ]


def _reading(station: str, measured: date, hour: int, seen: date) -> Reading | None:
    dice = chance("air", station, measured, hour)
    if dice.random() < 0.02:  # a reading that verification throws away, or that never came
        return None
    pm25 = dice.choice((None, *[Decimal(dice.randint(21, 389)) / 10] * 20))
    no2 = Decimal(dice.randint(40, 620)) / 10
    provisional = measured == seen
    if not provisional and pm25 and dice.random() < 0.2:
        pm25 += Decimal("0.4")
    index = min(500, int((pm25 or Decimal(10)) * 3 + no2 / 4))
    return Reading(station, datetime.combine(measured, time(hour), UTC), pm25, no2, index, provisional)
