"""The engine's own way from the site to the tables: politely fetched, parsed in the sandbox, typed, stored."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from lakehouse.contract import split
from lakehouse.demo.site import SOURCE_NAMES, DemoSite, SourceName
from lakehouse.engine import fetch_day, parse_day
from lakehouse.lake import Lake
from lakehouse.registry import Registry

TODAY = datetime.now(UTC).date()


def register(city: DemoSite, lake: Lake, source: SourceName) -> Registry:
    registry = Registry(lake)
    registry.register(city.source_yaml(source))
    registry.release(registry.stage(source, city.fetcher_code(source), {}, {}), reason="test")
    return registry


def truth(city: DemoSite, registry: Registry, source: SourceName) -> pl.DataFrame:
    contract = registry.source(source).contract
    records = [{**record, "_capture": "", "_release": 1, "_row": 0} for record in city.records(source, city.day)]
    return split(records, contract).good.select(*contract.fields).sort(*contract.key)


def weighed(source: SourceName):
    """Return the parameter of a source; a browser makes a test slow."""
    return pytest.param(source, marks=[pytest.mark.slow] if source == "departures" else [])


@pytest.mark.parametrize("source", map(weighed, SOURCE_NAMES))
def test_silver_holds_the_true_records(city: DemoSite, lake: Lake, source: SourceName) -> None:
    if source == "departures" and not (shutil.which("chromium") or shutil.which("chromium-browser")):
        pytest.skip("no Chromium on PATH: apt-get install chromium")
    city.set_day(TODAY)
    registry = register(city, lake, source)
    fetch_day(lake, registry, source, TODAY.isoformat())
    parse_day(lake, registry, source, TODAY.isoformat())
    expected = truth(city, registry, source)
    stored = lake.table(f"silver/{source}").read([TODAY.isoformat()])
    assert_frame_equal(stored.select(expected.columns).sort(*registry.source(source).contract.key), expected)


def test_pages_that_did_not_change_overnight_cost_a_304(city: DemoSite, lake: Lake) -> None:
    registry = register(city, lake, "inspections")
    for day in (TODAY - timedelta(1), TODAY):
        city.set_day(day)
        fetch_day(lake, registry, "inspections", day.isoformat())
    parse_day(lake, registry, "inspections", TODAY.isoformat())
    assert sum(count for (_, status), count in city.answered.items() if status == 304) > 12
    assert lake.table("silver/inspections").row_count(TODAY.isoformat()) == 24
