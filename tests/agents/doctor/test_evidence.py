"""What is gathered when a source fails: enough to find the cause, and to prove a repair."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from lakehouse.agents.doctor.evidence import gather, gather_again
from lakehouse.agents.doctor.evidence_pages import MOST_PAGES, page_of, pages_of
from lakehouse.agents.doctor.incident import Incident
from lakehouse.agents.doctor.incidents import Incidents
from lakehouse.engine import fetch_day, parse_day
from lakehouse.errors import FetcherRaised, FetchFailed
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.agents.doctor.broken_books import BAD, GOOD, WORSE, broken, redesign, run
from tests.books import FETCHER, fetcher, page, source_yaml, stock
from tests.conftest import release
from tests.little_site import Answer, LittleSite


def test_the_failing_day_is_told_with_its_failed_checks(lake: Lake, registry: Registry, site: LittleSite) -> None:
    incident = broken(lake, registry, site)
    assert (incident.days, incident.good_day, incident.release) == ((BAD,), GOOD, 1)
    assert {failed.check for failed in incident.failed_checks} >= {"contract", "volume"}
    assert all(failed.message and failed.day == BAD for failed in incident.failed_checks)


def test_all_days_since_the_last_good_one_fail(lake: Lake, registry: Registry, site: LittleSite) -> None:
    redesign(lake, registry, site, BAD, WORSE)
    assert gather(lake, registry, "books", "checks").days == (BAD, WORSE)
    assert gather(lake, registry, "books", "checks", BAD).days == (BAD, WORSE)


def test_a_good_day_in_between_parts_two_failures(lake: Lake, registry: Registry, site: LittleSite) -> None:
    redesign(lake, registry, site, BAD)
    stock(site)
    run(lake, registry, WORSE)
    stock(site, tag="strong")
    run(lake, registry, "2026-01-04")
    assert gather(lake, registry, "books", "checks").days == ("2026-01-04",)
    old = gather(lake, registry, "books", "checks", BAD)
    assert (old.days, old.good_day) == ((BAD,), GOOD)


def test_a_day_that_was_accepted_is_no_part_of_the_next_failure(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    incidents = Incidents(lake, registry, "books")
    quiet = incidents.open(broken(lake, registry, site))
    incidents.close(quiet.id, "accepted", "the site really says so", days=(BAD,))
    run(lake, registry, WORSE)
    incident = gather(lake, registry, "books", "checks", WORSE)
    assert (incident.days, incident.good_day) == ((WORSE,), GOOD)
    assert {ref.day for ref in incident.failing} == {WORSE}
    assert gather(lake, registry, "books", "checks", BAD).days == (BAD, WORSE)


def test_a_day_that_was_fetched_and_not_parsed_fails(lake: Lake, registry: Registry, site: LittleSite) -> None:
    run(lake, registry, GOOD)
    fetch_day(lake, registry, "books", BAD)
    incident = gather(lake, registry, "books", "run", error="the run was stopped")
    assert (incident.days, incident.error, incident.failed_checks) == ((BAD,), "the run was stopped", ())


def test_good_pages_are_those_of_the_failing_addresses(lake: Lake, registry: Registry, site: LittleSite) -> None:
    incident = broken(lake, registry, site)
    assert [ref.request_url for ref in incident.failing] == [site.url("/books"), site.url("/books?p=2")]
    assert [ref.request_url for ref in incident.good] == [ref.request_url for ref in incident.failing]
    assert {ref.day for ref in incident.good} == {GOOD}


def test_kept_pages_come_back_as_the_fetcher_saw_them(lake: Lake, registry: Registry, site: LittleSite) -> None:
    incident = broken(lake, registry, site)
    assert b"<strong>" in page_of(lake, incident.failing[0]).body
    assert b"<b>" in page_of(lake, incident.good[0]).body
    assert [found.url for found in pages_of(lake, incident.good)] == [ref.url for ref in incident.good]


def test_the_first_moment_of_failure_is_that_of_the_check(lake: Lake, registry: Registry, site: LittleSite) -> None:
    incident = broken(lake, registry, site)
    checked = lake.table("silver/books__checks").read([BAD])["checked_at"].min()
    assert incident.failed_at == checked


def test_a_fetcher_that_raises_leaves_its_traceback(lake: Lake, registry: Registry, site: LittleSite) -> None:
    run(lake, registry, GOOD)
    release(registry, fetcher(site).replace('text(row, "b")', 'row["gone"]'))
    run(lake, registry, BAD)
    incident = gather(lake, registry, "books", "checks", BAD)
    assert 'row["gone"]' in incident.traceback
    assert "the fetcher raised TypeError" in incident.error
    told = gather(lake, registry, "books", "run", BAD, "The run failed.")
    assert (told.error, told.traceback) == ("The run failed.", incident.traceback)


def test_the_error_of_a_run_is_told_with_its_traceback(lake: Lake, registry: Registry) -> None:
    error = FetcherRaised("ValueError", "no start", traceback="line 7, in start", module="books/0001")
    incident = gather(lake, registry, "books", "run", BAD, error)
    assert (incident.days, incident.traceback) == ((BAD,), "line 7, in start")
    assert "no start" in incident.error


def test_a_site_that_is_down_is_evidence_too(lake: Lake, registry: Registry, site: LittleSite) -> None:
    run(lake, registry, GOOD)
    site.pages["/books"] = Answer(b"maintenance", 404)
    with pytest.raises(FetchFailed) as failed:
        fetch_day(lake, registry, "books", BAD)
    incident = gather(lake, registry, "books", "run", BAD, failed.value)
    assert [ref.status for ref in incident.failing] == [404]
    assert pages_of(lake, incident.failing) == []
    assert incident.good[0].request_url == site.url("/books")


def test_a_request_without_an_answer_is_kept_with_its_error(lake: Lake, registry: Registry, site: LittleSite) -> None:
    release(registry, fetcher(site).replace(site.url("/books"), "http://not-of-this-source.example/books"))
    with pytest.raises(FetchFailed):
        fetch_day(lake, registry, "books", BAD)
    incident = gather(lake, registry, "books", "run", BAD, "the fetch failed")
    assert [(ref.sha256, ref.status, bool(ref.error)) for ref in incident.failing] == [(None, None, True)]
    assert page_of(lake, incident.failing[0]).body == b""


def test_a_source_that_never_had_a_good_day_has_no_good_pages(lake: Lake, registry: Registry, site: LittleSite) -> None:
    stock(site, tag="strong")
    run(lake, registry, BAD)
    incident = gather(lake, registry, "books", "checks", BAD)
    assert (incident.good_day, incident.good, len(incident.failing)) == (None, (), 2)


def test_the_first_days_of_a_source_are_compared_with_the_good_one_after(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    stock(site, tag="strong")
    run(lake, registry, GOOD)
    stock(site)
    run(lake, registry, BAD)
    assert gather(lake, registry, "books", "checks", GOOD).good_day == BAD


def test_a_source_without_anything_kept_can_be_told(lake: Lake, registry: Registry) -> None:
    incident = gather(lake, registry, "books", "run", BAD, "the sandbox cannot be locked")
    assert (incident.days, incident.failing, incident.failed_at) == ((BAD,), (), None)


def test_data_that_stopped_coming_fails_today(lake: Lake, registry: Registry, site: LittleSite) -> None:
    run(lake, registry, GOOD)
    bronze = lake.table("bronze/books")
    long_ago = datetime.now(UTC) - timedelta(days=40)
    bronze.replace_day(GOOD, bronze.read([GOOD]).with_columns(fetched_at=pl.lit(long_ago)))
    incident = gather(lake, registry, "books", "stale")
    assert incident.days == (datetime.now(UTC).date().isoformat(),)
    assert [failed.check for failed in incident.failed_checks] == ["freshness"]


def test_nothing_fails_where_nothing_failed(lake: Lake, registry: Registry, site: LittleSite) -> None:
    run(lake, registry, GOOD)
    assert gather(lake, registry, "books", "person").days == ()


def test_many_pages_are_shown_by_a_few_of_each_kind(lake: Lake, registry: Registry, site: LittleSite) -> None:
    site.pages |= {f"/book/{n}": page(n, 1) for n in range(1, 41)}
    code = FETCHER.replace('page.links("a.next")', 'page.links("a.next, li.book a")')
    registry.register(source_yaml(site))
    release(registry, fetcher(site, code))
    stock(site, count=20)
    run(lake, registry, GOOD)
    incident = gather(lake, registry, "books", "checks", GOOD)
    asked = [ref.request_url for ref in incident.failing]
    assert len(asked) == len(set(asked)) == MOST_PAGES
    assert asked[0] == site.url("/books")
    assert {site.url("/books"), site.url("/books?p=2"), site.url("/book/1")} <= {*asked}


def test_only_the_last_fetch_of_a_day_is_shown(lake: Lake, registry: Registry, site: LittleSite) -> None:
    today = datetime.now(UTC).date().isoformat()
    fetch_day(lake, registry, "books", today)
    stock(site, tag="strong")
    fetch_day(lake, registry, "books", today)
    parse_day(lake, registry, "books", today)
    incident = gather(lake, registry, "books", "person", today)
    assert [b"<strong>" in found.body for found in pages_of(lake, incident.failing)] == [True, True]


def test_no_cookie_goes_into_an_incident(lake: Lake, registry: Registry, site: LittleSite) -> None:
    site.pages["/books"] = Answer(page(1, 3).body, headers={"Set-Cookie": "session=secret", "X-Kept": "yes"})
    fetch_day(lake, registry, "books", BAD)
    incident = gather(lake, registry, "books", "person", BAD)
    assert "secret" not in incident.model_dump_json()
    assert "yes" in incident.failing[0].headers.values()


def test_days_that_joined_bring_their_own_pages(lake: Lake, registry: Registry, site: LittleSite) -> None:
    opened = Incidents(lake, registry, "books").open(broken(lake, registry, site))
    run(lake, registry, WORSE)
    now = gather_again(lake, registry, Incidents(lake, registry, "books").get(opened.id))
    assert (now.id, now.opened_at, now.days) == (opened.id, opened.opened_at, (BAD, WORSE))
    assert {ref.day for ref in now.failing} == {BAD, WORSE}
    assert Incident.model_validate_json(now.model_dump_json()) == now
