"""Early warnings start the job `canary`: a repair is prepared while the day is still good."""

from collections.abc import Iterator

import dagster as dg
from dagster import DagsterEventType as Kind

from assets.checks import EARLY_WARNING
from resources.store import Store
from sensors.calls import may_be_healed
from sensors.endings import ended_runs
from sensors.order import REST
from sensors.watch import OVERLAP, Cursor, known_sources


class CanaryConfig(dg.Config):
    """The source that warned, and the good day on which it did."""

    source: str
    day: str


@dg.op(description="Prepares a repair for what a good day warns of, and leaves it in staging.")
def prepare_canary(context: dg.OpExecutionContext, config: CanaryConfig, store: Store) -> None:
    from lakehouse.agents.doctor.canary import prepare

    staged = prepare(store.lake(), store.registry(), config.source, config.day)
    told = f"canary {staged.id} is ready" if staged else "no canary is needed, or none is to be had"
    context.log.info(f"{config.source}, {config.day}: {told}")
    context.add_output_metadata({"source": config.source, "canary": staged.id if staged else "none"})


@dg.job(
    name="canary",
    description="Prepare a repair for what a source warns of; it is released only by a failure.",
    tags=REST,
)
def canary_job() -> None:
    """Run the doctor ahead of a failure."""
    prepare_canary()


@dg.sensor(
    name="early_warnings",
    job=canary_job,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Has a repair prepared, once a day, for each source that warns although its day is good.",
)
def early_warnings(context: dg.SensorEvaluationContext, store: Store) -> dg.SensorResult:
    """Look at the runs that ended since the last tick; where none did, this is one query."""
    cursor, known = Cursor.read(context.cursor), known_sources(context)
    records = ended_runs(context.instance, cursor.since - OVERLAP)
    warned = dict.fromkeys(pair for record in records for pair in _warned(context.instance, record) if pair[0] in known)
    requests = [_request(source, day) for source, day in warned if not may_be_healed(store, source)]
    until = max([cursor.since, *(record.update_timestamp for record in records)])
    told = None if requests else "nothing warns"
    return dg.SensorResult(run_requests=requests, skip_reason=told, cursor=Cursor(until).write())


def _warned(instance: dg.DagsterInstance, record: dg.RunRecord) -> Iterator[tuple[str, str]]:
    """Give the sources that a run warned of, each with its day."""
    for entry in instance.all_logs(record.dagster_run.run_id, of_type={Kind.ASSET_CHECK_EVALUATION}):
        event = entry.dagster_event
        check = event.asset_check_evaluation_data if event else None
        # A person's own check of that name on another asset says nothing of a day, and must not end the tick for all.
        if check and check.check_name == EARLY_WARNING and not check.passed and "day" in check.metadata:
            yield check.asset_key.path[-1], str(check.metadata["day"].value)


def _request(source: str, day: str) -> dg.RunRequest:
    config = CanaryConfig(source=source, day=day)
    return dg.RunRequest(
        run_key=f"canary:{source}:{day}",
        job_name=canary_job.name,
        run_config=dg.RunConfig(ops={"prepare_canary": config}),
        tags={"lakehouse/source": source},
    )
