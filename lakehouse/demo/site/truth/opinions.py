"""Opinions of the Port Alder court: those of the last weeks, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lakehouse.demo.site.chance import chance, days_back, is_workday
from lakehouse.demo.site.names import COMPANIES, SURNAMES

KEPT_DAYS = 47
JUDGES = ("Anders", "Bellweather", "Chau", "Delacroix", "Eriksen")
OPPONENTS = ("City of Port Alder", "Harbor Commission", "Alder County Assessor", *COMPANIES)


@dataclass(frozen=True)
class Opinion:
    """One opinion; `url` is a path on the site."""

    docket: str
    title: str
    filed: date
    judge: str
    status: str
    url: str


def opinions(day: date) -> list[Opinion]:
    """Return the opinions that the court lists on `day`."""
    return [opinion for filed in days_back(day, KEPT_DAYS) for opinion in _filed_on(filed, seen=day)]


def _filed_on(filed: date, seen: date) -> list[Opinion]:
    if not is_workday(filed):
        return []
    count = chance("opinions", filed).choice((1, 2, 2, 3))
    return [_opinion(filed, number, seen) for number in range(count) if not _withdrawn(filed, number, seen)]


def _withdrawn(filed: date, number: int, seen: date) -> bool:
    dice = chance("withdrawn", filed, number)
    return dice.random() < 0.15 and (seen - filed).days >= dice.randint(1, 12)


def _opinion(filed: date, number: int, seen: date) -> Opinion:
    dice = chance("opinion", filed, number)
    docket = f"{filed:%y}-{filed.timetuple().tm_yday * 4 + number:04d}"
    title = f"{dice.choice(SURNAMES)} v. {dice.choice(OPPONENTS)}"
    settled = (seen - filed).days >= dice.randint(3, 10)
    status = dice.choice(("Published", "Published", "Amended")) if settled else "Slip opinion"
    return Opinion(docket, title, filed, f"Judge {dice.choice(JUDGES)}", status, f"/documents/opinions/{docket}")
