"""Incidents: one for one failure, whoever sees it and however often, and everything that became of it."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from lakehouse.agents.doctor.incident import Diagnosis, Incident
from lakehouse.agents.doctor.incidents import Incidents
from lakehouse.agents.doctor.status import logged_state
from lakehouse.agents.doctor.treatment import Treatment
from lakehouse.errors import RegistryError
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from lakehouse.registry.audit import AuditLog, new_entry
from lakehouse.registry.stamp import time_ordered_id
from tests.books import SOURCE

LAYOUT = Diagnosis(cause="layout", because=("The page is whole.", "No row was found."), treatment="find it again")


@pytest.fixture
def registry(lake: Lake) -> Registry:
    """Return a registry that knows `books`, which has no site."""
    registry = Registry(lake)
    registry.register(SOURCE.format(start="http://books.example/books", host="books.example"))
    return registry


@pytest.fixture
def incidents(lake: Lake, registry: Registry) -> Incidents:
    return Incidents(lake, registry, "books")


def seen(*days: str) -> Incident:
    """Return a failure of some days, as it is gathered."""
    now = datetime.now(UTC)
    return Incident(source="books", opened_at=now, trigger="checks", days=days, release=1, failed_at=now)


def tried(incident: str, verdict: str = "refuse", **changes: object) -> Treatment:
    """Return an attempt on an incident."""
    return Treatment(**{"source": "books", "incident": incident, "diagnosis": LAYOUT, "verdict": verdict,
                        "method": "anchors", "why": ("its odds are too poor",), **changes})  # fmt: skip


def kinds(incidents: Incidents) -> list[str]:
    return [entry.kind for entry in incidents.registry.audit("books")[1:]]


def test_an_incident_is_written_and_logged_when_it_is_opened(incidents: Incidents) -> None:
    opened = incidents.open(seen("2026-01-02"))
    assert (opened.id, incidents.current(), incidents.get(opened.id)) == ("0001", opened, opened)
    assert incidents.lake.objects.exists("registry/books/incidents/0001/incident.json")
    (entry,) = incidents.registry.audit("books")[1:]
    assert (entry.kind, entry.details["incident"], entry.details["days"]) == ("incident opened", "0001", ["2026-01-02"])


def test_the_same_failure_is_not_opened_again(incidents: Incidents) -> None:
    first, again = incidents.open(seen("2026-01-02")), incidents.open(seen("2026-01-02"))
    assert again == first
    assert kinds(incidents) == ["incident opened"]


def test_more_failing_days_join_the_open_incident(incidents: Incidents) -> None:
    incidents.open(seen("2026-01-02"))
    joined = incidents.open(seen("2026-01-02", "2026-01-03"))
    assert (joined.id, joined.days) == ("0001", ("2026-01-02", "2026-01-03"))
    assert kinds(incidents) == ["incident opened", "days added"]


@pytest.mark.parametrize("ending", ["healed", "accepted", "refused", "closed"])
def test_after_its_end_the_next_failure_is_another_incident(incidents: Incidents, ending) -> None:
    opened = incidents.open(seen("2026-01-02"))
    incidents.close(opened.id, ending, "It is over.")
    assert incidents.current() is None
    assert incidents.open(seen("2026-01-03")).id == "0002"
    assert [course.state for course in incidents.all()] == [ending, "opened"]


def test_an_incident_ends_only_once(incidents: Incidents) -> None:
    opened = incidents.open(seen("2026-01-02"))
    healed = incidents.close(opened.id, "healed", "Release 2.", days=("2026-01-02",), rows=10)
    assert incidents.close(opened.id, "closed", "By hand.") == healed
    assert kinds(incidents) == ["incident opened", "healed"]


def test_the_state_goes_from_opened_over_diagnosed_and_attempted_to_its_end(incidents: Incidents) -> None:
    opened = incidents.open(seen("2026-01-02"))
    states = [incidents.course(opened.id).state]
    incidents.diagnosed(opened.id, LAYOUT)
    states.append(incidents.course(opened.id).state)
    incidents.attempt(tried(opened.id))
    states.append(incidents.course(opened.id).state)
    incidents.registry.note("books", "paused", author="anna", reason="Later.", incident=opened.id)
    states.append(incidents.course(opened.id).state)
    incidents.close(opened.id, "healed", "Release 2.")
    assert [*states, incidents.course(opened.id).state] == ["opened", "diagnosed", "attempted", "attempted", "healed"]


def test_a_diagnosis_stands_with_the_incident_and_may_change(incidents: Incidents) -> None:
    opened = incidents.open(seen("2026-01-02"))
    incidents.diagnosed(opened.id, LAYOUT)
    moved = Diagnosis(cause="moved", because=("It answers 404.",), treatment="follow", address="http://new.example/")
    incidents.diagnosed(opened.id, moved)
    assert incidents.get(opened.id).diagnosis == moved


def test_an_attempt_keeps_its_proof_whatever_the_verdict(incidents: Incidents) -> None:
    opened = incidents.open(seen("2026-01-02"))
    entry = incidents.attempt(tried(opened.id, proof={"verdict": "refuse", "why": ["too poor"]}))
    assert incidents.proof(entry) == {"verdict": "refuse", "why": ["too poor"]}
    assert incidents.proof(incidents.attempt(tried(opened.id))) == {}
    assert incidents.ids() == ["0001"]


def test_attempts_are_counted_by_the_day_on_which_they_were_made(incidents: Incidents) -> None:
    today = datetime.now(UTC).date()
    for day in ("2026-01-02", "2026-01-03"):
        opened = incidents.open(seen(day))
        incidents.attempt(tried(opened.id))
        incidents.close(opened.id, "closed", "By hand.")
    assert incidents.attempts(today) == 2
    assert incidents.attempts(today - timedelta(days=3)) == incidents.attempts(date(2026, 1, 2)) == 0


def test_what_somebody_left_half_done_is_taken_over(incidents: Incidents) -> None:
    opened = incidents.open(seen("2026-01-02"))
    (key,) = (key for key in incidents.lake.objects.list("registry/books/audit/") if "registered" not in key and
              b"incident opened" in incidents.lake.objects.get(key))  # fmt: skip
    incidents.lake.objects.delete(key)
    assert incidents.open(seen("2026-01-02")) == opened
    assert kinds(incidents) == ["incident opened"]


def test_an_incident_that_there_is_not_is_told_with_those_that_there_are(incidents: Incidents) -> None:
    incidents.open(seen("2026-01-02"))
    with pytest.raises(RegistryError, match=r"books has no incident 0007\. It has 0001\."):
        incidents.get("0007")


def test_of_several_processes_at_the_same_moment_one_opens_it(
    incidents: Incidents, registry: Registry, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "tests.agents.doctor.opener", str(tmp_path / "store")]
    with ExitStack() as stack:
        processes = [
            stack.enter_context(Popen(command, stdin=PIPE, stdout=PIPE, text=True, cwd=Path(__file__).parents[3]))
            for _ in range(3)
        ]
        assert [process.stdout.readline() for process in processes if process.stdout] == ["ready\n"] * 3
        for process in processes:
            if process.stdin:
                process.stdin.write("go\n")
                process.stdin.flush()
        said = [process.communicate(timeout=60)[0] for process in processes]
    assert said == ["0001\n"] * 3
    assert kinds(incidents) == ["incident opened"]


def test_an_incident_that_is_opened_after_a_clock_was_set_back_is_open_for_all(incidents: Incidents) -> None:
    first = incidents.open(seen("2026-01-02"))
    ended = new_entry("books", "healed", "doctor", "all checks pass again", incident=first.id)
    ahead = time_ordered_id(datetime.now(UTC) + timedelta(hours=5))
    AuditLog(incidents.lake.objects, "books").write(replace(ended, id=ahead))
    second = incidents.open(seen("2026-01-03"))
    assert incidents.current() == second
    assert logged_state(incidents.registry, "books").incident == second.id
