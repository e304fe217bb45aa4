"""The jobs that people and schedules start."""

from __future__ import annotations

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from lakehouse.source import Source
from sensors.healing import healer_job


def lake_jobs(sources: list[Source]) -> list[UnresolvedAssetJobDefinition]:
    """Return `ingest` (fetch and parse), `reparse` (parse kept pages again) and `healer`; none without a source."""
    if not sources:
        return []
    bronze = [dg.AssetKey(["bronze", source.name]) for source in sources]
    silver = [dg.AssetKey(["silver", source.name]) for source in sources]
    return [
        dg.define_asset_job(
            "ingest",
            selection=[*bronze, *silver],
            description="Fetch the pages of a day and parse them into checked tables.",
        ),
        dg.define_asset_job(
            "reparse",
            selection=silver,
            description="Parse the kept pages of days again, without asking the sites: for backfills after a repair.",
        ),
        healer_job(sources),
    ]
