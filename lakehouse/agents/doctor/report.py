"""What is told of an incident: what failed since when, why, what was tried, and what to type next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from difflib import unified_diff
from typing import Any

from lakehouse.agents.doctor.course import Course
from lakehouse.agents.doctor.incident import Diagnosis, Incident
from lakehouse.agents.doctor.incidents import Incidents
from lakehouse.agents.doctor.report_sides import Records, Side, records_of, sides_of
from lakehouse.agents.doctor.status import logged_state
from lakehouse.errors import RegistryError
from lakehouse.lake import Lake
from lakehouse.registry import AuditEntry, Registry


@dataclass(frozen=True)
class Moment:
    """One event of the timeline."""

    at: datetime
    kind: str
    author: str
    reason: str


@dataclass(frozen=True)
class Attempt:
    """One attempt: what was tried, what came of it and why, with the measures of every candidate."""

    at: datetime
    method: str
    verdict: str
    why: tuple[str, ...]
    seconds: float
    proof: Mapping[str, Any] = field(default_factory=dict)

    @property
    def candidates(self) -> list[dict[str, Any]]:
        """Return what the gate measured of each candidate, the best first."""
        return list(self.proof.get("proposals", ()))


@dataclass(frozen=True)
class Report:
    """Everything that a person is shown of one incident; texts may come from a page and are hostile."""

    incident: Incident
    state: str
    next: tuple[str, ...]
    timeline: tuple[Moment, ...]
    attempts: tuple[Attempt, ...]
    sides: tuple[Side, ...]
    records: tuple[Records, ...]
    diff: str

    @property
    def diagnosis(self) -> Diagnosis | None:
        """Return the cause that was found last."""
        return self.incident.diagnosis


def report_of(lake: Lake, registry: Registry, name: str, incident: str = "") -> Report:
    """Return the report of an incident, or of the newest; raises `RegistryError` where there is none."""
    registry.source_text(name)
    incidents = Incidents(lake, registry, name)
    course = incidents.course(incident or _newest(incidents))
    seen = course.incident
    attempts = tuple(_attempt(incidents, entry) for entry in course.attempts)
    return Report(
        incident=seen,
        state=course.state,
        next=next_commands(registry, course),
        timeline=tuple(Moment(each.at, each.kind, each.author, each.reason) for each in course.events),
        attempts=attempts,
        sides=sides_of(lake, seen),
        records=records_of(lake, seen, attempts[-1].proof if attempts else {}),
        diff=code_diff(registry, name, course),
    )


def next_commands(registry: Registry, course: Course) -> tuple[str, ...]:
    """Return what to type next: approve or refuse what waits, or what the state of the source calls for."""
    name = course.opened.source
    if course.end:
        return (f"lakehouse status {name}",)
    waiting = _waiting(registry, course)
    if waiting:
        return (
            f"lakehouse approve {name} --candidate {waiting}",
            f"lakehouse refuse {name} --candidate {waiting} --reason '…'",
        )
    command = logged_state(registry, name).command
    return (command if command and not command.startswith("lakehouse incident") else f"lakehouse fix {name}",)


def code_diff(registry: Registry, name: str, course: Course) -> str:
    """Return what the last candidate changes in the code: one that was released, or one that waits; empty if none."""
    last = course.attempts[-1].details if course.attempts else {}
    approved = course.of("approved")
    number = approved[-1].details.get("release") if approved else last.get("release")
    try:
        if number:
            parent = registry.read(name, number).parent
            return registry.diff(name, parent, number) if parent else ""
        staged = next((each for each in registry.staged(name) if each.id == last.get("staged")), None)
        before = registry.read(name, staged.parent) if staged and staged.parent else None
    except RegistryError as error:
        return str(error)
    if staged is None or before is None:
        return ""
    lines = (before.code.splitlines(keepends=True), staged.code.splitlines(keepends=True))
    return "".join(unified_diff(*lines, f"release {before.number}", "candidate"))


def _newest(incidents: Incidents) -> str:
    ids = incidents.ids()
    if not ids:
        name = incidents.source
        raise RegistryError(f"{name} has had no incident.", source=name, hint=f"`lakehouse status {name}` shows it.")
    return ids[-1]


def _waiting(registry: Registry, course: Course) -> str:
    """Return the id of the candidate of this incident that waits for a person, or an empty string."""
    staged = [entry.details.get("staged") for entry in course.attempts if entry.details.get("verdict") == "review"]
    waiting = {note.id for note in registry.waiting(course.opened.source)}
    return next((str(each) for each in reversed(staged) if each in waiting), "")


def _attempt(incidents: Incidents, entry: AuditEntry) -> Attempt:
    details = entry.details
    return Attempt(
        at=entry.at,
        method=details.get("method") or "no code",
        verdict=details.get("verdict") or "none",
        why=tuple(details.get("why", ())),
        seconds=float(details.get("seconds") or 0),
        proof=incidents.proof(entry),
    )
