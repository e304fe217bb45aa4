"""Every agent leaves an envelope: who worked on what, in which steps, and which pages it asked for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lakehouse.agents.lakehouse import Lakehouse
from lakehouse.agents.wish import Wish
from lakehouse.engine import fetch_day, parse_day
from lakehouse.errors import FetchFailed, NothingFound
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from lakehouse.telemetry import Envelope
from tests.books import FETCHER, fetcher
from tests.conftest import release
from tests.little_site import Answer, LittleSite, html

TODAY = datetime.now(UTC).date().isoformat()


def left(lake: Lake) -> list[Envelope]:
    """Return all envelopes, the oldest first."""
    found = [Envelope.model_validate_json(lake.objects.get(key)) for key in lake.objects.list("telemetry")]
    return sorted(found, key=lambda one: one.run.started_at)


def test_adding_a_source_leaves_one_of_the_scout_and_one_of_the_builder(lake: Lake, site: LittleSite) -> None:
    url = site.url("/books")
    Lakehouse(lake).add(url, "novels", Wish(private_hosts=[site.host], delay=0))
    scout, builder = left(lake)
    assert (scout.run.agent, scout.run.subject, scout.run.status) == ("scout", url, "succeeded")
    assert url in [call.query_used for call in scout.calls]
    assert (builder.run.agent, builder.run.subject) == ("builder", "novels")
    assert [step.step_name for step in builder.steps] == ["write", "fetch", "parse", "write", "trial", "release"]
    assert {call.provider for call in builder.calls} == {"web"}


def test_an_address_with_nothing_on_it_leaves_a_run_that_failed(lake: Lake, site: LittleSite) -> None:
    site.pages["/empty"] = html("<p>Nothing here.</p>")
    with pytest.raises(NothingFound):
        Lakehouse(lake).add(site.url("/empty"), wish=Wish(private_hosts=[site.host], delay=0))
    (scout,) = left(lake)
    assert scout.run.status == "failed"
    assert "nothing on this page" in (scout.run.error_message or "")


def test_a_day_leaves_one_for_its_pages_and_one_for_its_rows(lake: Lake, registry: Registry) -> None:
    fetch_day(lake, registry, "books", TODAY)
    parse_day(lake, registry, "books", TODAY)
    fetched, parsed = left(lake)
    assert (fetched.run.agent, fetched.run.subject, fetched.run.total_api_calls) == ("ingestion", "books", 2)
    assert {call.status for call in fetched.calls} == {"succeeded"}
    assert ([step.step_name for step in parsed.steps], parsed.calls) == (["parse", "write"], ())


def test_a_page_that_is_not_there_is_a_call_that_failed(lake: Lake, registry: Registry, site: LittleSite) -> None:
    site.pages["/books"] = Answer(b"gone", status=404)
    with pytest.raises(FetchFailed):
        fetch_day(lake, registry, "books", TODAY)
    (fetched,) = left(lake)
    assert fetched.run.status == "failed"
    assert [(call.status, call.results_returned) for call in fetched.calls] == [("failed", 0)]


def test_a_day_whose_checks_fail_is_a_run_that_failed(lake: Lake, registry: Registry, site: LittleSite) -> None:
    fetch_day(lake, registry, "books", TODAY)
    release(registry, fetcher(site, FETCHER.replace("li.book", "li.magazine")))
    parse_day(lake, registry, "books", TODAY)
    parsed = left(lake)[-1]
    assert parsed.run.status == "failed"
    assert (parsed.run.error_message or "").startswith(f"{TODAY}: ")
