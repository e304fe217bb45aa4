"""Days of a source as they might be, for tests of what is learned from them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from lakehouse.contract import Contract, Split, split
from lakehouse.fetcher import Money
from lakehouse.profile import DayStats, measure
from lakehouse.source import Source

CONTRACT = Contract.model_validate(
    {
        "key": ["docket"],
        "fields": {
            "docket": "text",
            "title": "text",
            "court": "text",
            "filed": "date",
            "pages": "integer",
            "fee": "money",
            "link": "url",
            "note": "text",
            "tags": "list",
        },
    }
)
SOURCE = Source(name="opinions", start="https://courts.example.gov", contract=CONTRACT)

_NAMES = ["Smith", "Jones", "State", "Miller", "U.S.", "In re", "Acme Inc.", "doe", "3M"]
_FIRST_DAY = date(2026, 1, 1)


def records(day: int, count: int = 100, seed: int = 0) -> list[dict[str, Any]]:
    """Return one day's records: other values every day, made in the same way; `note` is there in two of three."""
    chance = random.Random(f"{seed}-{day}")
    return [_record(chance, day, number) for number in range(count)]


def _record(chance: random.Random, day: int, number: int) -> dict[str, Any]:
    docket = f"{chance.choice([24, 25])}-cv-{day}{number:05}"
    return {
        "docket": docket,
        "title": " v. ".join(chance.choices(_NAMES, k=chance.randint(1, 3))),
        "court": chance.choice(["First Circuit", "Second Circuit", "Tax Court"]),
        "filed": _FIRST_DAY + timedelta(days=day - chance.randint(0, 5)),
        "pages": chance.randint(1, 60),
        "fee": Money(Decimal(chance.randint(500, 20_000)) / 100, "USD"),
        "link": f"https://courts.example.gov/opinions/{docket}.pdf",
        "note": chance.choice([None, "sealed", "amended"]),
        "tags": chance.choices(["civil", "appeal"], k=chance.randint(1, 2)),
        "_capture": f"page-{number // 50}",
        "_release": 1,
        "_row": number % 50,
    }


def parts_of(rows: list[dict[str, Any]]) -> Split:
    """Return the split of records by the contract of these days."""
    return split(rows, CONTRACT)


def stats_of(parts: Split, pages: int = 2, answers: tuple[Any, ...] = (), day: str = "") -> DayStats:
    """Return what such a day looked like."""
    return measure(parts.good, parts.rejects, answers, contract=CONTRACT, pages=pages, day=day)


def usual_days(count: int, rows: int = 100, seed: int = 0) -> list[DayStats]:
    """Return the statistics of good days in a row."""
    return [stats_of(parts_of(records(day, rows, seed))) for day in range(count)]
