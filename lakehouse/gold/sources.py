"""`gold/repairs` and `gold/source_health`: what the registry's log and the tables of the sources say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from lakehouse.agents.doctor.repairs import Repair, repairs
from lakehouse.agents.doctor.status import SourceStatus, source_status
from lakehouse.engine.status import DayStatus
from lakehouse.gold.rows import RepairRow, SourceHealthRow
from lakehouse.gold.tables import REPAIRS, SOURCE_HEALTH
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from lakehouse.telemetry.model import day_of


def write_repairs(lake: Lake, registry: Registry) -> int:
    """Put every incident as it stands into `gold/repairs` and return how many there are."""
    rows = [_repair(repair) for repair in repairs(lake, registry)]
    REPAIRS.merge(lake, REPAIRS.frame((day_of(row.failed_at), row) for row in rows))
    return len(rows)


def write_source_health(lake: Lake, registry: Registry) -> int:
    """Put how every source stands today into `gold/source_health` and return how many there are."""
    rows = [_health(source_status(lake, registry, name)) for name in registry.sources()]
    today = day_of(datetime.now(UTC))
    SOURCE_HEALTH.merge(lake, SOURCE_HEALTH.frame((today, row) for row in rows))
    return len(rows)


def _repair(repair: Repair) -> RepairRow:
    told = {name: getattr(repair, name) for name in RepairRow.model_fields if name != "failed_again_at"}
    again = repair.ended_at and repair.held is not None and not repair.holds
    failed_again_at = repair.ended_at + timedelta(days=repair.held or 0) if repair.ended_at and again else None
    return RepairRow(**told, failed_again_at=failed_again_at)


def _health(status: SourceStatus) -> SourceHealthRow:
    newest = status.days[0] if status.days else None
    return SourceHealthRow(
        source=status.name,
        state=status.state,
        problem=status.problem,
        cadence=status.cadence,
        release=status.release,
        last_day=newest.day if newest else None,
        last_good_day=_last_good(status.days),
        days_seen=len(status.days),
        days_failed=sum(bool(day.failed) for day in status.days),
        pages=newest.pages if newest else 0,
        rows=newest.rows if newest else 0,
        rows_kept=sum(day.rows for day in status.days),
        rejects=newest.rejects if newest else 0,
        incident=status.incident or None,
        warnings=len(status.warnings),
    )


def _last_good(days: Sequence[DayStatus]) -> str | None:
    return next((day.day for day in days if day.rows and not day.failed), None)
