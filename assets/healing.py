"""Healing inside `fetcher/<source>`: the doctor's work as a run of the job `healer`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import dagster as dg

from assets.bronze import bronze_metadata
from assets.days import Event
from lakehouse.errors import LateFetch
from resources.store import Store

if TYPE_CHECKING:
    from lakehouse.agents.doctor.doctor import Doctor
    from lakehouse.agents.doctor.incident import Trigger
    from lakehouse.agents.doctor.treatment import Treatment

HEALER = "healer"
"""In this job `fetcher/<source>` is healed, and `silver/<source>` parses the missed days; elsewhere neither is."""

SOURCE_TAG, CAUSE_TAG, VERDICT_TAG = "lakehouse/heal", "lakehouse/cause", "lakehouse/verdict"
"""Tags of the healer's runs: its source and, once it is known, what was the matter and what became of it."""

NO_CAUSE, NO_VERDICT = "none", "none"
"""Values of the tags where nothing was wrong any more, and where what was wrong is no matter of code."""

MISSED = "missed days"
"""Metadata of a healed fetcher: the days that are to be parsed again, which the silver step reads."""


KILLED = "the run was killed"
"""What is said of a run whose process was gone before it could say anything."""


class HealConfig(dg.Config):
    """Why the healer was called; only the job `healer` looks at it."""

    trigger: str = "person"
    day: str = ""
    error: str = ""


def is_healing(context: dg.AssetExecutionContext) -> bool:
    """Tell whether this run is one of the healer."""
    return context.run.job_name == HEALER


def treat(
    context: dg.AssetExecutionContext, doctor: "Doctor", store: Store, source: str, config: HealConfig
) -> "Treatment | None":
    """Return what the doctor did, or None where nothing is wrong any more; the run's tags tell it too."""
    # One who was killed between the parse and its word on it left an incident that is over.
    doctor.settle(source)
    trigger = cast("Trigger", config.trigger)
    incident = doctor.open(source, trigger=trigger, day=_failed_day(store, source, config), error=config.error)
    treatment = doctor.treat(incident) if incident else None
    cause = treatment.diagnosis.cause if treatment else NO_CAUSE
    verdict = treatment.verdict if treatment and treatment.verdict else NO_VERDICT
    tags = {SOURCE_TAG: source, CAUSE_TAG: cause, VERDICT_TAG: verdict}
    context.instance.add_run_tags(context.run_id, tags)
    return treatment


def _failed_day(store: Store, source: str, config: HealConfig) -> str | None:
    """Return the day that was seen to fail; None where it is good by now and nothing else than its checks spoke of it.

    So it is after a healer that was killed when all was done: it must not be taken for a failure of its own.
    """
    from lakehouse.engine.status import is_good_since_fetch

    by_checks = config.trigger == "checks" or config.error == KILLED
    if not config.day or (by_checks and is_good_since_fetch(store.lake(), source, config.day)):
        return None
    return config.day


def refetched(context: dg.AssetExecutionContext, store: Store, treatment: "Treatment") -> Iterator[Event]:
    """Fetch the missed days that have no pages of their own from the new address, and yield those that came.

    The web shows today's pages only, so a past day is fetched where the source allows late pages and else stays lost.
    """
    from lakehouse.engine import fetch_day

    for day in treatment.days:
        try:
            report = fetch_day(store.lake(), store.registry(), treatment.source, day)
        except LateFetch as error:
            context.log.warning(str(error))
            continue
        if not report.kept:
            key = dg.AssetKey(["bronze", treatment.source])
            yield dg.AssetMaterialization(key, partition=day, metadata=bronze_metadata([report]))


def missed_days(context: dg.AssetExecutionContext, source: str) -> list[str]:
    """Return the days that the healer found missed, in this run or in the one that this run goes on with.

    They need not be the run's partitions: those were chosen before the diagnosis. A day among these that did not fail
    is left as it is, for the proof of the new release says nothing of its pages.
    """
    event = context.instance.get_latest_materialization_event(dg.AssetKey(["fetcher", source]))
    told = event.asset_materialization.metadata.get(MISSED) if event and event.asset_materialization else None
    return list(cast("list[str]", told.value)) if told else list(context.partition_keys)
