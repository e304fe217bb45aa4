"""Kept days of a source, written straight to its tables: one page a day, its rows and its verdicts."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import polars as pl

from lakehouse.checks import CheckResult, to_frame
from lakehouse.lake import CAPTURE_SCHEMA, Lake
from lakehouse.profile import DayStats
from lakehouse.profile.stats import FieldStats

FIRST = date(2026, 1, 1)
NAME = "books"
URL = "https://shop.example/books"
PASSED = CheckResult("volume", "error", passed=True, expected="", actual="", message="")


def days(count: int) -> list[str]:
    """Return days in a row."""
    return [(FIRST + timedelta(days=n)).isoformat() for n in range(count)]


def stats(rows: int, **fills: float) -> DayStats:
    """Return a day of so many rows whose fields are filled so far."""
    return DayStats(rows=rows, rejects=0, fields={n: FieldStats(fill=fill, distinct=1.0) for n, fill in fills.items()})


def noisy(seed: int, rows: int, fill: float, count: int = 30) -> list[DayStats]:
    """Return days on which each row has a value by chance, with a few rows more or less."""
    dice = random.Random(seed)
    sizes = [max(1, rows + dice.randint(-rows // 10, rows // 10)) for _ in range(count)]
    return [stats(size, title=1.0, price=sum(dice.random() < fill for _ in range(size)) / size) for size in sizes]


def keep(
    lake: Lake,
    told: Sequence[DayStats],
    pages: Sequence[str] = (),
    checks: Mapping[str, Sequence[CheckResult]] | None = None,
) -> list[str]:
    """Write days with their statistics, pages and checks, all of them passed where none are given; return the days."""
    named, at = days(len(told)), datetime.now(UTC)
    verdicts = [
        to_frame((checks or {}).get(day, [PASSED]), each, day=day, release=1, checked_at=at)
        for day, each in zip(named, told, strict=True)
    ]
    lake.table(f"silver/{NAME}__checks").append(pl.concat(verdicts))
    if pages:
        _keep_pages(lake, dict(zip(named, pages, strict=True)), at)
    return named


def _keep_pages(lake: Lake, pages: Mapping[str, str], at: datetime) -> None:
    empty = dict.fromkeys(CAPTURE_SCHEMA)
    rows = [
        empty
        | {"day": day, "capture_id": f"c-{day}", "request_url": URL, "url": URL, "status": 200, "headers": "{}",
           "content_type": "text/html", "sha256": lake.bodies.put(page.encode()), "fetched_at": at, "run_id": day,
           "seq": 0, "meta": "{}"}
        for day, page in pages.items()
    ]  # fmt: skip
    lake.table(f"bronze/{NAME}").append(pl.DataFrame(rows, schema=CAPTURE_SCHEMA))
    gave = [{"day": day, "title": "A book", "_capture": f"c-{day}", "_row": 0} for day in pages]
    lake.table(f"silver/{NAME}").append(pl.DataFrame(gave))
