"""The same day once more, for what was killed, what grew stale, and what fails for a while only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from assets.healing import CAUSE_TAG, SOURCE_TAG
from lakehouse.engine.late import is_too_late
from resources.store import Store
from sensors.calls import DAY, LIVE, may_be_fetched
from sensors.days import day_tags, days_of
from sensors.watch import known_sources

AGAIN_TAG = "lakehouse/again"
"""Its value is the source that a run fetches once more."""

AT_MOST = 5
"""Times a day that a source is fetched once more."""

FIRST_PAUSE, GROWTH = timedelta(minutes=5), 3
"""Pauses of 5, 15, 45 minutes and so on: a site that is down for the night is asked again in the morning."""

PASSING = ("transient", "limited")
"""Causes that go away by themselves."""


def ingest_again(source: str, key: str, days: Iterable[str]) -> dg.RunRequest:
    """Return one more run of `ingest` over the days; today where none are known. `key` keeps it from being doubled."""
    return dg.RunRequest(
        run_key=f"again:{source}:{key}",
        job_name="ingest",
        asset_selection=[dg.AssetKey([layer, source]) for layer in ("bronze", "silver")],
        tags={AGAIN_TAG: source, "lakehouse/source": source, **day_tags(days)},
    )


def times_again(instance: dg.DagsterInstance, source: str) -> int:
    """Return how often a source was fetched once more within a day."""
    return instance.get_runs_count(dg.RunsFilter(tags={AGAIN_TAG: source}, created_after=datetime.now(UTC) - DAY))


def retry_sensor(jobs: list[UnresolvedAssetJobDefinition]) -> dg.SensorDefinition:
    """Return the sensor that fetches again, with growing pauses, where the doctor found a cause that passes."""

    @dg.sensor(
        name="passing_failures",
        jobs=[job for job in jobs if job.name == "ingest"],
        minimum_interval_seconds=30,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Fetches a day again, with growing pauses, where a site was down or asked to be left alone.",
    )
    def passing_failures(context: dg.SensorEvaluationContext, store: Store) -> dg.SensorResult:
        known, now = known_sources(context), datetime.now(UTC)
        due = [request for source, request in due_again(context.instance, now) if source in known]
        allowed = [request for request in due if may_be_fetched(store, request.tags[AGAIN_TAG])]
        told = None if allowed else "nothing waits, or not long enough"
        return dg.SensorResult(run_requests=allowed, skip_reason=told)

    return passing_failures


def due_again(instance: dg.DagsterInstance, now: datetime) -> Iterator[tuple[str, dg.RunRequest]]:
    """Return each source whose last healer of the day found a passing cause long enough ago, with what to run."""
    filters = dg.RunsFilter(tags={CAUSE_TAG: PASSING}, created_after=now - DAY)
    newest: dict[str, dg.RunRecord] = {}
    for record in instance.get_run_records(filters):
        newest.setdefault(record.dagster_run.tags[SOURCE_TAG], record)
    for source, record in newest.items():
        run, tries = record.dagster_run, times_again(instance, source)
        days = [day for day in days_of(run) if not is_too_late(day, now)]
        waited = now - record.update_timestamp
        if days and tries < AT_MOST and run.status not in LIVE and waited >= FIRST_PAUSE * GROWTH**tries:
            yield source, ingest_again(source, run.run_id, days)
