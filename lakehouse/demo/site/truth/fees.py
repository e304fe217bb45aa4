"""The city's fee schedule, which the council amends on workdays, one fee at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lakehouse.demo.site.chance import chance, days_back, is_workday
from lakehouse.fetcher import Money

REMEMBERED_DAYS = 60
SUSPENDED = 2
SERVICES = {
    "BL": ("Building", ("Residential plan review", "Commercial plan review", "Re-inspection", "Demolition permit",
                        "Sign permit", "Solar permit", "Temporary occupancy", "Address change", "Fence permit",
                        "Grading permit")),
    "CL": ("City Clerk", ("Certified copy", "Public record search", "Notary service", "Business licence, new",
                          "Business licence, renewal", "Street vendor licence", "Marriage ceremony", "Dog licence",
                          "Dog licence, senior owner", "Late renewal")),
    "FD": ("Fire", ("Fire alarm plan review", "Sprinkler plan review", "Hydrant flow test", "Burn permit",
                    "False alarm, third call", "Hazardous materials permit", "Fireworks display permit",
                    "Tent inspection", "Annual inspection")),
    "HB": ("Harbor", ("Transient moorage", "Permanent moorage", "Dinghy dock", "Launch ramp, day", "Launch ramp, year",
                      "Crane use", "Pump-out", "Dry storage", "Waiting list")),
    "PK": ("Parks", ("Picnic shelter, half day", "Picnic shelter, full day", "Ball field", "Tennis court",
                     "Community garden plot", "Swim lesson", "Lifeguard, additional", "Film permit",
                     "Special event permit")),
    "PW": ("Public Works", ("Street cut permit", "Sidewalk closure", "Parking permit, zone A",
                            "Parking permit, zone B", "Oversize load", "Tree removal review", "Water meter test",
                            "Water connection", "Sewer connection")),
}  # fmt: skip
UNITS = ("each", "per hour", "per day", "per month", "per year")


@dataclass(frozen=True)
class Fee:
    """One line of the schedule."""

    code: str
    department: str
    service: str
    unit: str
    fee: Money
    effective: date


def fees(day: date) -> list[Fee]:
    """Return the schedule in force on `day`, by code."""
    suspended = chance("suspended", day.isocalendar()[:2]).sample(_codes(), SUSPENDED)
    amended = {_amended_on(past): past for past in reversed(list(days_back(day, REMEMBERED_DAYS))) if is_workday(past)}
    return [_fee(code, amended.get(code)) for code in _codes() if code not in suspended]


def _codes() -> list[str]:
    return [f"{prefix}-{number:02d}" for prefix, (_, names) in SERVICES.items() for number in range(1, len(names) + 1)]


def _amended_on(day: date) -> str:
    return chance("amended", day).choice(_codes())


def _fee(code: str, amended: date | None) -> Fee:
    prefix, number = code.split("-")
    department, names = SERVICES[prefix]
    dice = chance("fee", code)
    amount = (
        Decimal(dice.choice((12, 18, 25, 40, 65, 90, 120, 240, 480, 1250))) + Decimal(dice.choice((0, 25, 50))) / 100
    )
    unit = dice.choice(UNITS)
    if amended:
        amount += chance("rise", code, amended).randint(1, 9)
    fee = Money(amount.quantize(Decimal("0.01")), "USD")
    return Fee(code, department, names[int(number) - 1], unit, fee, amended or date(2026, 7, 1))
