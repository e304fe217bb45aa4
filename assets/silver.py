"""`silver/<source>`: the checked table of each day."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import dagster as dg
from pydantic import Field

from assets.checks import check_specs, worst_results
from assets.days import Event, events
from assets.healing import is_healing, missed_days
from assets.labels import fresh_labels
from assets.preview import column_schema, rows_table
from lakehouse.source import Source
from resources.store import Store


class ParseConfig(dg.Config):
    """What a person may ask of one parse; `release` 0 means the one in force.

    `days` are those of the run's days that are meant, all of them where none is named.
    """

    release: int = 0
    days: list[str] = Field(default_factory=list)


def silver_asset(source: Source, days: dg.DailyPartitionsDefinition) -> dg.AssetsDefinition:
    """Return the asset that parses the kept pages of a day, and checks what came of them."""
    key = dg.AssetKey(["silver", source.name])

    @dg.asset(
        key=key,
        description=source.description or f"Records of {source.start}, parsed, cleaned and checked, by day.",
        deps=[dg.AssetKey(["fetcher", source.name]), dg.AssetKey(["bronze", source.name])],
        partitions_def=days,
        backfill_policy=dg.BackfillPolicy.single_run(),
        check_specs=check_specs(key),
        kinds={"polars", "deltalake"},
        metadata={"dagster/column_schema": column_schema(source.contract)},
        io_manager_key="lake_io",
        output_required=False,
        **fresh_labels(source),
    )
    def silver(context: dg.AssetExecutionContext, config: ParseConfig, store: Store) -> Iterator[Event]:
        from lakehouse.agents.doctor.warnings import with_warnings
        from lakehouse.engine import parse_days

        lake, registry = store.lake(), store.registry()
        days = missed_days(context, source.name) if is_healing(context) else _meant(context, config)
        parsed = parse_days(lake, registry, source.name, days, release=config.release or None)
        reports = list(parsed.reports.values())
        for report in reports:
            context.log.info(f"{source.name}, {report.day}: {report.rows} rows, {report.rejects} rejects")
        # Before a check that failed again ends the step; whatever run made the days good ends the incident.
        _settle(context, store, source.name)
        told = with_warnings(lake, registry, source.name, reports)
        checks = worst_results(source.name, key, told) if reports else ()
        whole = set(parsed.reports) == set(context.partition_keys)
        yield from events(key, parsed.reports, parsed.errors, partial(_metadata, lake, source), checks, whole=whole)

    return silver


def _settle(context: dg.AssetExecutionContext, store: Store, name: str) -> None:
    """End the incident of a source if it is over; one whose notes cannot be read must not cost the day its checks."""
    from lakehouse.agents.doctor.settling import settle
    from lakehouse.errors import RegistryError

    try:
        settle(store.lake(), store.registry(), name)
    except RegistryError as error:
        context.log.warning(f"{name}: the incident stays open: {error}")


def _meant(context: dg.AssetExecutionContext, config: ParseConfig) -> Sequence[str]:
    """Return the days of the run that are to be parsed; a good day between two that failed may be left alone."""
    return [day for day in context.partition_keys if not config.days or day in config.days]


def _metadata(lake: Any, source: Source, reports: Sequence[Any]) -> dict[str, Any]:
    table = lake.table(f"silver/{source.name}")
    last = reports[-1]
    metadata: dict[str, Any] = {
        "dagster/row_count": sum(report.rows for report in reports),
        "dagster/column_schema": column_schema(source.contract),
        "dagster/uri": table.address,
        "rejects": sum(report.rejects for report in reports),
        "pages": sum(report.pages for report in reports),
        "release": last.release,
        "preview": dg.MetadataValue.md(rows_table(table.read([last.day]).head(10))),
    }
    if len(reports) > 1:
        days = [dg.TableRecord({"day": r.day, "rows": r.rows, "rejects": r.rejects}) for r in reports]
        metadata["days"] = dg.MetadataValue.table(days)
    return metadata
