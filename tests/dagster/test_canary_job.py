"""A warning of a good day is seen in Dagster, and a repair is prepared before anything breaks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import dagster as dg
import pytest
from dagster import AssetKey, DagsterInstance

from lakehouse.agents.doctor.hand import pause
from lakehouse.definitions import definitions_of
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from resources.store import Store
from tests.agents.doctor.shop import NAME, open_shop, run, shelf
from tests.dagster.test_calls import ingest
from tests.dagster.watching import Watch
from tests.little_site import LittleSite

TODAY = datetime.now(UTC).date()
DAYS = [(TODAY - timedelta(days=n)).isoformat() for n in (2, 1, 0)]


@pytest.fixture
def shop(lake: Lake, site: LittleSite) -> Registry:
    """Return the registry of a shop with two good days, whose prices then lost a class."""
    registry = open_shop(lake, site)
    site.pages["/shop"] = shelf()
    for day in DAYS[:2]:
        run(lake, registry, day)
    site.pages["/shop"] = shelf("amount")
    return registry


@pytest.fixture
def watch(lake: Lake, shop: Registry, instance: DagsterInstance) -> Watch:
    """Return sensors over the shop that have not ticked yet."""
    assert shop.sources() == [NAME]
    return Watch(definitions_of(Store(address=lake.address)), instance)


def test_a_warning_is_a_check_that_blocks_nothing_and_has_a_canary_prepared(watch: Watch, shop: Registry) -> None:
    ingested = ingest(watch, DAYS[2])
    assert ingested.success
    checks = {check.check_name: check for check in ingested.get_asset_check_evaluations()}
    warned = checks["early_warning"]
    assert (warned.passed, warned.severity, warned.asset_key) == (
        False,
        dg.AssetCheckSeverity.WARN,
        AssetKey(["silver", NAME]),
    )
    assert watch.settle("failed_checks", "failed_runs") == []
    [done] = watch.settle("early_warnings")
    assert done.success
    [canary] = shop.canaries(NAME)
    assert canary.proof["canary"] is True
    assert shop.in_force(NAME).number == 1


def test_nothing_is_prepared_for_a_source_that_a_person_halted(watch: Watch, shop: Registry) -> None:
    ingest(watch, DAYS[2])
    pause(shop, NAME, "anna", "later")
    assert watch.settle("early_warnings") == []


def test_a_day_as_usual_starts_nothing(watch: Watch, shop: Registry, site: LittleSite) -> None:
    site.pages["/shop"] = shelf()
    assert ingest(watch, DAYS[2]).success
    assert watch.settle("early_warnings") == []
    assert watch.skipped == "nothing warns"
    assert shop.canaries(NAME) == []
