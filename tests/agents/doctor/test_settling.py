"""An incident ends when all days that failed are good, those of its wait for a person among them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from lakehouse.agents.doctor.evidence import gather
from lakehouse.agents.doctor.incident import Diagnosis, Incident
from lakehouse.agents.doctor.incidents import AUTHOR, Incidents
from lakehouse.agents.doctor.settling import settle
from lakehouse.agents.doctor.status import logged_state, source_state
from lakehouse.agents.doctor.treatment import Treatment
from lakehouse.engine import parse_day
from lakehouse.errors import FetchFailed
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.agents.doctor.broken_books import BAD, GOOD, WORSE, redesign, run
from tests.books import FETCHER, fetcher, stock
from tests.conftest import release
from tests.little_site import Answer, LittleSite, html

LATER = "2026-01-04"
MENDED = FETCHER.replace('text(row, "b")', 'text(row, "b", "strong")')


@pytest.fixture
def incident(lake: Lake, registry: Registry, site: LittleSite) -> Incident:
    """Return the open incident of a redesign, seen on its first day."""
    redesign(lake, registry, site)
    return Incidents(lake, registry, "books").open(gather(lake, registry, "books", "checks"))


def waits(lake: Lake, registry: Registry, site: LittleSite, incident: Incident, *, refetch: bool = False) -> str:
    """Let a repair wait for a person, as the doctor leaves it, and return its id."""
    staged = registry.stage("books", fetcher(site, MENDED), {}, {}, author=AUTHOR)
    told = Treatment("books", incident.id, Diagnosis(cause="layout", because=(), treatment=""), "review")
    told = replace(told, staged=staged.id, days=incident.days, refetch=refetch)
    Incidents(lake, registry, "books").attempt(told)
    return staged.id


def test_a_day_that_fails_while_a_repair_waits_joins_and_holds_up_the_end(
    lake: Lake, registry: Registry, site: LittleSite, incident: Incident
) -> None:
    waits(lake, registry, site, incident)
    run(lake, registry, WORSE)
    assert settle(lake, registry, "books") is None
    assert Incidents(lake, registry, "books").get(incident.id).days == (BAD, WORSE)
    registry.release(registry.waiting("books")[0], "approved")
    parse_day(lake, registry, "books", BAD)
    assert settle(lake, registry, "books") is None
    parse_day(lake, registry, "books", WORSE)
    ended = settle(lake, registry, "books")
    assert ended is not None
    assert (ended.details["days"], ended.details["rows"]) == ([BAD, WORSE], 20)


def test_a_day_joins_once_however_often_it_is_parsed(
    lake: Lake, registry: Registry, site: LittleSite, incident: Incident
) -> None:
    for _ in range(2):
        run(lake, registry, WORSE)
        settle(lake, registry, "books")
    assert [entry.kind for entry in registry.audit("books")].count("days added") == 1


def test_what_still_waits_is_taken_away_with_its_incident_and_is_no_strike(
    lake: Lake, registry: Registry, site: LittleSite, incident: Incident
) -> None:
    waits(lake, registry, site, incident)
    mine = registry.stage("books", fetcher(site, MENDED), {}, {}, author="anna")
    release(registry, fetcher(site, MENDED + "# by hand\n"))
    parse_day(lake, registry, "books", BAD)
    assert settle(lake, registry, "books") is not None
    assert [note.id for note in registry.waiting("books")] == [mine.id]
    assert registry.audit("books")[-1].kind == "withdrawn"


def test_what_was_fetched_from_an_old_address_meanwhile_is_lost_and_holds_nothing_up(
    lake: Lake, registry: Registry, site: LittleSite, incident: Incident
) -> None:
    waits(lake, registry, site, incident, refetch=True)
    site.pages["/books"] = html("<!doctype html><p>We have moved, and this page will be gone soon.</p>")
    run(lake, registry, WORSE)
    settle(lake, registry, "books")
    release(registry, fetcher(site, MENDED))
    stock(site)
    run(lake, registry, LATER)
    for day in (BAD, WORSE):
        parse_day(lake, registry, "books", day)
    ended = settle(lake, registry, "books")
    assert ended is not None
    assert ended.details["days"] == [BAD]


def refuse(lake: Lake, registry: Registry, incident: Incident, times: int = 1) -> None:
    told = Treatment("books", incident.id, Diagnosis(cause="layout", because=(), treatment=""), "refuse")
    for _ in range(times):
        Incidents(lake, registry, "books").attempt(told)


def test_a_good_day_that_was_fetched_since_ends_a_row_of_failures_and_is_told_once(
    lake: Lake, registry: Registry, site: LittleSite, incident: Incident
) -> None:
    refuse(lake, registry, incident, times=2)
    settle(lake, registry, "books")
    assert logged_state(registry, "books").strikes == 2
    stock(site)
    run(lake, registry, LATER)
    for _ in range(2):
        settle(lake, registry, "books")
    assert logged_state(registry, "books").strikes == 0
    assert [entry.kind for entry in registry.audit("books")].count("good again") == 1
    assert Incidents(lake, registry, "books").current() is not None


def test_an_old_day_that_was_parsed_again_says_nothing_of_failures_since(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    run(lake, registry, GOOD)
    incident = Incidents(lake, registry, "books").open(gather(lake, registry, "books", "checks", GOOD))
    refuse(lake, registry, incident)
    Incidents(lake, registry, "books").close(incident.id, "closed", "never mind")
    parse_day(lake, registry, "books", GOOD)
    settle(lake, registry, "books")
    assert logged_state(registry, "books").strikes == 1


def test_a_quarantine_stays_while_its_incident_is_open_and_ends_with_good_data_after_it(
    lake: Lake, registry: Registry, site: LittleSite, incident: Incident
) -> None:
    refuse(lake, registry, incident, times=3)
    stock(site)
    run(lake, registry, LATER)
    settle(lake, registry, "books")
    assert logged_state(registry, "books").state == "quarantined"
    Incidents(lake, registry, "books").close(incident.id, "closed", "that day is lost")
    settle(lake, registry, "books")
    assert source_state(lake, registry, "books").state == "active"


def test_a_site_that_is_still_down_is_not_healed_by_the_rows_of_an_earlier_fetch(
    lake: Lake, registry: Registry, site: LittleSite
) -> None:
    today = datetime.now(UTC).date().isoformat()
    run(lake, registry, today)
    pages, site.pages = site.pages, dict.fromkeys(site.pages, Answer(b"busy", 503))
    with pytest.raises(FetchFailed):
        run(lake, registry, today)
    incidents = Incidents(lake, registry, "books")
    incident = incidents.open(gather(lake, registry, "books", "run", today, "answered 503"))
    incidents.diagnosed(incident.id, Diagnosis(cause="transient", because=(), treatment=""))
    assert settle(lake, registry, "books") is None
    site.pages = pages
    run(lake, registry, today)
    ended = settle(lake, registry, "books")
    assert ended is not None
    assert ended.kind == "healed"
