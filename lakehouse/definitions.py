"""The whole, as Dagster loads it: sources from the registry become assets, jobs, schedules and sensors.

Generated code is not read here but inside each run, so a healed fetcher is in force without a reload, and a broken
one costs its own runs only. Nor is anything loaded that only a run needs: Dagster reads all of this anew for every
source that is added, while somebody waits.
"""

from __future__ import annotations

import warnings

import dagster as dg

from assets.factory import lake_assets, load_sources
from assets.gold import gold_assets
from lakehouse.errors import LakehouseError
from resources.duckdb import LakeDuckDB
from resources.lake_io import LakeIOManager
from resources.store import Store
from sensors.again import retry_sensor
from sensors.canary import canary_job, early_warnings
from sensors.healing import healing_sensors
from sensors.jobs import lake_jobs
from sensors.marts import marts_job, new_envelopes
from sensors.schedules import cadence_schedules
from sensors.scouting import scout_job


@dg.definitions
def defs() -> dg.Definitions:
    """Return the definitions over the store that the settings name."""
    return definitions_of(Store())


def definitions_of(store: Store) -> dg.Definitions:
    """Return the definitions over a store; one that cannot be opened shows as a broken asset."""
    # Backfill policies and code references are beta in the pinned Dagster: known, and said once here for all assets.
    warnings.filterwarnings("ignore", category=dg.BetaWarning)
    try:
        sources, broken = load_sources(store.registry())
    except LakehouseError as error:
        sources, broken = [], {"store": error}
    assets, usable = lake_assets(sources, broken)
    jobs = lake_jobs(usable)
    return dg.Definitions(
        assets=[*assets, gold_assets()],
        jobs=[*jobs, scout_job, canary_job, marts_job()],
        schedules=cadence_schedules(usable),
        sensors=[*([*healing_sensors(jobs), retry_sensor(jobs), early_warnings] if jobs else []), new_envelopes],
        resources={"store": store, "lake_io": LakeIOManager(store=store), "duckdb": LakeDuckDB(store=store)},
        executor=dg.in_process_executor,
    )
