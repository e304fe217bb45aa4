"""A site is redesigned; one run of the healer repairs the fetcher and brings the missed days back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import dagster as dg
import pytest
from dagster import AssetKey, DagsterInstance

from assets.healing import KILLED
from lakehouse.engine import fetch_day
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from sensors.calls import Call
from tests.books import stock
from tests.dagster.test_calls import ingest
from tests.dagster.watching import Watch
from tests.little_site import LittleSite, html

TODAY = datetime.now(UTC).date()
DAYS = [(TODAY - timedelta(days=n)).isoformat() for n in range(4, -1, -1)]
GOOD, MISSED = DAYS[:2], DAYS[2:]
SILVER = AssetKey(["silver", "books"])


@pytest.fixture
def watch(defs: dg.Definitions, instance: DagsterInstance) -> Watch:
    """Return sensors that have not ticked yet."""
    return Watch(defs, instance)


@pytest.fixture
def broken(watch: Watch, lake: Lake, registry: Registry, site: LittleSite) -> Watch:
    """Return sensors over two good days and three missed ones, after the site was redesigned."""
    ingest(watch, *GOOD)
    stock(site, tag="strong")
    for day in MISSED:
        fetch_day(lake, registry, "books", day)
    ingest(watch, MISSED[0], MISSED[-1])
    return watch


def events(registry: Registry) -> list[str]:
    return [event.kind for event in registry.audit("books")]


def shown(watch: Watch, layer: str) -> dict[str, Any]:
    event = watch.instance.get_latest_materialization_event(AssetKey([layer, "books"]))
    assert event is not None
    assert event.asset_materialization is not None
    return {name: value.value for name, value in event.asset_materialization.metadata.items()}


def test_one_run_heals_the_fetcher_and_parses_three_missed_days(
    broken: Watch, lake: Lake, registry: Registry, site: LittleSite
) -> None:
    asked = len(site.asked)
    [run] = broken.settle("failed_checks", "failed_runs")
    assert run.success
    table = lake.table("silver/books")
    assert {day: table.row_count(day) for day in MISSED} == dict.fromkeys(MISSED, 10)
    assert set(table.read(MISSED)["_release"]) == {2}
    assert set(table.read(GOOD)["_release"]) == {1}
    assert len(site.asked) == asked
    assert events(registry)[-1] == "healed"
    done = {event.partition for event in run.get_asset_materialization_events() if event.asset_key == SILVER}
    assert done == set(MISSED)


def test_the_fetcher_shows_what_was_done_and_why(broken: Watch) -> None:
    broken.settle("failed_checks", "failed_runs")
    told = shown(broken, "fetcher")
    assert told["release"] == 2
    assert told["verdict"] == "release"
    assert told["missed days"] == MISSED
    assert "+" in told["diff"]
    assert told["proof"]
    run = broken.instance.get_runs(dg.RunsFilter(job_name="healer"))[0]
    assert run.tags["lakehouse/verdict"] == "release"
    assert run.tags["lakehouse/cause"] == told["cause"]


@pytest.mark.parametrize(("trigger", "error"), [("run", KILLED), ("checks", "")])
def test_a_healer_that_is_called_once_all_is_done_finds_nothing_wrong(
    broken: Watch, registry: Registry, trigger: str, error: str
) -> None:
    broken.settle("failed_checks", "failed_runs")
    before = events(registry)
    call = Call("books", "again", datetime.now(UTC), trigger, tuple(MISSED), error)
    done = broken.run("failed_runs", call.request())
    assert done.success
    assert events(registry) == before
    assert broken.instance.get_runs(dg.RunsFilter(job_name="healer"))[0].tags["lakehouse/cause"] == "none"


def test_a_day_that_did_not_fail_is_left_as_it_is(
    watch: Watch, lake: Lake, registry: Registry, site: LittleSite
) -> None:
    ingest(watch, *GOOD)
    stock(site, tag="strong")
    ingest(watch, DAYS[2])
    stock(site)
    ingest(watch, DAYS[3])
    stock(site, tag="strong")
    ingest(watch, DAYS[4])
    [call] = watch.tick("failed_checks")
    before = lake.table("silver/books").read([DAYS[3]])
    watch.run("failed_checks", call)
    assert lake.table("silver/books").read([DAYS[3]]).equals(before)


def test_what_cannot_be_proved_is_a_warning_with_the_command_to_type(
    watch: Watch, lake: Lake, registry: Registry, site: LittleSite
) -> None:
    ingest(watch, *GOOD)
    site.pages["/books"] = html("<!doctype html><p>Our catalogue of books is being printed, call us for it.</p>")
    ingest(watch, MISSED[0])
    [run] = watch.settle("failed_checks", "failed_runs")
    assert run.success
    [check] = run.get_asset_check_evaluations()
    assert (check.asset_key.path[0], check.check_name, check.passed) == ("fetcher", "repair", False)
    assert check.severity == dg.AssetCheckSeverity.WARN
    assert "lakehouse" in str(check.metadata["run next"].value)
    assert registry.in_force("books").number == 1
    assert watch.instance.get_latest_materialization_event(AssetKey(["fetcher", "books"])) is None
