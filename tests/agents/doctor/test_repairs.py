"""The figures of healing: what an incident took, what it brought back, and how long the repair has held."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.agents.doctor.incident import Class, Diagnosis, Incident
from lakehouse.agents.doctor.incidents import Incidents
from lakehouse.agents.doctor.repairs import Repair, repairs, summary
from lakehouse.agents.doctor.treatment import Treatment
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.books import SOURCE

NOW = datetime(2026, 1, 2, 6, tzinfo=UTC)


@pytest.fixture
def registry(lake: Lake) -> Registry:
    """Return a registry that knows `books` and `maps`, which have no site."""
    registry = Registry(lake)
    text = SOURCE.format(start="http://books.example/books", host="books.example")
    registry.register(text)
    registry.register(text.replace("name: books", "name: maps"))
    return registry


@pytest.fixture
def incidents(lake: Lake, registry: Registry) -> Incidents:
    return Incidents(lake, registry, "books")


def failed(incidents: Incidents, cause: Class = "layout", *, ago: float = 2.0, attempts: int = 1) -> str:
    """Let the source fail some hours ago, be diagnosed and be tried, and return the incident."""
    at = datetime.now(UTC) - timedelta(hours=ago)
    found = Incident(source=incidents.source, opened_at=at, trigger="checks", days=("2026-01-02",), release=1)
    opened = incidents.open(found.model_copy(update={"failed_at": at}))
    diagnosis = Diagnosis(cause=cause, because=("A sign.",), treatment="A treatment.")
    incidents.diagnosed(opened.id, diagnosis)
    for number in range(attempts):
        verdict = "release" if number == attempts - 1 else "refuse"
        tried = Treatment(incidents.source, opened.id, diagnosis, verdict, "anchors", ("why",), release=2)
        incidents.attempt(tried)
    return opened.id


def test_a_repair_tells_what_was_wrong_how_it_was_mended_and_what_came_back(incidents: Incidents) -> None:
    opened = failed(incidents, attempts=2)
    incidents.close(opened, "healed", "Good again.", days=("2026-01-02", "2026-01-03"), rows=20)
    (repair,) = repairs(incidents.lake, incidents.registry)
    assert (repair.source, repair.incident, repair.cause, repair.method) == ("books", "0001", "layout", "anchors")
    assert (repair.verdict, repair.outcome, repair.attempts, repair.release) == ("release", "healed", 2, 2)
    assert (repair.days, repair.rows, repair.alone, repair.holds) == (2, 20, True, True)


def test_time_runs_from_the_failed_check_to_good_data(incidents: Incidents) -> None:
    incidents.close(failed(incidents, ago=3), "healed", "Good again.")
    (repair,) = repairs(incidents.lake, incidents.registry)
    assert repair.seconds == pytest.approx(3 * 3600, abs=60)


def test_an_open_incident_has_no_time_and_no_rate(incidents: Incidents) -> None:
    failed(incidents)
    found = repairs(incidents.lake, incidents.registry)
    assert (found[0].outcome, found[0].seconds, found[0].held) == ("attempted", None, None)
    assert [(line.name, line.open, line.rate) for line in summary(found)] == [("layout", 1, None), ("all", 1, None)]


def test_a_repair_holds_until_the_source_fails_again(incidents: Incidents) -> None:
    incidents.close(failed(incidents), "healed", "Good again.")
    failed(incidents, ago=-24)
    first, second = repairs(incidents.lake, incidents.registry)
    assert first.held == pytest.approx(1, abs=0.01)
    assert (first.holds, second.holds) == (False, False)


def test_a_site_that_was_down_for_an_hour_says_nothing_against_a_repair(incidents: Incidents) -> None:
    incidents.close(failed(incidents), "healed", "Good again.")
    failed(incidents, "transient", ago=-24)
    assert repairs(incidents.lake, incidents.registry)[0].holds


def test_what_a_person_approved_was_not_healed_alone(incidents: Incidents) -> None:
    opened = failed(incidents)
    details = {"incident": opened, "release": 5, "staged": "s"}
    incidents.registry.note("books", "approved", author="anna", reason="It is right.", **details)
    incidents.close(opened, "healed", "Good again.")
    (repair,) = repairs(incidents.lake, incidents.registry)
    assert (repair.alone, repair.release) == (False, 5)


def test_what_was_given_up_is_no_success(incidents: Incidents) -> None:
    incidents.close(failed(incidents), "healed", "Good again.")
    incidents.close(failed(incidents), "closed", "The site is gone.", author="anna")
    incidents.close(failed(incidents, "quiet"), "accepted", "There was nothing on that day.")
    lines = {line.name: line for line in summary(repairs(incidents.lake, incidents.registry))}
    assert [lines[name].rate for name in ("layout", "quiet", "all")] == [0.5, 1.0, pytest.approx(2 / 3, abs=1e-3)]
    assert lines["all"].alone == 2


def test_repairs_are_those_of_all_sources_or_of_one(incidents: Incidents, lake: Lake, registry: Registry) -> None:
    failed(incidents, ago=1)
    failed(Incidents(lake, registry, "maps"), ago=2)
    assert [repair.source for repair in repairs(lake, registry)] == ["maps", "books"]
    assert [repair.source for repair in repairs(lake, registry, ["books"])] == ["books"]


def test_nothing_that_failed_is_nothing_to_sum_up(lake: Lake, registry: Registry) -> None:
    assert summary(repairs(lake, registry)) == []


PLAIN = st.builds(
    Repair,
    source=st.just("books"),
    incident=st.just("0001"),
    cause=st.sampled_from(["layout", "moved", "quiet"]),
    method=st.sampled_from(["anchors", "regions"]),
    verdict=st.just("release"),
    outcome=st.sampled_from(["opened", "healed", "accepted", "closed"]),
    attempts=st.integers(0, 5),
    alone=st.booleans(),
    failed_at=st.just(NOW),
    ended_at=st.just(NOW),
    seconds=st.none() | st.floats(0, 1e6),
    days=st.integers(0, 9),
    rows=st.integers(0, 999),
    release=st.none(),
    held=st.none() | st.floats(0, 99),
    holds=st.booleans(),
)


@given(st.lists(PLAIN, min_size=1), st.sampled_from(["cause", "method"]))
def test_the_line_of_all_is_the_sum_of_its_parts(found: list[Repair], by) -> None:
    *parts, total = summary(found, by)
    for count in ("incidents", "open", "solved", "alone", "days", "rows", "holding"):
        assert getattr(total, count) == sum(getattr(part, count) for part in parts)
    assert all(part.rate is None or 0 <= part.rate <= 1 for part in parts)
    assert total.incidents == len(found)
