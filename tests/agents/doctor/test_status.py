"""How a source is doing is read off its tables, its registry and its log, and kept nowhere else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from lakehouse.agents.doctor.states import may_ingest
from lakehouse.agents.doctor.status import logged_state, source_state, source_status
from lakehouse.engine import fetch_day, parse_day
from lakehouse.errors import FetchFailed
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from lakehouse.settings import settings
from tests.books import FETCHER, fetcher
from tests.conftest import release
from tests.little_site import Answer, LittleSite

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


def test_a_fetch_that_fails_after_a_good_one_of_the_same_day_shows_beside_its_rows(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    fetch_day(lake, registry, "books", DAYS[1])
    parse_day(lake, registry, "books", DAYS[1])
    pages, site.pages = site.pages, dict.fromkeys(site.pages, Answer(b"busy", 503))
    with pytest.raises(FetchFailed):
        fetch_day(lake, registry, "books", DAYS[1])
    status = source_status(lake, registry, "books")
    assert (status.state, status.command) == ("degraded", "lakehouse run books")
    assert status.problem == f"{DAYS[1]}: its last fetch failed: {site.url('/books')}: answered 503"
    assert (status.days[0].rows, status.days[0].failed) == (10, ())
    site.pages = pages
    fetch_day(lake, registry, "books", DAYS[1])
    assert source_status(lake, registry, "books").state == "active"


def test_a_further_page_that_is_lost_of_few_shows_as_a_failed_fetch(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    for day in DAYS:
        fetch_day(lake, registry, "books", day)
        parse_day(lake, registry, "books", day)
    site.pages["/books?p=2"] = Answer(b"gone", 404)
    with pytest.raises(FetchFailed):
        fetch_day(lake, registry, "books", DAYS[1])
    assert "/books?p=2: answered 404" in source_status(lake, registry, "books").problem


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


def test_an_incident_in_the_log_shows_beside_good_days_and_says_what_to_do(lake: Lake, registry: Registry) -> None:
    fetch_day(lake, registry, "books", DAYS[1])
    parse_day(lake, registry, "books", DAYS[1])
    registry.note("books", "incident opened", author="doctor", reason="volume failed", incident="0001")
    status = source_status(lake, registry, "books")
    assert (status.state, status.problem, status.incident) == ("degraded", "volume failed", "0001")
    assert status.command == "lakehouse fix books"
    assert [day.failed for day in status.days] == [()]


def test_all_ways_of_asking_give_the_same_state(lake: Lake, registry: Registry) -> None:
    fetch_day(lake, registry, "books", DAYS[1])
    parse_day(lake, registry, "books", DAYS[1])
    for kind in ("incident opened", "paused"):
        registry.note("books", kind, author="anna", reason="They asked us to wait.")
        told = {source_state(lake, registry, "books"), logged_state(registry, "books")}
        assert told == {source_state(lake, registry, "books")}
        assert source_status(lake, registry, "books").state == told.pop().state


def test_the_settings_say_how_much_is_tried(lake: Lake, registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARANTINE_THRESHOLD", "1")
    settings.cache_clear()
    registry.note("books", "incident opened", author="doctor", reason="volume failed", incident="0001")
    assert logged_state(registry, "books").state == "degraded"
    registry.note("books", "attempted", author="doctor", reason="No candidate.", incident="0001", verdict="refuse")
    assert source_state(lake, registry, "books").state == "quarantined"
    settings.cache_clear()


def test_a_log_that_cannot_be_read_makes_it_broken_and_nothing_is_started(lake: Lake, registry: Registry) -> None:
    lake.objects.put("registry/books/audit/29990101T000000.000000Z-0.json", b"{")
    for found in (source_status(lake, registry, "books"), logged_state(registry, "books")):
        assert found.state == "broken"
        assert "29990101T000000.000000Z-0.json is damaged" in found.problem
    assert may_ingest(logged_state(registry, "books"))[0] is False
