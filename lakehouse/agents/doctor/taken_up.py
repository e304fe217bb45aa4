"""A release in force that has not read the failing days yet, and can: nothing is left but to parse them with it.

So it is after a healer was killed between its release and the parse, and where a person released a repair meanwhile.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from lakehouse.agents.doctor.incident import Diagnosis, Incident
from lakehouse.agents.doctor.incidents import Incidents
from lakehouse.agents.doctor.treatment import Treatment
from lakehouse.engine.replay import captures_of
from lakehouse.engine.silver import derive_day
from lakehouse.engine.status import parsed_days
from lakehouse.errors import LakehouseError
from lakehouse.lake import Lake
from lakehouse.registry import AuditEntry, Registry, Release

METHOD = "in force"
"""How a repair is called that was in force before the doctor looked."""

MOST_DAYS = 7
"""Failing days on which the release is tried, the newest, as a candidate would be."""


def reads_failing_days(lake: Lake, registry: Registry, incident: Incident) -> bool:
    """Tell whether the release in force would make every failing day good, where none of them is of its own parse.

    A day that it failed on itself says that more is wrong than an old parse. So does one that nothing parsed, unless
    the release was made for this very incident: then it was proved on that day, and its healer was killed.
    """
    release, name = registry.current(incident.source), incident.source
    if release is None:
        return False
    parsed = {each.day: each for each in parsed_days(lake, name)}
    bad = [day for day in incident.days if captures_of(lake, name, day) and not (day in parsed and parsed[day].is_good)]
    unparsed = [day for day in bad if day not in parsed]
    if not bad or any(parsed[day].release == release.number for day in bad if day in parsed):
        return False
    if unparsed and not _was_made_for(incident, release):
        return False
    return all(_would_be_good(lake, registry, name, day) for day in bad[-MOST_DAYS:])


def _would_be_good(lake: Lake, registry: Registry, name: str, day: str) -> bool:
    try:
        return derive_day(lake, registry, name, day).report().passed
    except LakehouseError:
        # What it raises here is no news: the diagnosis looks into it.
        return False


def taken_up(lake: Lake, registry: Registry, incident: Incident, diagnosis: Diagnosis) -> Treatment:
    """Return the treatment that ends in the release in force: the one that was logged with it, or else anew."""
    release = registry.in_force(incident.source)
    logged = logged_attempt(lake, registry, incident, release.number)
    details = logged.details if logged else {}
    asked = bool((release.proof.get("reach") or {}).get("asked"))
    today = datetime.now(UTC).date().isoformat()
    return Treatment(
        source=incident.source,
        incident=incident.id,
        diagnosis=diagnosis,
        verdict="release",
        method=str(details.get("method") or _rung(incident, release)),
        why=(f"release {release.number} is in force and reads the failing days, which an older one parsed",),
        release=release.number,
        days=tuple(sorted({*incident.days, *details.get("days", ()), *((today,) if asked else ())})),
        lost=tuple(details.get("lost", ())),
        refetch=bool(details.get("refetch", asked)),
        code=release.code,
        proof=release.proof,
    )


def logged_attempt(lake: Lake, registry: Registry, incident: Incident, release: int) -> AuditEntry | None:
    """Return the attempt on an incident that put a release in force, if it was logged."""
    attempts = Incidents(lake, registry, incident.source).course(incident.id).attempts if incident.id else []
    return next((each for each in attempts if each.details.get("release") == release), None)


def _rung(incident: Incident, release: Release) -> str:
    """Return by which rung the release was found, where it was made for this incident."""
    proposals: list[dict[str, Any]] = release.proof.get("proposals") or []
    mine = _was_made_for(incident, release) and proposals
    return str(proposals[0].get("rung") or METHOD) if mine else METHOD


def _was_made_for(incident: Incident, release: Release) -> bool:
    return bool(incident.id) and release.reason.startswith(f"incident {incident.id},")
