"""How a source is doing is read off its tables and its registry, and kept nowhere else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl

from lakehouse.engine import fetch_day, parse_day
from lakehouse.engine.status import source_status
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.books import FETCHER, fetcher
from tests.conftest import release
from tests.little_site import LittleSite

TODAY = datetime.now(UTC).date()
DAYS = [(TODAY - timedelta(days=n)).isoformat() for n in (1, 0)]


def test_a_source_that_was_never_fetched_is_new(lake: Lake, registry: Registry) -> None:
    status = source_status(lake, registry, "books")
    assert (status.state, status.release, status.days) == ("new", 1, ())


def test_a_parsed_day_with_good_checks_makes_it_active(lake: Lake, registry: Registry) -> None:
    for day in DAYS:
        fetch_day(lake, registry, "books", day)
        parse_day(lake, registry, "books", day)
    status = source_status(lake, registry, "books")
    assert (status.state, status.problem) == ("active", "")
    assert [(day.day, day.pages, day.rows, day.rejects) for day in status.days] == [
        (DAYS[1], 2, 10, 0),
        (DAYS[0], 2, 10, 0),
    ]


def test_only_the_last_days_are_shown(lake: Lake, registry: Registry) -> None:
    for day in DAYS:
        fetch_day(lake, registry, "books", day)
    assert [day.day for day in source_status(lake, registry, "books", last=1).days] == [DAYS[1]]


def test_pages_that_were_not_parsed_make_it_degraded(lake: Lake, registry: Registry) -> None:
    fetch_day(lake, registry, "books", DAYS[1])
    status = source_status(lake, registry, "books")
    assert status.state == "degraded"
    assert "not parsed" in status.problem
    assert status.days[0].release is None


def test_a_failed_check_makes_it_degraded_and_is_named(lake: Lake, registry: Registry, site: LittleSite) -> None:
    fetch_day(lake, registry, "books", DAYS[0])
    parse_day(lake, registry, "books", DAYS[0])
    release(registry, fetcher(site, FETCHER.replace("li.book", "li.magazine")))
    fetch_day(lake, registry, "books", DAYS[1])
    parse_day(lake, registry, "books", DAYS[1])
    status = source_status(lake, registry, "books")
    assert status.state == "degraded"
    assert "volume" in status.problem
    assert "volume" in status.days[0].failed
    assert status.days[1].failed == ()


def test_data_that_stopped_coming_makes_it_degraded_although_every_check_passed(lake: Lake, registry: Registry) -> None:
    fetch_day(lake, registry, "books", DAYS[0])
    parse_day(lake, registry, "books", DAYS[0])
    pages = lake.table("bronze/books")
    pages.replace_day(DAYS[0], pages.read([DAYS[0]]).with_columns(pl.col("fetched_at") - pl.duration(days=9)))
    status = source_status(lake, registry, "books")
    assert status.state == "degraded"
    assert "newest good data" in status.problem


def test_a_source_yaml_that_cannot_be_read_makes_it_broken(lake: Lake, registry: Registry) -> None:
    assert registry.sources() == ["books"]
    lake.objects.put("registry/books/source.yaml", b"name: [")
    status = source_status(lake, registry, "books")
    assert status.state == "broken"
    assert "source.yaml" in status.problem
