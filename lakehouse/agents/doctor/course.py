"""What became of an incident, read off the events of its source and kept nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

from pydantic import ValidationError

from lakehouse.agents.doctor.diagnosis.treatments import TREATMENTS
from lakehouse.agents.doctor.incident import Diagnosis, Incident
from lakehouse.registry import AuditEntry

Ending = Literal["healed", "accepted", "refused", "closed"]
"""Events after which an incident is no longer open."""

State = Literal["opened", "diagnosed", "attempted", "healed", "accepted", "refused", "closed"]

_ENDINGS: frozenset[str] = frozenset(get_args(Ending))
_STATES: frozenset[str] = frozenset(get_args(State))


@dataclass(frozen=True)
class Course:
    """An incident as it was opened, and all events that name it, oldest first."""

    opened: Incident
    events: tuple[AuditEntry, ...]

    @property
    def incident(self) -> Incident:
        """Return the incident as it stands: with the days that joined it, and its last diagnosis."""
        joined = (day for event in self.of("days added") for day in event.details.get("days", ()))
        days = tuple(sorted({*self.opened.days, *joined}))
        return self.opened.model_copy(update={"days": days, "diagnosis": self._diagnosis()})

    @property
    def state(self) -> State:
        """Return the last state that an event names."""
        kinds = [event.kind for event in self.events if event.kind in _STATES]
        return cast(State, kinds[-1]) if kinds else "opened"

    @property
    def end(self) -> AuditEntry | None:
        """Return the event that ended it; None while it is open."""
        return next((event for event in self.events if event.kind in _ENDINGS), None)

    @property
    def attempts(self) -> list[AuditEntry]:
        """Return the attempts to repair it, oldest first."""
        return self.of("attempted")

    def of(self, kind: str) -> list[AuditEntry]:
        """Return its events of one kind, oldest first."""
        return [event for event in self.events if event.kind == kind]

    def _diagnosis(self) -> Diagnosis | None:
        found = self.of("diagnosed")
        return _read(found[-1]) if found else self.opened.diagnosis


def _read(event: AuditEntry) -> Diagnosis:
    """Return the diagnosis of an event; one that another version wrote and this one cannot read is for a person."""
    try:
        return Diagnosis.model_validate(event.details.get("diagnosis"))
    except ValidationError:
        said = f"its diagnosis was written by another version and cannot be read here: {event.reason}"
        return Diagnosis(cause="unknown", because=(said,), treatment=TREATMENTS["unknown"])


def course_of(incident: Incident, log: Sequence[AuditEntry]) -> Course:
    """Return the course of an incident, given all events of its source."""
    return Course(incident, tuple(event for event in log if event.details.get("incident") == incident.id))
