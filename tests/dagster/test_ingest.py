"""Days go through Dagster: a run, a range, a failed check, a backfill that asks no site."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import dagster as dg
import polars as pl
import pytest
from dagster import AssetKey, DagsterInstance

from lakehouse.agents.doctor.doctor import Doctor
from lakehouse.definitions import definitions_of
from lakehouse.engine import fetch_day
from lakehouse.lake import Lake
from lakehouse.lake.bodies import body_key
from lakehouse.registry import Registry
from resources.store import Store
from tests.books import FETCHER, fetcher, source_yaml, stock
from tests.conftest import release
from tests.little_site import LittleSite, html

TODAY = datetime.now(UTC).date()
DAYS = [(TODAY - timedelta(days=n)).isoformat() for n in range(3, -1, -1)]
SILVER = AssetKey(["silver", "books"])


def run(defs: dg.Definitions, instance: DagsterInstance, job: str, day: str) -> dg.ExecuteInProcessResult:
    return defs.resolve_job_def(job).execute_in_process(instance=instance, partition_key=day, raise_on_error=False)


def test_a_day_is_materialized_with_what_a_person_wants_to_see(
    defs: dg.Definitions, instance: DagsterInstance, site: LittleSite
) -> None:
    result = run(defs, instance, "ingest", DAYS[0])
    assert result.success
    pages = instance.get_latest_materialization_event(AssetKey(["bronze", "books"]))
    table = instance.get_latest_materialization_event(SILVER)
    assert pages is not None
    assert table is not None
    assert pages.asset_materialization is not None
    assert table.asset_materialization is not None
    assert table.asset_materialization.partition == DAYS[0]
    shown = table.asset_materialization.metadata
    assert shown["dagster/row_count"].value == 10
    assert shown["rejects"].value == 0
    assert "Book 1" in str(shown["preview"].value)
    assert pages.asset_materialization.metadata["pages"].value == 2


def test_the_fetcher_shows_its_code_and_what_changed(
    lake: Lake, registry: Registry, site: LittleSite, instance: DagsterInstance
) -> None:
    release(registry, fetcher(site, FETCHER.replace('text(row, "b")', 'text(row, "b", "strong")')))
    job = definitions_of(Store(address=lake.address)).resolve_implicit_global_asset_job_def()
    assert job.execute_in_process(instance=instance, asset_selection=[AssetKey(["fetcher", "books"])]).success
    event = instance.get_latest_materialization_event(AssetKey(["fetcher", "books"]))
    assert event is not None
    assert event.asset_materialization is not None
    shown = event.asset_materialization.metadata
    assert shown["release"].value == 2
    assert '+            "title": text(row, "b", "strong")' in str(shown["diff"].value)
    assert "def parse(page)" in str(shown["code"].value)


def test_a_healed_fetcher_is_in_force_without_a_reload(
    defs: dg.Definitions, instance: DagsterInstance, registry: Registry, lake: Lake, site: LittleSite
) -> None:
    for day in DAYS[:2]:
        assert run(defs, instance, "ingest", day).success
    release(registry, fetcher(site, FETCHER.replace("li.book", "li.magazine")))
    failed = {check.check_name for check in run(defs, instance, "ingest", DAYS[2]).get_asset_check_evaluations()
              if not check.passed}  # fmt: skip
    assert "volume" in failed
    registry.rollback("books", 1, "test")
    asked = len(site.asked)
    healed = run(defs, instance, "reparse", DAYS[2])
    assert all(check.passed for check in healed.get_asset_check_evaluations())
    assert len(site.asked) == asked
    assert lake.table("silver/books").row_count(DAYS[2]) == 10


def test_a_failed_check_blocks_what_stands_on_the_table(
    lake: Lake, registry: Registry, site: LittleSite, instance: DagsterInstance
) -> None:

    @dg.asset(key=["gold", "prices"], ins={"books": dg.AssetIn(SILVER)}, io_manager_key="lake_io",
              partitions_def=dg.DailyPartitionsDefinition("2026-01-01", end_offset=1))  # fmt: skip
    def prices(books: pl.DataFrame) -> pl.DataFrame:
        return books.select("title", "price")

    defs = dg.Definitions.merge(definitions_of(Store(address=lake.address)), dg.Definitions(assets=[prices]))
    select = [AssetKey(["bronze", "books"]), SILVER, AssetKey(["gold", "prices"])]
    job = defs.resolve_implicit_global_asset_job_def()
    good = job.execute_in_process(instance=instance, partition_key=DAYS[0], asset_selection=select)
    assert good.success
    assert lake.table("gold/prices").row_count(DAYS[0]) == 10
    release(registry, fetcher(site, FETCHER.replace("li.book", "li.magazine")))
    job.execute_in_process(instance=instance, partition_key=DAYS[1], asset_selection=select, raise_on_error=False)
    assert lake.table("gold/prices").days() == [DAYS[0]]


def test_a_range_of_days_is_one_run(defs: dg.Definitions, instance: DagsterInstance, lake: Lake) -> None:
    job = defs.resolve_job_def("ingest")
    tags = {"dagster/asset_partition_range_start": DAYS[0], "dagster/asset_partition_range_end": DAYS[2]}
    result = job.execute_in_process(instance=instance, tags=tags)
    assert result.success
    assert lake.table("silver/books").days() == DAYS[:3]
    assert instance.get_materialized_partitions(SILVER) == set(DAYS[:3])


def test_a_site_that_is_down_fails_the_run_and_says_which_page(
    defs: dg.Definitions, instance: DagsterInstance, site: LittleSite
) -> None:
    del site.pages["/books"]
    result = run(defs, instance, "ingest", DAYS[0])
    assert not result.success
    message = str(result.get_step_failure_events()[0].step_failure_data)
    assert f"{site.url('/books')}: answered 404" in message


def test_a_schedule_asks_for_today_source_by_source(
    defs: dg.Definitions, instance: DagsterInstance, lake: Lake
) -> None:
    repository = defs.get_repository_def()
    schedule = repository.schedule_defs[0]
    at = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
    store = {"store": Store(address=lake.address)}
    with dg.build_schedule_context(
        instance=instance, scheduled_execution_time=at, repository_def=repository, resources=store
    ) as context:
        asked = schedule.evaluate_tick(context).run_requests
    assert asked is not None
    assert [(request.partition_key, request.run_key) for request in asked] == [
        ("2026-11-20", f"books:{at.isoformat()}")
    ]
    assert asked[0].asset_selection == [AssetKey(["bronze", "books"]), SILVER]


@pytest.mark.parametrize("days", [DAYS[:2], DAYS[1:4]])
def test_assets_of_your_own_load_the_days_that_are_there(
    defs: dg.Definitions, instance: DagsterInstance, days: list[str]
) -> None:
    run(defs, instance, "ingest", days[0])
    context = dg.build_input_context(
        asset_key=SILVER,
        asset_partitions_def=dg.DailyPartitionsDefinition("2026-01-01", end_offset=1),
        asset_partition_key_range=dg.PartitionKeyRange(days[0], days[-1]),
    )
    loaded = defs.resources["lake_io"].load_input(context) if defs.resources else None
    assert loaded is not None
    assert loaded["day"].unique().to_list() == [days[0]]


def over(defs: dg.Definitions, instance: DagsterInstance, job: str, days: list[str]) -> dg.ExecuteInProcessResult:
    """Run a job over a range of days, as a backfill from the UI does."""
    tags = {"dagster/asset_partition_range_start": days[0], "dagster/asset_partition_range_end": days[-1]}
    return defs.resolve_job_def(job).execute_in_process(instance=instance, tags=tags, raise_on_error=False)


def test_a_range_with_a_day_that_cannot_be_fetched_keeps_and_shows_the_others(
    lake: Lake, registry: Registry, site: LittleSite, instance: DagsterInstance
) -> None:
    registry.register(source_yaml(site, late="refuse"))
    fetch_day(lake, registry, "books", DAYS[1], late=True)
    defs = definitions_of(Store(address=lake.address))
    result = over(defs, instance, "ingest", DAYS)
    assert not result.success
    assert instance.get_materialized_partitions(AssetKey(["bronze", "books"])) == {DAYS[1], DAYS[3]}
    failure = str(result.get_step_failure_events()[0].step_failure_data)
    assert DAYS[0] in failure
    assert DAYS[2] in failure


def test_a_range_with_a_day_without_pages_parses_the_others(
    lake: Lake, registry: Registry, defs: dg.Definitions, instance: DagsterInstance
) -> None:
    for day in (DAYS[0], DAYS[3]):
        fetch_day(lake, registry, "books", day)
    assert over(defs, instance, "reparse", DAYS).success
    assert instance.get_materialized_partitions(SILVER) == {DAYS[0], DAYS[3]}
    assert lake.table("silver/books").days() == [DAYS[0], DAYS[3]]


def test_a_range_with_a_day_that_cannot_be_parsed_parses_the_others(
    lake: Lake, registry: Registry, site: LittleSite, defs: dg.Definitions, instance: DagsterInstance
) -> None:
    fetch_day(lake, registry, "books", DAYS[0])
    stock(site, count=6)
    fetch_day(lake, registry, "books", DAYS[1])
    lost = lake.table("bronze/books").read([DAYS[1]])["sha256"][0]
    lake.objects.delete(body_key(lost))
    result = over(defs, instance, "reparse", DAYS[:2])
    assert not result.success
    assert lost in str(result.get_step_failure_events()[0].step_failure_data)
    assert instance.get_materialized_partitions(SILVER) == {DAYS[0]}
    assert {check.check_name for check in result.get_asset_check_evaluations()} >= {"contract", "volume"}


def test_a_range_without_any_pages_fails(defs: dg.Definitions, instance: DagsterInstance) -> None:
    assert not over(defs, instance, "reparse", DAYS[:2]).success


def test_a_damaged_incident_costs_the_day_neither_its_table_nor_its_checks(
    defs: dg.Definitions, instance: DagsterInstance, lake: Lake, registry: Registry, site: LittleSite
) -> None:
    assert run(defs, instance, "ingest", DAYS[0]).success
    site.pages = {path: html("<p>Another shop</p>") for path in site.pages}
    run(defs, instance, "ingest", DAYS[1])
    incident = Doctor(lake, registry).open("books", trigger="checks")
    assert incident is not None
    stock(site)
    lake.objects.put(f"registry/books/incidents/{incident.id}/incident.json", b'{"source": "bo')
    result = run(defs, instance, "ingest", DAYS[2])
    assert result.success
    assert result.get_asset_check_evaluations()
    assert lake.table("silver/books").row_count(DAYS[2]) == 10
