"""Early warnings of a source: what is about to break although the day is good."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import polars as pl

from lakehouse.agents.doctor.warning import EARLY_WARNING, EarlyWarning, as_check
from lakehouse.agents.doctor.warning_fill import sliding_fills
from lakehouse.agents.doctor.warning_structure import drifted_structure
from lakehouse.checks import CheckResult, to_frame
from lakehouse.engine.silver import ParseReport
from lakehouse.engine.status import parsed_days
from lakehouse.lake import Lake
from lakehouse.profile import DayStats
from lakehouse.registry import Registry

FALLBACK = "fallback"


def warnings_of(lake: Lake, registry: Registry, name: str, day: str) -> list[EarlyWarning]:
    """Return what warns on a day; nothing for a day that is not good, which is an incident's affair."""
    registry.source(name)
    good = _good(lake, name, day)
    if day not in set(good["day"]):
        return []
    days = {each: DayStats.model_validate_json(stats) for each, stats in _stats(good)}
    structure = drifted_structure(lake, name, list(days))
    return [*_falling_back(good, day), *sliding_fills(days), *([structure] if structure else [])]


def watch(lake: Lake, registry: Registry, name: str, day: str) -> CheckResult:
    """Return the warnings of a day as a check, and keep one that warns beside the day's other checks."""
    check = as_check(name, warnings_of(lake, registry, name, day))
    if not check.passed:
        table = lake.table(f"silver/{name}__checks")
        frame = table.read([day]).head(1)
        stats, release = DayStats.model_validate_json(frame["stats"][0]), int(frame["release"][0])
        kept = to_frame([check], stats, day=day, release=release, checked_at=datetime.now(UTC))
        table.append(kept)
    return check


def with_warnings(lake: Lake, registry: Registry, name: str, reports: Sequence[ParseReport]) -> list[ParseReport]:
    """Return the reports of parsed days with the warnings of the source's newest day: of a past one it is too late."""
    newest = max((parsed.day for parsed in parsed_days(lake, name)), default="")
    return [
        replace(each, checks=(*each.checks, watch(lake, registry, name, each.day))) if each.day == newest else each
        for each in reports
    ]


def kept_warnings(lake: Lake, name: str, day: str) -> list[EarlyWarning]:
    """Return the warnings that `watch` kept of a day, looking at no page."""
    table = lake.table(f"silver/{name}__checks")
    if not table.exists():
        return []
    told = table.read([day], ["check", "checked_at", "examples"]).filter(pl.col("check") == EARLY_WARNING)
    newest = told.sort("checked_at").tail(1)["examples"]
    return [EarlyWarning(**each) for examples in newest for each in json.loads(examples)]


def _good(lake: Lake, name: str, day: str) -> pl.DataFrame:
    """Return the verdicts of the good days up to a day."""
    table = lake.table(f"silver/{name}__checks")
    if not table.exists():
        return pl.DataFrame(schema={"day": pl.String})
    frame = table.read(columns=["day", "check", "severity", "passed", "examples", "stats"])
    is_good = (pl.col("passed") | (pl.col("severity") != "error")).all().over("day")
    return frame.filter((pl.col("day") <= day) & is_good).sort("day")


def _stats(good: pl.DataFrame) -> Iterator[tuple[str, str]]:
    return good.group_by("day").agg(pl.col("stats").first()).sort("day").iter_rows()


def _falling_back(good: pl.DataFrame, day: str) -> Iterator[EarlyWarning]:
    """Give a warning for each field for which the check `fallback` says that later selectors answer."""
    told = good.filter(pl.col("check") == FALLBACK)
    mine = told.filter((pl.col("day") == day) & ~pl.col("passed"))
    calm = told.filter(pl.col("passed"))["day"].max() or ""
    since = min(told.filter(pl.col("day") > calm)["day"], default=day)
    for examples in mine["examples"]:
        for name in dict.fromkeys(str(each["field"]) for each in json.loads(examples)):
            message = f"A later selector answers for `{name}`; the first one has lost its place."
            yield EarlyWarning("fallback", name, message, since)
