"""Which days of a source fail, and which was the last good one before them."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from lakehouse.checks.table import CHECK_SCHEMA
from lakehouse.lake import Lake

_COLUMNS = ["day", "check", "severity", "passed", "expected", "actual", "message", "checked_at"]


@dataclass(frozen=True)
class Days:
    """The failing days, oldest first; `good` is the good day beside them; `verdicts` are the error checks that failed.

    A day fails when an error check of it failed, or when it was fetched and not parsed: its fetch or its parse failed.
    """

    failing: tuple[str, ...]
    good: str | None
    verdicts: pl.DataFrame


def days_of(lake: Lake, name: str, day: str | None = None, accepted: frozenset[str] = frozenset()) -> Days:
    """Return the failing days around `day`, or those since the last good one; `day` itself fails, whatever is kept.

    `accepted` are days whose failed checks were found to be the truth: their pages say nothing of what fails now.
    """
    checks = _checks(lake, name)
    failed = checks.filter(~pl.col("passed") & (pl.col("severity") == "error"))
    good = {*checks["day"]} - {*failed["day"]} - {day}
    known = {*checks["day"], *lake.table(f"bronze/{name}").days()} - accepted | ({day} if day else set())
    return Days(_run(known - good, good, day), _beside(good, day), failed)


def _checks(lake: Lake, name: str) -> pl.DataFrame:
    table = lake.table(f"silver/{name}__checks")
    if not table.exists():
        return pl.DataFrame(schema={column: CHECK_SCHEMA[column] for column in _COLUMNS})
    return table.read(columns=_COLUMNS)


def _run(bad: set[str], good: set[str], day: str | None) -> tuple[str, ...]:
    """Return the bad days that have no good day between them and `day`."""
    newest = day or max(bad | good, default="")
    since = max((other for other in good if other <= newest), default="")
    until = min((other for other in good if other > newest), default="9999")
    return tuple(sorted(other for other in bad if since < other < until))


def _beside(good: set[str], day: str | None) -> str | None:
    """Return the last good day before `day`; for the first days of a source, the first one after."""
    before = max((other for other in good if day is None or other < day), default=None)
    return before or min(good, default=None)
