"""What a check looks at, and what it says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import polars as pl

from lakehouse.checks.kept import Kept, kept_records
from lakehouse.contract import Split
from lakehouse.profile import DayStats, Profile
from lakehouse.source import Source

Severity = Literal["error", "warn"]

MOST_EXAMPLES = 5
"""Rows that a result shows."""


@dataclass(frozen=True)
class CheckResult:
    """One check's verdict: `message` is a sentence, `examples` are rows at fault, `command` is what to run next.

    `fields` are the fields at fault, where single ones are.
    """

    name: str
    severity: Severity
    passed: bool
    expected: str
    actual: str
    message: str
    examples: tuple[dict[str, Any], ...] = ()
    command: str = ""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """Everything that the checks of one day may look at.

    `declared_empty`: the page itself says that there is nothing. `row_like_items`: items of the pages' structure that
    look like rows, counted without the fetcher; None where nobody counted. `before` are the good rows of the last
    good day, None where there is none.
    """

    source: Source
    day: str
    stats: DayStats
    split: Split
    profile: Profile
    declared_empty: bool = False
    row_like_items: int | None = None
    before: pl.DataFrame | None = None

    @cached_property
    def kept(self) -> Kept:
        """What became of the records that were there on the last good day and still are."""
        return Kept() if self.before is None else kept_records(self.before, self.split.good, self.source.contract)

    @property
    def is_same_release(self) -> bool:
        """Whether the rows of the last good day were read by the same release."""
        if self.before is None:
            return False
        releases = (set(frame["_release"].unique()) for frame in (self.before, self.split.good))
        return len(set[int]().union(*releases)) == 1

    def sql(self, table: str, columns: str = "*", where: str = "") -> str:
        """Return the command that shows rows of the day from one of the source's tables."""
        condition = f"day = '{self.day}'" + (f" and {where}" if where else "")
        query = " ".join(("select", columns, "from", f"silver.{self.source.name}{table}", "where", condition))
        return f'lakehouse sql "{query} limit 20"'


def examples_of(frame: pl.DataFrame) -> tuple[dict[str, Any], ...]:
    """Return the first rows of a frame as dictionaries that JSON can hold."""
    rows = frame.head(MOST_EXAMPLES).to_dicts()
    return tuple(json.loads(json.dumps(rows, default=str)))


def share(part: float) -> str:
    """Return a share as it is shown, such as `12.5 %`."""
    return f"{part:.1%}".replace("%", " %").replace(".0 %", " %")
