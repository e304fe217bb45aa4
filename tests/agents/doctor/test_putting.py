"""A repair is put in force once, and only while nobody else decided something about its source."""

from __future__ import annotations

from typing import Any

import pytest

from lakehouse.agents.doctor import hand
from lakehouse.agents.doctor.candidate import Candidate
from lakehouse.agents.doctor.incident import Diagnosis
from lakehouse.agents.doctor.incidents import Incidents
from lakehouse.agents.doctor.putting import put
from lakehouse.agents.doctor.status import logged_state
from lakehouse.agents.doctor.treatment import Treatment
from lakehouse.lake import Lake
from lakehouse.registry import Registry
from tests.agents.doctor.broken_books import broken
from tests.agents.doctor.shop import blueprint
from tests.books import FETCHER, fetcher
from tests.conftest import release
from tests.little_site import LittleSite

MENDED = FETCHER.replace('text(row, "b")', 'text(row, "b", "strong")')
LAYOUT = Diagnosis(cause="layout", because=(), treatment="")


def proved(site: LittleSite, incident: str = "0001") -> tuple[Treatment, Candidate]:
    """Return a repair that the gate let through."""
    code = fetcher(site, MENDED)
    return Treatment("books", incident, LAYOUT, "release", days=("2026-01-02",), code=code), Candidate(
        blueprint(site), code
    )


@pytest.mark.parametrize("halt", [hand.pause, hand.retire])
def test_a_source_that_was_halted_while_it_was_looked_into_gets_no_release(
    registry: Registry, site: LittleSite, halt: Any
) -> None:
    halt(registry, "books", "anna", "They asked us to wait.")
    done = put(registry, *proved(site), before=1)
    assert (done.verdict, registry.in_force("books").number) == ("review", 1)
    assert "by anna: They asked us to wait" in done.why[-1]
    assert [note.id for note in registry.waiting("books")] == [done.staged]


def test_a_repair_that_another_release_overtook_is_no_strike(lake: Lake, registry: Registry, site: LittleSite) -> None:
    incidents = Incidents(lake, registry, "books")
    incident = incidents.open(broken(lake, registry, site))
    for number in range(4):
        release(registry, fetcher(site, FETCHER + f"# by hand {number}\n"))
        done = put(registry, *proved(site, incident.id), before=number + 1)
        assert (done.verdict, done.overtaken) == ("refuse", True)
        incidents.attempt(done)
    found = logged_state(registry, "books")
    assert (found.state, found.strikes, found.attempts_today) == ("degraded", 0, 0)


def test_code_that_may_not_run_is_a_strike(lake: Lake, registry: Registry, site: LittleSite) -> None:
    incidents = Incidents(lake, registry, "books")
    incident = incidents.open(broken(lake, registry, site))
    treatment, _ = proved(site, incident.id)
    done = put(registry, treatment, Candidate(blueprint(site), "import os\n"), before=1)
    assert (done.verdict, done.overtaken) == ("refuse", False)
    incidents.attempt(done)
    assert logged_state(registry, "books").strikes == 1


def test_a_diagnosis_of_another_version_is_for_a_person(lake: Lake, registry: Registry, site: LittleSite) -> None:
    incidents = Incidents(lake, registry, "books")
    incident = incidents.open(broken(lake, registry, site))
    told = {"cause": "tarpit", "because": ["slow"], "treatment": "wait"}
    registry.note("books", "diagnosed", author="doctor", reason="tarpit: slow", incident=incident.id, diagnosis=told)
    current = incidents.current()
    assert current is not None
    assert current.diagnosis is not None
    assert (current.diagnosis.cause, current.diagnosis.is_repairable) == ("unknown", False)
    assert "tarpit: slow" in current.diagnosis.because[0]
