"""Several days of silver: one that cannot be parsed costs only itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lakehouse.engine.silver import Derived, ParseReport, derive_day, parse_day, write_days
from lakehouse.engine.types import changed_fields
from lakehouse.errors import LakehouseError, NothingToParse
from lakehouse.lake import Lake
from lakehouse.profile import DayStats
from lakehouse.registry import Registry


@dataclass
class ParsedDays:
    """What each day gave: a report, or the error that kept it from one."""

    reports: dict[str, ParseReport] = field(default_factory=dict)
    errors: dict[str, LakehouseError] = field(default_factory=dict)


def parse_days(
    lake: Lake, registry: Registry, name: str, days: Sequence[str], *, release: int | None = None
) -> ParsedDays:
    """Do for each day what `parse_day` does.

    Where the contract gave a field another type, the table is written anew in one commit, so that all of its days must
    be among `days`, and one that cannot be parsed leaves it as it was. All rows are then in memory at once.
    """
    if changed_fields(lake, registry.source(name)):
        return _anew(lake, registry, name, days, release)
    parsed = ParsedDays()
    for day in days:
        try:
            parsed.reports[day] = parse_day(lake, registry, name, day, release=release)
        except LakehouseError as error:
            parsed.errors[day] = error
    return parsed


def _anew(lake: Lake, registry: Registry, name: str, days: Sequence[str], release: int | None) -> ParsedDays:
    """Judge each day by those before it that were parsed with the new types; the old ones say nothing of these."""
    parsed, derived = ParsedDays(), list[Derived]()
    good: list[DayStats] = []
    for day in sorted(days):
        try:
            derived.append(derive_day(lake, registry, name, day, release=release, known=good))
        except NothingToParse as error:
            parsed.errors[day] = error
            continue
        if derived[-1].report().passed:
            good.append(derived[-1].stats)
    if derived:
        write_days(lake, derived)
    parsed.reports = {each.day: each.report() for each in derived}
    return parsed
