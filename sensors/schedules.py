"""A schedule for each cadence that sources ask for."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator

import dagster as dg

from lakehouse.source import Source


def cadence_schedules(sources: list[Source]) -> list[dg.ScheduleDefinition]:
    """Return one schedule for each cron expression; it starts one run a source, so that none waits for another."""
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
        execution_timezone="UTC",
        description=f"Ingests {', '.join(names)} at `{cron}` (UTC).",
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )


def _requests(names: list[str]) -> Callable[[dg.ScheduleEvaluationContext], Iterator[dg.RunRequest]]:
    def requests(context: dg.ScheduleEvaluationContext) -> Iterator[dg.RunRequest]:
        moment = context.scheduled_execution_time
        for name in names:
            yield dg.RunRequest(
                run_key=f"{name}:{moment.isoformat()}",
                partition_key=moment.strftime("%Y-%m-%d"),
                asset_selection=[dg.AssetKey(["bronze", name]), dg.AssetKey(["silver", name])],
                tags={"lakehouse/source": name},
            )

    return requests
