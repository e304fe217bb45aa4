"""The incidents of a source: opened once, however many see the failure, and followed by the events that name them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from lakehouse.agents.doctor.course import Course, Ending, course_of
from lakehouse.agents.doctor.incident import Diagnosis, Incident
from lakehouse.agents.doctor.screenshots import with_screenshots
from lakehouse.agents.doctor.treatment import Treatment
from lakehouse.errors import AlreadyInStore, NotInStore, RegistryError
from lakehouse.lake import Lake
from lakehouse.registry import AuditEntry, Registry
from lakehouse.registry.audit import AuditLog
from lakehouse.registry.keep import json_bytes, parse_note, to_json
from lakehouse.registry.stamp import sha256

AUTHOR = "doctor"


@dataclass(frozen=True)
class Incidents:
    """All incidents of one source; at most one of them is open.

    They are numbered, and the next number can only be taken by one process: that is the whole lock.
    """

    lake: Lake
    registry: Registry
    source: str

    def open(self, incident: Incident) -> Incident:
        """Open an incident and return it with its id; while one is open, its days join that one instead."""
        while True:
            ids = self.ids()
            course = self.course(ids[-1]) if ids else None
            if course is None or course.end:
                incident = with_screenshots(self.lake, incident)
                opened = self._create(incident, int(ids[-1]) + 1 if ids else 1)
            else:
                opened = self._join(course, incident)
            if opened is not None:
                return opened

    def join(self, incident: Incident, days: Iterable[str]) -> Incident:
        """Add days that failed as well to an open incident, and return it with them; known ones add nothing."""
        new = sorted({*days} - {*incident.days})
        if not new:
            return incident
        self._note(incident.id, "days added", AUTHOR, f"{', '.join(new)} failed as well", days=new)
        return incident.model_copy(update={"days": tuple(sorted({*incident.days, *new}))})

    def current(self) -> Incident | None:
        """Return the open incident as it stands, or None."""
        ids = self.ids()
        course = self.course(ids[-1]) if ids else None
        return course.incident if course and not course.end else None

    def get(self, incident: str) -> Incident:
        """Return an incident as it stands; raises `RegistryError` where there is none."""
        return self.course(incident).incident

    def all(self) -> list[Course]:
        """Return all incidents with their events, oldest first."""
        log = self.registry.audit(self.source)
        return [course_of(self._read(incident), log) for incident in self.ids()]

    def course(self, incident: str) -> Course:
        """Return one incident with its events; raises `RegistryError` where there is none."""
        return course_of(self._read(incident), self.registry.audit(self.source))

    def ids(self) -> list[str]:
        """Return the ids of all incidents, oldest first."""
        return sorted((name for name in self.lake.objects.folders(self._folder()) if name.isdecimal()), key=int)

    def diagnosed(self, incident: str, diagnosis: Diagnosis, *, author: str = AUTHOR) -> AuditEntry:
        """Log what the cause of an incident is."""
        reason = " ".join((f"{diagnosis.cause}:", *diagnosis.because))
        return self._note(incident, "diagnosed", author, reason, diagnosis=diagnosis.model_dump(mode="json"))

    def attempt(self, treatment: Treatment, *, author: str = AUTHOR) -> AuditEntry:
        """Log an attempt on an incident; its proof is kept beside the incident, whatever the verdict."""
        told = {
            "cause": treatment.diagnosis.cause,
            "method": treatment.method,
            "verdict": treatment.verdict,
            "why": list(treatment.why),
            "seconds": treatment.seconds,
            "release": treatment.release,
            "staged": treatment.staged,
            "days": list(treatment.days),
            "lost": list(treatment.lost),
            "refetch": treatment.refetch,
            "overtaken": treatment.overtaken,
            "proof": self._keep_proof(treatment.incident, treatment.proof),
        }
        return self._note(treatment.incident, "attempted", author, "; ".join(treatment.why), **told)

    def close(
        self,
        incident: str,
        kind: Ending,
        reason: str,
        *,
        author: str = AUTHOR,
        days: tuple[str, ...] = (),
        rows: int = 0,
        **details: Any,
    ) -> AuditEntry:
        """Log how an incident ended, with the days and rows that were recovered; it can end only once."""
        course = self.course(incident)
        if course.end:
            return course.end
        since = course.opened.failed_at or course.opened.opened_at
        seconds = round((datetime.now(UTC) - since).total_seconds(), 3)
        return self._note(
            incident, kind, author, reason, days=list(days), rows=rows, seconds_to_repair=seconds, **details
        )

    def attempts(self, day: date) -> int:
        """Return how many attempts were made on the source during a day, in UTC."""
        log = self.registry.audit(self.source)
        return sum(event.kind == "attempted" and event.at.astimezone(UTC).date() == day for event in log)

    def proof(self, attempt: AuditEntry) -> dict[str, Any]:
        """Return the proof of an attempt; empty where it had none."""
        key = attempt.details.get("proof")
        return parse_note(self.lake.objects.get(key), key, dict[str, Any], self.source) if key else {}

    def _create(self, incident: Incident, number: int) -> Incident | None:
        """Return the new incident, or None where somebody else took the number."""
        changes = {"id": f"{number:04d}", "source": self.source, "opened_at": self._log().after_newest()}
        opened = incident.model_copy(update=changes)
        key, data = self._key(opened.id), to_json(opened)
        try:
            self.lake.objects.create(key, data)
        except AlreadyInStore:
            # A store whose answer was lost is asked a second time by its client, and then refuses what it has done.
            if self.lake.objects.get(key) != data:
                return None
        self._log_opening(opened)
        return opened

    def _join(self, course: Course, incident: Incident) -> Incident | None:
        """Return the open incident with the new days, or None where it ended meanwhile."""
        self._log_opening(course.opened)
        self.join(course.incident, incident.days)
        now = self.course(course.opened.id)
        return None if now.end else now.incident

    def _log_opening(self, incident: Incident) -> None:
        # Made of the incident alone, so that it is logged once, also where the one who opened it was killed before.
        self._log().write(opening(incident))

    def _log(self) -> AuditLog:
        return AuditLog(self.lake.objects, self.source)

    def _note(self, incident: str, kind: str, author: str, reason: str, **details: Any) -> AuditEntry:
        return self.registry.note(self.source, kind, author=author, reason=reason, incident=incident, **details)

    def _keep_proof(self, incident: str, proof: dict[str, Any]) -> str | None:
        if not proof:
            return None
        data = json_bytes(proof)
        key = f"{self._folder()}{incident}/proof-{sha256(data)[:12]}.json"
        self.lake.objects.put(key, data)
        return key

    def _read(self, incident: str) -> Incident:
        key = self._key(incident)
        try:
            return parse_note(self.lake.objects.get(key), key, Incident, self.source)
        except NotInStore as error:
            known = ", ".join(self.ids()) or "none"
            raise RegistryError(
                f"{self.source} has no incident {incident}.", source=self.source, hint=f"It has {known}."
            ) from error

    def _folder(self) -> str:
        return f"registry/{self.source}/incidents/"

    def _key(self, incident: str) -> str:
        return f"{self._folder()}{incident}/incident.json"


def opening(incident: Incident) -> AuditEntry:
    """Return the event that stands for the opening of an incident: always the same one for the same incident."""
    at = incident.opened_at
    checks = sorted({failed.check for failed in incident.failed_checks})
    what = f"{', '.join(checks)} failed" if checks else incident.error or "no check and no error: it was asked for"
    return AuditEntry(
        id=f"{at:%Y%m%dT%H%M%S.%fZ}-{sha256(incident.id)[:8]}",
        at=at,
        source=incident.source,
        kind="incident opened",
        author=AUTHOR,
        reason=f"{', '.join(incident.days) or 'no day'}: {what}",
        details={
            "incident": incident.id,
            "days": list(incident.days),
            "trigger": incident.trigger,
            "release": incident.release,
            "checks": checks,
            "failed_at": incident.failed_at.isoformat() if incident.failed_at else None,
        },
    )
