"""A fetcher that raises before it parses leaves words only; its traceback is asked for again."""

from __future__ import annotations

import pytest

from lakehouse.agents.doctor.doctor import Doctor
from lakehouse.engine import fetch_day, parse_day
from lakehouse.errors import FetcherRaised, FetchFailed
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.agents.doctor.broken_books import BAD, GOOD, run
from tests.books import FETCHER, fetcher
from tests.conftest import release
from tests.little_site import LittleSite

FOLLOW, START = 'yield from page.links("a.next")', "yield Request(START)"


def test_the_traceback_of_a_follow_that_raised_stands_in_the_incident(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    run(lake, registry, GOOD)
    release(registry, fetcher(site, FETCHER.replace(FOLLOW, 'yield page.meta["nowhere"]')))
    with pytest.raises(FetchFailed) as failed:
        fetch_day(lake, registry, "books", BAD)
    incident = Doctor(lake, registry).open("books", trigger="run", day=BAD, error=str(failed.value))
    assert incident is not None
    assert 'yield page.meta["nowhere"]' in incident.traceback
    assert "KeyError" in incident.traceback
    assert incident.diagnosis is not None
    assert incident.diagnosis.cause == "code"


def test_so_it_does_where_the_pages_were_parsed_all_the_same(lake: Lake, registry: Registry, site: LittleSite) -> None:
    run(lake, registry, GOOD)
    broken = 'yield page.meta["nowhere"] if "p=2" in page.url else Request(START + "?p=2")'
    release(registry, fetcher(site, FETCHER.replace(FOLLOW, broken)))
    with pytest.raises(FetchFailed):
        fetch_day(lake, registry, "books", BAD)
    parse_day(lake, registry, "books", BAD)
    incident = Doctor(lake, registry).open("books", trigger="run", day=BAD)
    assert incident is not None
    assert "KeyError" in incident.traceback
    assert "the fetcher raised KeyError" in incident.error


def test_the_traceback_of_a_start_that_raised_stands_in_the_incident(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    run(lake, registry, GOOD)
    release(registry, fetcher(site, FETCHER.replace(START, "yield Request([][0])")))
    with pytest.raises(FetcherRaised) as raised:
        fetch_day(lake, registry, "books", BAD)
    incident = Doctor(lake, registry).open("books", trigger="run", day=BAD, error=f"a step failed: {raised.value}")
    assert incident is not None
    assert "IndexError" in incident.traceback
    assert incident.diagnosis is not None
    assert incident.diagnosis.cause == "code"


def test_where_nothing_raised_nothing_is_asked(lake: Lake, registry: Registry) -> None:
    run(lake, registry, GOOD)
    incident = Doctor(lake, registry).open("books", trigger="run", day=BAD, error="the disk is full")
    assert incident is not None
    assert (incident.traceback, incident.error) == ("", "the disk is full")
