"""Repairs and the health of sources, as the registry's log and the tables say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from lakehouse.agents.doctor.incident import Diagnosis, Incident
from lakehouse.agents.doctor.incidents import Incidents
from lakehouse.agents.doctor.treatment import Treatment
from lakehouse.engine import fetch_day, parse_day
from lakehouse.gold.sources import write_repairs, write_source_health
from lakehouse.gold.tables import REPAIRS, SOURCE_HEALTH
from lakehouse.lake import Lake
from lakehouse.registry import Registry

TODAY = datetime.now(UTC).date().isoformat()


def failed(incidents: Incidents, *, hours: float) -> str:
    """Let `books` fail some hours ago and be tried once, and return the incident."""
    at = datetime.now(UTC) - timedelta(hours=hours)
    found = Incident(source="books", opened_at=at, failed_at=at, trigger="checks", days=(TODAY,), release=1)
    opened, cause = incidents.open(found), Diagnosis(cause="layout", because=("A sign.",), treatment="A treatment.")
    incidents.diagnosed(opened.id, cause)
    incidents.attempt(Treatment("books", opened.id, cause, "release", "anchors", ("why",), release=2))
    return opened.id


def test_every_incident_is_a_row_that_says_what_became_of_it(lake: Lake, registry: Registry) -> None:
    incidents = Incidents(lake, registry, "books")
    incidents.close(failed(incidents, hours=3), "healed", "Good again.", days=(TODAY,), rows=20)
    second = failed(incidents, hours=1)
    assert write_repairs(lake, registry) == 2
    rows = lake.table(REPAIRS.address).read().sort("incident").to_dicts()
    assert [(row["outcome"], row["method"], row["rows"]) for row in rows] == [
        ("healed", "anchors", 20),
        (rows[1]["outcome"], "anchors", 0),
    ]
    assert rows[1]["ended_at"] is None
    incidents.close(second, "healed", "Good again.", days=(TODAY,), rows=7)
    write_repairs(lake, registry)
    assert lake.table(REPAIRS.address).read()["rows"].sort().to_list() == [7, 20]


def test_writing_repairs_again_changes_nothing(lake: Lake, registry: Registry) -> None:
    incidents = Incidents(lake, registry, "books")
    incidents.close(failed(incidents, hours=3), "healed", "Good again.", days=(TODAY,), rows=20)
    write_repairs(lake, registry)
    before = lake.table(REPAIRS.address).version()
    write_repairs(lake, registry)
    assert lake.table(REPAIRS.address).version() == before


def test_the_health_of_a_source_is_what_its_newest_days_say(lake: Lake, registry: Registry) -> None:
    fetch_day(lake, registry, "books", TODAY)
    parse_day(lake, registry, "books", TODAY)
    assert write_source_health(lake, registry) == 1
    (row,) = lake.table(SOURCE_HEALTH.address).read().to_dicts()
    assert (row["source"], row["day"], row["state"], row["release"]) == ("books", TODAY, "active", 1)
    assert (row["last_good_day"], row["days_failed"], row["rows"], row["rows_kept"]) == (TODAY, 0, 10, 10)


def test_a_source_that_never_ran_is_told_of_too(lake: Lake, registry: Registry) -> None:
    write_source_health(lake, registry)
    (row,) = lake.table(SOURCE_HEALTH.address).read().to_dicts()
    assert (row["state"], row["last_day"], row["rows"]) == ("new", None, 0)
