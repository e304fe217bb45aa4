"""A day's pages come into bronze as they were, once, and whatever happens to the fetcher."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import polars as pl
import pytest

from lakehouse.engine import fetch_day, parse_day
from lakehouse.engine.late import is_too_late
from lakehouse.errors import FetcherRaised, FetchFailed, LateFetch
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.books import FETCHER, fetcher, page, source_yaml
from tests.conftest import release
from tests.little_site import Answer, LittleSite

TODAY = datetime.now(UTC).date().isoformat()
YESTERDAY = (datetime.now(UTC).date() - timedelta(days=1)).isoformat()


def captures(lake: Lake, day: str = TODAY) -> pl.DataFrame:
    return lake.table("bronze/books").read([day]).sort("fetched_at", "seq")


def test_every_page_is_kept_byte_for_byte(lake: Lake, registry: Registry, site: LittleSite) -> None:
    report = fetch_day(lake, registry, "books", TODAY)
    kept = captures(lake)
    assert report.pages == 2
    assert report.failures == {}
    assert kept["request_url"].to_list() == [site.url("/books"), site.url("/books?p=2")]
    assert [lake.bodies.get(sha) for sha in kept["sha256"]] == [
        site.pages["/books"].body,
        site.pages["/books?p=2"].body,
    ]
    assert kept["release"].to_list() == [1, 1]


def test_each_address_is_asked_for_once_even_if_pages_link_in_circles(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    site.pages["/books?p=2"] = page(6, 5, following="/books")
    fetch_day(lake, registry, "books", TODAY)
    assert site.asked.count("/books") == 1


def test_a_second_fetch_of_today_adds_a_round(lake: Lake, registry: Registry) -> None:
    fetch_day(lake, registry, "books", TODAY)
    fetch_day(lake, registry, "books", TODAY)
    kept = captures(lake)
    assert kept.height == 4
    assert kept["run_id"].n_unique() == 2


def test_an_unchanged_page_costs_a_304_and_keeps_pointing_at_its_body(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    first = site.pages["/books"]
    site.pages["/books"] = Answer(first.body, headers={**first.headers, "ETag": '"v1"'})
    fetch_day(lake, registry, "books", TODAY)
    report = fetch_day(lake, registry, "books", TODAY)
    again = captures(lake).filter(pl.col("not_modified"))
    assert report.unchanged == 1
    assert again["status"].to_list() == [304]
    assert lake.bodies.get(again["sha256"][0]) == first.body
    assert again["content_type"][0].startswith("text/html")
    assert fetch_day(lake, registry, "books", TODAY).unchanged == 1


def test_the_pages_behind_an_unchanged_page_are_still_found(lake: Lake, registry: Registry, site: LittleSite) -> None:
    first = site.pages["/books"]
    site.pages["/books"] = Answer(first.body, headers={**first.headers, "ETag": '"v1"'})
    fetch_day(lake, registry, "books", TODAY)
    assert fetch_day(lake, registry, "books", TODAY).pages == 2


def test_a_past_day_is_not_fetched_unless_asked_for(lake: Lake, registry: Registry, site: LittleSite) -> None:
    registry.register(source_yaml(site, late="refuse"))
    with pytest.raises(LateFetch) as caught:
        fetch_day(lake, registry, "books", YESTERDAY)
    assert "--late" in str(caught.value)
    assert site.asked == []
    assert fetch_day(lake, registry, "books", YESTERDAY, late=True).pages == 2


def test_a_past_day_that_has_pages_is_left_as_it_is(lake: Lake, registry: Registry, site: LittleSite) -> None:
    fetch_day(lake, registry, "books", YESTERDAY)
    asked = len(site.asked)
    assert fetch_day(lake, registry, "books", YESTERDAY, late=True).kept
    assert len(site.asked) == asked


def test_a_failed_start_page_fails_the_day_and_is_kept_as_evidence(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    site.pages["/books"] = Answer(b"<h1>gone</h1>", 404)
    with pytest.raises(FetchFailed) as caught:
        fetch_day(lake, registry, "books", TODAY)
    assert caught.value.failures == {site.url("/books"): "answered 404"}
    assert captures(lake)["status"].to_list() == [404]
    assert lake.bodies.get(captures(lake)["sha256"][0]) == b"<h1>gone</h1>"


def test_one_lost_page_of_many_does_not_fail_the_day(lake: Lake, registry: Registry, site: LittleSite) -> None:
    for number in range(2, 13):
        site.pages[f"/books?p={number}"] = page(number * 5, 5, following=f"/books?p={number + 1}")
    report = fetch_day(lake, registry, "books", TODAY)
    assert report.pages == 13
    assert report.failures == {site.url("/books?p=13"): "answered 404"}


def test_a_fetcher_that_raises_in_follow_loses_no_page(lake: Lake, registry: Registry, site: LittleSite) -> None:
    release(registry, fetcher(site, FETCHER.replace('yield from page.links("a.next")', "yield 1 / 0")))
    with pytest.raises(FetchFailed) as caught:
        fetch_day(lake, registry, "books", TODAY)
    assert "ZeroDivisionError" in str(caught.value)
    assert lake.bodies.get(captures(lake)["sha256"][0]) == site.pages["/books"].body


def test_a_fetcher_that_raises_in_start_says_so(lake: Lake, registry: Registry, site: LittleSite) -> None:
    release(registry, fetcher(site, FETCHER.replace("yield Request(START)", "yield Request(START + 1)")))
    with pytest.raises(FetcherRaised, match="TypeError"):
        fetch_day(lake, registry, "books", TODAY)


def test_a_request_for_another_host_is_refused_and_noted(lake: Lake, registry: Registry, site: LittleSite) -> None:
    foreign = 'yield Request("http://169.254.169.254/latest/meta-data")'
    release(registry, fetcher(site, FETCHER.replace('yield from page.links("a.next")', foreign)))
    with pytest.raises(FetchFailed):
        fetch_day(lake, registry, "books", TODAY)
    refused = captures(lake).filter(pl.col("error").is_not_null())
    assert refused["request_url"].to_list() == ["http://169.254.169.254/latest/meta-data"]
    assert refused["sha256"].to_list() == [None]


def test_the_page_limit_stops_a_fetcher_that_never_ends(lake: Lake, registry: Registry, site: LittleSite) -> None:
    registry.register(source_yaml(site, limits="{max_pages: 7}"))
    for number in range(2, 40):
        site.pages[f"/books?p={number}"] = page(number * 5, 5, following=f"/books?p={number + 1}")
    report = fetch_day(lake, registry, "books", TODAY)
    assert report.pages == 7
    assert report.capped


def test_a_page_on_which_follow_failed_is_parsed_once_the_fetcher_is_mended(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    release(registry, fetcher(site, FETCHER.replace('yield from page.links("a.next")', "yield 1 / 0")))
    with pytest.raises(FetchFailed):
        fetch_day(lake, registry, "books", TODAY)
    release(registry, fetcher(site))
    assert parse_day(lake, registry, "books", TODAY).rows == 5


def test_a_past_day_of_which_only_a_failure_was_kept_can_still_be_fetched(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    good = site.pages["/books"]
    site.pages["/books"] = Answer(b"gone", 404)
    with pytest.raises(FetchFailed):
        fetch_day(lake, registry, "books", YESTERDAY)
    site.pages["/books"] = good
    report = fetch_day(lake, registry, "books", YESTERDAY, late=True)
    assert not report.kept
    assert report.pages == 2


def test_a_run_that_begins_soon_after_midnight_may_still_fetch_the_day_it_was_meant_for() -> None:
    day = "2026-11-20"
    assert not is_too_late(day, datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC))
    assert not is_too_late(day, datetime(2026, 11, 21, 0, 59, tzinfo=UTC))
    assert is_too_late(day, datetime(2026, 11, 21, 1, 1, tzinfo=UTC))


def test_a_day_ends_at_midnight_utc_wherever_the_clock_hangs() -> None:
    auckland, honolulu = timezone(timedelta(hours=13)), timezone(timedelta(hours=-10))
    assert not is_too_late("2026-11-20", datetime(2026, 11, 21, 12, 0, tzinfo=auckland))
    assert is_too_late("2026-11-20", datetime(2026, 11, 20, 23, 0, tzinfo=honolulu))
