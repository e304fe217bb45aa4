"""From the registry to assets, each source by itself."""

from __future__ import annotations

import dagster as dg
from dagster import DagsterError
from dagster_shared.check import CheckError

from assets.broken import broken_asset
from assets.bronze import bronze_asset
from assets.fetcher import fetcher_asset
from assets.partitions import days_of
from assets.silver import silver_asset
from lakehouse.errors import LakehouseError, SourceError
from lakehouse.registry import Registry
from lakehouse.registry.layout import source_key
from lakehouse.source import Source


def load_sources(registry: Registry) -> tuple[list[Source], dict[str, LakehouseError]]:
    """Return the sources that can be used, and what is wrong with each of the others."""
    good, broken = [], {}
    for name in registry.sources():
        try:
            good.append(registry.source(name))
        except LakehouseError as error:
            broken[name] = error
    return good, broken


def lake_assets(
    sources: list[Source], broken: dict[str, LakehouseError]
) -> tuple[list[dg.AssetsDefinition], list[Source]]:
    """Return the assets of all sources over one set of days, and the sources that Dagster takes as they are."""
    days, assets, usable, refused = days_of(sources), [], [], dict(broken)
    for source in sources:
        try:
            assets += source_assets(source, days)
            usable.append(source)
        except (DagsterError, CheckError) as error:
            refused[source.name] = SourceError(f"Dagster refuses this source: {error}", file=source_key(source.name))
    return assets + [broken_asset(name, error) for name, error in refused.items()], usable


def source_assets(source: Source, days: dg.DailyPartitionsDefinition) -> list[dg.AssetsDefinition]:
    """Return `fetcher/<s>`, `bronze/<s>` and `silver/<s>`."""
    return [fetcher_asset(source), bronze_asset(source, days), silver_asset(source, days)]
