"""Kept pages become a checked table; a better parser gives back what a worse one lost."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import polars as pl
import pytest

from lakehouse.engine import ParseReport, fetch_day, parse_day
from lakehouse.errors import NothingToParse
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.books import FETCHER, fetcher, page, source_yaml, stock
from tests.conftest import release
from tests.little_site import LittleSite

TODAY = datetime.now(UTC).date()
DAYS = [(TODAY - timedelta(days=n)).isoformat() for n in range(4, -1, -1)]


def ingest(lake: Lake, registry: Registry, day: str) -> ParseReport:
    fetch_day(lake, registry, "books", day)
    return parse_day(lake, registry, "books", day)


def rows(lake: Lake, day: str) -> pl.DataFrame:
    return lake.table("silver/books").read([day]).sort("price")


def failed(report: ParseReport) -> set[str]:
    return {check.name for check in report.checks if not check.passed}


def test_records_are_typed_and_tell_where_they_come_from(lake: Lake, registry: Registry, site: LittleSite) -> None:
    report = ingest(lake, registry, DAYS[0])
    table = rows(lake, DAYS[0])
    assert (report.pages, report.rows, report.rejects) == (2, 10, 0)
    assert table["title"].to_list() == [f"Book {n}" for n in range(1, 11)]
    assert table["price"][0] == Decimal("1.5")
    assert table["url"][0] == site.url("/book/1")
    capture = lake.table("bronze/books").read([DAYS[0]]).filter(pl.col("capture_id") == table["_capture"][0])
    assert b"Book 1<" in lake.bodies.get(capture["sha256"][0])
    assert table["_release"].unique().to_list() == [1]


def test_parsing_a_day_again_changes_nothing(lake: Lake, registry: Registry) -> None:
    ingest(lake, registry, DAYS[0])
    before = rows(lake, DAYS[0])
    parse_day(lake, registry, "books", DAYS[0])
    assert rows(lake, DAYS[0]).equals(before)


def test_a_single_record_that_lost_a_field_is_found_beside_the_day_before(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    stock(site, count=0)
    site.pages["/books"] = page(1, 1)
    assert failed(ingest(lake, registry, DAYS[0])) == failed(ingest(lake, registry, DAYS[1])) == set()
    site.pages["/books"] = replace(page(1, 1), body=page(1, 1).body.replace(b"<i>", b"<u>"))
    assert failed(ingest(lake, registry, DAYS[2])) == {"coverage"}
    assert failed(parse_day(lake, registry, "books", DAYS[1])) == set()


def test_a_day_without_pages_says_what_to_do(lake: Lake, registry: Registry) -> None:
    with pytest.raises(NothingToParse, match="lakehouse run books"):
        parse_day(lake, registry, "books", DAYS[0])


def test_a_broken_parser_fails_the_checks_and_a_good_one_brings_everything_back(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    for day in DAYS[:3]:
        assert failed(ingest(lake, registry, day)) == set()
    release(registry, fetcher(site, FETCHER.replace('"li.book"', '"li.magazine"')))
    broken = ingest(lake, registry, DAYS[3])
    assert broken.rows == 0
    assert "volume" in failed(broken)
    registry.rollback("books", 1, "test")
    healed = parse_day(lake, registry, "books", DAYS[3])
    assert failed(healed) == set()
    assert healed.rows == 10


def test_a_field_that_turned_empty_is_noticed_although_it_is_optional(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    for day in DAYS[:3]:
        ingest(lake, registry, day)
    release(registry, fetcher(site, FETCHER.replace('number(row, "i")', 'number(row, "em")')))
    report = ingest(lake, registry, DAYS[3])
    assert report.rows == 10
    assert "coverage" in failed(report)


def test_a_value_that_cannot_be_read_makes_a_reject_with_its_raw_text(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    first = site.pages["/books"]
    site.pages["/books"] = type(first)(first.body.replace(b"<i>3.50</i>", b"<i>sold out</i>"), headers=first.headers)
    report = ingest(lake, registry, DAYS[0])
    reject = lake.table("silver/books__rejects").read([DAYS[0]])
    assert (report.rows, report.rejects) == (9, 1)
    assert "sold out" in reject["raw"][0]
    assert "price" in reject["reasons"][0][0]


def test_a_page_that_the_fetcher_cannot_read_costs_only_its_own_records(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    raising = FETCHER.replace('"price": number(row, "i")', '"price": 1 / (0 if "p=2" in page.url else 1)')
    release(registry, fetcher(site, raising))
    report = ingest(lake, registry, DAYS[0])
    rejects = lake.table("silver/books__rejects").read([DAYS[0]])
    assert report.rows == 5
    assert "ZeroDivisionError" in rejects["reasons"][0][0]
    assert "1 / (0 if" in json.loads(rejects["raw"][0])["traceback"]
    assert "contract" in failed(report)


def test_a_page_that_takes_for_ever_is_stopped_and_the_others_are_parsed(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    registry.register(source_yaml(site, limits="{parse_seconds: 0.5}"))
    endless = FETCHER.replace("def parse(page):\n", 'def parse(page):\n    while "p=2" in page.url:\n        pass\n')
    release(registry, fetcher(site, endless))
    report = ingest(lake, registry, DAYS[0])
    assert report.rows == 5
    assert "0.5 s" in lake.table("silver/books__rejects").read([DAYS[0]])["reasons"][0][0]


def test_the_last_fetch_of_a_day_wins_and_keeps_what_only_an_earlier_one_saw(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    day = TODAY.isoformat()
    ingest(lake, registry, day)
    changed = site.pages["/books"]
    site.pages["/books"] = type(changed)(changed.body.replace(b"<i>2.50</i>", b"<i>99</i>"), headers=changed.headers)
    site.pages["/books?p=2"] = page(6, 2)
    report = ingest(lake, registry, day)
    prices = dict(rows(lake, day).select("title", "price").iter_rows())
    assert report.rows == 10
    assert prices["Book 2"] == 99
    assert prices["Book 10"] == Decimal("10.5")


def test_a_site_that_redesigned_itself_is_noticed_and_its_pages_wait_for_the_repair(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    for day in DAYS[:3]:
        ingest(lake, registry, day)
    stock(site, tag="strong")
    report = ingest(lake, registry, DAYS[3])
    assert not report.passed
    release(registry, fetcher(site, FETCHER.replace('text(row, "b")', 'text(row, "b", "strong")')))
    assert parse_day(lake, registry, "books", DAYS[3]).passed
    assert rows(lake, DAYS[3])["title"].to_list() == [f"Book {n}" for n in range(1, 11)]
    assert rows(lake, DAYS[3])["day"].unique().to_list() == [DAYS[3]]
    assert date.fromisoformat(DAYS[3]) < TODAY
