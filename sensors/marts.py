"""`new_envelopes`: starts the job `marts` when agents have left something that gold does not have."""

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from assets.gold import GROUP
from resources.store import Store
from sensors.order import REST

EVERY = 60
"""Seconds between ticks at least: gold is looked at by people, and each run of it costs a process."""

_UNFINISHED = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
]


def marts_job() -> UnresolvedAssetJobDefinition:
    """Return the job that brings gold up to date."""
    return dg.define_asset_job(
        "marts",
        selection=dg.AssetSelection.groups(GROUP),
        description="Merge what the agents left into gold, and see how repairs and sources fared.",
        tags=REST,
    )


@dg.sensor(
    name="new_envelopes",
    job_name="marts",
    minimum_interval_seconds=EVERY,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Keeps gold as new as the envelopes.",
)
def new_envelopes(context: dg.SensorEvaluationContext, store: Store):
    """Ask for one run of `marts` where there are envelopes that neither gold nor the last request knew."""
    from lakehouse.gold.merging import new_envelopes as unseen

    if context.instance.get_runs(dg.RunsFilter(job_name="marts", statuses=_UNFINISHED), limit=1):
        return dg.SkipReason("marts is at work")
    lake = store.lake()
    lake.recorder.collect()
    keys = unseen(lake)
    newest = max(keys, default="")
    if context.instance.get_latest_materialization_event(dg.AssetKey([GROUP, "agent_runs"])) is None:
        return dg.RunRequest()  # the command line may have merged all there is, and the UI would show nothing
    # An envelope that cannot be read stays unseen for ever: it alone asks for no second run.
    if not keys or f"{len(keys)} {newest}" == context.cursor:
        return dg.SkipReason("gold has every envelope")
    context.update_cursor(f"{len(keys)} {newest}")
    return dg.RunRequest(tags={"lakehouse/envelopes": str(len(keys))})
