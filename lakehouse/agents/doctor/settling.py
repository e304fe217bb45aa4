"""The end of an incident: its days were parsed again, and the checks say whether the repair holds."""

from __future__ import annotations

from typing import Any

import polars as pl
import structlog

from lakehouse.agents.doctor.incident import PASSING, Incident
from lakehouse.agents.doctor.incidents import AUTHOR, Incidents
from lakehouse.agents.doctor.memory import remember
from lakehouse.agents.doctor.putting import withdraw_waiting
from lakehouse.agents.doctor.states_log import GOOD_AGAIN, read_log
from lakehouse.agents.doctor.status import caps
from lakehouse.engine.replay import captures_of
from lakehouse.engine.rounds import lost_round
from lakehouse.engine.status import fetched_at, parsed_days
from lakehouse.errors import LakehouseError
from lakehouse.lake import Lake
from lakehouse.registry import AuditEntry, Registry


def settle(lake: Lake, registry: Registry, name: str) -> AuditEntry | None:
    """End the open incident of a source if it is over, and forget old failures where new data is good.

    To be called after days were parsed; returns the event that ended the incident, or None.
    """
    ended = _end(lake, registry, name)
    _forgive(lake, registry, name)
    return ended


def _end(lake: Lake, registry: Registry, name: str) -> AuditEntry | None:
    """End the open incident as healed if every failing day of which pages are kept is good now; else leave it open.

    Days that failed since join it first, so that it also ends for those of a repair that waited for a person. A day
    whose records were never fetched stays as it is, and holds nothing up. One whose cause was no matter of code, such
    as a wall, is closed by a good day after it: its own days are lost. Returns the event that ended it, or None.
    """
    incidents = Incidents(lake, registry, name)
    incident = incidents.current()
    if incident is None:
        return None
    accepted = read_log(registry.audit(name)).accepted
    bad = [day for day in bad_days_since(lake, name, min(incident.days, default="9999")) if day not in accepted]
    incident = incidents.join(incident, bad)
    attempts = incidents.course(incident.id).attempts
    last: dict[str, Any] = attempts[-1].details if attempts else {}
    lost = {*last.get("lost", ()), *_lost_since(lake, registry, incident, last)}
    days = [day for day in sorted({*incident.days, *last.get("days", ())} - lost) if captures_of(lake, name, day)]
    if not days or failed_days(lake, name, days) or _is_still_down(lake, incident):
        return _passed_by(lake, incidents, incident)
    rows = sum(lake.table(f"silver/{name}").row_count(day) for day in days)
    told: dict[str, Any] = {key: last.get(key) for key in ("method", "cause", "release")}
    reason = f"{', '.join(days)}: all checks pass again"
    ended = incidents.close(incident.id, "healed", reason, days=tuple(days), rows=rows, author=AUTHOR, **told)
    withdraw_waiting(registry, name, f"incident {incident.id} is over")
    _remember(lake, registry, incident)
    return ended


def _forgive(lake: Lake, registry: Registry, name: str) -> None:
    """Log that the newest day is good where it was fetched after the last strike: failures in a row end with it.

    A quarantine whose incident is open stays: the day that could not be repaired still asks for a person.
    """
    story = read_log(registry.audit(name), caps())
    held, days = story.last_strike or story.quarantined, parsed_days(lake, name)
    if held is None or (story.quarantined and story.open) or not days or not days[-1].is_good:
        return
    newest = days[-1].day
    if (fetched := fetched_at(lake, name, newest)) and fetched > held.at:
        reason = f"{newest} is good and was fetched since: failures before it count no more"
        registry.note(name, GOOD_AGAIN, author=AUTHOR, reason=reason, days=[newest])


def _is_still_down(lake: Lake, incident: Incident) -> bool:
    """Tell whether a failure of fetching goes on: the rows of the day may be good, of a fetch before it."""
    diagnosis, newest = incident.diagnosis, max(incident.days, default="")
    return diagnosis is not None and diagnosis.cause in PASSING and bool(lost_round(lake, incident.source, newest))


def _passed_by(lake: Lake, incidents: Incidents, incident: Incident) -> AuditEntry | None:
    """Close an incident that no code can end where the site showed its records again after it; else leave it open."""
    diagnosis, last = incidents.course(incident.id).incident.diagnosis, max(incident.days, default="9999")
    if diagnosis is None or diagnosis.is_repairable:
        return None
    later = [each.day for each in parsed_days(lake, incident.source) if each.day > last and each.is_good]
    if not later:
        return None
    reason = (
        f"{later[0]}: all checks pass again; what was there on {', '.join(incident.days)} nobody can fetch any more"
    )
    return incidents.close(incident.id, "closed", reason, lost=list(incident.days), cause=diagnosis.cause)


def _lost_since(lake: Lake, registry: Registry, incident: Incident, last: dict[str, Any]) -> set[str]:
    """Return the days that joined after an attempt that asks the site anew, and that its release cannot read.

    What the old release fetched on them is no page of records, and nobody can fetch these days any more.
    """
    current = registry.current(incident.source)
    if not last.get("refetch") or current is None:
        return set()
    joined = {*incident.days} - {*last.get("days", ()), *last.get("lost", ())}
    parsed = (each for each in parsed_days(lake, incident.source) if each.day in joined and not each.is_good)
    return {each.day for each in parsed if each.release == current.number}


def _remember(lake: Lake, registry: Registry, incident: Incident) -> None:
    try:
        remember(lake, registry, incident)
    except LakehouseError as error:
        # The data is good and the incident is over: what is lost is a help for others.
        structlog.get_logger().warning("repair not remembered", source=incident.source, error=str(error))


def bad_days_since(lake: Lake, name: str, first: str) -> list[str]:
    """Return the days from `first` on whose blocking checks did not all pass when they were last parsed."""
    return [each.day for each in parsed_days(lake, name) if each.day >= first and not each.is_good]


def failed_days(lake: Lake, name: str, days: list[str]) -> list[str]:
    """Return the days that were not parsed, or whose blocking checks do not all pass."""
    table = lake.table(f"silver/{name}__checks")
    if not table.exists():
        return days
    frame = table.read(days) if days else table.read([])
    failed = set(frame.filter(~pl.col("passed") & (pl.col("severity") == "error"))["day"])
    return [day for day in days if day in failed or day not in set(frame["day"])]
