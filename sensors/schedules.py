"""A schedule for each cadence that sources ask for."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime

import dagster as dg

from lakehouse.registry import Registry
from lakehouse.source import Source


def cadence_schedules(sources: list[Source]) -> list[dg.ScheduleDefinition]:
    """Return one schedule for each cron expression; it starts one run a source, so that none waits for another.

    Sources that a person paused or retired are left out, read off their log at each tick.
    """
    by_cron: dict[str, list[str]] = defaultdict(list)
    for source in sources:
        by_cron[source.cron].append(source.name)
    return [_schedule(cron, names) for cron, names in sorted(by_cron.items())]


def _schedule(cron: str, names: list[str]) -> dg.ScheduleDefinition:
    return dg.ScheduleDefinition(
        name="ingest_" + hashlib.sha256(cron.encode()).hexdigest()[:8],
        job_name="ingest",
        cron_schedule=cron,
        execution_fn=_requests(names),
        required_resource_keys={"store"},
        execution_timezone="UTC",
        description=f"Ingests {', '.join(names)} at `{cron}` (UTC).",
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )


Tick = dg.RunRequest | dg.SkipReason


def _requests(names: list[str]) -> Callable[[dg.ScheduleEvaluationContext], Iterator[Tick]]:
    def requests(context: dg.ScheduleEvaluationContext) -> Iterator[Tick]:
        moment = context.scheduled_execution_time
        halted = _halted(context.resources.store.registry(), names)
        for name, why in halted.items():
            context.log.info(f"{name} is not run: {why}")
        if len(halted) == len(names):
            yield dg.SkipReason("; ".join(f"{name}: {why}" for name, why in halted.items()))
        for name in names:
            if name not in halted:
                yield _request(name, moment)

    return requests


def _halted(registry: Registry, names: list[str]) -> dict[str, str]:
    """Return the sources that a person halted, or whose log cannot be read, and why."""
    from lakehouse.agents.doctor.states import may_ingest
    from lakehouse.agents.doctor.status import logged_state

    asked = {name: may_ingest(logged_state(registry, name)) for name in names}
    return {name: why for name, (may, why) in asked.items() if not may}


def _request(name: str, moment: datetime) -> dg.RunRequest:
    return dg.RunRequest(
        run_key=f"{name}:{moment.isoformat()}",
        partition_key=moment.strftime("%Y-%m-%d"),
        asset_selection=[dg.AssetKey(["bronze", name]), dg.AssetKey(["silver", name])],
        tags={"lakehouse/source": name},
    )
