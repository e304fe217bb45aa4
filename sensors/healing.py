"""The job `healer`, and the sensors that start it: failed checks, failed runs, stale assets."""

from datetime import timedelta

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition
from dagster._core.storage.tags import MAX_RUNTIME_SECONDS_TAG

from assets.healing import HEALER, KILLED
from lakehouse.source import Source
from resources.store import Store
from sensors.again import AT_MOST, ingest_again, times_again
from sensors.calls import Call
from sensors.endings import Ending
from sensors.order import HEALING
from sensors.stale import stale
from sensors.watch import EVERY, tick

LONGEST = timedelta(minutes=30)
"""After this a healer is taken for dead and marked as failed, so that the next one is called."""

RUNNING = dg.DefaultSensorStatus.RUNNING


def healer_job(sources: list[Source]) -> UnresolvedAssetJobDefinition:
    """Return the job that heals; one run of it is one source: its fetcher, then silver of every missed day."""
    return dg.define_asset_job(
        HEALER,
        selection=[dg.AssetKey([layer, source.name]) for source in sources for layer in ("fetcher", "silver")],
        description="Diagnose a source, repair its fetcher, prove the repair, and parse the missed days again.",
        tags={MAX_RUNTIME_SECONDS_TAG: str(int(LONGEST.total_seconds())), **HEALING},
    )


def healing_sensors(jobs: list[UnresolvedAssetJobDefinition]) -> list[dg.SensorDefinition]:
    """Return the sensors over the jobs `ingest` and `healer`."""
    heal = [job for job in jobs if job.name == HEALER]
    both = [job for job in jobs if job.name in {HEALER, "ingest"}]

    @dg.sensor(
        name="failed_checks",
        jobs=heal,
        minimum_interval_seconds=EVERY,
        default_status=RUNNING,
        description="Calls the healer once for each run whose checks of severity error failed.",
    )
    def failed_checks(context: dg.SensorEvaluationContext, store: Store) -> dg.SensorResult:
        return tick(context, store, of_checks)

    @dg.sensor(
        name="failed_runs",
        jobs=both,
        minimum_interval_seconds=EVERY,
        default_status=RUNNING,
        description="Calls the healer for each run that raised, and where a healer died; runs what was killed again.",
    )
    def failed_runs(context: dg.SensorEvaluationContext, store: Store) -> dg.SensorResult:
        return tick(context, store, lambda ending: of_run(context.instance, ending))

    @dg.sensor(
        name="stale_assets",
        jobs=both,
        minimum_interval_seconds=30,
        default_status=RUNNING,
        description="Fetches once more what grew too old, and calls the healer where that did not help.",
    )
    def stale_assets(context: dg.SensorEvaluationContext, store: Store) -> dg.SensorResult:
        return stale(context, store)

    return [failed_checks, failed_runs, stale_assets]


def of_checks(ending: Ending) -> Call | None:
    """Return the call for failed checks; of the healer's own runs the doctor has seen them already."""
    if ending.manner != "checks" or ending.of_healer:
        return None
    return Call(ending.source, ending.run_id, ending.ended, "checks", ending.days)


def of_run(instance: dg.DagsterInstance, ending: Ending) -> Call | dg.RunRequest | None:
    """Return what a run that failed asks for: a healer, or, where its process was killed, the same once more."""
    if ending.manner == "checks":
        return None
    if ending.manner == "died" and not ending.of_healer and times_again(instance, ending.source) < AT_MOST:
        return ingest_again(ending.source, ending.run_id, ending.days)
    error = ending.error or KILLED
    return Call(ending.source, ending.run_id, ending.ended, "run", ending.days, error)
