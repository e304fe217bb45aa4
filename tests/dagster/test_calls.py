"""The healer is called once for each failure, for the right days, and not for everybody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import dagster as dg
import pytest
from dagster import AssetKey, DagsterInstance

from lakehouse.registry import Registry
from tests.books import FETCHER, fetcher
from tests.conftest import release
from tests.dagster.watching import Watch
from tests.little_site import LittleSite

TODAY = datetime.now(UTC).date()
DAYS = [(TODAY - timedelta(days=n)).isoformat() for n in range(3, -1, -1)]
RANGE = ("dagster/asset_partition_range_start", "dagster/asset_partition_range_end")


@pytest.fixture
def watch(defs: dg.Definitions, instance: DagsterInstance) -> Watch:
    """Return sensors that have not ticked yet."""
    return Watch(defs, instance)


def ingest(watch: Watch, first: str, last: str = "") -> dg.ExecuteInProcessResult:
    tags = {RANGE[0]: first, RANGE[1]: last} if last else {"dagster/partition": first}
    job = watch.defs.resolve_job_def("ingest")
    return job.execute_in_process(instance=watch.instance, tags=tags, raise_on_error=False)


def spoil(registry: Registry, site: LittleSite) -> None:
    """Release a fetcher that finds nothing."""
    release(registry, fetcher(site, FETCHER.replace("li.book", "li.magazine")))


def test_all_is_well_and_nobody_is_called(watch: Watch) -> None:
    assert ingest(watch, DAYS[3]).success
    assert watch.tick("failed_checks") == []
    assert watch.tick("failed_runs") == []
    assert watch.skipped == "nothing failed"


def test_failed_checks_call_the_healer_once_for_fetcher_and_table(
    watch: Watch, registry: Registry, site: LittleSite
) -> None:
    ingest(watch, DAYS[2])
    spoil(registry, site)
    run = ingest(watch, DAYS[3])
    [call] = watch.tick("failed_checks")
    assert call.job_name == "healer"
    assert call.run_key == f"heal:books:{run.run_id}"
    assert call.asset_selection == [AssetKey(["fetcher", "books"]), AssetKey(["silver", "books"])]
    assert call.tags["lakehouse/heal"] == "books"
    assert call.tags["dagster/partition"] == DAYS[3]
    assert call.run_config["ops"]["fetcher__books"]["config"]["trigger"] == "checks"
    assert watch.tick("failed_runs") == []


def test_the_range_reaches_from_the_first_failed_day_to_the_last(
    watch: Watch, registry: Registry, site: LittleSite
) -> None:
    ingest(watch, DAYS[0])
    spoil(registry, site)
    for day in DAYS[1:]:
        ingest(watch, day)
    [call] = watch.tick("failed_checks")
    assert [call.tags[tag] for tag in RANGE] == [DAYS[1], DAYS[3]]


def test_a_run_that_raised_calls_the_healer_with_the_error(watch: Watch, site: LittleSite) -> None:
    del site.pages["/books"]
    ingest(watch, DAYS[3])
    assert watch.tick("failed_checks") == []
    [call] = watch.tick("failed_runs")
    config = call.run_config["ops"]["fetcher__books"]["config"]
    assert (config["trigger"], config["day"]) == ("run", DAYS[3])
    assert "answered 404" in config["error"]


def test_a_run_whose_process_was_killed_is_run_again_and_no_healer_is_called(watch: Watch) -> None:
    job = watch.defs.resolve_job_def("ingest")
    run = watch.instance.create_run_for_job(job, tags={"dagster/partition": DAYS[3]})
    watch.instance.report_run_failed(run, "the process was gone")
    [again] = watch.tick("failed_runs")
    assert again.job_name == "ingest"
    assert again.tags["dagster/partition"] == DAYS[3]
    assert watch.run("failed_runs", again).success
    assert watch.tick("failed_runs") == []


@pytest.mark.parametrize("kind", ["paused", "retired"])
def test_nobody_is_called_for_a_source_that_a_person_stopped(
    watch: Watch, registry: Registry, site: LittleSite, kind: str
) -> None:
    ingest(watch, DAYS[2])
    spoil(registry, site)
    ingest(watch, DAYS[3])
    registry.note("books", kind, author="person", reason="the site is sold")
    assert watch.tick("failed_checks") == []
    assert "the site is sold" in watch.skipped


def test_a_healer_that_died_is_called_again_and_no_more_than_a_few_times_a_day(watch: Watch) -> None:
    for number in range(3):
        job = watch.defs.resolve_job_def("healer")
        tags = {"dagster/partition": DAYS[3], "lakehouse/heal": "books"}
        keys = {AssetKey(["fetcher", "books"]), AssetKey(["silver", "books"])}
        run = watch.instance.create_run_for_job(job, tags=tags, asset_selection=frozenset(keys))
        watch.instance.report_run_failed(run, "the process was gone")
        calls = watch.tick("failed_runs")
        assert [call.job_name for call in calls] == (["healer"] if number < 2 else [])
    assert "failed 3 times" in watch.skipped


def test_a_failure_during_a_heal_waits_for_its_end(watch: Watch, registry: Registry, site: LittleSite) -> None:
    ingest(watch, DAYS[2])
    job = watch.defs.resolve_job_def("healer")
    tags = {"dagster/partition": DAYS[3], "lakehouse/heal": "books"}
    healer = watch.instance.create_run_for_job(job, tags=tags)
    spoil(registry, site)
    ingest(watch, DAYS[3])
    assert watch.tick("failed_checks") == []
    assert watch.skipped == "a healer is at work"
    watch.instance.report_run_canceled(healer)
    assert [call.job_name for call in watch.tick("failed_checks")] == ["healer"]
