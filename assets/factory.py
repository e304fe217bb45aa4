"""From the registry to assets, each source by itself."""

from __future__ import annotations

import dagster as dg

from assets.broken import broken_asset
from assets.bronze import bronze_asset
from assets.fetcher import fetcher_asset
from assets.partitions import days_of
from assets.silver import silver_asset
from lakehouse.errors import LakehouseError
from lakehouse.registry import Registry
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


def lake_assets(sources: list[Source], broken: dict[str, LakehouseError]) -> list[dg.AssetsDefinition]:
    """Return the assets of all sources over one set of days."""
    days = days_of(sources)
    assets = [asset for source in sources for asset in source_assets(source, days)]
    return assets + [broken_asset(name, error) for name, error in broken.items()]


def source_assets(source: Source, days: dg.DailyPartitionsDefinition) -> list[dg.AssetsDefinition]:
    """Return `fetcher/<s>`, `bronze/<s>` and `silver/<s>`."""
    return [fetcher_asset(source), bronze_asset(source, days), silver_asset(source, days)]
