"""The end of an incident: its days were parsed again, and the checks say whether the repair holds."""

from __future__ import annotations

from typing import Any

import polars as pl

from lakehouse.agents.doctor.incidents import AUTHOR, Incidents
from lakehouse.lake import Lake
from lakehouse.registry import AuditEntry, Registry


def settle(lake: Lake, registry: Registry, name: str) -> AuditEntry | None:
    """End the open incident as healed if every failing day that has pages is good now; else leave it open.

    Returns the event that ended it, or None.
    """
    incidents = Incidents(lake, registry, name)
    incident = incidents.current()
    if incident is None:
        return None
    days = [day for day in incident.days if day in days_with_pages(lake, name)]
    bad = failed_days(lake, name, days)
    if bad or not days:
        return None
    rows = sum(lake.table(f"silver/{name}").row_count(day) for day in days)
    attempts = incidents.course(incident.id).attempts
    last = attempts[-1].details if attempts else {}
    told: dict[str, Any] = {key: last.get(key) for key in ("method", "cause", "release")}
    reason = f"{', '.join(days)}: all checks pass again"
    return incidents.close(incident.id, "healed", reason, days=tuple(days), rows=rows, author=AUTHOR, **told)


def days_with_pages(lake: Lake, name: str) -> set[str]:
    """Return the days of which pages are kept; nothing can be parsed for the others."""
    table = lake.table(f"bronze/{name}")
    return set(table.days()) if table.exists() else set()


def failed_days(lake: Lake, name: str, days: list[str]) -> list[str]:
    """Return the days that were not parsed, or whose blocking checks do not all pass."""
    table = lake.table(f"silver/{name}__checks")
    if not table.exists():
        return days
    frame = table.read(days) if days else table.read([])
    failed = set(frame.filter(~pl.col("passed") & (pl.col("severity") == "error"))["day"])
    return [day for day in days if day in failed or day not in set(frame["day"])]
