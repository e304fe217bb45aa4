"""Building permits of the last weeks, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from lakehouse.demo.site.chance import chance, days_back, is_workday
from lakehouse.demo.site.names import COMPANIES, street_address
from lakehouse.fetcher import Money

KEPT_DAYS = 40
KINDS = ("New construction", "Alteration", "Demolition", "Re-roof", "Solar installation", "Sign")
TRADES = ("Electrical", "Mechanical", "Plumbing", "Structural", "Fire protection")
STAGES = ("Issued", "Under inspection", "Finaled")


@dataclass(frozen=True)
class Permit:
    """One permit; `contractor` is None where the owner builds, `updated_at` is in UTC."""

    number: str
    kind: str
    status: str
    address: str
    issued: date
    valuation: Money
    contractor: str | None
    trades: list[str]
    updated_at: datetime


def permits(day: date) -> list[Permit]:
    """Return the permits that the building office publishes on `day`."""
    return [permit for issued in days_back(day, KEPT_DAYS) for permit in _issued_on(issued, seen=day)]


def _issued_on(issued: date, seen: date) -> list[Permit]:
    if not is_workday(issued):
        return []
    count = chance("permits", issued).choice((1, 2, 2, 3))
    return [_permit(issued, number, seen) for number in range(count) if not _revoked(issued, number, seen)]


def _revoked(issued: date, number: int, seen: date) -> bool:
    dice = chance("revoked", issued, number)
    return dice.random() < 0.15 and (seen - issued).days >= dice.randint(1, 12)


def _permit(issued: date, number: int, seen: date) -> Permit:
    dice = chance("permit", issued, number)
    pace = dice.randint(3, 9)
    stage = min((seen - issued).days // pace, 2)
    changed = datetime.combine(issued + timedelta(days=stage * pace), time(15, dice.randint(0, 59)), UTC)
    return Permit(
        number=f"BLD-{issued:%Y}-{issued.timetuple().tm_yday * 4 + number:04d}",
        kind=dice.choice(KINDS),
        status=STAGES[stage],
        address=street_address(dice),
        issued=issued,
        valuation=Money(Decimal(dice.randint(1_500, 480_000)).quantize(Decimal("0.01")), "USD"),
        contractor=dice.choice((None, *COMPANIES)),
        trades=sorted(dice.sample(TRADES, dice.randint(1, 3))),
        updated_at=changed,
    )
