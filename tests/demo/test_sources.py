"""The hand-written sources: their settings load, and their fetchers read exactly what is true."""

from __future__ import annotations

import ast
from datetime import date, timedelta
from typing import Any

import pytest

from lakehouse.contract import split
from lakehouse.demo.site import FIRST_DAY, SOURCE_NAMES, DemoSite, SourceName
from lakehouse.demo.site.demo_site import DEFAULT_URL, SOURCES
from lakehouse.sandbox import check_module
from lakehouse.source import load_source
from tests.demo.crawl import bring, crawl, plain

THREE_DAYS = [FIRST_DAY + timedelta(n) for n in range(3)]
LONGEST = 30


def stamped(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**record, "_capture": "a", "_release": 1, "_row": number} for number, record in enumerate(records)]


def test_there_is_a_folder_for_every_source() -> None:
    assert {folder.name for folder in SOURCES.iterdir() if folder.is_dir()} == set(SOURCE_NAMES)


@pytest.mark.parametrize("source", SOURCE_NAMES)
@pytest.mark.parametrize("day", THREE_DAYS, ids=str)
def test_the_fetcher_reads_exactly_the_true_records(city: DemoSite, source: SourceName, day: date) -> None:
    city.set_day(day)
    assert crawl(city.fetcher_code(source), bring(source)) == city.records(source, day)


@pytest.mark.parametrize("source", SOURCE_NAMES)
def test_the_settings_load_and_start_where_the_site_is(city: DemoSite, source: SourceName) -> None:
    settings = load_source(city.source_yaml(source))
    assert settings.name == source
    assert settings.start == city.start_url(source)
    assert settings.late == "allow"
    assert settings.private_hosts == ("127.0.0.1",)
    assert (settings.politeness.delay, settings.politeness.concurrency) == (0, 4)


def test_only_the_page_that_needs_javascript_is_rendered(city: DemoSite) -> None:
    assert [name for name in SOURCE_NAMES if load_source(city.source_yaml(name)).render] == ["departures"]


@pytest.mark.parametrize("source", SOURCE_NAMES)
def test_the_contract_names_the_fields_in_the_order_of_the_records(city: DemoSite, source: SourceName) -> None:
    contract = load_source(city.source_yaml(source)).contract
    assert list(contract.fields) == list(city.records(source, FIRST_DAY)[0])


@pytest.mark.parametrize("source", SOURCE_NAMES)
@pytest.mark.parametrize("day", [*THREE_DAYS, date(2027, 1, 2)], ids=str)
def test_the_true_records_keep_the_contract(city: DemoSite, source: SourceName, day: date) -> None:
    contract = load_source(city.source_yaml(source)).contract
    records = city.records(source, day)
    parted = split(stamped(records), contract)
    assert parted.rejects.is_empty()
    assert parted.good.height == len(records) >= contract.min_rows


@pytest.mark.parametrize("source", SOURCE_NAMES)
def test_the_fetcher_passes_the_static_check(city: DemoSite, source: SourceName) -> None:
    check_module(city.fetcher_code(source))


@pytest.mark.parametrize("source", SOURCE_NAMES)
def test_the_fetcher_is_short_and_asks_its_start_address_first(city: DemoSite, source: SourceName) -> None:
    code = city.fetcher_code(source)
    module: dict[str, Any] = {}
    exec(code, module)
    assert [request.url for request in module["start"]()] == [city.start_url(source)]
    assert len(code.splitlines()) <= LONGEST
    assert ast.get_docstring(ast.parse(code))


@pytest.mark.parametrize("source", SOURCE_NAMES)
def test_the_files_as_they_stand_fit_a_site_on_the_default_port(source: SourceName) -> None:
    for name in ("source.yaml", "fetcher.py"):
        assert DEFAULT_URL in (SOURCES / source / name).read_text(encoding="utf-8")


def test_the_raw_page_of_departures_holds_no_row(city: DemoSite) -> None:
    code = city.fetcher_code("departures")
    assert crawl(code, plain) == []
    assert b"Airport Express" not in plain(city.start_url("departures")).body


def test_the_careless_edit_of_the_walkthrough_spoils_dates(city: DemoSite) -> None:
    code = city.fetcher_code("opinions").replace('order="MDY"', 'order="DMY"')
    records = crawl(code, plain)
    contract = load_source(city.source_yaml("opinions")).contract
    assert not split(stamped(records), contract).rejects.is_empty()


def test_what_a_person_mended_reads_the_second_version_as_the_first_was_read(city: DemoSite) -> None:
    mended = city.mended_code("air")
    assert mended
    city.set_version("air", 2)
    true = [
        {
            "station": record["station"],
            "measured_at_utc": record["measured_at"],
            "pm25": record["pm25"],
            "no2": record["no2"],
            "aqi": record["index"],
            "status": "provisional" if record["provisional"] else "verified",
        }
        for record in city.records("air", FIRST_DAY)
    ]
    assert crawl(mended, bring("air")) == true
    assert city.mended_code("opinions") is None
