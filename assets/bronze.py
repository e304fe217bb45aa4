"""`bronze/<source>`: the raw pages of each day."""

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

import dagster as dg

from assets.days import Event, events
from assets.labels import fresh_labels
from lakehouse.errors import LakehouseError
from lakehouse.source import Source
from resources.store import Store


class FetchConfig(dg.Config):
    """What a person may ask of one fetch; `late` fetches today's pages under a past day that has none."""

    late: bool = False


def bronze_asset(source: Source, days: dg.DailyPartitionsDefinition) -> dg.AssetsDefinition:
    """Return the asset that fetches one day of the source and keeps every page as it came."""
    key = dg.AssetKey(["bronze", source.name])

    @dg.asset(
        key=key,
        description=f"Raw pages of {source.start}, kept as they came, by day. Written once, never changed.",
        deps=[dg.AssetKey(["fetcher", source.name])],
        partitions_def=days,
        backfill_policy=dg.BackfillPolicy.single_run(),
        kinds={"python", "deltalake"},
        pool=host_pool(source.start),
        output_required=False,
        **fresh_labels(source),
    )
    def bronze(context: dg.AssetExecutionContext, config: FetchConfig, store: Store) -> Iterator[Event]:
        from lakehouse.engine import fetch_day

        lake, registry = store.lake(), store.registry()
        reports, errors = {}, {}
        for day in context.partition_keys:
            try:
                reports[day] = fetch_day(lake, registry, source.name, day, late=config.late)
            except LakehouseError as error:
                errors[day] = error
                continue
            context.log.info(f"{source.name}, {day}: {reports[day].pages} pages, {reports[day].unchanged} unchanged")
        yield from events(key, reports, errors, bronze_metadata)

    return bronze


def host_pool(address: str) -> str:
    """Return the pool of an address's host, so that runs of two sources on one host take turns."""
    return "host_" + re.sub(r"[^a-z0-9]+", "_", (urlsplit(address).netloc or "none").lower())


def bronze_metadata(reports: Sequence[Any]) -> dict[str, Any]:
    """Return what the UI shows of some fetches of one source."""
    failures = [(url, reason) for report in reports for url, reason in report.failures.items()]
    metadata: dict[str, Any] = {
        "dagster/row_count": sum(report.pages for report in reports),
        "pages": sum(report.pages for report in reports),
        "bytes": sum(report.bytes for report in reports),
        "unchanged": sum(report.unchanged for report in reports),
        "release": reports[-1].release,
        "kept as they were": ", ".join(report.day for report in reports if report.kept) or "none",
        "page limit reached": any(report.capped for report in reports),
    }
    if failures:
        rows = [dg.TableRecord({"address": url, "reason": reason}) for url, reason in failures[:20]]
        metadata["failures"] = dg.MetadataValue.table(rows)
    return metadata
